"""One pass over a set whose questions have several right answers, against hand-computed values."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from pan.checkpoints.file import Checkpoint
from pan.data.labelled.reading import LabelledSet, RaggedArray
from pan.evaluation.evaluate import evaluate
from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Layer, Output
from pan.recipes.by_name import find_recipe
from pan.recipes.task import Task
from tests.pan.conftest import drained

FIELD = ReceptiveField(size=2, stride=2)
TASK = Task(4, ("dog", "tree"), ("brown", "tall", "old"), several=True)
PROBABILITIES = torch.tensor([[[0.9, 0.6, 0.1], [0.2, 0.7, 0.2]], [[0.5, 0.8, 0.3], [0.6, 0.4, 0.4]]])


class Scripted(Network):
    """Knows an image by its brightness; looks at the upper left quarter."""

    def __init__(self):
        super().__init__(())
        self.weight = nn.Parameter(torch.zeros(()))

    def forward(self, images, queries):
        image = (images[:, 0, 0, 0] * 255).round().long()
        probabilities = PROBABILITIES[image[:, None], queries.argmax(-1)]
        attention = torch.tensor([[1.0, 0.0], [0.0, 0.0]]).expand(*queries.shape[:2], 2, 2)
        features = torch.zeros(len(images), 1, 1, 2, 2)
        return Output(probabilities.log(), (Layer(1, FIELD, attention, features, probabilities.log()),))


@pytest.fixture
def questions():
    """A dog and a tree, then a tree and a dog: brown and tall, tall, tall, brown; nothing is old."""
    images = np.zeros((2, 4, 4, 3), np.uint8)
    images[1] = 1
    return LabelledSet(
        images, image=np.array([0, 0, 1, 1]), query=np.array([0, 1, 1, 0]),
        answers=RaggedArray.of([[0, 1], [1], [1], [0]], np.int32),
        boxes=RaggedArray.of([[(0, 0, 2, 2), (1, 0, 4, 1)], [(2, 2, 4, 4)], [], [(0, 0, 4, 4)]], np.float32, (4,)),
    )  # fmt: skip


@pytest.fixture
def result(questions):
    checkpoint = Checkpoint("mine", Path("mine"), Scripted(), find_recipe("mref/san", "quick"), TASK, {})
    return drained(evaluate(checkpoint, questions, "set", torch.device("cpu")))


def test_average_precision_is_that_of_each_answers_ranking_of_the_questions(result):
    # Brown: .9 right, .6 wrong, .5 right, .2 wrong. Tall: .8 wrong, .7 right, .6 right, .4 right. Nothing is old.
    brown, tall, old = result.average_precision_by_answer
    assert (brown.answer, brown.examples, brown.average_precision) == ("brown", 2, pytest.approx((1 + 2 / 3) / 2))
    assert (tall.examples, tall.average_precision) == (3, pytest.approx(3 / 4))
    assert (old.examples, old.average_precision, old.average_precision_11) == (0, None, None)
    assert result.mean_average_precision == pytest.approx((2 * 5 / 6 + 3 * 3 / 4) / 5)
    assert brown.average_precision_11 == pytest.approx((6 * 1 + 5 * 2 / 3) / 11)
    assert result.mean_average_precision_11 == pytest.approx((2 * (6 + 10 / 3) / 11 + 3 * 3 / 4) / 5)


def test_an_answer_counts_as_right_if_it_is_one_of_the_right_ones(result):
    assert result.predicted.tolist() == [0, 1, 0, 1]
    assert result.accuracy == 2 / 4
    assert result.accuracy_by_layer == [2 / 4]


def test_attention_is_held_against_the_union_of_the_boxes(result):
    # A one-hot 2 × 2 map, bilinear at 4 × 4: (1, 3/4, 1/4, 0) both ways, 4 in all. The first question's boxes hold
    # (7/4)² + 1/4; the second's the last quarter: 1/16; the third has none; the fourth's is the whole image.
    assert result.tpr == pytest.approx(((49 / 16 + 1 / 4) / 4 + 1 / 64 + 1) / 3)
    assert result.tpr_nearest == pytest.approx((1 + 0 + 1) / 3)


def test_measures_for_single_label_tasks_are_null_in_json(result):
    values = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert values["confusion"] is values["accuracy_by_scale"] is None
    assert values["average_precision_by_answer"][2] == {
        "answer": "old", "examples": 0, "average_precision": None, "average_precision_11": None,
    }  # fmt: skip


def test_questions_of_which_an_answer_is_not_known_are_not_ranked_by_it(questions):
    # Brown is known of the first tree alone to be wrong: .9 right, .5 right, .2 wrong; .6 is not known.
    partial = replace(questions, wrong=RaggedArray.of([[], [0], [], [1]], np.int32))
    checkpoint = Checkpoint("mine", Path("mine"), Scripted(), find_recipe("mref/san", "quick"), TASK, {})
    result = drained(evaluate(checkpoint, partial, "set", torch.device("cpu")))
    brown, tall, old = result.average_precision_by_answer
    assert (brown.examples, brown.average_precision) == (2, 1.0)
    assert old.average_precision is None
    assert 0 < tall.average_precision < 1
