"""The one place where image files are opened: which formats, how large, upright, in which colours."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from pan.data.levels import eight_bits
from pan.system.errors import InputError
from pan.system.names import exists, is_file
from pan.system.quiet import no_standard_error, no_warnings

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP", "DIB", "PPM", "JPEG2000", "AVIF")
"""What is opened, whatever a file is called. Pillow knows more, and runs a program for some: Ghostscript for EPS."""

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm", ".jp2", ".avif"}
"""What the names of the images in a folder end in."""

MOST_PIXELS = 100_000_000
"""Larger images are refused: decoded they would take gigabytes."""
LONGEST_SIDE = 65_535
"""That of the largest JPEG; a longer image would be a line at the networks' size."""

COMPANION = "._"
"""How the names begin that macOS gives to what it knows of a file: `._photo.jpg` is no photograph."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts an image upright, by EXIF's orientation."""
LYING = (TURNS[5], TURNS[6], TURNS[7], TURNS[8])
"""Those that exchange width and height."""
ORIENTATION = 0x0112
EXIF_OF_PNG = {"exif", "Raw profile type exif"}
"""What Pillow calls the EXIF that stands before a PNG's pixels."""

logging.getLogger("PIL").addHandler(logging.NullHandler())  # without any, Python writes what it logs to the terminal


def is_image_file(path: Path) -> bool:
    """Whether a file of a folder is one of its images, by its name; links that lead nowhere are none."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(COMPANION) and is_file(path)


def load_image(path: Path) -> Image.Image:
    """An image file as RGB: any mode, upright, in sRGB, transparency over black, more than 8 bits by `eight_bits`.

    Raises:
        InputError: If it is missing, no image, cut short or too large.
    """
    return to_rgb(open_image(path))


def open_image(path: Path) -> Image.Image:
    """An image file in its own mode, upright and wholly decoded.

    Raises:
        InputError: If it is missing, no image, cut short or too large.
    """
    with _opened(path) as image:
        return _decoded(image)


def decode_image(data: bytes, name: str, size: tuple[int, int] | None = None) -> Image.Image:
    """The same of an image that lies in memory.

    Args:
        data: What its file would hold.
        name: What to call it in a sentence.
        size: Width and height that it must have; None for any.

    Raises:
        InputError: If it is no image, cut short or of another size.
    """
    with _checked(io.BytesIO(data), name) as image:
        if size is not None and size != image.size:
            raise InputError(f"{name} has {image.width} × {image.height} pixels, not {size[0]} × {size[1]}.")
        return _decoded(image)


def image_size(path: Path) -> tuple[int, int]:
    """Width and height of an image file put upright, told without decoding it.

    Raises:
        InputError: If it is missing, no image or too large.
    """
    with _opened(path) as image:
        return (image.height, image.width) if _turn(image) in LYING else image.size


@no_warnings()  # Pillow has an opinion on palettes with transparency
def to_rgb(image: Image.Image) -> Image.Image:
    """Any of Pillow's modes as RGB; the colours of an ICC profile as those of sRGB."""
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(eight_bits(np.asarray(image))).convert("RGB")
    if image.has_transparency_data:
        rgba = _in_srgb(image.convert("RGBA"))
        return Image.alpha_composite(Image.new("RGBA", rgba.size, (0, 0, 0, 255)), rgba).convert("RGB")
    coloured = _in_srgb(image.convert("RGB") if image.mode == "P" else image)
    return coloured if coloured.mode == "RGB" else coloured.convert("RGB")


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        if exists(path) and not is_file(path):  # a pipe would keep whoever opens it waiting
            raise InputError(f"{path} cannot be read as an image; it is a folder or a device: give a file.")
        with path.open("rb") as file, _checked(file, str(path)) as image:
            yield image
    except FileNotFoundError as error:
        raise InputError(f"there is no image {path}.") from error
    except (OSError, ValueError) as error:  # of the path itself: no permission, a name too long, a NUL in it
        raise _not_readable(str(path)) from error


@contextmanager
def _checked(file: io.BufferedReader | io.BytesIO, name: str) -> Iterator[Image.Image]:
    """An image that is not decoded yet, after a look at its size."""
    try:
        with no_warnings(), Image.open(file, formats=FORMATS) as image:
            _check_size(name, *image.size)
            yield image
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} has too many pixels; make it smaller than 100 megapixels.") from error
    except Exception as error:  # Pillow's readers raise whatever the damage makes them raise
        raise _not_readable(name) from error


def _decoded(image: Image.Image) -> Image.Image:
    turn = _turn(image)
    with no_standard_error() if image.format == "TIFF" else nullcontext():  # to which libtiff tells what it thinks
        image.load()
    return image.copy() if turn is None else image.transpose(turn)


def _check_size(name: str, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise InputError(f"{name} has {width} × {height} pixels; make it smaller than 100 megapixels.")
    if max(width, height) > LONGEST_SIDE:
        raise InputError(f"{name} has {width} × {height} pixels; make no side longer than {LONGEST_SIDE:,}.")


def _not_readable(name: str) -> InputError:
    return InputError(f"{name} cannot be read as an image; it is of another kind or cut short: "
                      "copy it again or take another.")


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How an image that is not decoded yet is put upright; None where it is, or its EXIF is damaged.

    Pillow turns TIFF by itself. Of a PNG it would decode all pixels to look for EXIF behind them.
    """
    if image.format == "TIFF" or (image.format == "PNG" and not EXIF_OF_PNG & image.info.keys()):
        return None
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as above; a picture without its EXIF is still a picture
        return None


def _in_srgb(image: Image.Image) -> Image.Image:
    """The image with its colours as sRGB has them; as it is where it has no profile, or one that is not its own."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in (own.profile.profile_description or ""):
            return image
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, ImportError):  # damaged, or for other channels
        return image
