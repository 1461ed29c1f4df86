"""What was composed is evaluated like any reference set."""

from __future__ import annotations

import pytest
import torch

from pan.checkpoints.file import load_checkpoint
from pan.data.composer.saved_set import add_compositions
from pan.data.composer.variations import at_scales, random_composition, sweep_scales, variations
from pan.data.reference.reading import read_reference_set
from pan.evaluation.evaluate import evaluate
from pan.explaining.sweep import sweep_scale
from pan.recipes.task import MNIST_REFERENCE
from tests.pan.conftest import drained

CPU = torch.device("cpu")


def evaluated(folder, name):
    questions = read_reference_set(folder, MNIST_REFERENCE)
    return drained(evaluate(load_checkpoint(name), questions, "composed", CPU))


def test_composed_scenes_are_answered_as_well_as_drawn_ones(tmp_path):
    list(add_compositions(tmp_path, [random_composition("mref", seed) for seed in range(12)]))
    evaluation = evaluated(tmp_path, "mref/san")
    assert evaluation.examples == sum(len(random_composition("mref", seed).placed) for seed in range(12))
    assert evaluation.accuracy > 0.9
    assert evaluation.tpr is not None


def test_a_saved_sweep_is_right_where_the_sweep_says_so(tmp_path):
    composition = random_composition("mref", 4)
    scales = sweep_scales(9)
    query = str(composition.placed[0].digit)
    list(add_compositions(tmp_path, at_scales(composition, 0, scales), query))
    probabilities = sweep_scale(load_checkpoint("mref/san"), composition, 0, scales)
    sure = (probabilities > 0.5) | (probabilities < 0.2)  # whatever lies between may go either way
    assert evaluated(tmp_path, "mref/san").accuracy == pytest.approx((probabilities > 0.5).mean(), abs=(~sure).mean())


def test_variations_are_a_set_of_their_own(tmp_path):
    composition = random_composition("mbg", 1)
    list(add_compositions(tmp_path, variations(composition, 5, seed=0)))
    assert evaluated(tmp_path, "mbg/san").examples == 5 * len(composition.placed)
