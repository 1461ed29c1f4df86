"""Objects are cut out of a set's pictures as they stand there, and a scene of them is kept whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import from_json, to_json
from pan.data.composer.cutout import PlacedCutout
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.drawing import draw, known
from pan.data.composer.saved_set import add_compositions
from pan.data.composer.set_objects import SetObjects, noise, scattered
from pan.data.reference.index import read_index
from pan.data.reference.reading import read_reference_set, words_of
from pan.system.errors import InputError

SIDE = 64


@pytest.fixture
def own(tmp_path):
    """Two pictures of a red disc and a blue box each, with masks; the box of the second has an empty one."""
    rows = ["image,query,answer,scale,mask"]
    for part in ("images", "masks"):
        (tmp_path / part).mkdir()
    for number in range(2):
        pixels = np.full((SIDE, SIDE, 3), 90 + number, np.uint8)
        pixels[8:20, 6 : 22 + number], pixels[40:60, 30:44] = (200, 0, 0), (0, 0, 200)
        Image.fromarray(pixels).save(tmp_path / f"images/{number}.png")
        for word, colour, channel in (("disc", "red", 0), ("box", "blue", 2)):
            mask = pixels[..., channel] == 200
            Image.fromarray(mask & (number == 0 or word == "disc")).save(tmp_path / f"masks/{number}-{word}.png")
            rows.append(f"images/{number}.png,{word},{colour},0.25,masks/{number}-{word}.png")
    (tmp_path / "index.csv").write_text("\n".join(rows), "utf-8")
    return tmp_path


@pytest.fixture
def cutouts(own):
    return [found.cutout for found in SetObjects.of(own).cut()]


def test_an_object_is_cut_out_by_its_mask_and_empty_masks_are_left_out(cutouts):
    told = sorted((each.query, *each.answers, each.image, each.mask, each.rgba.shape) for each in cutouts)
    assert told == [
        ("box", "blue", "images/0.png", "masks/0-box.png", (20, 14, 4)),
        ("disc", "red", "images/0.png", "masks/0-disc.png", (12, 16, 4)),
        ("disc", "red", "images/1.png", "masks/1-disc.png", (12, 17, 4)),
    ]
    assert all((each.rgba[each.rgba[..., 3] > 0][:, :3] == each.rgba[..., :3].max((0, 1))).all() for each in cutouts)


def test_a_broken_first_image_takes_its_own_objects_away_alone(own):
    (own / "images/0.png").write_bytes(b"no image")
    objects = SetObjects.of(own)
    assert objects.side == SIDE
    assert [found.cutout.image for found in objects.cut()] == ["images/1.png"]


def test_a_mask_that_has_not_the_size_of_its_image_is_left_out_as_training_refuses_it(own):
    Image.fromarray(np.ones((SIDE // 2, SIDE // 2), bool)).save(own / "masks/0-box.png")
    assert {found.cutout.query for found in SetObjects.of(own).cut()} == {"disc"}


def test_at_its_own_scale_an_object_is_laid_down_as_it_was(cutouts):
    box = next(each for each in cutouts if each.query == "box")
    background = noise(SIDE, np.random.default_rng(3))
    composition = Composition(background).with_object(PlacedCutout(box, x=20.0, y=30.0))
    scene = draw(composition)
    assert (scene.image[20:40, 13:27] == (0, 0, 200)).all()
    assert np.array_equal(scene.image[scene.segmentation == 0], background[scene.segmentation == 0])
    (truth,) = known(composition, scene)
    assert (truth.query, truth.answers, truth.scale, int(truth.mask.sum())) == ("box", ("blue",), 0.25, 20 * 14)


def test_an_object_grows_as_far_as_the_scene_has_room(cutouts):
    box = next(each for each in cutouts if each.query == "box")
    composition = Composition(noise(SIDE, np.random.default_rng(3))).with_object(PlacedCutout(box, scale=99.0))
    assert composition.placed[0].size == (60, 42)
    small = Composition(noise(40, np.random.default_rng(3))).with_object(PlacedCutout(box, scale=99.0))
    assert small.placed[0].size == (40, 28)


def test_objects_of_one_word_can_be_had_alone(own):
    assert {found.cutout.query for found in SetObjects.of(own).cut("disc")} == {"disc"}


def test_a_scattered_scene_has_each_word_once_and_nothing_over_another(cutouts):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        composition = scattered(cutouts, noise(SIDE, rng), rng)
        assert sorted(each.query for each in composition.placed) == ["box", "disc"]
        assert draw(composition).hidden(0) == draw(composition).hidden(1) == 0


def test_a_scene_of_cutouts_and_digits_comes_back_from_json_without_its_set(cutouts):
    digit = PlacedDigit(7, 0, "green", scale=1.0, x=30.0, y=30.0)
    background = noise(SIDE, np.random.default_rng(3))
    composition = scattered(cutouts, background, np.random.default_rng(1)).with_object(digit)
    again = from_json(to_json(composition))
    assert np.array_equal(draw(again).image, draw(composition).image)
    assert again.placed[-1] == digit
    for before, after in zip(composition.placed[:-1], again.placed[:-1], strict=True):
        assert (after.title, after.told_scale, after.several) == (before.title, before.told_scale, before.several)
        assert (after.cutout.image, after.cutout.mask) == (before.cutout.image, before.cutout.mask)


def test_a_file_from_before_cutouts_is_read(cutouts):
    digit = PlacedDigit(7, 0, "green", scale=1.0, x=30.0, y=30.0)
    written = to_json(Composition(np.zeros((100, 100, 3), np.uint8), (digit,)))
    (values,) = written.pop("objects")
    values.pop("kind")
    earlier = {**written, "composition": 1, "digits": [values]}
    earlier.pop("side")
    assert from_json(earlier).placed == (digit,)


@pytest.mark.parametrize("harm", [{"picture": "?"}, {"size": [0, 4]}, {"size": [10**6, 10**6]}, {"scale": 50.0},
                                  {"x": -9.0}, {"query": 7}, {"query": " "}, {"answer": ""}, {"told_scale": -1.0},
                                  {"told_scale": float("inf")}])
def test_json_of_a_cutout_that_cannot_be_is_refused(cutouts, harm):
    composition = Composition(noise(SIDE, np.random.default_rng(3))).with_object(PlacedCutout(cutouts[0]))
    written = to_json(composition)
    with pytest.raises(InputError):
        from_json({**written, "objects": [{**written["objects"][0], **harm}]})


@pytest.mark.parametrize(("number", "side", "message"), [(300, 4, "99 objects at most"), (9, 1024, "pixels together")])
def test_more_than_a_scene_can_hold_is_refused_before_it_is_decoded(cutouts, monkeypatch, number, side, message):
    written = to_json(Composition(noise(SIDE, np.random.default_rng(3))).with_object(PlacedCutout(cutouts[0])))
    monkeypatch.setattr("pan.data.composer.composition_json.decode_image", lambda *_: pytest.fail("it is decoded"))
    many = [{**written["objects"][0], "size": [side, side]}] * number
    with pytest.raises(InputError, match=message):
        from_json({**written, "objects": many})


def test_scenes_of_cutouts_are_saved_as_a_set_of_the_sets_words(cutouts, tmp_path):
    rng = np.random.default_rng(1)
    composition = scattered(cutouts, noise(SIDE, rng), rng)
    list(add_compositions(tmp_path / "composed", [composition]))
    rows = {row.query: row for row in read_index(tmp_path / "composed")}
    assert {query: row.answer for query, row in rows.items()} == {"box": "blue", "disc": "red"}
    box = next(each for each in composition.placed if each.query == "box")
    assert rows["box"].scale == pytest.approx(0.25 * box.scale, abs=1e-4)
    questions = read_reference_set(tmp_path / "composed", replace(words_of(tmp_path / "composed"), image_size=SIDE))
    assert np.array_equal(questions.images[0], draw(composition).image)


def test_a_set_without_masks_says_why_there_is_nothing_to_cut_out(own):
    (own / "index.csv").write_text("image,query,answer\nimages/0.png,disc,red\n", "utf-8")
    with pytest.raises(InputError, match="no masks to cut objects out by"):
        SetObjects.of(own)
