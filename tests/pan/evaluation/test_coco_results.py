"""COCO's results: ids of the import, runs of the attention at the size of the image's file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from pan.checkpoints.file import Checkpoint
from pan.data.formats.run_lengths import decode
from pan.data.questions import QuestionSet
from pan.evaluation.coco_results import HALF, WrittenQuestion, coco_results
from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Layer, Output
from pan.models.parts.attention import CellSoftmax
from pan.recipes.by_name import find_recipe
from pan.recipes.task import Task
from pan.system.errors import InputError
from tests.pan.conftest import drained

FIELD = ReceptiveField()
TASK = Task(8, ("cup", "ball"), ("red", "blue"))


class Scripted(Network):
    """Looks at the left half for a cup and at the right half for a ball; answers red with 0.8."""

    def __init__(self, attends=True):
        super().__init__(())
        self.attends = attends

    def attended(self):
        return {4: CellSoftmax()} if self.attends else {}

    def forward(self, images, queries):
        probabilities = torch.tensor([0.8, 0.2]).expand(*queries.shape[:2], 2)
        halves = torch.zeros(2, 8, 8)
        halves[0, :, :4] = halves[1, :, 4:] = 0.25
        attention = halves[queries.argmax(-1)]
        features = torch.zeros(len(images), 1, 1, 8, 8)
        layers = (Layer(4, FIELD, attention, features, None),) if self.attends else ()
        return Output(probabilities.log(), layers)


@pytest.fixture
def questions():
    """Two wide images: a ball and a cup of the first, a cup of the second."""
    bits = np.zeros((3, 8), np.uint8)
    return QuestionSet(
        np.zeros((2, 8, 8, 3), np.uint8), image=np.array([0, 0, 1]), query=np.array([1, 0, 0]),
        answer=np.zeros(3, int), scale=np.full(3, np.nan), packed_masks=bits, masked=np.zeros(3, bool),
    )  # fmt: skip


WRITTEN = [WrittenQuestion(image, query, (80, 40))
          for image, query in (("a.png", "ball"), ("a.png", "cup"), ("b.png", "cup"))]


def results(questions, folder, **options):
    network = Checkpoint("mine", Path("mine"), Scripted(**options), find_recipe("mref/san", "quick"), TASK, {})
    return drained(coco_results(network, questions, WRITTEN, folder, torch.device("cpu"), HALF))


def test_masks_are_where_the_attention_is_at_the_size_of_the_file(questions, tmp_path):
    ball, cup, _ = results(questions, tmp_path)
    for entry, inside in ((ball, slice(41, 80)), (cup, slice(0, 39))):
        height, width = entry["segmentation"]["size"]
        mask = decode(entry["segmentation"]["counts"], height, width)
        assert (height, width) == (40, 80)
        assert mask[:, inside].all()
        assert mask.mean() == pytest.approx(0.5, abs=0.02)
        left, top, right, bottom = entry["bbox"]
        assert (top, bottom) == (0, 40)
        assert mask[:, left : left + right].all()
    assert (ball["answer"], ball["score"]) == ("red", pytest.approx(0.8))


def test_ids_are_those_of_the_import_and_go_on_from_there(questions, tmp_path):
    (tmp_path / "numbers.json").write_text(json.dumps({"images": {"b.png": 139}, "categories": {"cup": 47}}))
    ids = [(each["image_id"], each["category_id"]) for each in results(questions, tmp_path)]
    assert ids == [(140, 48), (140, 47), (139, 47)]


def test_a_set_that_was_not_imported_is_numbered_from_one(questions, tmp_path):
    ids = [(each["image_id"], each["category_id"]) for each in results(questions, tmp_path)]
    assert ids == [(1, 2), (1, 1), (2, 1)]


def test_a_network_that_attends_nowhere_is_refused(questions, tmp_path):
    with pytest.raises(InputError, match="mine attends nowhere"):
        results(questions, tmp_path, attends=False)
