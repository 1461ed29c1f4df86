"""A scale sweep is nothing but the network's answers, scale by scale."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pan.checkpoints.file import load_checkpoint
from pan.data.composer.drawing import draw
from pan.data.composer.variations import at_scales, random_composition, sweep_scales
from pan.data.images import fit_image
from pan.explaining.explain import explain
from pan.explaining.sweep import sweep_in_batches, sweep_scale
from pan.system.errors import InputError


@pytest.mark.parametrize("network", ["pan-ctx", "san", "han"])
def test_a_sweep_gives_at_each_scale_what_explain_gives(network):
    checkpoint = load_checkpoint(f"mref/{network}")
    composition = random_composition("mref", 4)
    scales = sweep_scales(11)
    probabilities = sweep_scale(checkpoint, composition, 0, scales)
    digit = composition.placed[0]
    right = checkpoint.task.answers.index(digit.colour)
    for number in (0, 3, 10):
        image = Image.fromarray(draw(at_scales(composition, 0, scales)[number]).image)
        explained = explain(checkpoint, fit_image(image, 100), str(digit.digit))
        assert probabilities[number] == pytest.approx(explained.probabilities[right], abs=1e-4)


def test_the_ends_of_a_sweep_are_the_smallest_and_the_largest_digit():
    series = at_scales(random_composition("mref", 4), 2, sweep_scales())
    assert [each.placed[2].scale for each in series] == pytest.approx(np.linspace(0.5, 3, 26).tolist())
    assert [each.placed[2].size[0] for each in (series[0], series[-1])] == [14, 84]


def test_a_network_without_the_answer_is_refused():
    checkpoint = load_checkpoint("mref/san")
    other = replace(checkpoint, task=replace(checkpoint.task, answers=("a", "b", "c", "d", "e")))
    with pytest.raises(InputError, match="cannot answer"):
        sweep_scale(other, random_composition("mref", 4), 0, sweep_scales(2))


def test_each_scene_of_a_sweep_comes_with_its_attention_and_the_digits_ink():
    checkpoint, composition = load_checkpoint("mref/pan-ctx"), random_composition("mref", 4)
    series = at_scales(composition, 0, sweep_scales(3))
    digit = composition.placed[0]
    for batch in sweep_in_batches(checkpoint, series, 0):
        for scene, composed in zip(batch, series, strict=True):
            drawn = draw(composed)
            explained = explain(checkpoint, fit_image(Image.fromarray(drawn.image), 100), str(digit.digit))
            assert np.array_equal(scene.mask, drawn.segmentation == 1)
            np.testing.assert_allclose(scene.attention, explained.layers[-1].accumulated, atol=1e-5)
