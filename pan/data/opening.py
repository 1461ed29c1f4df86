"""The only place where image files are opened: checks format and size, and corrects orientation and colours."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.levels import eight_bits
from pan.system.errors import InputError
from pan.system.names import exists, is_file
from pan.system.quiet import no_standard_error, no_warnings

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP", "DIB", "PPM", "JPEG2000", "AVIF")
"""The formats that are opened, under any file name. Pillow supports more, and runs a program for some (EPS)."""

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm", ".jp2", ".avif"}
"""The suffixes of the images in a folder."""

MOST_PIXELS = 100_000_000
"""Larger images are refused: decoded, they would take gigabytes."""
LONGEST_SIDE = 65_535
"""The largest side of a JPEG; images with a longer side are refused."""

COMPANION = "._"
"""Prefix of the metadata files of macOS: `._photo.jpg` is not an image."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The transposition for each EXIF orientation."""
LYING = (TURNS[5], TURNS[6], TURNS[7], TURNS[8])
"""The transpositions that swap width and height."""
ORIENTATION = 0x0112
EXIF_OF_PNG = {"exif", "Raw profile type exif"}
"""Pillow's keys for EXIF data before a PNG's pixels."""

logging.getLogger("PIL").addHandler(logging.NullHandler())  # without a handler, Python prints log messages


def is_image_file(path: Path) -> bool:
    """Whether a path is an image file, by its name; broken links are not."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(COMPANION) and is_file(path)


def load_image(path: Path) -> Image.Image:
    """Load an image file of any mode as upright RGB in sRGB, with transparency on black; see also `eight_bits`.

    Raises:
        InputError: If it is missing, not an image, truncated or too large.
    """
    return to_rgb(open_image(path))


def open_image(path: Path) -> Image.Image:
    """Load an image file in its own mode, upright and decoded.

    Raises:
        InputError: If it is missing, not an image, truncated or too large.
    """
    with _opened(path) as image:
        return _decoded(image)


def decode_image(data: bytes, name: str, size: tuple[int, int] | None = None) -> Image.Image:
    """The same as `open_image` for an image in memory.

    Args:
        data: The content of an image file.
        name: A name for messages.
        size: The required width and height; None for any.

    Raises:
        InputError: If it is not an image, truncated or of another size.
    """
    with _checked(io.BytesIO(data), name) as image:
        if size is not None and size != image.size:
            raise InputError(f"{name} has {image.width} × {image.height} pixels, not {size[0]} × {size[1]}.")
        return _decoded(image)


def image_size(path: Path) -> tuple[int, int]:
    """Width and height of an image file in upright orientation, without decoding it.

    Raises:
        InputError: If it is missing, not an image or too large.
    """
    with _opened(path) as image:
        return (image.height, image.width) if _turn(image) in LYING else image.size


@no_warnings()  # Pillow warns about palettes with transparency
def to_rgb(image: Image.Image) -> Image.Image:
    """Convert any of Pillow's modes to RGB, and an ICC profile to sRGB."""
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
        if exists(path) and not is_file(path):  # opening a pipe would block
            raise InputError(f"{path} cannot be read as an image; it is a folder or a device: give a file.")
        with path.open("rb") as file, _checked(file, str(path)) as image:
            yield image
    except FileNotFoundError as error:
        raise InputError(f"there is no image {path}.") from error
    except (OSError, ValueError) as error:  # no permission, or a path that is too long or has a NUL character
        raise _not_readable(str(path)) from error


@contextmanager
def _checked(file: io.BufferedReader | io.BytesIO, name: str) -> Iterator[Image.Image]:
    """Open an image and check its size, without decoding it."""
    try:
        with no_warnings(), Image.open(file, formats=FORMATS) as image:
            _check_size(name, *image.size)
            yield image
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} has too many pixels; make it smaller than 100 megapixels.") from error
    except Exception as error:  # Pillow raises errors of any type for damaged files
        raise _not_readable(name) from error


def _decoded(image: Image.Image) -> Image.Image:
    turn = _turn(image)
    with no_standard_error() if image.format == "TIFF" else nullcontext():  # libtiff prints warnings
        image.load()
    return image.copy() if turn is None else image.transpose(turn)


def _check_size(name: str, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise InputError(f"{name} has {width} × {height} pixels; make it smaller than 100 megapixels.")
    if max(width, height) > LONGEST_SIDE:
        raise InputError(f"{name} has {width} × {height} pixels; make no side longer than {LONGEST_SIDE:,}.")


def _not_readable(name: str) -> InputError:
    return InputError(f"{name} cannot be read as an image; it is of another format or truncated: "
                      "copy it again or take another.")


def _turn(image: Image.Image) -> Image.Transpose | None:
    """The transposition to upright orientation; None if there is none, or the EXIF data are damaged.

    Pillow transposes TIFF itself. For a PNG without EXIF data before the pixels, it would decode all pixels to search
    behind them.
    """
    if image.format == "TIFF" or (image.format == "PNG" and not EXIF_OF_PNG & image.info.keys()):
        return None
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - as above; an image without its EXIF data is still usable
        return None


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert the image to sRGB; unchanged if it has no profile or an unusable one."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    from PIL import ImageCms  # imported late: few images have a profile

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in (own.profile.profile_description or ""):
            return image
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, ImportError):  # damaged, or for other channels
        return image
