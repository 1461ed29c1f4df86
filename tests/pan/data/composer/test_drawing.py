"""What is composed is what is drawn, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pan.data.composer.composition import BLACK, Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.drawing import draw, known, object_at
from pan.data.composer.variations import random_composition, variations
from pan.data.digits.glyphs import COLOURS
from pan.system.errors import InputError

SEVEN = PlacedDigit(7, 0, "green", scale=1.0, x=30.0, y=30.0)
BIG_THREE = PlacedDigit(3, 4, "red", scale=2.0, x=60.0, y=60.0)


def on_black(*digits):
    return Composition(BLACK, digits)


def test_on_black_the_mask_is_the_ink():
    composition = on_black(SEVEN, BIG_THREE)
    scene = draw(composition)
    masks = [each.mask for each in known(composition, scene)]
    inked = scene.image.any(-1)
    assert inked.sum() > 100
    faint = ~inked & (masks[0] | masks[1])  # the palest ink rounds to black
    assert faint.sum() < 0.1 * inked.sum()
    assert not (inked & ~(masks[0] | masks[1])).any()


def test_fully_inked_pixels_have_the_digits_colour():
    scene = draw(on_black(BIG_THREE))
    brightest = scene.image[scene.image.sum(-1) == scene.image.sum(-1).max()]
    assert np.abs(brightest - COLOURS[0]).max() <= 2


def test_what_lies_above_hides_what_lies_below():
    composition = on_black(SEVEN, replace(SEVEN, colour="blue"), replace(SEVEN, digit=3))
    scene = draw(composition)
    assert scene.hidden(0) == 1
    assert 0 < scene.hidden(1) < 1
    assert scene.hidden(2) == 0
    assert [(each.query, *each.answers) for each in known(composition, scene)] == [("7", "blue"), ("3", "green")]


def test_two_of_a_digit_in_one_colour_count_as_one():
    composition = on_black(SEVEN, replace(SEVEN, x=70.0, y=70.0))
    (truth,) = known(composition, draw(composition))
    assert np.isnan(truth.scale)
    assert truth.mask[:50, :50].any()
    assert truth.mask[50:, 50:].any()


def test_two_of_a_digit_in_two_colours_have_no_right_answer():
    composition = on_black(SEVEN, replace(SEVEN, colour="white", x=70.0, y=70.0), BIG_THREE)
    assert [each.query for each in known(composition, draw(composition))] == ["3"]


@pytest.mark.parametrize("scale", [0.1, 0.5, 1.7, 3.0, 9.0])
@pytest.mark.parametrize("place", [(-50.0, 20.0), (0.0, 0.0), (99.0, 99.0), (33.3, 200.0)])
def test_a_digit_stays_inside_the_image(scale, place):
    composition = on_black().with_object(replace(SEVEN, scale=scale, x=place[0], y=place[1]))
    (digit,) = composition.placed
    top, left = digit.corner
    assert min(top, left) >= 0
    assert max(top, left) + digit.size[0] <= 100
    assert draw(composition).ink[0] > 0


def test_scaling_keeps_the_centre_while_there_is_room():
    assert replace(SEVEN, scale=1.5).inside(100).x == SEVEN.x
    assert replace(SEVEN, scale=3.0).inside(100).x == 42


def test_a_point_finds_the_ink_on_top_and_else_the_smallest_square():
    composition = on_black(BIG_THREE, replace(SEVEN, x=60.0, y=60.0))
    scene = draw(composition)
    y, x = np.argwhere(scene.segmentation == 1)[0]
    assert object_at(composition, scene, float(x), float(y)) == 0
    empty = np.argwhere(scene.segmentation[47:73, 47:73] == 0)[0] + 47
    assert object_at(composition, scene, float(empty[1]), float(empty[0])) == 1
    assert object_at(composition, scene, 2.0, 2.0) is None
    assert object_at(composition, scene, -1.0, 200.0) is None


def test_edits_leave_the_scene_before_them_as_it_was():
    before = on_black(SEVEN, BIG_THREE)
    assert before.without_object(0).placed == (BIG_THREE,)
    assert before.with_object_in_front(0).placed == (BIG_THREE, SEVEN)
    assert before.with_object_changed(1, SEVEN).placed == (SEVEN, SEVEN)
    assert before.placed == (SEVEN, BIG_THREE)


def test_a_scene_has_an_end():
    with pytest.raises(InputError, match="99"):
        on_black(*[SEVEN] * 99).with_object(SEVEN)


def test_a_composition_comes_back_from_json_as_it_was():
    composition = random_composition("mbg", 3)
    again = from_json(to_json(composition))
    assert again.placed == composition.placed
    assert np.array_equal(draw(again).image, draw(composition).image)


@pytest.mark.parametrize("harm", [
    {"composition": 3}, {"objects": 3}, {"objects": [{}]}, {"objects": [{"kind": "cloud"}]},
    {"side": 99}, {"side": 10**9}, {"background": "?"}, {"background": ""},
    {"objects": [{**to_json(on_black(SEVEN))["objects"][0], "scale": 40}]},
    {"objects": [{**to_json(on_black(SEVEN))["objects"][0], "x": float("nan")}]},
    {"objects": [{**to_json(on_black(SEVEN))["objects"][0], "glyph": -1}]},
])  # fmt: skip
def test_json_that_is_no_composition_is_refused(harm):
    with pytest.raises(InputError):
        from_json({**to_json(on_black(SEVEN)), **harm})


@pytest.mark.parametrize("kind", ["mref", "mdist", "mbg"])
def test_a_random_scene_shows_all_of_its_digits(kind):
    composition = random_composition(kind, 5)
    scene = draw(composition)
    assert 5 <= len(composition.placed) <= 9
    assert all(scene.hidden(place) == 0 for place in range(len(composition.placed)))
    assert np.array_equal(scene.image, draw(random_composition(kind, 5)).image)


def test_variations_differ_from_the_scene_and_from_each_other_but_ask_the_same():
    composition = random_composition("mref", 1)
    few, more = list(variations(composition, 2, seed=0)), list(variations(composition, 3, seed=0))
    assert [each.placed for each in few] == [each.placed for each in more[:2]]
    assert len({composition.placed, *(each.placed for each in more)}) == 4
    assert all([(d.digit, d.colour) for d in each.placed] == [(d.digit, d.colour) for d in composition.placed]
               for each in more)
