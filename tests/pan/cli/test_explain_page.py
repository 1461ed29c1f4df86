"""`pan explain --out page.html`: which images and queries come on the page, and what is refused."""

from __future__ import annotations

import csv
import json
import re
import shutil

import pytest

from pan.data.reference.index import read_index


@pytest.fixture
def asked(make_checkpoint):
    return ("--checkpoint", make_checkpoint("pan-ctx"), "--checkpoint", make_checkpoint("san"))


@pytest.fixture
def page(pan, asked, tmp_path):
    """Writes a page and returns what it shows."""
    def page(*arguments):
        out = tmp_path / "page.html"
        result = pan("explain", *arguments, *asked, "--out", out)
        assert result.code == 0, result.err
        assert result.out.startswith(f"{out}: ")
        return content(out)
    return page


def content(out):
    return json.loads(re.search(r'id="data">(.*?)</script>', out.read_text(encoding="utf-8")).group(1))


def words(shown, place=0):
    return [query["word"] for query in shown["pictures"][place]["queries"]]


def test_without_a_query_an_image_of_a_set_is_asked_what_the_set_asks(page, reference_set, picture):
    with (reference_set / "index.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["image"].endswith(picture.name)]
    shown = page(picture)
    assert words(shown) == sorted(row["query"] for row in rows)
    assert {query["word"]: query["right"] for query in shown["pictures"][0]["queries"]} == {
        row["query"]: [row["answer"]] for row in rows
    }
    assert [network["title"] for network in shown["networks"]] == ["PAN-CTX", "SAN"]


def test_without_a_query_an_image_of_no_set_is_asked_every_word(page, picture, tmp_path):
    (tmp_path / "alone").mkdir()
    alone = picture.rename(tmp_path / "alone" / "image.png")
    assert words(page(alone)) == list("0123456789")


def test_a_set_with_a_wrong_index_does_not_keep_its_images_from_being_explained(page, reference_set, picture):
    (reference_set / "index.csv").write_text("nonsense")
    assert words(page(picture)) == list("0123456789")


@pytest.mark.parametrize(("queries", "expected"), [(("7", "3"), ["7", "3"]), (("all",), list("0123456789"))])
def test_the_queries_that_are_named_are_asked(queries, expected, page, picture):
    assert words(page(picture, *(part for query in queries for part in ("--query", query)))) == expected


def test_several_images_and_folders_come_on_one_page(page, reference_set):
    images = reference_set / "images"
    one = page(images / "000002.png", images, "--query", "7")
    assert [picture["name"] for picture in one["pictures"]] == ["000002.png", "000000.png", "000001.png"]


def test_the_index_of_a_set_is_read_once_for_all_its_images(page, reference_set, monkeypatch):
    read = []
    monkeypatch.setattr("pan.data.known_answers.read_index", lambda folder: read.append(folder) or read_index(folder))
    shown = page(reference_set / "images")
    assert len(shown["pictures"]) == 3
    assert all(query["right"] for picture in shown["pictures"] for query in picture["queries"])
    assert read == [reference_set]


def test_images_of_one_name_are_told_apart_by_their_folders(page, picture, tmp_path):
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / picture.name
    shutil.copyfile(picture, other)
    shown = page(picture, other, "--query", "7")
    assert [each["name"] for each in shown["pictures"]] == [str(picture), str(other)]


def test_an_unreadable_image_is_named_and_the_page_shows_the_others(pan, asked, reference_set, tmp_path):
    (reference_set / "images" / "000001.png").write_bytes(b"no image")
    result = pan("explain", reference_set / "images", "--query", "7", *asked, "--out", tmp_path / "page.html")
    assert result.code == 2
    assert "000001.png" in result.err
    assert len(content(tmp_path / "page.html")["pictures"]) == 2


def test_mistakes_are_told_before_anything_is_written(refused, asked, picture, tmp_path):
    out = ("--out", tmp_path / "page.html")
    assert "cat" in refused("explain", picture, "--query", "cat", *asked, *out)
    assert "none.png" in refused("explain", tmp_path / "none.png", *asked, *out)
    assert "--maps" in refused("explain", picture, *asked, *out, "--maps", tmp_path / "maps.npz")
    assert not (tmp_path / "page.html").exists()


def test_a_figure_takes_one_image_and_one_query(refused, asked, picture, tmp_path):
    out = ("--out", tmp_path / "figure.png")
    assert "--query" in refused("explain", picture, *asked, *out)
    assert "--query" in refused("explain", picture, "--query", "7", "--query", "3", *asked, *out)
    assert "one image" in refused("explain", picture, picture, "--query", "7", *asked, *out)
