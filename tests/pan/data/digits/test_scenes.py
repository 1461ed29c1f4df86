"""Scenes follow the paper's rules, and a seed is all it takes to draw them again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pan.data.digits.backgrounds import Distractors, Photographs, find_photographs
from pan.data.digits.glyphs import COLOURS
from pan.data.digits.mnist import load_digits
from pan.data.digits.scenes import free_square
from pan.data.sources import Sources, renderer
from pan.recipes.digits import KINDS
from pan.system.errors import InputError

NOWHERE = Path("no such folder")


def scenes(kind, count, seed=(1, 2)):
    return list(renderer(kind, "test", Sources()).scenes(seed, count))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_draws_the_same_bytes(kind):
    for one, two in zip(scenes(kind, 5), scenes(kind, 5), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_a_seed_draws_the_scenes_of_earlier_versions():
    scene = renderer("mref", "test", Sources()).scene((2016,), 5)
    assert scene.queries == tuple("026748395")
    np.testing.assert_allclose(
        scene.scales, [2.8488, 0.8219, 0.5961, 0.6949, 0.6578, 0.8286, 0.5112, 0.7226, 0.5924], atol=1e-4)


def test_a_digit_is_put_on_the_first_empty_square_among_the_candidates():
    for number, scene in enumerate(scenes("mref", 60)):
        drawn, same = np.random.default_rng(number), np.random.default_rng(number)
        scale, top, left = free_square(scene.segmentation, drawn)
        candidates = (each for tries in (48, 10_000) for each in same.random((tries, 3)))
        empty = next(each for each in map(square, candidates) if not scene.segmentation[each].any())
        side = int(28 * scale)
        assert empty == np.s_[top : top + side, left : left + side]


def square(candidate):
    """A scale and a corner as slices of the image."""
    size, down, right = candidate
    side = int(28 * (0.5 + 2.5 * size))
    top, left = int((101 - side) * down), int((101 - side) * right)
    return np.s_[top : top + side, left : left + side]


def test_another_seed_draws_other_scenes():
    assert not np.array_equal(scenes("mref", 1)[0].image, scenes("mref", 1, seed=(2, 2))[0].image)


def test_fewer_scenes_are_the_first_of_more():
    assert all(np.array_equal(a.image, b.image) for a, b in zip(scenes("mdist", 3), scenes("mdist", 6), strict=False))


@pytest.mark.parametrize("kind", KINDS)
def test_a_scene_has_five_to_nine_different_digits(kind):
    for scene in scenes(kind, 30):
        assert 5 <= len(scene.digits) <= 9
        assert len(set(scene.digits)) == len(scene.digits)


def test_masks_and_scales_are_distributed_as_in_the_paper():
    drawn = scenes("mref", 600)
    shares = [mask.mean() for scene in drawn for mask in scene.masks]
    assert 100 * np.mean(shares) == pytest.approx(2.34, abs=0.12)
    scales = np.concatenate([scene.scales for scene in drawn])
    bins = 100 * np.histogram(scales, [0.5, 1, 1.5, 2, 2.5, 3])[0] / len(scales)
    np.testing.assert_allclose(bins, [71, 17, 5.6, 3.4, 2.7], atol=2.5)


def test_the_first_digit_of_a_scene_has_any_scale_alike():
    first = [scene.scales[0] for scene in scenes("mref", 400)]
    np.testing.assert_allclose(np.histogram(first, 5, (0.5, 3))[0] / 400, 0.2, atol=0.07)


def test_ink_has_the_colour_that_the_answer_names():
    for scene in scenes("mref", 20):
        for place, mask in enumerate(scene.masks):
            strokes = scene.image[mask].astype(float).sum(0)
            likeness = COLOURS @ strokes / np.linalg.norm(COLOURS, axis=1)
            assert likeness.argmax() == scene.colours[place]


def test_the_black_of_mref_is_touched_by_digits_alone():
    for scene in scenes("mref", 10):
        assert not scene.image[scene.segmentation == 0].any()


def test_distractors_brighten_the_background_of_mdist():
    assert all(scene.image[scene.segmentation == 0].any() for scene in scenes("mdist", 10))


def test_distractors_never_wrap_around():
    canvas = Distractors(load_digits("train", NOWHERE), count=400)(np.random.default_rng(0))
    assert canvas.max() == 255


def test_the_parts_share_no_digit():
    parts = [{glyph.tobytes() for glyph in load_digits(split, NOWHERE).glyphs} for split in ("train", "val", "test")]
    assert len(set.union(*parts)) == sum(map(len, parts)) == 5000


def test_the_bundled_photographs_have_every_part():
    parts = [set(find_photographs(split, None).paths) for split in ("train", "val", "test")]
    assert all(parts)
    assert len(set.union(*parts)) == sum(map(len, parts))


def test_a_folder_is_split_by_the_names_in_it(tmp_path):
    for number in range(60):
        (tmp_path / f"{number}.jpg").touch()
    parts = [find_photographs(split, tmp_path).paths for split in ("train", "val", "test")]
    assert max(len(part) for part in parts) > 40
    assert sum(map(len, parts)) == 60


def test_test_photographs_fall_back_to_those_for_validation(tmp_path):
    for part in ("train", "val"):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"{part}.png").touch()
    assert [path.stem for path in find_photographs("test", tmp_path).paths] == ["val"]


def test_a_folder_without_photographs_is_named(tmp_path):
    with pytest.raises(InputError, match="holds no photograph"):
        find_photographs("train", tmp_path)
    with pytest.raises(InputError, match="not a folder"):
        find_photographs("train", tmp_path / "missing")


def test_a_photograph_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(InputError, match=r"broken\.jpg"):
        Photographs((tmp_path / "broken.jpg",))(np.random.default_rng(0))


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="mref, mdist, mbg"):
        renderer("mnist", "test", Sources())


def test_scenes_are_the_same_in_processes_of_their_own():
    drawing = renderer("mbg", "test", Sources())
    for here, elsewhere in zip(drawing.scenes((7,), 20), drawing.scenes((7,), 20, processes=1), strict=True):
        for one, other in zip(here, elsewhere, strict=True):
            np.testing.assert_array_equal(one, other)
