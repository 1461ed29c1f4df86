"""Composed photographs are labelled by what was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.digits.backgrounds import find_photographs
from pan.data.objects.collages import COLLAGES, CollageRenderer, ask_every_object
from pan.data.objects.cutouts import ANSWERS, COLOURS, QUERIES, Attributes, draw_object
from pan.data.objects.shapes import SHAPES, draw_shape
from tests.pan.conftest import drained


@pytest.fixture(scope="module")
def collages():
    return list(CollageRenderer(find_photographs("val", None)).collages((5,), 60))


def test_the_same_seed_draws_the_same_collages(collages):
    again = CollageRenderer(find_photographs("val", None)).collages((5,), 60)
    assert all(np.array_equal(one.image, other.image) for one, other in zip(collages, again, strict=True))
    assert not np.array_equal(collages[0].image, collages[1].image)


def test_objects_lie_apart_and_inside(collages):
    for collage in collages:
        covered = np.zeros((96, 96), int)
        for left, top, width, height in (each.box for each in collage.objects):
            assert width > 0 < height
            assert left >= 0 <= top
            assert left + width <= 96 >= top + height
            covered[top : top + height, left : left + width] += 1
        assert covered.max() == 1


def test_a_question_has_the_answers_and_boxes_of_all_objects_of_its_class(collages):
    twice = [collage for collage in collages if len(collage.objects) > len(collage.questions)]
    assert len(twice) > 5
    for collage in collages:
        for word, (answers, boxes) in collage.questions.items():
            own = [each for each in collage.objects if each.attributes.shape == word]
            assert set(answers) == {word for each in own for word in each.attributes.words}
            assert list(boxes) == [each.box for each in own]


def test_a_plain_object_has_the_colour_it_is_said_to_have():
    for name, paint in COLOURS.items():
        cutout = draw_object(Attributes("box", 30, name, name, "plain", ""), np.random.default_rng(1))
        mean = cutout.colour[8:22, 8:22].mean((0, 1))
        nearest = min(COLOURS, key=lambda other: np.abs(mean - COLOURS[other]).sum())
        assert nearest == name
        assert np.abs(mean - paint).max() < 40


@pytest.mark.parametrize("size", ["small", "large"])
def test_size_is_told_of_the_extremes_alone(size):
    sides = {side for side in range(16, 41) if size in Attributes("box", side, "red", "red", "plain", "").words}
    assert sides == set(range(16, 23) if size == "small" else range(30, 41))


@pytest.mark.parametrize("shape", SHAPES)
def test_silhouettes_fill_their_square_and_differ(shape):
    mask = draw_shape(shape, 30)
    assert max(mask.any(0).sum(), mask.any(1).sum()) >= 25
    others = [draw_shape(other, 30) for other in SHAPES if other != shape]
    assert all(np.abs(mask - other).mean() > 0.1 for other in others)


def test_every_object_is_asked_about_with_its_boxes_as_mask(collages):
    questions = drained(ask_every_object(iter(collages), len(collages)))
    assert len(questions) == sum(len(collage.questions) for collage in collages)
    number = int(np.flatnonzero(questions.image == 3)[0])
    word = QUERIES[questions.query[number]]
    answers, boxes = collages[3].questions[word]
    assert questions.right_answers(np.array([number]), len(ANSWERS))[0].tolist() == [w in answers for w in ANSWERS]
    assert questions.masks(np.array([number])).sum() == sum(width * height for _, _, width, height in boxes)
    assert COLLAGES.several
