"""Figures of any layout name what was changed, and their pictures stay as they are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.attention.surgery import LayerEdit, Surgery
from pan.checkpoints.file import load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import explain
from pan.figures.change_note import note_changes
from pan.figures.explanation import explanation_figure


@pytest.fixture
def explanations(make_checkpoint, questions):
    image = fit_image(Image.fromarray(questions.images[0]), 100)
    surgery = Surgery({"att2": LayerEdit(strength=0.5), "att4": LayerEdit(closed=frozenset({(1, 1)}))})
    asked = (("pan-ctx", surgery), ("san", Surgery()))
    return [explain(load_checkpoint(str(make_checkpoint(model))), image, "3", change) for model, change in asked]


def drawn(figure) -> np.ndarray:
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()


def test_the_changes_stand_below_and_the_pictures_as_they_were(explanations):
    figure = explanation_figure(explanations)
    before = drawn(figure)
    note_changes(figure, explanations)
    after = drawn(figure)
    assert figure.texts[-1].get_text() == "changed in PAN-CTX: att2: strength 0.5; att4: 1 cell closed"
    assert after.shape[0] > before.shape[0]
    assert np.abs(after[: before.shape[0]].astype(int) - before).mean() < 2
    assert (after[before.shape[0] :] < 128).any()


def test_two_networks_of_a_kind_are_told_apart_by_their_checkpoints(explanations):
    figure = explanation_figure(explanations)
    note_changes(figure, [explanations[0], explanations[0]])
    assert figure.texts[-1].get_text().startswith("changed in PAN-CTX (pan-ctx.safetensors): att2")


def test_without_changes_a_figure_stays_as_it_is(explanations):
    figure = explanation_figure(explanations[1:])
    before = drawn(figure)
    note_changes(figure, explanations[1:])
    np.testing.assert_array_equal(drawn(figure), before)
