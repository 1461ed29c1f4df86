"""Of a set whose questions have several answers, objects are cut out by their boxes or masks."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.data.composer.cutout import PlacedCutout
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import add_compositions
from pan.data.composer.set_objects import MOST_OF_QUERY, SetObjects, noise, scattered
from pan.data.composer.variations import random_composition
from pan.data.labelled.index import read_labelled_index
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.parts import INDEX
from pan.system.errors import InputError

ROWS = """image,query,answers,boxes,wrong
0.png,disc,red;small,4 6 20 12,
0.png,box,blue;striped,30 40 10 10;46 40 10 10,red
0.png,hole,,2 2 9 9,red
0.png,line,black,,
"""


@pytest.fixture
def own(tmp_path):
    """A picture of a red disc and two blue boxes; one question has no right answer, one no place."""
    pixels = np.full((64, 64, 3), 90, np.uint8)
    pixels[6:18, 4:24], pixels[40:50, 30:40], pixels[40:50, 46:56] = (200, 0, 0), (0, 0, 200), (0, 0, 200)
    Image.fromarray(pixels).save(tmp_path / "0.png")
    (tmp_path / INDEX).write_text(ROWS, "utf-8")
    return tmp_path


def cutouts(folder):
    return {found.cutout.query: found.cutout for found in SetObjects.of(folder).cut()}


def test_an_object_is_the_rectangle_of_its_box_and_fades_towards_its_edge(own):
    found = cutouts(own)
    assert sorted(found) == ["box", "disc"]
    disc = found["disc"]
    assert (disc.answers, disc.several, disc.mask) == (("red", "small"), True, "")
    assert (disc.rgba[..., :3] == (200, 0, 0)).all()
    opacity = disc.rgba[..., 3]
    assert opacity.shape == (12, 20)
    assert (opacity[3:-3, 3:-3] == 255).all()
    assert 0 < opacity[0, 0] < opacity[0, 9] < 255


def test_objects_that_share_a_question_are_one_cutout_with_nothing_between(own):
    opacity = cutouts(own)["box"].rgba[..., 3]
    assert opacity.shape == (10, 26)
    assert not opacity[:, 10:16].any()
    assert opacity[5, 5] == opacity[5, 20] == 255


def test_boxes_are_on_the_image_that_was_annotated(own):
    (own / "images.csv").write_text("image,width,height\n0.png,128,128\n", "utf-8")
    assert cutouts(own)["disc"].rgba.shape == (6, 10, 4)


def test_a_mask_counts_more_than_a_box(own):
    mask = np.zeros((32, 32), bool)  # of half the image's size
    mask[3:9, 2:7] = True
    Image.fromarray(mask).save(own / "disc.png")
    (own / INDEX).write_text("image,query,answers,boxes,mask\n0.png,disc,red,4 6 20 12,disc.png\n", "utf-8")
    disc = cutouts(own)["disc"]
    assert disc.rgba.shape == (12, 10, 4)
    assert (disc.rgba[..., 3] == 255).all()


def test_a_mask_of_another_proportion_is_fitted_as_for_training(own):
    Image.fromarray(np.ones((16, 32), bool)).save(own / "disc.png")
    (own / INDEX).write_text("image,query,answers,mask\n0.png,disc,red,disc.png\n", "utf-8")
    assert cutouts(own)["disc"].rgba.shape == (32, 64, 4)


def test_a_scene_comes_back_from_json_and_from_a_set_with_all_its_answers(own, tmp_path):
    rng = np.random.default_rng(0)
    composition = scattered([*cutouts(own).values()], noise(64, rng), rng)
    again = from_json(to_json(composition))
    assert [(each.title, each.several) for each in again.placed] == [(each.title, True) for each in composition.placed]
    saved = tmp_path / "saved"
    assert [*add_compositions(saved, [composition]), *add_compositions(saved, [again])] == [1, 1]
    rows = read_labelled_index(saved)
    assert {row.query: row.answers for row in rows} == {"box": ("blue", "striped"), "disc": ("red", "small")}
    questions = read_labelled_set(saved, labelled_words(saved, 64))
    scene, first = draw(composition), composition.placed[0].query
    number = next(number for number, row in enumerate(rows) if row.query == first)
    assert np.array_equal(questions.images[0], scene.image)
    assert np.array_equal(questions.masks(np.array([number]))[0], scene.segmentation == 1)


def test_objects_of_several_answers_do_not_go_into_a_set_of_one(own, tmp_path):
    saved = tmp_path / "saved"
    list(add_compositions(saved, [random_composition("mref", 0)]))
    index = (saved / INDEX).read_bytes()
    scene = Composition(noise(64, np.random.default_rng(0))).with_object(PlacedCutout(cutouts(own)["disc"]))
    with pytest.raises(InputError, match="has one answer to a question, and “disc” may have several"):
        list(add_compositions(saved, [scene]))
    assert (saved / INDEX).read_bytes() == index


@pytest.mark.parametrize("answers", [[], [""], ["red", 3]])
def test_json_whose_answers_cannot_be_is_refused(own, answers):
    written = to_json(Composition(noise(64, np.random.default_rng(0))).with_object(PlacedCutout(cutouts(own)["disc"])))
    with pytest.raises(InputError):
        from_json({**written, "objects": [{**written["objects"][0], "answers": answers}]})


def test_of_a_large_set_a_bounded_sample_of_each_query_is_kept_and_every_word(own):
    many = [f"0.png,dot,red,{number % 50} {number // 50} 4 4,\n" for number in range(1_000)]
    (own / INDEX).write_text(ROWS + "".join(many), "utf-8")
    objects = SetObjects.of(own)
    dots = [row.boxes for row in objects.rows if row.query == "dot"]
    assert len(dots) == MOST_OF_QUERY
    assert dots == [row.boxes for row in SetObjects.of(own).rows if row.query == "dot"]
    assert max(top for ((_, top, _, _),) in dots) > 15  # from the whole index, not its beginning
    assert {row.query for row in objects.rows} == {"disc", "box", "dot"}
    assert objects.task.queries == ("box", "disc", "dot", "hole", "line")


def test_a_set_without_boxes_says_why_there_is_nothing_to_cut_out(own):
    (own / INDEX).write_text("image,query,answers\n0.png,disc,red\n", "utf-8")
    with pytest.raises(InputError, match="no masks or boxes to cut objects out by"):
        SetObjects.of(own)
