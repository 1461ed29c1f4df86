"""What is right without an answer to the question."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.guesses import Guesses, commonest_answer, guesses_of
from pan.data.questions import QuestionSet


def questions(*rows):
    image, query, answer = np.array(rows).T
    count = len(rows)
    return QuestionSet(np.zeros((image.max() + 1, 1, 1, 3), np.uint8), image, query, answer, np.full(count, np.nan),
                       np.zeros((count, 1), np.uint8), np.zeros(count, bool))  # fmt: skip


def test_the_image_blind_learn_in_training_and_the_query_blind_know_the_image():
    training = questions((0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 0), (2, 1, 0))
    asked = questions((0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 1))
    assert guesses_of(training, asked) == Guesses(image_blind=0.5, query_blind=0.75)


def test_an_unseen_query_is_guessed_as_the_most_frequent_answer_overall():
    assert commonest_answer([("cup", ["red"]), ("hat", ["red"]), ("hat", ["blue"])], [("fish", ["red"])]) == 1.0


@pytest.mark.parametrize(("accuracy", "said"), [(0.42, "no better than a guess"), (0.44, "")])
def test_a_network_at_the_level_of_a_guess_is_told_so(accuracy, said):
    remark = Guesses(0.2, 0.41).remark(accuracy)
    assert said in remark
    assert bool(said) == bool(remark)


def test_a_baseline_near_100_percent_is_left_out():
    assert Guesses(image_blind=0.32, query_blind=1.0).remark(0.985) == ""  # every image is asked once
    assert Guesses(image_blind=0.985, query_blind=0.4).remark(1.0) == ""
