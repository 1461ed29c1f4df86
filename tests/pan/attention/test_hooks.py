"""Networks under surgery: against slow loops, and what must not change."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from pan.attention.surgery import LayerEdit, Surgery, cells_where
from pan.checkpoints.file import Checkpoint, load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import Explanation, explain
from pan.explaining.maps_npz import save_maps
from pan.figures.explanation import explanation_figure
from pan.models.geometry import of_pool
from pan.system.errors import InputError

NETWORKS = ("san", "han", "pan", "pan-ctx", "pan-ctx-hard")
GATED = ("pan", "pan-ctx", "pan-ctx-hard")
SOME = LayerEdit(closed=frozenset({(0, 0), (2, 3)}), open=frozenset({(1, 1)}), strength=0.5)


@pytest.fixture
def image(questions):
    return fit_image(Image.fromarray(questions.images[0]), 100)


@pytest.fixture
def load(make_checkpoint):
    def load(model, **changes):
        return load_checkpoint(str(make_checkpoint(model, **changes)))
    return load


def maps(explanation: Explanation) -> dict[str, np.ndarray]:
    return {layer.name: layer.attention for layer in explanation.layers}


def everywhere(side: int) -> frozenset:
    return cells_where(np.ones((side, side), bool))


@pytest.mark.parametrize("model", NETWORKS)
def test_a_surgery_that_changes_nothing_gives_the_very_same_output(load, image, model):
    checkpoint = load(model)
    plain, same = explain(checkpoint, image, "3"), explain(checkpoint, image, "3", Surgery({"att4": LayerEdit()}))
    np.testing.assert_array_equal(same.probabilities, plain.probabilities)
    for name, attention in maps(plain).items():
        np.testing.assert_array_equal(maps(same)[name], attention)


@pytest.mark.parametrize("model", NETWORKS)
def test_after_the_context_the_network_is_unchanged(load, image, model):
    checkpoint = load(model)
    before = explain(checkpoint, image, "3")
    explain(checkpoint, image, "3", Surgery({"att4": SOME}))
    with pytest.raises(InputError):
        explain(checkpoint, image, "3", Surgery({"att4": LayerEdit(closed=frozenset({(9, 9)}))}))
    np.testing.assert_array_equal(explain(checkpoint, image, "3").probabilities, before.probabilities)


@pytest.mark.parametrize("model", GATED)
def test_a_gate_is_changed_cell_by_cell(load, image, model):
    checkpoint = load(model)
    alpha = maps(explain(checkpoint, image, "3"))["att2"]
    changed = maps(explain(checkpoint, image, "3", Surgery({"att2": SOME})))["att2"]
    for row in range(25):
        for column in range(25):
            expected = min(1, 0.5 * alpha[row, column])
            expected = 0 if (row, column) in SOME.closed else 1 if (row, column) in SOME.open else expected
            assert changed[row, column] == pytest.approx(expected, abs=1e-6)


def test_a_gate_passes_nothing_more_than_it_gets_however_strong_it_is(load, image):
    changed = maps(explain(load("pan"), image, "3", Surgery({"att2": LayerEdit(strength=4.0)})))["att2"]
    assert changed.max() == 1


@pytest.mark.parametrize("model", NETWORKS)
def test_a_last_layer_is_changed_cell_by_cell_and_stays_a_distribution(load, image, model):
    checkpoint = load(model)
    alpha = maps(explain(checkpoint, image, "3"))["att4"]
    changed = maps(explain(checkpoint, image, "3", Surgery({"att4": SOME})))["att4"]
    weights = {}
    for row in range(6):
        for column in range(6):
            weight = (alpha[row, column] / alpha.max()) ** 0.5
            weights[row, column] = 0 if (row, column) in SOME.closed else 1 if (row, column) in SOME.open else weight
    for cell, weight in weights.items():
        assert changed[cell] == pytest.approx(weight / sum(weights.values()), abs=1e-6)
    assert changed.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("model", NETWORKS)
@pytest.mark.parametrize(
    "edit", [LayerEdit(closed=everywhere(6)), LayerEdit(strength=0.0), LayerEdit(open=everywhere(6))]
)
def test_a_last_layer_with_all_cells_closed_becomes_uniform(load, image, model, edit):
    explanation = explain(load(model), image, "3", Surgery({"att4": edit}))
    np.testing.assert_allclose(explanation.layers[-1].attention, np.full((6, 6), 1 / 36), rtol=1e-5)
    assert explanation.probabilities.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("model", ["han", "pan-ctx-hard"])
def test_with_one_open_cell_a_hard_network_answers_from_that_cell(load, image, model):
    checkpoint = load(model)
    captured = {}
    handle = checkpoint.model.answer.register_forward_hook(lambda _, given, __: captured.update(features=given[3]))
    surgery = Surgery({"att4": LayerEdit(closed=everywhere(6) - {(2, 4)})})
    explanation = explain(checkpoint, image, "3", surgery)
    handle.remove()
    with torch.inference_mode():
        alone = checkpoint.model.answer.classifier(captured["features"][0, 0, :, 2, 4]).softmax(-1).numpy()
    np.testing.assert_allclose(explanation.probabilities, alone, rtol=1e-5)


@pytest.mark.parametrize("model", GATED)
def test_a_gate_closed_everywhere_gives_what_features_of_nothing_give(load, image, model):
    """Closing att2 puts zeros in the place of its attended map, and the later stages run on them."""
    checkpoint = load(model)
    explanation = explain(checkpoint, image, "3", Surgery({"att2": LayerEdit(closed=everywhere(25))}))
    network = checkpoint.model
    asked = torch.zeros(1, 1, 10)
    asked[0, 0, 3] = 1
    with torch.inference_mode():
        features = torch.zeros(1, 1, network.stages[1].conv.out_channels, 25, 25)
        below = network.stages[2](features)
        top = network.stages[3](below, network.gates["att3"](below, asked).attention)
        alpha = network.attention(top, asked).flatten(2).softmax(-1).view(1, 1, 6, 6)
        expected = network.answer(4, of_pool(4, padding=1), alpha, top, asked).log_probabilities[0, 0].exp().numpy()
    np.testing.assert_allclose(explanation.probabilities, expected, rtol=1e-5)
    assert not explanation.layers[0].attended.any()
    assert not explanation.layers[-1].accumulated.any()


@pytest.mark.parametrize("model", GATED)
def test_layers_behind_the_change_follow_it_and_those_before_do_not(load, image, model):
    checkpoint = load(model, gates=(1, 2, 3))
    plain = explain(checkpoint, image, "3")
    changed = explain(checkpoint, image, "3", Surgery({"att2": LayerEdit(closed=everywhere(25) - {(9, 9)})}))
    np.testing.assert_array_equal(maps(changed)["att1"], maps(plain)["att1"])
    np.testing.assert_array_equal(changed.layers[0].probabilities, plain.layers[0].probabilities)
    for name in ("att2", "att3", "att4"):
        assert np.abs(maps(changed)[name] - maps(plain)[name]).max() > 1e-6
        assert np.abs(changed.layer(name).accumulated - plain.layer(name).accumulated).max() > 1e-6
    for name in ("att2", "att3"):
        assert np.abs(changed.layer(name).probabilities - plain.layer(name).probabilities).max() > 1e-6


def test_a_gates_own_answer_is_read_from_the_cells_left_and_knows_no_strength(load, image):
    checkpoint = load("pan-ctx")
    checkpoint.model.gates["att2"].attention.score.weight.data.mul_(100)  # its cells differ, as a trained one's
    plain = explain(checkpoint, image, "3").layer("att2").probabilities
    weaker = explain(checkpoint, image, "3", Surgery({"att2": LayerEdit(strength=0.5)})).layer("att2").probabilities
    np.testing.assert_allclose(weaker, plain, rtol=1e-5)
    closed = Surgery({"att2": LayerEdit(closed=everywhere(25) - {(3, 8)})})
    captured = {}
    handle = checkpoint.model.gates["att2"].attention.register_forward_hook(
        lambda _, given, __: captured.update(features=given[0])
    )
    left = explain(checkpoint, image, "3", closed).layer("att2").probabilities
    handle.remove()
    with torch.inference_mode():
        alone = checkpoint.model.gates["att2"].answer.classifier(captured["features"][0, 0, :, 3, 8]).softmax(-1)
    np.testing.assert_allclose(left, alone.numpy(), rtol=1e-5)


def test_a_surgery_of_a_layer_without_attention_is_refused(load, image):
    with pytest.raises(InputError, match="no attention at att2 to change; this network attends at att4"):
        explain(load("san"), image, "3", Surgery({"att2": SOME}))


def test_a_cell_beyond_the_map_is_refused(load, image):
    with pytest.raises(InputError, match="att4 has 6 × 6 cells and none at row 6, column 0"):
        explain(load("han"), image, "3", Surgery({"att4": LayerEdit(open=frozenset({(6, 0)}))}))


def test_figure_and_maps_name_the_change(load, image, tmp_path):
    surgery = Surgery({"att2": SOME})
    explanations = [explain(load("pan-ctx"), image, "3", surgery), explain(load("san"), image, "3")]
    assert explanations[0].surgery == surgery
    below = [axes.get_xlabel() for axes in explanation_figure(explanations).axes if axes.get_xlabel()]
    assert ["closed" in words for words in below] == [True, False, False, False]
    assert "2 cells closed, 1 open," in below[0]
    save_maps(tmp_path / "maps.npz", explanations)
    with np.load(tmp_path / "maps.npz", allow_pickle=False) as written:
        told = {name: str(written[name]) for name in written.files if name.endswith("/surgery")}
    assert told == {f"{explanations[0].checkpoint}/surgery": surgery.in_words()}


def test_weights_keep_their_names(load):
    """Checkpoints from before surgery load: its steps have no weights."""
    checkpoint: Checkpoint = load("pan-ctx")
    assert not any("alpha" in name or "cells" in name for name in checkpoint.model.state_dict())


def test_a_network_on_another_trunk_is_changed_at_its_own_layers(make_checkpoint, image):
    recipe = {"trunk": "vgg-tiny", "gates": (1, 2), "context_radius": 1}
    checkpoint = load_checkpoint(str(make_checkpoint("pan-ctx", **recipe)))
    *_, last = explain(checkpoint, image, "3").layers
    everything = cells_where(np.ones(last.attention.shape, bool))
    surgery = Surgery({last.name: LayerEdit(closed=everything - {(0, 0)}), "att2": SOME})
    changed = explain(checkpoint, image, "3", surgery).layers
    assert changed[-1].attention[0, 0] == 1
    assert changed[1].attention[1, 1] == 1
