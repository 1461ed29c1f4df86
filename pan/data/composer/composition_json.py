"""A composition as JSON, complete in itself: its background is a PNG inside."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from PIL import Image

from pan.data.composer.composition import MOST_PLACED, Background, Composition, Placed
from pan.data.digits.backgrounds import SIZE
from pan.data.opening import decode_image, to_rgb
from pan.system.errors import InputError

VERSION = 1


def to_json(composition: Composition) -> dict[str, Any]:
    """The composition as JSON values."""
    png = io.BytesIO()
    Image.fromarray(composition.background).save(png, "png")
    return {
        "composition": VERSION,
        "background": base64.b64encode(png.getvalue()).decode("ascii"),
        "clear": composition.clear,
        "digits": [asdict(digit) for digit in composition.placed],
    }


def from_json(values: Mapping[str, Any]) -> Composition:
    """The composition written by `to_json`.

    Raises:
        InputError: If it is something else, or a digit of it cannot be.
    """
    if values.get("composition") != VERSION:
        raise InputError("this is no composition of this program; choose a file that its composer wrote.")
    try:
        placed = tuple(_placed(each) for each in values["digits"])
        background = _background(values["background"])
    except (KeyError, TypeError, ValueError, OSError, binascii.Error, Image.DecompressionBombError) as error:
        raise InputError(f"the composition is damaged ({type(error).__name__}: {error}); take another.") from error
    if len(placed) > MOST_PLACED:
        raise InputError(f"a scene holds {MOST_PLACED} digits at most, not {len(placed)}.")
    return Composition(background, placed, values.get("clear") is True)


def _placed(values: Mapping[str, Any]) -> Placed:
    return Placed(
        int(values["digit"]), int(values["glyph"]), str(values["colour"]),
        float(values["scale"]), float(values["x"]), float(values["y"]),
    )  # fmt: skip


def _background(text: str) -> Background:
    image = decode_image(base64.b64decode(text, validate=True), "the background of the composition", (SIZE, SIZE))
    return np.asarray(to_rgb(image))
