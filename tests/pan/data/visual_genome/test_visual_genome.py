"""Visual Genome's official entries become questions; each quirk that they have is met on real ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.data.labelled.index import read_labelled_index, read_words
from pan.data.parts import read_split, split_images
from pan.data.visual_genome import MISSING, Sources, build_visual_genome
from pan.data.visual_genome.build import SHARES
from pan.data.visual_genome.official import Photograph, clipped_box
from pan.data.visual_genome.words import attribute_words, clean, object_word, read_aliases
from pan.system.errors import InputError
from tests.pan.conftest import drained
from tests.pan.data.visual_genome.count import count

REAL = Path(__file__).parents[3] / "data" / "visual_genome"
SHARED = Path(__file__).parents[5] / "shared" / "data" / "visual_genome"
VERSIONS = ("1_0", "1_2")


def sources(version, folder=REAL):
    return Sources(folder / f"attributes_v{version}.json", folder / f"image_data_v{version}.json")


def made(entries, images, tmp_path):
    """Sources with entries of one's own."""
    (tmp_path / "attributes.json").write_text(json.dumps(entries))
    (tmp_path / "image_data.json").write_text(json.dumps(images))
    return Sources(tmp_path / "attributes.json", tmp_path / "image_data.json")


def build(given, out, **options):
    return drained(build_visual_genome(given, out, **{"min_count": 0, **options}))


def rows_of(folder):
    """{(image's file name, word): row}."""
    return {(row.name.split("/")[-1], row.query): row for row in read_labelled_index(folder)}


def check_against_an_independent_count(given, min_count, out, aliases=None):
    summary = build(given, out, min_count=min_count).to_json()
    numbers, rows = count(given.annotations, given.image_data, min_count, aliases)
    for key, number in numbers.items():
        found = {reason: n for reason, n in summary[key].items() if n} if key == "dropped" else summary[key]
        assert found == number, key
    assert summary["objects"] == summary["kept"] + sum(summary["dropped"].values())
    written = {
        (int(name.split(".")[0]), word): (set(row.answers), len(row.boxes))
        for (name, word), row in rows_of(out).items()
    }
    assert written == rows


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("min_count", [0, 1, 4])
def test_an_independent_count_gives_the_same_numbers(version, min_count, tmp_path):
    check_against_an_independent_count(sources(version), min_count, tmp_path / "out")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_independent_count_agrees_with_object_aliases_too(version, tmp_path):
    given = sources(version)
    (tmp_path / "aliases.txt").write_text("clock,sign,Street.\nperson,man,woman\n")
    given = Sources(given.annotations, given.image_data, tmp_path / "aliases.txt")
    aliases = {"sign": "clock", "street": "clock", "man": "person", "woman": "person"}
    check_against_an_independent_count(given, 1, tmp_path / "out", aliases)
    assert len(rows_of(tmp_path / "out")["1.jpg", "clock"].boxes) > 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="the official entries of 60 images are not at hand")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("min_count", [0, 5, 20])
def test_an_independent_count_gives_the_same_numbers_on_sixty_images(version, min_count, tmp_path):
    check_against_an_independent_count(sources(version, SHARED / "annotations"), min_count, tmp_path / "out")


def test_version_1_0_calls_images_and_names_otherwise(tmp_path):
    summary = build(sources("1_0"), tmp_path / "out")
    assert summary.dropped["no_name"] == summary.dropped["not_in_image_data"] == 0
    assert rows_of(tmp_path / "out")["1.jpg", "clock"].answers == ("green",)


def test_images_are_named_by_their_numbers_whatever_their_addresses_say(tmp_path):
    addresses = {each["id"]: each["url"] for each in json.loads(sources("1_0").image_data.read_text())}
    strange = {number for number, url in addresses.items() if not url.endswith(f"/{number}.jpg")}
    assert strange
    build(sources("1_0"), tmp_path / "out")
    names = {row.name for row in read_labelled_index(tmp_path / "out")}
    assert {f"{number}.jpg" for number in strange} < names
    assert "VG_100K_2/1.jpg" in names


def test_objects_without_the_inner_key_are_dropped_and_counted(tmp_path):
    entries = json.loads(sources("1_2").annotations.read_text())
    without = sum("attributes" not in each for entry in entries for each in entry["attributes"])
    assert without > 0
    assert build(sources("1_2"), tmp_path / "out").dropped["no_attribute"] == without


def real_object(version, wanted):
    """The first real object of which something holds."""
    for entry in json.loads(sources(version).annotations.read_text()):
        for each in entry["attributes"]:
            if wanted(each):
                return each
    raise AssertionError


