"""A network asked from a notebook."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pan
from pan.attention.surgery import LayerEdit, Surgery
from pan.system.errors import InputError


@pytest.fixture(scope="module")
def scene():
    return pan.scenes("mref", 1, 3)[0]


@pytest.fixture(scope="module")
def network():
    return pan.load("mref/pan-ctx", device="cpu")


@pytest.fixture(scope="module")
def explanation(network, scene):
    return network.explain(scene.image, scene.queries[0])


def test_a_shipped_network_says_what_it_is(network):
    assert repr(network) == "<mref/pan-ctx: pan-ctx, 10 queries, 5 answers>"
    assert network.task.queries == tuple("0123456789")
    assert network.recipe.name == "mref/pan-ctx"
    assert network.metrics["test"]["accuracy"] > 0.9
    assert not network.module.training


def test_every_network_at_hand_that_has_a_name_is_loaded_by_it():
    assert {"mref/pan-ctx", "mbg/san"} <= set(pan.checkpoints())


def test_a_trained_network_answers_rightly_from_python(network, scene):
    answers = [network.explain(scene.image, query).answer for query in scene.queries]
    assert answers == list(scene.answers)


def test_a_file_a_picture_and_an_array_are_explained_alike(network, scene, tmp_path, explanation):
    path = tmp_path / "scene.png"
    Image.fromarray(scene.image).save(path)
    for image in (path, str(path), Image.open(path)):
        given = network.explain(image, scene.queries[0])
        np.testing.assert_array_equal(given.probabilities, explanation.probabilities)


@pytest.mark.parametrize("size", [(1, 1), (37, 250), (640, 480)])
def test_an_image_of_any_size_is_fitted(network, size):
    pixels = np.full((*size, 3), 200, np.uint8)
    assert network.explain(pixels, "7")["att4"].accumulated.shape == (100, 100)


def test_a_picture_that_lies_on_its_side_is_explained_upright(network, scene, explanation):
    lying = Image.fromarray(scene.image).transpose(Image.Transpose.ROTATE_90)
    lying.getexif()[0x0112] = 6  # EXIF: turn it back by 270 degrees
    assert np.array_equal(network.explain(lying, scene.queries[0]).image, explanation.image)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_a_picture_of_any_mode_is_explained(network, mode):
    assert network.explain(Image.new(mode, (20, 30)), "7").answer in network.task.answers


WRONG = """
import pan
from pan.system.errors import InputError

network = pan.load("mref/san", device="cpu")
for wrong in ([[[0, 0, 0]]], None):
    try:
        network.explain(wrong, "7")
    except InputError as error:
        print(error)
"""


def test_what_is_no_image_is_refused_with_its_type():
    """In a process of its own, in which types are not checked."""
    told = subprocess.run([sys.executable, "-c", WRONG], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split("; ")[0] for line in told] == [
        f"an image is a file, a Pillow image or an array, not a {kind}" for kind in ("list", "NoneType")
    ]


@pytest.mark.parametrize(
    ("shape", "kind"), [((9, 9, 3), np.float64), ((9, 9), np.uint8), ((9, 9, 4), np.uint8), ((0, 9, 3), np.uint8)]
)
def test_another_array_is_refused_with_its_shape_and_type(network, shape, kind):
    with pytest.raises(InputError, match="H × W × 3 of uint8"):
        network.explain(np.zeros(shape, kind), "7")


def test_a_missing_file_and_an_unknown_word_are_refused_in_a_sentence(network, scene):
    with pytest.raises(InputError, match=r"there is no image nowhere\.png"):
        network.explain("nowhere.png", "7")
    with pytest.raises(InputError, match="“shoe” cannot be asked"):
        network.explain(scene.image, "shoe")
    with pytest.raises(InputError, match="there is no checkpoint “mref/none”"):
        pan.load("mref/none")
    with pytest.raises(InputError, match="there is no device “quantum”"):
        pan.load("mref/san", device="quantum")


def test_a_layer_is_reached_by_its_name(explanation):
    layer = explanation["att2"]
    assert layer.attention.shape == (25, 25)
    assert layer.accumulated.shape == (100, 100)
    assert layer.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert layer is explanation.layers[1]
    with pytest.raises(KeyError, match="att9; pan-ctx attends at att1, att2, att3, att4"):
        explanation["att9"]


def test_an_explanation_is_short_in_words_and_a_picture_in_a_notebook(explanation, scene):
    said = f"{scene.queries[0]} → {scene.answers[0]} {explanation.probabilities.max():.0%}"
    assert repr(explanation).startswith(f"<mref/pan-ctx: {said}, att")
    assert len(repr(explanation)) < 80
    shown = Image.open(BytesIO(explanation._repr_png_()))
    assert shown.width > shown.height > 200
    assert len(np.unique(np.asarray(shown.convert("RGB")).reshape(-1, 3), axis=0)) > 100
    assert len(explanation.figure().axes) > 8


def test_surgery_changes_the_answer_and_is_told(network, scene, explanation):
    closed = frozenset((row, column) for row in range(25) for column in range(25))
    changed = network.explain(scene.image, scene.queries[0], Surgery({"att2": LayerEdit(closed=closed)}))
    assert not changed["att2"].accumulated.any()
    assert explanation["att2"].accumulated.any()
    assert "changed att2: 625 cells closed" in repr(changed)


def test_saved_maps_equal_the_explanation(explanation, tmp_path):
    explanation.save(tmp_path / "maps.npz")
    with np.load(tmp_path / "maps.npz", allow_pickle=False) as maps:
        np.testing.assert_array_equal(maps["mref/pan-ctx/att2/attention"], explanation["att2"].attention)
    explanation.save(str(tmp_path / "page.html"))
    assert "mref/pan-ctx" in (tmp_path / "page.html").read_text(encoding="utf-8")
    explanation.save(tmp_path / "figure.svg")
    assert (tmp_path / "figure.svg").read_text().startswith("<?xml")


def test_another_suffix_is_refused_and_nothing_is_written(explanation, tmp_path):
    with pytest.raises(InputError, match=r"must end in one of \.npz, \.html, \.png, \.pdf, \.svg"):
        explanation.save(tmp_path / "maps.mat")
    assert not list(Path(tmp_path).iterdir())
