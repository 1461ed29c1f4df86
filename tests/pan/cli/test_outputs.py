"""A command does not overwrite what it reads."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def checkpoint(make_checkpoint):
    return make_checkpoint("san")


@pytest.fixture
def images(reference_set, tmp_path):
    """A folder with two images."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, image in enumerate(sorted((reference_set / "images").iterdir())[:2]):
        shutil.copy(image, folder / f"{number}{image.suffix}")
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("inside", [".", "0.png"])
def test_a_figure_does_not_take_the_place_of_its_image(inside, refused, checkpoint, images, monkeypatch):
    before = contents(images)
    arguments = ("--query", "7", "--checkpoint", checkpoint, "--out", images / inside)
    assert "is an input of this command" in refused("explain", images / inside, *arguments)
    monkeypatch.chdir(images)
    assert "is an input of this command" in refused("explain", inside, *arguments[:-1], inside)
    assert contents(images) == before


@pytest.mark.parametrize("option", ["--json", "--predictions", "--coco"])
@pytest.mark.parametrize("split", [True, False])
def test_an_evaluation_does_not_take_the_place_of_the_index(
    option, split, refused, checkpoint, reference_set, tmp_path
):
    part = tmp_path / "own" / "test" if split else tmp_path / "own"
    shutil.copytree(reference_set, part)
    before = contents(part)
    assert "is an input" in refused("evaluate", checkpoint, "--data", tmp_path / "own", option, part / "index.csv")
    assert contents(part) == before


def test_a_check_does_not_take_the_place_of_the_index(refused, reference_set):
    before = contents(reference_set)
    assert "is an input" in refused("data", "check", reference_set, "--json", reference_set / "index.csv")
    assert contents(reference_set) == before


def test_a_summary_does_not_take_the_place_of_the_annotations(refused, images, tmp_path):
    annotations = tmp_path / "coco.json"
    annotations.write_text(json.dumps({"images": [], "annotations": [], "categories": []}))
    before = annotations.read_bytes()
    assert "is an input" in refused("data", "import", "coco", annotations, "--images", images,
                                    "--out", tmp_path / "set", "--json", annotations)  # fmt: skip
    assert annotations.read_bytes() == before


def test_an_output_of_an_earlier_call_is_replaced(pan, checkpoint, reference_set):
    for _ in range(2):
        assert pan("evaluate", checkpoint, "--data", reference_set, "--json", reference_set / "e.json").code == 0


def test_images_whose_names_differ_by_the_suffix_give_one_figure_each(pan, checkpoint, images, tmp_path):
    shutil.copy(images / "0.png", images / "0.png.webp")
    shutil.copy(images / "0.png", images / "0.jpg")
    out = tmp_path / "figures"
    assert pan("explain", images, "--query", "7", "--checkpoint", checkpoint, "--out", out, "--dpi", 40).code == 0
    assert sorted(each.name for each in out.iterdir()) == ["0.jpg.png", "0.png.png", "0.png.webp.png", "1.png.png"]


def test_a_network_without_attention_is_refused_before_the_work(
    refused, make_checkpoint, reference_set, tmp_path, monkeypatch
):
    monkeypatch.setattr("pan.cli.evaluate.evaluate", None)  # would be called first
    arguments = ("--data", reference_set, "--coco", tmp_path / "coco.json")
    assert "attends nowhere" in refused("evaluate", make_checkpoint("stn-s"), *arguments)