def test_an_objects_word_is_its_first_name(tmp_path):
    several = real_object("1_2", lambda each: len(each["names"]) > 1)
    assert object_word(several["names"], {}) == several["names"][0]
    assert object_word([], {}) == object_word(None, {}) == ""


def test_upper_case_stray_blanks_and_full_stops_are_cleaned_away():
    upper = real_object("1_2", lambda each: any(word != word.lower() for word in each.get("attributes", [])))
    blanks = real_object("1_2", lambda each: any(word != word.strip() for word in each.get("attributes", [])))
    stop = real_object("1_2", lambda each: each["names"][0].endswith("."))
    for word in [*attribute_words(upper["attributes"]), *attribute_words(blanks["attributes"])]:
        assert word == word.lower().strip()
    assert object_word(stop["names"], {}) == stop["names"][0].rstrip(".").lower()
    assert clean("  Dark \t Blue . ") == "dark blue"
    assert clean("etc..") == "etc."
    assert clean(" . ") == ""


def test_attributes_of_an_object_do_not_repeat():
    assert attribute_words(["Red", "red ", "tall", "red.", "", None]) == ["red", "tall"]
    assert attribute_words(None) == []


def test_boxes_outside_the_image_are_clipped(tmp_path):
    photographs = {each["id"]: each for each in json.loads(sources("1_0").image_data.read_text())}
    build(sources("1_0"), tmp_path / "out")
    outside = 0
    for entry in json.loads(sources("1_0").annotations.read_text()):
        size = photographs[entry["id"]]
        outside += sum(
            each["x"] < 0 or each["y"] < 0 or each["x"] + each["w"] > size["width"]
            or each["y"] + each["h"] > size["height"] for each in entry["attributes"]
        )  # fmt: skip
    assert outside > 0
    for row in read_labelled_index(tmp_path / "out"):
        size = photographs[int(row.name.split("/")[-1].split(".")[0])]
        for left, top, width, height in row.boxes:
            assert 0 <= left < left + width <= size["width"]
            assert 0 <= top < top + height <= size["height"]


@pytest.mark.parametrize(
    ("box", "clipped"),
    [
        ({"x": -5, "y": 2, "w": 10, "h": 3}, (0, 2, 5, 3)),
        ({"x": 90, "y": 40, "w": 50, "h": 50}, (90, 40, 10, 10)),
        ({"x": 100, "y": 0, "w": 5, "h": 5}, None),
        ({"x": -5, "y": 0, "w": 5, "h": 5}, None),
        ({"x": 5, "y": 5, "w": 0, "h": 5}, None),
        ({"x": 5, "y": 5, "w": -3, "h": 5}, None),
        ({"x": 5, "y": 5, "w": 3}, None),
        ({"x": "5", "y": 5, "w": 3, "h": 3}, None),
        ({"x": float("nan"), "y": 5, "w": 3, "h": 3}, None),
    ],
)
def test_a_box_is_clipped_to_the_image(box, clipped):
    assert clipped_box(box, Photograph("1.jpg", 100, 50)) == clipped


