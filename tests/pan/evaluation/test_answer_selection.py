"""Questions picked out of an evaluated set."""

import numpy as np
import pytest

from pan.evaluation.answer_selection import Order, Selection, select, sort_values
from pan.evaluation.answer_table import AnswerTable, QuestionTable
from pan.system.errors import InputError

QUESTIONS = QuestionTable(
    image=np.array([0, 0, 1, 1, 2]),
    query=np.array(["7", "3", "7", "0", "3"]),
    answer=np.array(["red", "blue", "red", "white", "blue"]),
    scale=np.array([0.5, 1.0, 2.5, np.nan, 1.5]),
    part=np.array(["train", "train", "test", "test", "val"]),
)
CTX = AnswerTable(
    np.array(["red", "blue", "red", "red", "blue"]), np.array([0.9, 0.8, 0.7, 0.6, 0.5]),
    np.array([0.7, 0.6, np.nan, 0.1, 0.9]),
)  # fmt: skip
SAN = AnswerTable(
    np.array(["red", "white", "blue", "red", "blue"]), np.array([0.2, 0.9, 0.9, 0.4, 0.5]),
    np.array([0.2, 0.5, 0.3, 0.4, 0.1]),
)  # fmt: skip
ANY, STORED = Selection(), Order()
TABLES = {"ctx": CTX, "san": SAN}


def rows(selection: Selection = ANY, order: Order = STORED) -> list[int]:
    return select(QUESTIONS, TABLES, selection, order).tolist()


def test_without_a_wish_all_questions_come_as_they_are_stored():
    assert rows() == [0, 1, 2, 3, 4]


def test_one_network_right_and_the_other_wrong():
    assert rows(Selection(right={"ctx": True, "san": False})) == [1, 2]
    assert rows(Selection(right={"ctx": False, "san": False})) == [3]
    assert rows(Selection(right={"san": True})) == [0, 4]


def test_query_answer_and_what_a_network_answered():
    assert rows(Selection(query="7")) == [0, 2]
    assert rows(Selection(query="7", answer="white")) == []
    assert rows(Selection(predicted="blue", by="san")) == [2, 4]
    assert rows(Selection(answer="red", predicted="blue", by="san")) == [2]


def test_a_range_of_scales_holds_its_ends_and_no_unknown_scale():
    assert rows(Selection(low=1.0, high=1.5)) == [1, 4]
    assert rows(Selection(low=0.5)) == [0, 1, 2, 4]
    assert rows(Selection(high=0.9)) == [0]


def test_confidence_either_way_round():
    assert rows(order=Order("confidence", "ctx")) == [0, 1, 2, 3, 4]
    assert rows(order=Order("confidence", "ctx", descending=False)) == [4, 3, 2, 1, 0]


def test_the_gap_in_tpr_with_unknown_ones_last():
    assert rows(order=Order("tpr gap", "ctx", "san")) == [4, 0, 1, 3, 2]
    assert rows(order=Order("tpr gap", "ctx", "san", descending=False)) == [3, 1, 0, 4, 2]
    assert rows(Selection(right={"ctx": True}), Order("tpr gap", "san", "ctx")) == [1, 0, 4, 2]


def test_equal_numbers_stay_in_the_order_of_the_set():
    assert rows(order=Order("confidence", "san")) == [1, 2, 4, 3, 0]
    assert rows(order=Order("scale")) == [2, 4, 1, 0, 3]


def test_the_number_that_was_sorted_by_is_told():
    assert sort_values(QUESTIONS, TABLES, Order()) is None
    gaps = sort_values(QUESTIONS, TABLES, Order("confidence gap", "ctx", "san"))
    assert gaps == pytest.approx([0.7, -0.1, -0.2, 0.2, 0.0])


def test_a_network_that_was_not_evaluated_is_named():
    with pytest.raises(InputError, match="han was not evaluated"):
        rows(Selection(right={"han": True}))
    with pytest.raises(InputError, match="han was not evaluated"):
        rows(order=Order("tpr gap", "ctx", "han"))


def test_a_question_with_several_right_answers_accepts_each_of_them_whole():
    questions = QuestionTable(
        np.array([0, 0, 1]), np.array(["cup", "fish", "cup"]), np.array(["red, plain", "dark red", "plain"]),
        np.full(3, np.nan), np.full(3, ""),
    )  # fmt: skip
    table = AnswerTable(np.array(["plain", "red", "red, plain"]), np.ones(3), np.ones(3))
    assert table.right(questions).tolist() == [True, False, False]
    assert select(questions, {}, Selection(answer="red"), STORED).tolist() == [0]
    assert select(questions, {"a": table}, Selection({"a": True}), STORED).tolist() == [0]


def test_a_part_of_the_set_is_picked_out():
    assert rows(Selection(part="test")) == [2, 3]
    assert rows(Selection(part="test", query="7")) == [2]
    assert QUESTIONS.parts == ("train", "val", "test")
