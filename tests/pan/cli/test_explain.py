"""`pan explain`: figures and maps."""

from __future__ import annotations

import errno
import json
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from pan.checkpoints.tensors import opened, write_tensors
from pan.data.opening import open_image


@pytest.fixture
def checkpoint(make_checkpoint):
    return make_checkpoint("pan-ctx")


@pytest.fixture
def asked(checkpoint):
    return ("--query", "7", "--checkpoint", checkpoint)


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".png", b"\x89PNG"), (".PNG", b"\x89PNG"), (".pdf", b"%PDF"), (".svg", b"<?xml")]
)
def test_the_figure_has_the_format_of_its_suffix(suffix, begins, pan, asked, picture, tmp_path):
    out = tmp_path / "new" / f"figure{suffix}"
    result = pan("explain", picture, *asked, "--out", out)
    assert result.code == 0
    assert out.read_bytes().startswith(begins)
    assert str(out) in result.out


def test_several_checkpoints_stand_side_by_side(pan, asked, make_checkpoint, picture, tmp_path):
    others = [part for model in ("san", "han") for part in ("--checkpoint", make_checkpoint(model))]
    assert pan("explain", picture, *asked, "--out", tmp_path / "one.png", "--dpi", 50).code == 0
    assert pan("explain", picture, *asked, *others, "--out", tmp_path / "three.png", "--dpi", 50).code == 0
    assert open_image(tmp_path / "three.png").width > open_image(tmp_path / "one.png").width + 100


def test_more_dpi_give_more_pixels(pan, asked, picture, tmp_path):
    for dpi in (40, 80):
        assert pan("explain", picture, *asked, "--out", tmp_path / f"{dpi}.png", "--dpi", dpi).code == 0
    assert open_image(tmp_path / "80.png").width == pytest.approx(2 * open_image(tmp_path / "40.png").width, abs=2)


def test_maps_are_written_as_numbers(pan, asked, checkpoint, picture, tmp_path):
    maps = tmp_path / "maps.npz"
    assert pan("explain", picture, *asked, "--out", tmp_path / "f.png", "--maps", maps).code == 0
    with np.load(maps, allow_pickle=False) as arrays:
        assert arrays[f"{checkpoint}/probabilities"].sum() == pytest.approx(1, abs=1e-5)
        assert arrays[f"{checkpoint}/att4/attention"].sum() == pytest.approx(1, abs=1e-5)
        assert arrays[f"{checkpoint}/att2/accumulated"].shape == (100, 100)


