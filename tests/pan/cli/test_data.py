"""`pan data`: sets on disk."""

from __future__ import annotations

import csv
import errno
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest
from PIL import Image

from pan.data.opening import open_image

BUILD = ("data", "build", "mref", "--split", "test", "--count", 3, "--seed", 1, "--out")


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def index(folder):
    with (folder / "index.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["mref", "mdist", "mbg"])
def test_the_same_seed_gives_the_same_bytes(kind, pan, tmp_path):
    for name in ("one", "two"):
        result = pan("data", "build", kind, "--split", "val", "--count", 4, "--seed", 3, "--out", tmp_path / name)
        assert result.code == 0
        assert "4 " in result.out
        assert "bundled digits" in result.out
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len({row["image"] for row in index(tmp_path / "one")}) == 4


def test_every_digit_is_a_row_with_its_mask(reference_set):
    rows = index(reference_set)
    assert 15 <= len(rows) <= 27
    for row in rows:
        assert open_image(reference_set / row["image"]).size == (100, 100)
        assert np.asarray(open_image(reference_set / row["mask"])).any()
        assert 0.5 <= float(row["scale"]) <= 3


def test_stratified_sets_ask_once_an_image_about_digits_of_all_sizes(pan, tmp_path):
    arguments = ("data", "build", "mref", "--split", "test", "--count", 200, "--seed", 1, "--stratify-scale")
    assert pan(*arguments, "--out", tmp_path / "set").code == 0
    rows = index(tmp_path / "set")
    assert len(rows) == len({row["image"] for row in rows}) == 200
    counts, _ = np.histogram([float(row["scale"]) for row in rows], bins=5, range=(0.5, 3))
    assert counts.min() >= 25  # 40 in each on average; drawn for every digit, the last bin would hold 5


def test_backgrounds_are_taken_from_a_folder(pan, tmp_path, rng):
    photographs = tmp_path / "photographs" / "val"
    photographs.mkdir(parents=True)
    (tmp_path / "photographs" / "train").mkdir()
    Image.new("RGB", (130, 140), (7, 77, 177)).save(photographs / "blue.png")
    out = tmp_path / "set"
    assert pan("data", "build", "mbg", "--split", "test", "--count", 1, "--seed", 1, "--out", out,
               "--backgrounds", tmp_path / "photographs").code == 0  # fmt: skip
    pixels = np.asarray(open_image(out / "images" / "000000.png"))
    assert (pixels == (7, 77, 177)).all(-1).mean() > 0.5


def test_a_folder_that_is_not_empty_is_left_as_it_is(refused, reference_set):
    before = files(reference_set)
    assert "not empty" in refused(*BUILD, reference_set)
    assert files(reference_set) == before


@pytest.mark.parametrize("count", ["0", "-3", "many"])
def test_counts_begin_at_one(count, refused, tmp_path):
    refused("data", "build", "mref", "--split", "test", "--count", count, "--seed", 1, "--out", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_unknown_kinds_and_missing_photographs_are_refused(refused, tmp_path):
    arguments = ("--split", "test", "--count", 1, "--seed", 1, "--out", tmp_path / "x")
    assert "mref" in refused("data", "build", "cifar", *arguments)
    assert "not a folder" in refused("data", "build", "mbg", *arguments, "--backgrounds", tmp_path / "none")
    assert not (tmp_path / "x").exists()


def test_a_place_below_a_file_cannot_be_written(refused, tmp_path):
    (tmp_path / "file").write_text("kept")
    assert "cannot be written" in refused(*BUILD, tmp_path / "file" / "set")
    assert (tmp_path / "file").read_text() == "kept"


def test_a_full_disk_is_reported_and_leaves_no_index(pan, tmp_path, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(Image.Image, "save", full)
    result = pan(*BUILD, tmp_path / "set")
    assert result.code == 2
    assert "No space left on device" in result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "set" / "index.csv").exists()


def test_an_interrupted_set_is_not_taken_for_a_whole_one(pan, tmp_path, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt
    monkeypatch.setattr(Image.Image, "save", interrupt)
    result = pan(*BUILD, tmp_path / "set")
    assert result.code == 130
    assert str(tmp_path / "set") in result.err
    assert not (tmp_path / "set" / "index.csv").exists()


@pytest.mark.parametrize(("what", "dataset", "error"), [
    ("sun", "SUN397", URLError(OSError(-3, "Temporary failure in name resolution"))),
    ("mnist", "MNIST", RuntimeError("Error downloading train-images:\nTried https://one/, got:\n"
                                    "<urlopen error [Errno -3] Temporary failure in name resolution>\n")),
    ("mnist", "MNIST", OSError("Temporary failure in name resolution")),
])  # fmt: skip
def test_a_download_without_a_network_is_one_sentence(what, dataset, error, refused, tmp_path, monkeypatch):
    def offline(*arguments, **options):
        raise error
    monkeypatch.setattr(f"torchvision.datasets.{dataset}", offline)
    told = refused("data", "download", what, "--data-root", tmp_path)
    assert "could not be downloaded: Temporary failure in name resolution. Try again with a network" in told


@pytest.mark.parametrize(("what", "dataset"), [("mnist", "MNIST"), ("sun", "SUN397")])
def test_a_download_goes_to_the_data_root(what, dataset, pan, tmp_path, monkeypatch):
    asked = []

    def download(root, *, download=False, train=True):
        if not download:
            raise RuntimeError("Dataset not found.")
        asked.append((Path(root), download))
    monkeypatch.setattr(f"torchvision.datasets.{dataset}", download)
    result = pan("data", "download", what, "--data-root", tmp_path)
    assert result.code == 0
    assert asked == [(tmp_path / what, True)]
    assert str(tmp_path / what) in result.out
