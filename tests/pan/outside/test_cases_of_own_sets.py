"""Sets as people brought them, each with the numbers that it holds; `tests/cases` has them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.masks import load_mask
from pan.data.parts import parts_of
from pan.data.reference.index import read_index
from pan.data.reference.reading import read_reference_set, words_of

CASES = Path(__file__).parents[2] / "cases"
OWN = CASES / "own-data"
WORDS = ("circle", "cross", "heart", "square", "star", "triangle")
ON_OBJECT = 0.0215
"""Share of a picture that an object of `own-data` takes on average."""


@pytest.fixture
def own(tmp_path):
    """Puts a case together: its tables, and the pictures that all share."""
    def make(name):
        folder = tmp_path / name
        shutil.copytree(OWN / "shapes", folder)
        return shutil.copytree(OWN / name, folder, dirs_exist_ok=True)
    return make


@pytest.mark.parametrize(("name", "masked", "scaled"), [
    ("02_semicolon", True, True), ("05_no_scale", True, False), ("06_only_three", False, False),
    ("21_mask_rgba", True, True), ("24_split_ignored", True, True),
])  # fmt: skip
def test_an_own_set_has_all_its_questions_scales_and_masks(name, masked, scaled, own):
    folder = own(name)
    task = words_of(folder)
    questions = read_reference_set(folder, task)
    assert task.queries == WORDS
    assert len(questions) == 38
    assert np.isfinite(questions.scale).all() == scaled
    assert questions.masked.all() == masked
    shares = questions.masks(np.arange(38)).mean((1, 2))
    assert shares.mean() == pytest.approx(ON_OBJECT if masked else 0, abs=1e-4)
    assert shares.max() < 0.1  # no mask is the whole picture


def test_a_mask_with_an_alpha_channel_marks_what_the_grey_one_does():
    masks = [load_mask(OWN / name / "masks" / "00000-cross.png") for name in ("shapes", "21_mask_rgba")]
    assert np.array_equal(*masks)


def test_words_in_capitals_are_the_words_of_the_set(own):
    folder = own("14_capital")
    assert words_of(folder).queries == tuple(word.capitalize() for word in WORDS)
    assert len(read_index(folder)) == 38


def test_no_part_of_a_split_holds_an_image_of_another(own):
    folder = own("24_split_ignored")
    rows = {part: read_index(folder, part) for part in parts_of(folder)}
    assert {part: len(own) for part, own in rows.items()} == {"train": 23, "val": 5, "test": 10}
    images = [{row.name for row in own} for own in rows.values()]
    assert sum(map(len, images)) == len(set.union(*images)) == 8


def test_a_set_of_several_answers_needs_no_boxes():
    folder = OWN / "32_lab_no_boxes"
    task = labelled_words(folder, 32)
    sets = [read_labelled_set(folder, task, part) for part in ("train", "val", "test")]
    assert [len(each) for each in sets] == [21, 3, 6]
    first = sets[0].right_answers(np.arange(1), len(task.answers))[0]
    assert {word for word, right in zip(task.answers, first, strict=True) if right} == {"red", "striped", "large"}
    assert not sets[0].masks(np.arange(21)).any()


@pytest.mark.parametrize("kind", ["palette", "jpeg"])
def test_a_mask_of_any_kind_is_the_grey_one(kind):
    masks = [next(row.mask for row in read_index(CASES / "03-masks" / each)) for each in ("reference", kind)]
    expected, mask = map(load_mask, masks)
    assert expected.mean() == pytest.approx(0.0308)
    assert (mask != expected).mean() < 0.002
