"""Names of files with the backslashes of Windows mean the same in every file of a set."""

from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.parts import named_part
from pan.data.portable import check_portable, portable_set
from pan.data.reference.index import read_index
from pan.system.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """Writes a set with one image in a folder, and its mask in another."""
    for name in ("im", "m"):
        (tmp_path / name).mkdir()
    Image.new("RGB", (100, 100), "red").save(tmp_path / "im" / "1.png")
    mask = Image.new("L", (100, 100))
    mask.paste(255, (0, 0, 50, 100))
    mask.save(tmp_path / "m" / "1.png")

    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return tmp_path
    return write


SEVERAL = "image,query,answers,boxes,mask\nim\\1.png,cup,red,0 0 100 100,\n"


@pytest.mark.parametrize("name", ["im\\1.png", "im/1.png"])
def test_boxes_are_of_the_annotated_image_whatever_slashes_name_it(name, folder):
    set_ = folder(index=SEVERAL, images=f"image,width,height\n{name},200,200\n")
    questions = read_labelled_set(set_, labelled_words(set_, 100))
    assert questions.boxes.row(0).tolist() == [[0, 0, 50, 50]]


def test_a_mask_of_a_set_with_several_answers_may_be_named_with_backslashes(folder):
    set_ = folder(index="image,query,answers,mask\nim\\1.png,cup,red,m\\1.png\n")
    questions = read_labelled_set(set_, labelled_words(set_, 100))
    assert questions.masks(np.arange(1))[0].mean() == 0.5


@pytest.mark.skipif(os.name == "nt", reason="there a backslash is never part of a name")
@pytest.mark.parametrize("header", ["image,query,answer", "image,query,answers"])
def test_a_file_with_a_backslash_in_its_name_has_a_part_too(header, folder):
    set_ = folder(index=f"{header}\nodd\\1.png,cup,red\n", split="image,split\nodd\\1.png,train\n")
    (set_ / "im" / "1.png").rename(set_ / "odd\\1.png")
    if header.endswith("s"):
        assert len(read_labelled_set(set_, labelled_words(set_, 100), "train")) == 1
    else:
        assert len(read_index(*named_part(set_, "train"))) == 1


@pytest.mark.parametrize("answers", ["answer", "answers"])
def test_one_image_is_one_image_with_either_slash(answers, folder):
    set_ = folder(index=f"image,query,{answers}\nim\\1.png,cup,red\nim/1.png,hat,red\n",
                  split="image,split\nim\\1.png,val\n")  # fmt: skip
    if answers == "answers":
        assert len(read_labelled_set(set_, labelled_words(set_, 100), "val").images) == 1
    else:
        assert len({row.image for row in read_index(set_, "val")}) == 1


def test_a_set_that_is_handed_on_keeps_its_sizes_by_names_with_backslashes(folder):
    set_ = folder(index=SEVERAL, images="image,width,height\nim\\1.png,200,200\n")
    assert portable_set(set_)["images.csv"] == b"image,width,height\nim/1.png,200,200\n"


def test_a_set_that_was_handed_on_may_have_names_with_backslashes_but_none_that_lead_out(folder):
    check_portable(folder(index=SEVERAL))
    with pytest.raises(InputError, match="leads out of the set's folder"):
        check_portable(folder(index=SEVERAL.replace("im\\", "..\\im\\")))
