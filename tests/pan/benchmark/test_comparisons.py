"""The benchmark measures what it says; no speed is asserted."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from pan.benchmark.bounds import count_operations, find_bound, matrix_product_peak, operations_per_question
from pan.benchmark.comparisons import compare_scenes, questions_per_second, train_plainly, try_squares
from pan.data.digits.scenes import free_square
from pan.training.events import Step
from pan.training.loop import train


@pytest.mark.parametrize("find_square", [free_square, try_squares])
def test_both_ways_to_place_a_digit_find_a_square_without_ink(find_square):
    rng = np.random.default_rng(0)
    segmentation = np.zeros((100, 100), np.uint8)
    segmentation[20:60, 10:90] = 1
    for _ in range(50):
        scale, top, left = find_square(segmentation, rng)
        side = int(28 * scale)
        window = segmentation[top : top + side, left : left + side]
        assert window.shape == (side, side)
        assert not window.any()


def test_a_comparison_gives_both_speeds_and_their_ratio():
    compared = compare_scenes(3, turns=1)
    assert compared.ratio == pytest.approx(compared.speed / compared.plain)


@pytest.mark.parametrize("training", [train, train_plainly])
def test_a_runs_speed_is_measured_from_its_own_events(training, tiny):
    assert questions_per_second(tiny("san"), 4, training) > 0


def test_the_first_steps_are_no_part_of_a_runs_speed(tiny, monkeypatch):
    def training(recipe, run):
        yield from (Step(step, 100, 1, 10 * step, 0.0) for step in range(1, 101))

    monkeypatch.setattr("pan.benchmark.comparisons.time", SimpleNamespace(perf_counter=count(0, 2).__next__))
    assert questions_per_second(tiny("san"), 20, training) == 10 * 20 / 2


@pytest.mark.parametrize("model", ["san", "pan-ctx"])
def test_operations_are_those_of_the_convolutions_and_grow_with_the_network(model, tiny):
    small, wide = (operations_per_question(tiny(model, channels=channels)) for channels in (4, 8))
    assert 0 < small < wide


def test_operations_are_counted_in_the_precision_in_which_the_recipe_trains(tiny):
    """In float32 on a CPU, the products of the stage after the lowest gate are shared by all questions."""
    full, shared = (operations_per_question(tiny("pan", precision=each)) for each in ("bfloat16", "float32"))
    assert shared < full


def test_products_that_are_added_in_place_are_counted():
    with count_operations() as counted:
        torch.zeros(2, 4).addmm_(torch.ones(2, 3), torch.ones(3, 4))
    assert counted.get_total_flops() == 2 * (2 * 3 * 4)


def test_questions_that_share_a_trunk_cost_fewer_operations(tiny):
    together = operations_per_question(tiny("san"))
    alone = operations_per_question(tiny("san", questions_per_image=1, images_per_batch=28))
    assert alone > 6 * together


def test_a_bound_names_the_share_of_the_peak_and_where_the_time_goes(tiny):
    recipe = tiny("han")
    bound = find_bound(recipe, questions_per_second=1_000.0, peak=matrix_product_peak(recipe))
    assert bound.rate == pytest.approx(bound.operations * 1e6 * 1_000 / 1e9)
    assert 0 < bound.share < 1
    assert 0 < sum(bound.operators.values()) <= 1
    assert "convolution_backward" in bound.operators
