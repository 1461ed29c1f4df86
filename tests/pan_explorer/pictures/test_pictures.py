"""Images and reference sets as pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.system.errors import InputError
from pan_explorer.pictures.reading import fitted_at, picture_of, read_picture, read_pictures, samples_folder
from pan_explorer.shell.openable import check_openable


def test_a_picture_of_a_set_knows_its_digits_their_colours_and_their_masks(sample_sets: Path) -> None:
    picture = read_pictures(sample_sets / "mref").pictures[0]
    assert picture.complete
    assert len(picture.truths) >= 5
    for truth in picture.truths.values():
        assert set(truth.answers) < {"red", "yellow", "green", "blue", "white"}
        assert picture.fitted.pixels[truth.mask].any()


def test_a_set_that_asks_once_an_image_does_not_say_what_is_missing(sample_sets: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_sets / "mref", tmp_path / "set")
    index = tmp_path / "set" / "index.csv"
    rows = index.read_text().splitlines()
    once = {row.split(",")[0]: row for row in reversed(rows[1:])}
    index.write_text("\n".join([rows[0], *once.values()]) + "\n")
    picture = read_pictures(tmp_path / "set").pictures[0]
    assert len(picture.truths) == 1
    assert not any(picture.lacks(query) for query in "0123456789")


def test_samples_of_every_task_come_with_the_program() -> None:
    for kind in ("mref", "mdist", "mbg"):
        assert len(read_pictures(samples_folder(kind)).pictures) >= 4


def test_any_image_is_fitted(tmp_path: Path, noise: np.ndarray) -> None:
    for mode in ("1", "L", "LA", "P", "RGBA", "CMYK", "I;16"):
        image = Image.fromarray(noise)
        made = Image.new(mode, image.size) if mode == "I;16" else image.convert(mode)
        path = tmp_path / f"image.{'tiff' if mode in ('CMYK', 'I;16') else 'png'}"
        made.save(path)
        assert read_picture(path).fitted.pixels.shape == (100, 100, 3)
    assert picture_of(Image.new("RGB", (1, 1)), "dot").fitted.pixels.shape == (100, 100, 3)


def test_a_pasted_image_is_seen_by_a_large_network_in_all_its_detail(noise: np.ndarray) -> None:
    pasted = Image.fromarray(noise).resize((400, 300))
    assert np.array_equal(fitted_at(picture_of(pasted, "pasted"), 224).pixels, fit_image(pasted, 224).pixels)


def test_an_image_whose_file_is_gone_is_still_seen_at_the_size_it_was_read_at(photograph: Path) -> None:
    picture = read_picture(photograph)
    photograph.unlink()
    assert np.array_equal(fitted_at(picture, 100).pixels, picture.fitted.pixels)
    with pytest.raises(InputError, match="photograph"):
        fitted_at(picture, 224)


def test_a_path_that_is_neither_image_nor_set_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.png"):
        with pytest.raises(InputError):
            check_openable(path)


def test_a_set_is_opened_without_reading_an_image(
    sample_sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def load(path: Path) -> Image.Image:
        read.append(path)
        return load_image(path)

    monkeypatch.setattr("pan_explorer.pictures.stored.load_image", load)
    (tmp_path / "image.png").write_bytes((sample_sets / "mref" / "images" / "000000.png").read_bytes())
    for number in range(3_000):
        (tmp_path / f"{number}.png").hardlink_to(tmp_path / "image.png")
    rows = [f"{number}.png,{number % 10},red,,\n" for number in range(3_000)]
    (tmp_path / "index.csv").write_text("image,query,answer,scale,mask\n" + "".join(rows))
    pictures = read_pictures(tmp_path).pictures
    assert len(pictures) == 3_000
    assert pictures[17].truths["7"].answers == ("red",)
    assert read == []
    assert pictures[17].fitted.pixels.any()
    assert pictures[17].fitted is pictures[17].fitted
    assert read == [tmp_path / "17.png"]


def test_an_image_of_a_set_that_cannot_be_read_says_why_and_is_black(sample_sets: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_sets / "mref", tmp_path / "set")
    (tmp_path / "set" / "images" / "000001.png").write_bytes(b"no image")
    pictures = read_pictures(tmp_path / "set").pictures
    assert "000001.png cannot be read" in pictures[1].fault
    assert not pictures[1].fitted.pixels.any()
    assert pictures[2].fault == ""


def test_a_mask_of_another_size_than_its_image_is_as_none(sample_sets: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_sets / "mref", tmp_path / "set")
    mask = min((tmp_path / "set" / "masks").glob("000000-*.png"))
    Image.new("L", (7, 7), 255).save(mask)
    truths = read_pictures(tmp_path / "set").pictures[0].truths
    assert truths[mask.stem[-1]].mask is None
    assert sum(truth.mask is None for truth in truths.values()) == 1
