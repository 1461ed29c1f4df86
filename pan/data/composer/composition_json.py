"""A composition as self-contained JSON, with its background and cut-outs as PNGs in Base64."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from pan.data.composer.composition import Composition, check_number
from pan.data.composer.cutout import Cutout, PlacedCutout
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.placed import Placed
from pan.data.digits.backgrounds import SIZE
from pan.data.opening import decode_image, to_rgb
from pan.system.errors import InputError
from pan.system.json_file import as_kind

VERSION = 2
DIGITS_ALONE = 1
"""The previous version, whose scenes have only `digits`, on 100 × 100 pixels."""
LARGEST_SIDE = 1_024
MOST_PIXELS = 8 * LARGEST_SIDE**2
"""Of all cut-outs together; the composer's own, 99 of 256 × 256 pixels at most, have fewer."""


@dataclass(frozen=True)
class Written:
    """The JSON of a composition.

    Attributes:
        background: A PNG in Base64.
        side: Side of the background in pixels.
        objects: The objects from bottom to top, each with its `kind`.
        digits: The objects in a file of the previous version.
        clear: As in `Composition`.
    """

    background: str
    side: int = SIZE
    objects: tuple[dict[str, Any], ...] = ()
    digits: tuple[PlacedDigit, ...] = ()
    clear: bool = False


@dataclass(frozen=True)
class WrittenCutout:
    """The JSON of a cut-out.

    Attributes:
        picture: A PNG with transparency in Base64.
        size: Its width and height.
        image: The image of the set that it was cut from.
        mask: The mask by which it was cut out; empty if it was by boxes.
        query: Its query.
        answer: The right answer, or the first of several.
        scale, x, y: As in `Placed`.
        told_scale: As in `Cutout`.
        answers: All right answers if several may be right at once, otherwise None.
    """

    picture: str
    size: tuple[int, int]
    image: str
    mask: str
    query: str
    answer: str
    scale: float
    x: float
    y: float
    told_scale: float | None = None
    answers: tuple[str, ...] | None = None


def to_json(composition: Composition) -> dict[str, Any]:
    """The composition as JSON values."""
    return {
        "composition": VERSION,
        "background": _png(composition.background),
        "side": composition.side,
        "clear": composition.clear,
        "objects": [_object_json(each) for each in composition.placed],
    }


def from_json(values: Mapping[str, Any]) -> Composition:
    """The composition written by `to_json`.

    Raises:
        InputError: If the values are not a composition, or an object is impossible.
    """
    if values.get("composition") not in (VERSION, DIGITS_ALONE):
        raise InputError("this is not a composition of this program; choose a file that its composer wrote.")
    try:
        written = as_kind(dict(values), Written)
        check_number(len(written.objects) + len(written.digits))
        objects = [_object(each) for each in written.objects]
        _check_pixels(objects)  # before any is decoded: a small file may hold gigabytes
        background = np.asarray(to_rgb(_decoded(written.background, "the background", (written.side, written.side))))
        placed = (*written.digits, *map(_placed, objects))
    except ValueError as error:  # also characters that are not Base64
        raise InputError(f"the composition is damaged ({error}); choose another file.") from error
    return Composition(background, placed, written.clear)


def _object_json(placed: Placed) -> dict[str, Any]:
    match placed:
        case PlacedDigit():
            return {"kind": "digit", **asdict(placed)}
        case PlacedCutout(cutout):
            height, width = placed.own_size
            told = None if isnan(cutout.told_scale) else cutout.told_scale
            written = WrittenCutout(
                _png(cutout.rgba), (width, height), cutout.image, cutout.mask, cutout.query, cutout.answers[0],
                placed.scale, placed.x, placed.y, told, cutout.answers if cutout.several else None,
            )  # fmt: skip
            return {"kind": "cut-out", **asdict(written)}
        case _:
            raise TypeError(type(placed))


def _object(values: dict[str, Any]) -> PlacedDigit | WrittenCutout:
    match values.get("kind"):
        case "digit":
            return as_kind(values, PlacedDigit)
        case "cut-out":
            return as_kind(values, WrittenCutout)
        case kind:
            raise ValueError(f"“{kind}” is no kind of object")


def _check_pixels(objects: Sequence[PlacedDigit | WrittenCutout]) -> None:
    cutouts = [each for each in objects if isinstance(each, WrittenCutout)]
    for each in cutouts:
        _check_size(f"the {each.query}", each.size)
    if (pixels := sum(width * height for width, height in (each.size for each in cutouts))) > MOST_PIXELS:
        raise ValueError(f"its objects have {pixels:,} pixels together; at most {MOST_PIXELS:,} can be")


def _placed(written: PlacedDigit | WrittenCutout) -> Placed:
    return _cutout(written) if isinstance(written, WrittenCutout) else written


def _cutout(written: WrittenCutout) -> PlacedCutout:
    rgba = np.asarray(_decoded(written.picture, f"the {written.query}", written.size).convert("RGBA"))
    if not rgba[..., 3].any():
        raise ValueError(f"the {written.query} has no pixel that is seen")
    several = written.answers is not None
    answers = (written.answer,) if written.answers is None else written.answers
    if not answers or not all(word.strip() for word in (written.query, *answers)):
        raise ValueError("an object has no query or no answer")
    told = np.nan if written.told_scale is None else written.told_scale
    if told <= 0 or np.isinf(told):
        raise ValueError(f"the told scale of the {written.query} is {told:g}; it must be above 0 and finite")
    cutout = Cutout(written.query, answers, rgba, written.image, written.mask, told, several)
    return PlacedCutout(cutout, scale=written.scale, x=written.x, y=written.y)


def _png(pixels: UInt8[np.ndarray, "h w c"]) -> str:
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, "png")
    return base64.b64encode(png.getvalue()).decode("ascii")


def _decoded(text: str, what: str, size: tuple[int, int]) -> Image.Image:
    _check_size(what, size)
    return decode_image(base64.b64decode(text, validate=True), f"{what} of the composition", size)


def _check_size(what: str, size: tuple[int, int]) -> None:
    if not all(1 <= side <= LARGEST_SIDE for side in size):
        raise ValueError(f"{what} has {size[0]} × {size[1]} pixels; from 1 to {LARGEST_SIDE:,} a side can be")
