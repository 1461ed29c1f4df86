"""What a recipe must know of a set is told from its files."""

from __future__ import annotations

import pytest
from PIL import Image

from pan.data.check import read_rows
from pan.data.own_set import own_set, own_set_of, recipe_for
from pan.recipes.own import OwnSet
from pan.system.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """Four images of two sizes, the last in the part val."""
    folder = tmp_path / "cups"
    folder.mkdir()
    rows = ["image,query,answer"]
    for number, size in enumerate([(60, 40), (60, 80), (80, 60), (900, 700)]):
        Image.new("RGB", size).save(folder / f"{number}.png")
        rows += [f"{number}.png,cup,red", f"{number}.png,hat,blue"]
    (folder / "index.csv").write_text("\n".join(rows))
    split = ["image,split", *(f"{number}.png,{part}" for number, part in enumerate(["train"] * 3 + ["val"]))]
    (folder / "split.csv").write_text("\n".join(split))
    return folder


def test_the_training_part_alone_counts(folder):
    assert own_set(folder) == OwnSet("cups", several=False, questions=6, images=3, side=80)


def test_rows_of_the_whole_set_tell_the_same(folder, tmp_path):
    assert own_set_of(folder, read_rows(folder)) == own_set(folder)
    (folder / "split.csv").unlink()
    assert own_set_of(folder, read_rows(folder)) == own_set(folder) == OwnSet("cups", False, 8, 4, 80)
    folder.rename(tmp_path / "train")
    (tmp_path / "val").mkdir()
    (tmp_path / "val" / "index.csv").write_text("image,query,answer\n../train/0.png,cup,red\n")
    assert own_set_of(tmp_path, read_rows(tmp_path)) == own_set(tmp_path)
    assert own_set(tmp_path).questions == 8


def test_a_broken_part_that_is_not_trained_on_does_not_matter(folder, tmp_path):
    folder.rename(tmp_path / "train")
    (tmp_path / "train" / "split.csv").unlink()
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "index.csv").write_text("image,query,answer\ngone.png,cup,red\n")
    assert own_set(tmp_path).questions == 8


def test_a_network_alone_is_trained_on_the_set_and_a_whole_name_stays_what_it_is(folder):
    assert recipe_for("pan-ctx", "quick", folder).name == "cups/pan-ctx"
    assert recipe_for("mref/pan-ctx", "quick", folder).name == "mref/pan-ctx"
    with pytest.raises(InputError, match="there is no recipe “pan-ctx”"):
        recipe_for("pan-ctx", "quick", None)


def test_an_image_that_cannot_be_opened_is_passed_over_and_a_set_of_such_refused(folder):
    (folder / "1.png").write_bytes(b"no image")
    assert own_set(folder).side == 70
    for number in (0, 2):
        (folder / f"{number}.png").write_bytes(b"no image")
    with pytest.raises(InputError, match="cannot be opened; check the set with pan data check"):
        own_set(folder)


def test_a_part_train_of_which_the_index_has_no_image_is_refused(folder):
    (folder / "split.csv").write_text("image,split\ngone.png,train\n3.png,val\n")
    for read in (own_set, lambda data: own_set_of(data, read_rows(data))):
        with pytest.raises(InputError, match=r"no image of .*index\.csv is in part train; correct split\.csv"):
            read(folder)
