"""A composition as JSON, complete in itself: its background is a PNG inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from PIL import Image

from pan.data.composer.composition import MOST_PLACED, Background, Composition, PlacedDigit
from pan.data.digits.backgrounds import SIZE
from pan.data.opening import decode_image, to_rgb
from pan.system.errors import InputError
from pan.system.json_file import as_kind

VERSION = 1


@dataclass(frozen=True)
class Written:
    """What a composition's JSON holds.

    Attributes:
        background: A PNG in Base64.
        digits: The digits, the lowest first.
        clear: Whether the background is known to show no digit itself.
    """

    background: str
    digits: tuple[PlacedDigit, ...]
    clear: bool = False


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
        written = as_kind(dict(values), Written)
        background = _background(written.background)
    except ValueError as error:  # letters that are no Base64 too
        raise InputError(f"the composition is damaged ({error}); take another.") from error
    if len(written.digits) > MOST_PLACED:
        raise InputError(f"a scene holds {MOST_PLACED} digits at most, not {len(written.digits)}.")
    return Composition(background, written.digits, written.clear)


def _background(text: str) -> Background:
    image = decode_image(base64.b64decode(text, validate=True), "the background of the composition", (SIZE, SIZE))
    return np.asarray(to_rgb(image))