def test_version_1_4_has_no_attributes_and_is_told_so(tmp_path):
    given = Sources(REAL / "objects_v1_4.json", sources("1_2").image_data)
    assert "merged_object_ids" in given.annotations.read_text()
    with pytest.raises(InputError, match=r"attributes\.json of version 1\.0 or 1\.2"):
        build(given, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_objects_of_a_word_share_a_row_and_every_reason_is_counted(tmp_path):
    box = {"x": 1, "y": 1, "w": 4, "h": 4}
    given = made(
        [
            {"image_id": 1, "attributes": [
                {**box, "names": ["Dog"], "attributes": ["brown", "old"]},
                {**box, "x": 7, "names": ["dog", "cat"], "attributes": ["brown ", "wet"]},
                {**box, "names": ["cat"], "attributes": ["brown"]},
                {**box, "names": ["dog"]}, {**box, "names": [], "attributes": ["red"]},
                {**box, "x": 50, "names": ["dog"], "attributes": ["wet"]},
                {**box, "names": ["tree"], "attributes": ["odd"]}, {**box, "names": ["tree"], "attributes": ["rare"]},
            ]},
            {"image_id": 2, "attributes": [{**box, "names": ["dog"], "attributes": ["brown"]}]},
        ],
        [{"image_id": 1, "width": 20, "height": 10, "url": "http://x/VG_100K/1.jpg"}], tmp_path,
    )  # fmt: skip
    summary = build(given, tmp_path / "out", min_count=1)
    # dog: 4 objects with an attribute, brown: 4, wet: 2, old, cat, odd, rare: 1, tree: 2.
    assert (summary.objects, summary.queries, summary.answers) == (9, 2, 2)
    (row,) = read_labelled_index(tmp_path / "out")
    assert row[1:5] == ("VG_100K/1.jpg", "dog", ("brown", "wet"), ((1, 1, 4, 4), (7, 1, 4, 4)))
    assert summary.dropped == {
        "no_name": 1, "no_attribute": 1, "not_in_image_data": 1, "no_area": 1, "rare_name": 1, "rare_attributes": 2,
        "no_image_file": 0,
    }  # fmt: skip
    assert (summary.rows, summary.images, summary.labels, summary.kept) == (1, 1, 2, 2)
    assert read_words(tmp_path / "out") == (("dog", "tree"), ("brown", "wet"))
    assert json.loads((tmp_path / "out" / "words.json").read_text())["queries"] == {"dog": 4, "tree": 2}


def test_aliases_are_of_cleaned_words(tmp_path):
    (tmp_path / "aliases.txt").write_text("dog,doggy,The Dog\ncat,kitty\n\n")
    aliases = read_aliases(tmp_path / "aliases.txt")
    assert object_word(["the  dog."], aliases) == "dog"
    assert object_word(["kitty"], aliases) == "cat"
    assert object_word(["bird"], aliases) == "bird"


def test_parts_are_half_a_tenth_and_the_rest_of_the_images():
    names = [str(number) for number in range(86_674)]
    parts = split_images(names, SHARES, 3)
    counts = {part: sum(own == part for own in parts.values()) for part in ("train", "val", "test")}
    assert counts == {"train": 43_337, "val": 8_667, "test": 34_670}  # section 4.2
    assert split_images(names, SHARES, 3) == parts
    assert split_images(names, SHARES, 4) != parts
    assert list(split_images(names[:1], SHARES, 0)) == ["0"]


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name, seed in (("one", 5), ("same", 5), ("other", 6)):
        build(sources("1_2"), tmp_path / name, seed=seed)
    files = ("index.csv", "words.json", "split.csv", "images.csv")
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "same" / file).read_bytes()
    assert read_split(tmp_path / "one") != read_split(tmp_path / "other")


def test_images_are_referred_to_and_missing_or_empty_ones_are_listed(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second" / "VG_100K"
    first.mkdir()
    second.mkdir(parents=True)
    Image.fromarray(np.zeros((600, 800), np.uint8)).save(first / "1.jpg")
    Image.new("RGB", (800, 600)).save(second / "2.jpg")
    (first / "3.jpg").write_bytes(b"")
    plain = build(sources("1_2"), tmp_path / "plain")
    given = sources("1_2")
    given = Sources(given.annotations, given.image_data, images=(first, tmp_path / "second"))
    summary = build(given, tmp_path / "out")
    assert summary.images == 2
    assert len(summary.missing) == plain.images - 2
    assert "VG_100K/3.jpg" in summary.missing
    assert (tmp_path / "out" / MISSING).read_text().splitlines() == summary.missing
    assert summary.dropped["no_image_file"] == plain.kept - summary.kept > 0
    assert summary.objects == summary.kept + sum(summary.dropped.values())
    assert {(tmp_path / "out" / row.name).resolve() for row in read_labelled_index(tmp_path / "out")} == {
        first / "1.jpg", second / "2.jpg"}  # fmt: skip


def test_an_image_that_is_a_link_keeps_its_name(tmp_path):
    Image.new("RGB", (800, 600)).save(tmp_path / "blob.jpg")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "1.jpg").symlink_to(tmp_path / "blob.jpg")
    given = sources("1_2")
    build(Sources(given.annotations, given.image_data, images=(tmp_path / "images",)), tmp_path / "out")
    assert {row.name for row in read_labelled_index(tmp_path / "out")} == {"../images/1.jpg"}


def test_a_failed_build_leaves_no_folder(tmp_path):
    with pytest.raises(InputError, match="lower --min-count"):
        build(sources("1_2"), tmp_path / "out", min_count=1000)
    given = sources("1_2")
    with pytest.raises(InputError, match="none of"):
        build(Sources(given.annotations, given.image_data, images=(tmp_path,)), tmp_path / "out")
    with pytest.raises(InputError, match="no folder"):
        build(Sources(given.annotations, given.image_data, images=(tmp_path / "no",)), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").touch()
    with pytest.raises(InputError, match="not empty"):
        build(given, tmp_path / "full")
