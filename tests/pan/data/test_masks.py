"""Masks of any kind of file: the same object, or a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.data.images import fit_image
from pan.data.masks import fit_mask, load_mask, object_pixels
from pan.system.errors import InputError

OBJECT = (20, 30, 50, 60)


@pytest.fixture
def grey():
    """A white square on black."""
    mask = Image.new("L", (100, 80))
    mask.paste(255, OBJECT)
    return mask


@pytest.fixture
def expected(grey):
    return np.asarray(grey) > 0


def of_16_bits(grey):
    return Image.fromarray(np.asarray(grey).astype(np.uint16) * 3)


def with_white_first(grey):
    """The palette holds the object's white at number 0."""
    mask = Image.fromarray((np.asarray(grey) == 0).astype(np.uint8), "L").convert("P")
    mask.putpalette([255, 255, 255, 0, 0, 0])
    return mask


def all_white_but_in_alpha(grey):
    mask = Image.new("RGBA", grey.size, (255, 255, 255, 0))
    mask.putalpha(grey)
    return mask


def a_dark_cut_out(grey):
    mask = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    mask.putalpha(grey)
    return mask


def numbers_of_classes(grey):
    return grey.point(lambda value: 3 if value else 0)


@pytest.mark.parametrize("kind", [
    of_16_bits, with_white_first, all_white_but_in_alpha, a_dark_cut_out, numbers_of_classes,
    *(pytest.param(lambda grey, mode=mode: grey.convert(mode), id=mode) for mode in
      ("1", "L", "LA", "I", "F", "P", "RGB", "RGBA")),
])  # fmt: skip
def test_a_png_or_tiff_of_any_mode_marks_the_same_object(kind, grey, expected, tmp_path):
    mask = kind(grey)
    path = tmp_path / ("mask.tif" if mask.mode in "IF" else "mask.png")
    mask.save(path)
    assert (load_mask(path) == expected).all()


@pytest.mark.parametrize(("name", "options"), [("m.jpg", {"quality": 60}), ("m.webp", {"quality": 50})])
def test_a_lossy_file_marks_the_object_but_for_a_pixel_at_its_edge(name, options, grey, expected, tmp_path):
    grey.save(tmp_path / name, **options)
    assert (load_mask(tmp_path / name) != expected).sum() <= 30


def test_a_lossy_file_is_known_by_its_bytes(grey, expected, tmp_path):
    grey.save(tmp_path / "m.jpg", quality=60)
    (tmp_path / "m.jpg").rename(tmp_path / "m.png")
    assert (load_mask(tmp_path / "m.png") != expected).sum() <= 30


def test_numbers_of_classes_in_a_jpeg_are_refused(grey, tmp_path):
    numbers_of_classes(grey).save(tmp_path / "m.jpg")
    with pytest.raises(InputError, match="save it as PNG"):
        load_mask(tmp_path / "m.jpg")


def test_a_palette_without_colours_counts_by_its_numbers():
    labels = Image.new("P", (100, 100))
    labels.paste(3, OBJECT)
    assert object_pixels(labels).sum() == 30 * 30


def test_a_mask_lands_where_its_image_does():
    picture = np.zeros((50, 200, 3), np.uint8)
    picture[10:30, 40:120] = 255
    fitted = fit_image(Image.fromarray(picture), 100)
    assert (fit_mask(picture[..., 0] > 0, 100) == (fitted.pixels[..., 0] > 127)).mean() > 0.99
