"""`pan data visual-genome`: the summary, and what is said of mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2] / "data" / "visual_genome"


@pytest.fixture
def command(tmp_path):
    """The command on real entries of version 1.2."""
    return ["data", "visual-genome", "--annotations", REAL / "attributes_v1_2.json",
            "--image-data", REAL / "image_data_v1_2.json", "--out", tmp_path / "set"]  # fmt: skip


def test_the_summary_accounts_for_every_object(pan, command, tmp_path):
    result = pan(*command, "--min-count", 1, "--json", "-")
    assert (result.code, result.err) == (0, "")
    summary = json.loads(result.out)
    assert summary["objects"] == summary["kept"] + sum(summary["dropped"].values()) == 77
    assert {"queries", "answers", "rows", "images", "labels"} <= summary.keys()
    header, *rows = (tmp_path / "set" / "index.csv").read_text().splitlines()
    assert header == "image,query,answers,boxes"
    assert len(rows) == summary["rows"]
    assert (tmp_path / "set" / "split.csv").read_text().startswith("image,split\n")


def test_without_json_it_is_told_in_words(pan, command):
    result = pan(*command, "--min-count", 0)
    assert result.code == 0
    assert "77 objects read" in result.out
    assert "5 no attribute" in result.out


def test_missing_images_are_a_list_and_no_crash(pan, command, tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "1.jpg").write_bytes(b"x")
    result = pan(*command, "--min-count", 0, "--images", tmp_path / "images", "--seed", 3)
    assert result.code == 0
    assert "images have no readable file" in result.err
    assert len((tmp_path / "set" / "missing-images.txt").read_text().splitlines()) > 1


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--annotations", REAL / "none.json", "none.json cannot be read"),
        ("--annotations", REAL / "LICENCE.md", "LICENCE.md is not a complete JSON array"),
        ("--annotations", REAL / "objects_v1_4.json", "give attributes.json"),
        ("--annotations", REAL / "image_data_v1_2.json", "give attributes.json"),
        ("--image-data", REAL / "attributes_v1_2.json", "give image_data.json"),
        ("--aliases", REAL / "none.txt", "none.txt cannot be read"),
        ("--images", REAL / "none", "there is no folder"),
        ("--min-count", "-1", "whole number of at least 0"),
        ("--min-count", "1000", "lower --min-count"),
        ("--out", REAL, "not empty"),
        ("--out", REAL / "LICENCE.md" / "below", "is a file"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(option, value, said, refused, command):
    assert said in refused(*command, option, value)
