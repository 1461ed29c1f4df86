"""Visual Attributes in the Wild (Pham et al., CVPR 2021): positive and negative attributes, all others unknown.

Its files are arrays of instances in images of Visual Genome: `image_id`, `instance_bbox` (x y w h), `instance_polygon`
(a list of [x, y], several such lists, or null), `object_name`, `positive_attributes`, `negative_attributes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pan.data.formats.objects import NO_ANSWER, NO_AREA, NO_NAME, AnnotatedObject, area_of, part_in_name
from pan.data.formats.outlines import Point, Polygons, rings
from pan.data.formats.reading import entries
from pan.data.visual_genome.official import ARCHIVES
from pan.system.errors import InputError


class Instance(msgspec.Struct):
    """An entry of a file."""

    image_id: int | str
    object_name: str
    instance_bbox: tuple[float, float, float, float]
    positive_attributes: list[str]
    negative_attributes: list[str]
    instance_polygon: list[Any] | None = None


class Vaw:
    """VAW's files.

    Args:
        files: Files such as `train_part1.json`, `train_part2.json`, `val.json` and `test.json`.
    """

    partial = True

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.files = files

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every instance."""
        for path in self.files:
            part = part_in_name(path)
            for where, instance in entries(path, "", Instance):
                yield _object(where, instance)._replace(part=part)

    def places(self, image: str) -> tuple[str, ...]:
        """Places as in Visual Genome's archives."""
        return f"{image}.jpg", *(f"{archive}/{image}.jpg" for archive in ARCHIVES)

    def size(self, image: str) -> None:  # noqa: ARG002 - the format has no sizes
        """Unknown."""
        return

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """None are needed: the images' names are their ids."""
        return {}


def _object(where: str, instance: Instance) -> AnnotatedObject:
    image, right = str(instance.image_id), tuple(instance.positive_attributes)
    wrong = tuple(word for word in instance.negative_attributes if word not in right)
    if not instance.object_name.strip():
        return AnnotatedObject(where, image, reason=NO_NAME)
    if not right and not wrong:
        return AnnotatedObject(where, image, instance.object_name, reason=NO_ANSWER)
    outline, box = _polygons(where, instance.instance_polygon or []), area_of(instance.instance_bbox)
    if outline is None and box is None:
        return AnnotatedObject(where, image, instance.object_name, reason=NO_AREA)
    return AnnotatedObject(where, image, instance.object_name, right, wrong, outline, box)


def _polygons(where: str, given: list[Any]) -> Polygons | None:
    """One list of points, or several."""
    flat = bool(given) and isinstance(given[0], list) and bool(given[0]) and not isinstance(given[0][0], list)
    try:
        return rings(msgspec.convert([given] if flat else given, list[list[Point]]))
    except (ValueError, OverflowError) as error:
        raise InputError(f"{where}: “instance_polygon” is not a list of points [x, y].") from error
