"""Composed scenes on disk are a reference set like any other, and a set that grows loses nothing."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.composer.composition import BLACK, Composition
from pan.data.composer.cutout import Cutout, PlacedCutout
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.composer.variations import at_scales, random_composition, sweep_scales
from pan.data.reference.index import read_index
from pan.data.reference.reading import read_reference_set
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError


def test_a_saved_scene_is_read_back_as_it_was_composed(tmp_path):
    composition = random_composition("mref", 2)
    list(add_compositions(tmp_path / "set", [composition]))
    questions = read_reference_set(tmp_path / "set", MNIST_REFERENCE)
    scene = draw(composition)
    assert np.array_equal(questions.images[0], scene.image)
    assert len(questions) == len(composition.placed)
    for place, digit in enumerate(composition.placed):
        row = int(np.flatnonzero(questions.query == digit.digit)[0])
        assert MNIST_REFERENCE.answers[questions.answer[row]] == digit.colour
        assert questions.scale[row] == pytest.approx(digit.scale, abs=1e-4)
        assert np.array_equal(questions.masks(np.array([row]))[0], scene.segmentation == place + 1)


def test_a_set_grows_and_keeps_what_it_had(tmp_path):
    folder = tmp_path / "set"
    list(add_compositions(folder, [random_composition("mref", 0)]))
    before = {path: path.read_bytes() for path in folder.rglob("*.png")}
    rows = read_index(folder)
    assert list(add_compositions(folder, [random_composition("mbg", seed) for seed in (1, 2)])) == [1, 2]
    assert read_index(folder)[: len(rows)] == rows
    assert len({row.image for row in read_index(folder)}) == 3
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_folder_that_is_not_a_composed_set_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(InputError, match="nothing in it was changed"):
        list(add_compositions(tmp_path, [random_composition("mref", 0)]))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_adding_that_is_broken_off_leaves_the_set_as_it_was(tmp_path):
    folder = tmp_path / "set"
    list(add_compositions(folder, [random_composition("mref", 0)]))
    rows = read_index(folder)
    adding = add_compositions(folder, [random_composition("mref", seed) for seed in (1, 2, 3)])
    next(adding)
    adding.close()
    assert read_index(folder) == rows
    list(add_compositions(folder, [random_composition("mref", 4)]))
    assert len({row.image for row in read_index(folder)}) == 2


def of_word(query: str, told_scale: float = 1.0) -> Composition:
    cutout = Cutout(query, ("red",), np.full((9, 7, 4), 255, np.uint8), "images/0.png", "masks/0.png", told_scale)
    return Composition(BLACK).with_object(PlacedCutout(cutout))


def test_a_scene_with_which_the_set_could_not_be_read_is_refused(tmp_path):
    list(add_compositions(tmp_path, [of_word("cup")]))
    index = (tmp_path / "index.csv").read_bytes()
    with pytest.raises(InputError, match=r"“Cup” differs from “cup” .*; nothing was added"):
        list(add_compositions(tmp_path, [of_word("Cup")]))
    assert (tmp_path / "index.csv").read_bytes() == index
    list(add_compositions(tmp_path, [of_word("cup")]))
    assert [row.query for row in read_index(tmp_path)] == ["cup", "cup"]


def test_a_very_small_scale_is_kept(tmp_path):
    list(add_compositions(tmp_path, [of_word("cup", 0.00004)]))
    assert read_index(tmp_path)[0].scale == pytest.approx(0.00004)


def test_a_scene_about_which_nothing_can_be_asked_is_refused(tmp_path):
    with pytest.raises(InputError, match="no query whose right answer is clear; place an object"):
        list(add_compositions(tmp_path / "set", [Composition(BLACK)]))


def test_a_series_asks_about_the_digit_that_changes_alone(tmp_path):
    composition = random_composition("mref", 2)
    digit = composition.placed[1]
    list(add_compositions(tmp_path / "set", at_scales(composition, 1, sweep_scales(5)), str(digit.digit)))
    rows = read_index(tmp_path / "set")
    assert [row.query for row in rows] == [str(digit.digit)] * 5
    assert [row.scale for row in rows] == [0.5, 1.125, 1.75, 2.375, 3.0]


def test_a_saved_scene_can_be_composed_further(tmp_path):
    composition = random_composition("mdist", 2)
    list(add_compositions(tmp_path / "set", [composition]))
    assert read_composition(tmp_path / "set/compositions/000000.json").placed == composition.placed


@pytest.mark.parametrize("text", ["", "[]", "{}", "\xff"])
def test_a_file_that_is_no_composition_is_refused(tmp_path, text):
    (tmp_path / "file.json").write_text(text, "latin-1")
    with pytest.raises(InputError):
        read_composition(tmp_path / "file.json")
    with pytest.raises(InputError):
        read_composition(tmp_path / "missing.json")
