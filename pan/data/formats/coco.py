"""COCO's annotations. The query is an object's category, the answers are its attributes.

COCO itself has no attributes. Supported are those of CVAT (`attributes`: a value for each name), of COCO Attributes (a
list of words, or of vote shares for the names in the file's `attributes`) and of Fashionpedia (`attribute_ids`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pan.data.formats.objects import (
    CROWD,
    NO_ANSWER,
    NO_AREA,
    NO_IMAGE_ENTRY,
    NO_NAME,
    AnnotatedObject,
    area_of,
    part_in_name,
)
from pan.data.formats.outlines import Outline, Point, RunLengths, rings
from pan.data.formats.reading import entries
from pan.system.errors import InputError

BOOKKEEPING = frozenset({"occluded", "rotation", "track_id", "keyframe"})
"""CVAT's attributes about the annotation rather than the object."""


class Picture(msgspec.Struct):
    """An entry of `images`."""

    id: int | str
    file_name: str
    width: int | None = None
    height: int | None = None


class Named(msgspec.Struct):
    """An entry of `categories` or of `attributes`."""

    id: int
    name: str


class Runs(msgspec.Struct):
    """A mask."""

    size: tuple[int, int]
    counts: list[int] | str


class Annotation(msgspec.Struct):
    """An entry of `annotations`."""

    image_id: int | str
    category_id: int
    segmentation: list[list[float]] | Runs | None = None
    bbox: tuple[float, float, float, float] | None = None
    iscrowd: int | bool = 0
    attributes: dict[str, Any] | list[Any] | None = None
    attribute_ids: list[int] | None = None


class Coco:
    """Files in COCO's format.

    Args:
        files: Files with `images`, `annotations` and `categories`.
        answer: The attribute that is the answer; empty for all.
    """

    partial = False

    def __init__(self, files: tuple[Path, ...], answer: str = "") -> None:
        self.files = files
        self._answer = answer
        self._sizes: dict[str, tuple[int, int]] = {}
        self._numbers: dict[str, dict[str, int | str]] = {"images": {}, "categories": {}}

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every annotation."""
        for path in self.files:
            pictures = {each.id: each for _, each in entries(path, "images", Picture)}
            if not pictures:
                raise InputError(f"{path} has no “images”; give a COCO file of instances with attributes.")
            categories = {each.id: each.name for _, each in entries(path, "categories", Named)}
            names = {each.id: each.name for _, each in entries(path, "attributes", Named)}
            for picture in pictures.values():
                if picture.width is not None and picture.height is not None:
                    self._sizes[picture.file_name] = picture.width, picture.height
            self._numbers["images"] |= {each.file_name: each.id for each in pictures.values()}
            self._numbers["categories"] |= {name: number for number, name in categories.items()}
            for where, annotation in entries(path, "annotations", Annotation):
                yield self._object(where, annotation, pictures, categories, names)._replace(part=part_in_name(path))

    def places(self, image: str) -> tuple[str, ...]:
        """Places by the name in the file, with or without its folders."""
        name = image.replace("\\", "/")
        return name, name.rsplit("/", 1)[-1]

    def size(self, image: str) -> tuple[int, int] | None:
        """The size in the image's entry."""
        return self._sizes.get(image)

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """COCO's ids."""
        return self._numbers

    def _object(
        self, where: str, annotation: Annotation, pictures: dict[int | str, Picture], categories: dict[int, str],
        names: dict[int, str],
    ) -> AnnotatedObject:  # fmt: skip
        picture = pictures.get(annotation.image_id)
        if picture is None:
            return AnnotatedObject(where, "", reason=NO_IMAGE_ENTRY)
        image, query = picture.file_name, categories.get(annotation.category_id, "")
        if annotation.iscrowd:
            return AnnotatedObject(where, image, reason=CROWD)
        if not query:
            return AnnotatedObject(where, image, reason=NO_NAME)
        answers = self._answers(annotation, names)
        if not answers:
            return AnnotatedObject(where, image, query, reason=NO_ANSWER)
        outline, box = _outline(annotation), area_of(annotation.bbox)
        if (annotation.segmentation or annotation.bbox) and outline is None and box is None:
            return AnnotatedObject(where, image, query, reason=NO_AREA)
        return AnnotatedObject(where, image, query, answers, outline=outline, box=box)

    def _answers(self, annotation: Annotation, names: dict[int, str]) -> tuple[str, ...]:
        given = annotation.attributes
        if annotation.attribute_ids is not None:
            words = [names.get(number, "") for number in annotation.attribute_ids]
        elif isinstance(given, dict):
            words = [_chosen(given.get(self._answer))] if self._answer else [
                _answer(name, value) for name, value in given.items() if name not in BOOKKEEPING]  # fmt: skip
        else:
            words = _listed(given or [], list(names.values()))
        return tuple(word for word in words if word)


def _answer(name: str, value: object) -> str:
    """A text is an answer, and true is the attribute's name. Numbers and false are no answers."""
    if isinstance(value, bool):
        return name if value else ""
    return value if isinstance(value, str) else ""


def _chosen(value: object) -> str:
    """The value of the chosen attribute, of any type."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else ""


def _listed(given: list[Any], names: list[str]) -> list[str]:
    """A list of words, or of vote shares for the file's attributes."""
    if all(isinstance(each, str) for each in given):
        return given
    if len(given) == len(names) and all(isinstance(each, int | float) for each in given):
        return [name for name, share in zip(names, given, strict=True) if share >= 0.5]
    return []


def _outline(annotation: Annotation) -> Outline | None:
    given = annotation.segmentation
    if isinstance(given, Runs):
        counts = given.counts if isinstance(given.counts, str) else tuple(given.counts)
        return RunLengths(counts, given.size[0], given.size[1])
    return rings([_points(ring) for ring in given or ()])


def _points(ring: list[float]) -> tuple[Point, ...]:
    """A flat list of coordinates as points."""
    return tuple(zip(ring[::2], ring[1::2], strict=False))
