"""One pass over a set, against hand-computed values and against what training measures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from pan.checkpoints.file import Checkpoint
from pan.data.questions import QuestionSet
from pan.evaluation.evaluate import evaluate
from pan.explaining import batches
from pan.models.build import build_model
from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Layer, Output
from pan.recipes.by_name import find_recipe
from pan.recipes.digits import MODELS
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.training.validation import validate
from tests.pan.conftest import drained

CPU = torch.device("cpu")
FIELD = ReceptiveField(size=2, stride=2)
TASK = Task(4, ("left", "right"), ("red", "blue"))


class Scripted(Network):
    """Looks at the left half when asked for the left and everywhere when asked for the right; answers red (80 %)."""

    def __init__(self, *, attends=True):
        super().__init__(())
        self.attends = attends
        self.weight = nn.Parameter(torch.zeros(()))

    def forward(self, images, queries):
        red = torch.tensor([0.8, 0.2]).log().expand(*queries.shape[:2], 2)
        left = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
        gate = torch.where(queries[..., :1, None] > 0, left, torch.ones(2, 2))
        features = torch.zeros(len(images), 1, 1, 2, 2)
        last = torch.full_like(gate, 0.25)
        layers = Layer(1, FIELD, gate, features, None), Layer(2, FIELD, last, features, red)
        return Output(red, layers if self.attends else ())


def scripted(**options):
    recipe = find_recipe("mref/pan", "quick")
    return Checkpoint("mine", Path("mine"), Scripted(**options), recipe, TASK, {})


@pytest.fixture
def halves():
    """Two images: both halves of the first are asked for, the right one of the second, which has no mask."""
    masks = np.zeros((3, 4, 4), bool)
    masks[0, :, 0] = True
    masks[1, :, 3] = True
    return QuestionSet(
        np.zeros((2, 4, 4, 3), np.uint8),
        image=np.array([0, 0, 1]), query=np.array([0, 1, 1]), answer=np.array([0, 1, 0]),
        scale=np.array([0.6, 2.2, np.nan]),
        packed_masks=np.packbits(masks.reshape(3, -1), axis=1), masked=np.array([True, True, False]),
    )  # fmt: skip


def measured(checkpoint, questions):
    return drained(evaluate(checkpoint, questions, "set", CPU))


def test_every_number_is_the_hand_computed_one(halves):
    result = measured(scripted(), halves)
    assert (result.checkpoint, result.model, result.data, result.examples) == ("mine", "pan", "set", 3)
    assert result.accuracy == pytest.approx(2 / 3)
    assert [(each.examples, each.accuracy) for each in result.accuracy_by_scale] == [
        (1, 1.0), (0, None), (0, None), (1, 0.0), (0, None)]  # fmt: skip
    assert result.accuracy_by_layer == [None, pytest.approx(2 / 3)]
    # Left: the gate at the 4 pixels is 1, 3/4, 1/4, 0 across, half of its mass on the object's column;
    # right: it is even, a quarter on the object's column. The last map is even and changes nothing.
    assert result.tpr_by_layer == pytest.approx([(1 / 2 + 1 / 4) / 2] * 2)
    assert result.tpr_accumulated == result.tpr_by_layer[-1]
    assert result.tpr == pytest.approx(1 / 4)
    assert result.tpr_nearest == pytest.approx(1 / 4)
    gate, last = result.open_by_layer
    # The gate on the target: 1 and 1; on the other object: 0 and 1; elsewhere: 1/2 and 1.
    assert tuple(gate) == pytest.approx((1, 1 / 2, 3 / 4))
    assert tuple(last) == pytest.approx((0.25, 0.25, 0.25))
    assert result.average_precision == pytest.approx(1 / 4)
    # Accumulated: 1, 3/4, 1/4, 0 across one image with the object under the 1, and even zeros for the other.
    assert result.average_precision_accumulated == pytest.approx(1 / 2 * 1 + 1 / 2 * 8 / 32)
    assert result.tpr_accumulated_interval is None  # one image alone has masks
    # Left: the object's column is first in the ranking. Right: all pixels are equal, and a quarter is the object's.
    assert result.pxap_by_layer == pytest.approx([(1 + 1 / 4) / 2] * 2)
    assert result.pxap == result.pxap_by_layer[-1]
    assert [each.mean for each in result.pxap_by_scale] == [pytest.approx(1), None, None, pytest.approx(1 / 4), None]
    assert result.coverage_by_layer == [1, 1]
    assert (result.iou, result.iou_threshold) == (pytest.approx((1 + 1 / 4) / 2), pytest.approx(0.76))
    assert [tuple(each) for each in result.distractors_by_layer] == [(None, None)] * 2  # both are of one size
    assert result.confusion.counts.tolist() == [[2, 0], [1, 0]]
    assert result.predicted.tolist() == [0, 0, 0]
    assert result.probability == pytest.approx([0.8] * 3)


def test_an_image_whose_questions_are_in_several_batches_gives_the_same_numbers(halves, monkeypatch):
    masks = np.unpackbits(halves.packed_masks, axis=1).reshape(3, 4, 4)
    masks[1, 0, 2] = 1  # of another size than the first
    halves = replace(halves, packed_masks=np.packbits(masks.reshape(3, -1), axis=1))
    together = measured(scripted(), halves).to_json()
    monkeypatch.setattr(batches, "IMAGES_PER_BATCH", 1)
    monkeypatch.setattr(batches, "QUESTIONS_PER_IMAGE", 1)
    apart = measured(scripted(), halves).to_json()
    assert apart["distractors_by_layer"][0]["smaller"] is not None
    assert {**apart, "seconds": 0} == {**together, "seconds": 0}


def test_validation_measures_the_precision_of_one_question_of_each_image(halves):
    validation = drained(validate(Scripted(), halves, TASK, CPU, torch.float32))
    assert validation.tpr_by_layer == pytest.approx((3 / 8, 3 / 8))
    assert validation.pxap_by_layer == (1, 1)  # the first question of the first image; the second has no mask
    assert drained(validate(Scripted(attends=False), halves, TASK, CPU, torch.float32)).pxap_by_layer == ()


def test_every_question_has_a_row_of_its_own(halves):
    table = measured(scripted(), halves).answer_table(TASK.answers)
    assert table.predicted.tolist() == ["red"] * 3
    assert table.probability == pytest.approx([0.8] * 3)
    assert table.tpr == pytest.approx([1 / 2, 1 / 4, np.nan], nan_ok=True)


def test_a_set_without_masks_is_measured_by_its_answers_alone(halves):
    result = measured(scripted(), replace(halves, packed_masks=np.zeros_like(halves.packed_masks)))
    assert result.accuracy == pytest.approx(2 / 3)
    assert len(result.accuracy_by_layer) == 2
    for name in ("tpr_by_layer", "tpr", "tpr_interval", "tpr_nearest", "tpr_nearest_interval", "tpr_spread",
                 "tpr_accumulated", "tpr_accumulated_interval", "open_by_layer", "average_precision",
                 "precision_recall", "average_precision_accumulated", "precision_recall_accumulated", "pxap",
                 "pxap_by_layer", "pxap_by_scale", "coverage", "coverage_by_scale", "iou", "distractors_by_layer"):
        assert getattr(result, name) is None, name


def test_a_network_without_attention_has_no_layers_to_measure(halves):
    result = measured(scripted(attends=False), halves)
    assert result.accuracy == pytest.approx(2 / 3)
    assert result.accuracy_by_layer is result.tpr_by_layer is result.tpr is result.open_by_layer is None


def test_json_has_the_keys_that_others_rely_on_and_no_nan(halves):
    values = json.loads(json.dumps(measured(scripted(), halves).to_json(), allow_nan=False))
    assert list(values) == [
        "checkpoint", "model", "data", "examples", "seconds", "accuracy", "accuracy_interval", "accuracy_by_scale",
        "accuracy_by_layer", "tpr_by_layer", "tpr", "tpr_interval", "tpr_nearest", "tpr_nearest_interval", "tpr_spread",
        "tpr_accumulated", "tpr_accumulated_interval", "open_by_layer", "pxap", "pxap_interval", "pxap_by_layer",
        "pxap_by_scale", "coverage", "coverage_interval", "coverage_by_layer", "coverage_by_scale", "iou",
        "iou_threshold", "distractors_by_layer", "average_precision", "precision_recall",
        "average_precision_accumulated", "precision_recall_accumulated", "confusion", "mean_average_precision",
        "mean_average_precision_11", "average_precision_by_answer",
    ]  # fmt: skip
    assert values["accuracy_by_scale"][0].keys() == {"low", "high", "examples", "accuracy", "interval"}
    assert values["open_by_layer"][0].keys() == {"target", "others", "elsewhere"}
    assert values["pxap_by_scale"][0].keys() == {"low", "high", "examples", "mean", "interval"}
    assert values["distractors_by_layer"][0].keys() == {"smaller", "larger"}
    assert values["precision_recall"].keys() == {"precision", "recall"}
    assert values["confusion"] == {"words": ["red", "blue"], "counts": [[2, 0], [1, 0]]}


@pytest.mark.parametrize("model", [model for model in MODELS if not model.startswith("stn")])
def test_every_network_is_measured_as_in_training(model, tiny, questions):
    recipe = tiny(model)
    checkpoint = Checkpoint(model, Path(model), build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, {})
    result = measured(checkpoint, questions)
    training = drained(validate(checkpoint.model, questions, MNIST_REFERENCE, CPU, torch.float32))
    assert result.examples == len(questions) == len(result.predicted)
    assert result.accuracy == pytest.approx(training.accuracy)
    assert result.accuracy_by_layer == pytest.approx(list(training.accuracy_by_layer))
    assert result.tpr_by_layer == pytest.approx(list(training.tpr_by_layer), rel=1e-4)
    assert result.accuracy_interval[0] <= result.accuracy <= result.accuracy_interval[1]
    if len(result.tpr_by_layer) == 1:
        assert result.tpr_accumulated == result.tpr


def test_a_network_without_attention_is_measured_by_its_answers_alone(tiny, questions):
    recipe = tiny("stn-m")
    checkpoint = Checkpoint("", Path(), build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, {})
    result = measured(checkpoint, questions)
    assert 0 <= result.accuracy <= 1
    assert [result.tpr, result.tpr_by_layer, result.open_by_layer, result.precision_recall] == [None] * 4


def test_the_number_of_images_at_a_time_changes_nothing(tiny, questions, monkeypatch):
    recipe = tiny("pan-ctx")
    checkpoint = Checkpoint("", Path(), build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, {})
    results = []
    for size in (1, 5):
        monkeypatch.setattr("pan.explaining.batches.IMAGES_PER_BATCH", size)
        results.append(measured(checkpoint, questions))
    one, other = results
    assert (one.predicted == other.predicted).all()
    assert one.tpr_by_layer == pytest.approx(other.tpr_by_layer, rel=1e-4)
    assert np.array(one.open_by_layer) == pytest.approx(np.array(other.open_by_layer), rel=1e-4)