def test_every_image_of_a_folder_gets_a_figure_and_maps(pan, asked, reference_set, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("pan.cli.explain.ProgressBar.show", lambda _, *step: shown.append(step))
    images = reference_set / "images"
    (images / "notes.txt").write_text("no image")
    open_image(images / "000000.png").save(images / "000000.jpg")
    result = pan("explain", images, *asked, "--out", tmp_path / "figures", "--maps", tmp_path / "maps")
    assert result.code == 0
    assert shown == [("images", done, 4) for done in (1, 2, 3, 4)]
    names = {"000000.jpg", "000000.png", "000001", "000002"}
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {f"{name}.png" for name in names}
    assert {path.name for path in (tmp_path / "maps").iterdir()} == {f"{name}.npz" for name in names}


def test_an_unreadable_image_of_a_folder_does_not_keep_the_others_back(pan, asked, reference_set, tmp_path):
    (reference_set / "images" / "000001.png").write_bytes(b"\x89PNG, but not for long")
    result = pan("explain", reference_set / "images", *asked, "--out", tmp_path / "figures")
    assert result.code == 2
    assert "000001.png" in result.err
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"000000.png", "000002.png"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_images_of_every_mode_and_size_are_explained(mode, pan, asked, tmp_path):
    suffix = "tif" if mode == "CMYK" else "png"
    for size in ((1, 1), (37, 211)):
        image = Image.fromarray(np.full(size[::-1], 700, np.uint16)) if mode == "I;16" else Image.new(mode, size)
        image.save(tmp_path / f"image.{suffix}")
        assert pan("explain", tmp_path / f"image.{suffix}", *asked, "--out", tmp_path / "f.png", "--dpi", 20).code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.png", None), ("text.png", b"hello"), ("empty.png", b""), ("none.jpg", None)],
)
def test_what_is_no_image_is_refused(name, content, refused, asked, tmp_path):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert name in refused("explain", tmp_path / name, *asked, "--out", tmp_path / "f.svg")
    assert not (tmp_path / "f.svg").exists()


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp"])
def test_a_truncated_image_is_refused(suffix, refused, asked, tmp_path, rng):
    path = tmp_path / f"cut.{suffix}"
    Image.fromarray(rng.integers(256, size=(64, 64, 3), dtype=np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert path.name in refused("explain", path, *asked, "--out", tmp_path / "f.svg")


def test_a_gigantic_image_is_refused_without_being_decoded(refused, asked, tmp_path):
    path = tmp_path / "gigantic.png"
    Image.new("1", (1, 1)).save(path)
    for side in (12_000, 40_000):
        header = b"IHDR" + struct.pack(">II", side, side) + b"\x01\x00\x00\x00\x00"
        png = path.read_bytes()
        path.write_bytes(png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:])
        assert "megapixels" in refused("explain", path, *asked, "--out", tmp_path / "f.svg")


def test_a_query_outside_the_words_is_refused_with_the_words(refused, checkpoint, picture, tmp_path):
    said = refused("explain", picture, "--query", "cat", "--checkpoint", checkpoint, "--out", tmp_path / "f.png")
    assert "“cat”" in said
    assert "7" in said


@pytest.mark.parametrize("name", ["f.bmp", "f", "f.png.txt"])
def test_an_unknown_suffix_is_refused(name, refused, asked, picture, tmp_path):
    assert ".svg" in refused("explain", picture, *asked, "--out", tmp_path / name)
    assert ".npz" in refused("explain", picture, *asked, "--out", tmp_path / "f.png", "--maps", tmp_path / name)


def test_folders_and_files_are_not_mixed(refused, asked, reference_set, picture, tmp_path):
    images = reference_set / "images"
    assert "folder" in refused("explain", images, *asked, "--out", tmp_path / "f.png")
    assert "folder" in refused("explain", images, *asked, "--out", tmp_path / "f", "--maps", tmp_path / "m.npz")
    refused("explain", picture, *asked, "--out", tmp_path)
    assert "no images" in refused("explain", tmp_path, *asked, "--out", tmp_path / "f")


@pytest.mark.parametrize("dpi", [0, -1, 5000, "fine"])
def test_an_unreasonable_resolution_is_refused(dpi, refused, asked, picture, tmp_path):
    refused("explain", picture, *asked, "--out", tmp_path / "f.png", "--dpi", dpi)


def test_checkpoints_that_cannot_be_used_are_refused(refused, checkpoint, make_checkpoint, picture, tmp_path):
    cut, text, foreign, changed = (tmp_path / f"{name}.safetensors" for name in ("cut", "text", "foreign", "changed"))
    whole = checkpoint.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    text.write_text("weights")
    with opened(checkpoint) as file:
        tensors, header = file.read(), file.header
    write_tensors(foreign, tensors, {"format": "another"})
    header["recipe"] = json.loads(json.dumps(header["recipe"])) | {"model": "san", "gates": []}
    write_tensors(changed, tensors, header)
    for wrong in (cut, text, foreign, changed, tmp_path / "none.safetensors", tmp_path, "mref/none"):
        said = refused("explain", picture, "--query", "7", "--checkpoint", wrong, "--out", tmp_path / "f.png")
        assert str(wrong) in said
    assert not (tmp_path / "f.png").exists()


def test_a_full_disk_leaves_the_figure_that_was_there(refused, asked, picture, tmp_path, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")
    out = tmp_path / "f.png"
    out.write_bytes(b"older")
    monkeypatch.setattr("pan.figures.explanation.Figure.savefig", full)
    assert "No space left" in refused("explain", picture, *asked, "--out", out)
    assert out.read_bytes() == b"older"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_place_below_a_file_is_refused(refused, asked, picture, tmp_path):
    (tmp_path / "file").write_text("kept")
    assert "cannot be written" in refused("explain", picture, *asked, "--out", tmp_path / "file" / "f.png")
    assert (tmp_path / "file").read_text() == "kept"


def test_of_several_answers_the_most_probable_are_said(pan, refused, make_labelled_checkpoint, picture, tmp_path):
    asked = ("explain", picture, "--checkpoint", make_labelled_checkpoint("pan-ctx"), "--out", tmp_path / "a.png")
    said = pan(*asked, "--query", "dog")
    assert said.code == 0
    assert all(word in said.out for word in ("brown (", "green (", "small (", "tall ("))
    assert "“dgo” cannot be asked; choose one of dog, tree, car" in refused(*asked, "--query", "dgo")


def test_all_queries_give_a_row_each(pan, checkpoint, make_checkpoint, picture, tmp_path):
    out = tmp_path / "all.png"
    both = ("--checkpoint", checkpoint, "--checkpoint", make_checkpoint("san"))
    result = pan("explain", picture, "--query", "all", *both, "--out", out, "--dpi", 40)
    assert result.code == 0
    assert [line.split(": ")[1] for line in result.out.splitlines()] == list("0123456789")
    figure = open_image(out)
    assert figure.height > 3 * figure.width


def test_all_queries_have_no_one_set_of_maps(pan, checkpoint, picture, tmp_path):
    result = pan("explain", picture, "--query", "all", "--checkpoint", checkpoint, "--out", tmp_path / "all.png",
                 "--maps", tmp_path / "maps.npz")
    assert result.code == 2
    assert "maps of one query" in result.err
    assert not (tmp_path / "all.png").exists()
