"""What a recipe must know of a set is told from its files."""

from __future__ import annotations

import pytest
from PIL import Image

from pan.data.own_set import own_set, recipe_for
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
