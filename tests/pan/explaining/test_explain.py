"""Explanations say what the network did: probabilities, maps, and what they are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.attention.surgery import LayerEdit, Surgery
from pan.checkpoints.file import load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import encode, entropy, explain, explain_queries, rescale
from pan.explaining.maps_npz import save_maps
from pan.system.errors import InputError


@pytest.fixture
def image(questions):
    return fit_image(Image.fromarray(questions.images[0]), 100)


@pytest.fixture
def ask(make_checkpoint, image):
    def ask(model, query="7"):
        return explain(load_checkpoint(str(make_checkpoint(model))), image, query)
    return ask


@pytest.mark.parametrize(
    ("model", "layers"),
    [("san", {"att4": "softmax"}), ("han", {"att4": "probability"}),
     ("pan", {"att2": "sigmoid", "att3": "sigmoid", "att4": "softmax"}),
     ("pan-ctx-hard", {"att2": "sigmoid", "att3": "sigmoid", "att4": "probability"})],
)
def test_each_layer_says_how_its_attention_is_to_be_read(ask, model, layers):
    assert {layer.name: layer.kind for layer in ask(model).layers} == layers


@pytest.mark.parametrize("model", ["san", "han", "pan", "pan-ctx", "pan-ctx-hard"])
def test_probabilities_and_last_attention_sum_to_one(ask, model):
    explanation = ask(model)
    assert explanation.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert explanation.layers[-1].attention.sum() == pytest.approx(1, abs=1e-5)
    assert explanation.answer in explanation.answers


def test_accumulated_attention_is_the_product_of_the_maps(ask):
    layers = ask("pan-ctx").layers
    expected = np.ones((100, 100))
    for layer in layers:
        cells = layer.attention
        centres = layer.field.start + layer.field.stride * np.arange(len(cells)) + layer.field.size / 2
        pixels = np.arange(100) + 0.5
        columns = np.stack([np.interp(pixels, centres, row) for row in cells])  # one axis after the other
        expected = expected * np.stack([np.interp(pixels, centres, column) for column in columns.T], 1)
        np.testing.assert_allclose(layer.accumulated, expected, rtol=1e-4)


@pytest.mark.parametrize("edit", [LayerEdit(), LayerEdit(frozenset({(3, 4)}), frozenset({(9, 9)}), 4.0)])
def test_a_gates_attended_features_are_what_the_next_stage_gets(make_checkpoint, image, edit):
    checkpoint = load_checkpoint(str(make_checkpoint("pan")))
    given = []
    for stage in checkpoint.model.stages[2:]:
        stage.norm.register_forward_pre_hook(lambda _, maps: given.append(maps[0][0].norm(dim=0).numpy()))
    *gates, _ = explain(checkpoint, image, "7", Surgery({"att2": edit})).layers
    for gate, each in zip(gates, given, strict=True):
        np.testing.assert_allclose(gate.attended, each, rtol=1e-4, atol=1e-6)


def test_a_gate_with_context_sees_further_than_its_cell(ask):
    gate, *_, last = ask("pan-ctx").layers
    assert gate.context == gate.field.with_context(2)
    assert last.context == last.field


def test_a_hard_network_shows_its_probability_instead_of_attended_features(ask):
    (layer,) = ask("han").layers
    np.testing.assert_array_equal(layer.attended, layer.attention)


def test_asking_all_queries_gives_what_asking_each_gives(make_checkpoint, image):
    checkpoint = load_checkpoint(str(make_checkpoint("pan-ctx")))
    together = explain_queries(checkpoint, image, checkpoint.task.queries)
    assert [each.query for each in together] == list("0123456789")
    alone = explain(checkpoint, image, "4")
    np.testing.assert_allclose(together[4].probabilities, alone.probabilities, rtol=1e-4)
    for layer, other in zip(together[4].layers, alone.layers, strict=True):
        np.testing.assert_allclose(layer.attention, other.attention, rtol=1e-4)
        np.testing.assert_allclose(layer.features, other.features, rtol=1e-4)


@pytest.mark.parametrize("model", ["pan-ctx", "pan-ctx-best", "san", "han", "stn-m"])
def test_encoded_features_give_the_same_explanation(model, make_checkpoint, image):
    checkpoint = load_checkpoint(str(make_checkpoint(model)))
    features = encode(checkpoint, image)
    for query in ("4", "7"):
        (again,) = explain_queries(checkpoint, image, [query], features=features)
        anew = explain(checkpoint, image, query)
        np.testing.assert_array_equal(again.probabilities, anew.probabilities)
        for layer, other in zip(again.layers, anew.layers, strict=True):
            np.testing.assert_array_equal(layer.accumulated, other.accumulated)


def test_a_query_outside_the_words_is_refused(ask):
    with pytest.raises(InputError, match="“shoe” cannot be asked; choose one of 0, 1"):
        ask("san", "shoe")


def test_maps_are_written_without_objects_and_read_back(ask, tmp_path):
    explanation = ask("pan-ctx")
    save_maps(tmp_path / "maps.npz", [explanation])
    name = explanation.checkpoint
    with np.load(tmp_path / "maps.npz", allow_pickle=False) as maps:
        np.testing.assert_array_equal(maps[f"{name}/answers"], explanation.answers)
        for layer in explanation.layers:
            np.testing.assert_array_equal(maps[f"{name}/{layer.name}/attention"], layer.attention)
            assert maps[f"{name}/{layer.name}/accumulated"].shape == (100, 100)
            np.testing.assert_array_equal(maps[f"{name}/{layer.name}/probabilities"], layer.probabilities)


def test_pictures_are_rescaled_from_zero_to_one():
    np.testing.assert_allclose(rescale(np.array([[2.0, 4.0], [3.0, 2.5]])), [[0, 1], [0.5, 0.25]])
    assert not rescale(np.full((2, 2), 3.0)).any()


def test_entropy_by_hand():
    assert entropy(np.full((4, 4), 0.3)) == pytest.approx(4)
    assert entropy(np.eye(1)) == pytest.approx(0)
