"""The look at a run's data before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pan.data.sources import Sources, prepare
from pan.data.survey import survey
from pan.system.errors import InputError
from tests.pan.conftest import drained, labelled_recipe


@pytest.mark.parametrize(
    ("kind", "read"),
    [("mref", ("data_root",)), ("mbg", ("data_root", "backgrounds")), ("vg-tiny", ("backgrounds",))],
)
def test_of_the_places_that_are_gone_those_are_missing_that_are_read(tmp_path, kind, read):
    gone = tmp_path / "gone"
    assert Sources(gone, gone).missing(kind) == read
    assert Sources(gone, gone, gone, gone).missing(kind) == ("data", "validation")
    assert Sources(tmp_path, tmp_path).missing(kind) == ()


@pytest.fixture
def make_set(tmp_path):
    """Writes a reference set of grey images with a question each."""
    def make(name, answers=("dark", "bright"), images=4):
        folder = tmp_path / name
        folder.mkdir()
        lines = ["image,query,answer,scale,mask"]
        for number in range(images):
            Image.new("L", (9, 9), 20 * number).save(folder / f"{number}.png")
            lines += [f"{number}.png,lamp,{answer},," for answer in answers[:1 + number % 2]]
        (folder / "index.csv").write_text("\n".join(lines) + "\n")
        return folder
    return make


def test_scenes_tell_whose_digits_they_are(bundled):
    assert "bundled digits" in survey("mref", bundled)
    assert "photographs to train on" in survey("mbg", bundled)
    assert "digits" not in survey("vg-tiny", bundled)


def test_a_set_is_counted(make_set):
    assert survey("mref", Sources(data=make_set("set"))) == (
        "6 questions about 4 images, 1 queries, 2 answers; every tenth image is kept for validation"
    )


def test_a_validation_set_is_counted_too(make_set):
    sources = Sources(data=make_set("set"), validation=make_set("other", images=2))
    assert survey("mref", sources).endswith("validated on 3 questions")


def test_words_that_training_never_sees_are_told(make_set):
    sources = Sources(data=make_set("set"), validation=make_set("other", answers=("green",)))
    with pytest.raises(InputError, match="line 2 of its index: “lamp” or “green” is not among the words"):
        survey("mref", sources)


def test_a_set_with_several_answers_is_counted(tmp_path):
    (tmp_path / "index.csv").write_text("image,query,answers,boxes\na.jpg,shirt,red;new,\nb.jpg,hat,red,\n")
    assert survey("vg", Sources(data=tmp_path)).startswith(
        "2 questions about 2 images, 2 queries, 2 answers"
    )


@pytest.mark.parametrize(
    ("kind", "sources", "said"),
    [
        ("mref", Sources(validation=Path("somewhere")), "needs a training set"),
        ("mref", Sources(data=Path("nowhere")), "nowhere is no reference set"),
        ("mbg", Sources(backgrounds=Path("nowhere")), "nowhere is not a folder of photographs"),
        ("vg", Sources(), "pan data visual-genome"),
    ],
)
def test_what_is_missing_is_told_in_a_sentence(kind, sources, said):
    with pytest.raises(InputError, match=said):
        survey(kind, sources)


def test_of_a_set_with_parts_the_told_questions_are_those_trained_on(labelled_set):
    for validation in (None, labelled_set):
        sources = Sources(data=labelled_set, validation=validation)
        prepared = drained(prepare(labelled_recipe("san", workers=0), sources))
        assert survey("vg", sources).startswith(f"{len(prepared.training)} questions about 5 images")
        assert len(prepared.validation.images) == 1
