"""Answers of networks as tables, and as files."""

import numpy as np
import pytest

from pan.data.reference.index import read_index
from pan.evaluation.answer_file import Evaluated, load_evaluated, save_evaluated
from pan.evaluation.answer_table import AnswerTable, question_table
from pan.system.errors import InputError


@pytest.fixture
def by_hand(tmp_path):
    """A set whose index mixes the questions of its images."""
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "index.csv").write_text(
        "image,query,answer,scale,mask\nb.png,7,red,0.5,\na.png,3,blue,,\nb.png,2,white,2.0,\n"
    )
    return tmp_path


def test_questions_of_an_image_stand_together(by_hand):
    table = question_table(read_index(by_hand), {})
    assert table.image.tolist() == [0, 0, 1]
    assert table.query.tolist() == ["7", "2", "3"]
    assert table.answer.tolist() == ["red", "white", "blue"]
    assert np.isnan(table.scale[2])


def test_kept_answers_come_back_as_they_were(tmp_path):
    answers = AnswerTable(np.array(["red", "blue"]), np.array([0.5, 0.25]), np.array([np.nan, 0.75]))
    save_evaluated(tmp_path / "kept.npz", Evaluated(answers, {"accuracy": 0.5, "tpr": None}))
    back = load_evaluated(tmp_path / "kept.npz")
    assert back.answers.predicted.tolist() == ["red", "blue"]
    np.testing.assert_array_equal(back.answers.tpr, answers.tpr)
    assert back.measures == {"accuracy": 0.5, "tpr": None}


def test_a_kept_file_that_is_cut_short_is_refused(tmp_path):
    answers = AnswerTable(np.array(["red"]), np.array([0.5]), np.array([0.5]))
    path = tmp_path / "kept.npz"
    save_evaluated(path, Evaluated(answers, {}))
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(InputError, match="evaluate the network again"):
        load_evaluated(path)
