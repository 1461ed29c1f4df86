"""Whatever an image file is, the network sees RGB of one size or the user one sentence."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.system.errors import InputError

GREY = np.linspace(0, 255, 30 * 20).reshape(20, 30).astype(np.uint8)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"])
def test_every_mode_becomes_rgb(mode, tmp_path):
    image = Image.fromarray(GREY)
    image = image.convert("RGB").convert(mode) if mode in ("YCbCr", "LAB", "HSV", "PA") else image.convert(mode)
    path = tmp_path / "image.tif"
    try:
        image.save(path)
    except OSError:
        pytest.skip(f"Pillow writes no TIFF of mode {mode}")
    assert load_image(path).mode == "RGB"


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bits_are_scaled_to_eight(suffix, tmp_path):
    Image.fromarray(GREY.astype(np.uint16) * 257).save(tmp_path / f"deep.{suffix}")
    loaded = np.asarray(load_image(tmp_path / f"deep.{suffix}"))
    np.testing.assert_array_equal(loaded[..., 0], GREY)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tif", "bmp", "gif"])
def test_common_formats_are_read(suffix, tmp_path):
    Image.fromarray(GREY).convert("RGB").save(tmp_path / f"image.{suffix}")
    assert load_image(tmp_path / f"image.{suffix}").size == (30, 20)


def test_transparency_lies_over_black(tmp_path):
    Image.new("RGBA", (4, 4), (255, 255, 255, 0)).save(tmp_path / "clear.png")
    assert not np.asarray(load_image(tmp_path / "clear.png")).any()


def test_a_turned_photograph_is_put_upright(tmp_path):
    image = Image.fromarray(GREY).convert("RGB")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert load_image(tmp_path / "turned.jpg").size == (20, 30)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (100, 100), (37, 91), (300, 200)])
def test_every_size_and_aspect_is_fitted(size):
    fitted = fit_image(Image.new("RGB", size, "white"), 100)
    left, top, width, height = fitted.box
    assert fitted.pixels.shape == (100, 100, 3)
    assert max(width, height) == 100
    assert (fitted.pixels.any(-1).sum()) == width * height
    assert (left, top) == ((100 - width) // 2, (100 - height) // 2)


def test_an_image_of_the_right_size_is_not_touched():
    pixels = np.random.default_rng(0).integers(256, size=(100, 100, 3), dtype=np.uint8)
    assert np.array_equal(fit_image(Image.fromarray(pixels), 100).pixels, pixels)


def test_a_missing_image_is_named(tmp_path):
    with pytest.raises(InputError, match="there is no image"):
        load_image(tmp_path / "missing.png")


@pytest.mark.parametrize("length", [0, 10, 60])
def test_an_image_cut_short_is_refused(length, tmp_path):
    path = tmp_path / "image.png"
    Image.fromarray(np.random.default_rng(0).integers(256, size=(50, 50, 3), dtype=np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: length or None] if length else b"")
    with pytest.raises(InputError, match="truncated"):
        load_image(path)


def test_something_else_than_an_image_is_refused(tmp_path):
    (tmp_path / "text.png").write_text("no image")
    with pytest.raises(InputError, match="cannot be read as an image"):
        load_image(tmp_path / "text.png")
    with pytest.raises(InputError, match="cannot be read as an image"):
        load_image(tmp_path)


@pytest.mark.parametrize("side", [11_000, 30_000])
def test_a_gigantic_image_is_refused_before_it_is_decoded(side, tmp_path):
    Image.new("1", (side, side)).save(tmp_path / "huge.png")
    with pytest.raises(InputError, match="100 megapixels"):
        load_image(tmp_path / "huge.png")
