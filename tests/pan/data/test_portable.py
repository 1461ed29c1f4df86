"""A set that is handed on: all its files in its own folder, and the same questions."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.data.labelled.index import image_sizes, read_labelled_index
from pan.data.parts import read_split
from pan.data.portable import check_portable, portable_set
from pan.data.reference.reading import read_reference_set, words_of
from pan.system.errors import InputError


@pytest.fixture
def far(tmp_path):
    """Writes a set that names images in its folder, elsewhere and by names that Windows refuses."""
    folder = tmp_path / "set"
    for number, name in enumerate(("set/images/0.png", "elsewhere/0.png", "set/images/what?.png")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (30, 20), (80 * number, 0, 0)).save(tmp_path / name)
    mask = Image.new("L", (30, 20))
    mask.paste(255, (3, 3, 9, 9))
    mask.save(tmp_path / "elsewhere" / "mask.png")

    def write(text, **others):
        (folder / "index.csv").write_text(text.replace("FAR", str(tmp_path / "elsewhere")))
        for name, other in others.items():
            (folder / f"{name}.csv").write_text(other.replace("FAR", str(tmp_path / "elsewhere")))
        return folder
    return write


def moved(folder, tmp_path):
    """The folder as it is somewhere else."""
    for name, member in portable_set(folder).items():
        target = tmp_path / "moved" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(member if isinstance(member, bytes) else member.read_bytes())
    return tmp_path / "moved"


def test_a_set_with_one_answer_keeps_its_questions_images_and_masks(far, tmp_path):
    folder = far("Image;query;answer;scale;mask;author\nimages/0.png;cup;red;1,5;;me\n"
                 "FAR/0.png;cup;blue;0,511;FAR/mask.png;\nimages/what?.png;hat;red;;;\n",
                 split="image,split\nimages/0.png,train\nFAR/0.png,test\nimages/what?.png,val\n")  # fmt: skip
    with pytest.raises(InputError, match=r"line 3: .* leads out of the set's folder"):
        check_portable(folder)
    new = moved(folder, tmp_path)
    check_portable(new)
    before, after = (read_reference_set(each, words_of(folder)) for each in (folder, new))
    for field in ("images", "query", "answer", "scale", "packed_masks", "masked"):
        np.testing.assert_array_equal(getattr(after, field), getattr(before, field))
    assert [*read_split(new)] == ["images/0.png", "files/000005.png", "files/000007.png"]
    assert [*read_split(new).values()] == ["train", "test", "val"]


def test_a_set_with_several_answers_keeps_what_is_wrong_and_the_sizes(far, tmp_path):
    folder = far("image,query,answers,boxes,wrong\nimages/0.png,cup,red;large,1 1 5 5,blue\nFAR/0.png,cup,blue,,\n",
                 images="image,width,height\nFAR/0.png,300,200\n")  # fmt: skip
    (folder / "words.json").write_text('{"queries": ["cup"], "answers": ["red", "blue", "large"]}')
    new = moved(folder, tmp_path)
    rows = read_labelled_index(new)
    assert [(row.answers, row.wrong, row.boxes) for row in rows] == [
        (("red", "large"), ("blue",), ((1, 1, 5, 5),)), (("blue",), (), ())]  # fmt: skip
    assert [*image_sizes(new, [row.name for row in rows]).values()] == [(30, 20), (300, 200)]
    assert (new / "words.json").read_bytes() == (folder / "words.json").read_bytes()


def test_a_file_that_is_gone_is_named(far):
    with pytest.raises(InputError, match=r"line 2: there is no file .*gone\.png"):
        portable_set(far("image,query,answer\ngone.png,cup,red\n"))
