"""labelme's files, one for each image. The query is a shape's label, the answers are its flags or follow a colon.

`cup:red` has the query “cup” and the answer “red”, `cup:red,large` has both answers. Shapes with the same label and
`group_id` are one object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pan.data.formats.objects import NO_ANSWER, NO_AREA, NO_NAME, AnnotatedObject, part_in_name
from pan.data.formats.outlines import Point, circle, rings
from pan.data.formats.reading import whole
from pan.system.errors import InputError


class Shape(msgspec.Struct):
    """An entry of `shapes`."""

    label: str
    points: list[Point]
    shape_type: str | None = None
    group_id: int | str | None = None
    flags: dict[str, bool] | None = None


class Drawing(msgspec.Struct):
    """The content of a file."""

    shapes: list[Shape]
    imagePath: str  # noqa: N815 - as labelme writes it
    imageWidth: int | None = None  # noqa: N815
    imageHeight: int | None = None  # noqa: N815


class Labelme:
    """labelme's files.

    Args:
        files: The files, or folders of them.

    Raises:
        InputError: If a folder has none.
    """

    partial = False

    def __init__(self, files: tuple[Path, ...]) -> None:
        self.files = tuple(path for each in files for path in _expanded(each))
        self._sizes: dict[str, tuple[int, int]] = {}

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every shape, those of a group as one."""
        for path in self.files:
            drawing = whole(path, Drawing)
            image = drawing.imagePath.replace("\\", "/")
            if drawing.imageWidth is not None and drawing.imageHeight is not None:
                self._sizes[image] = drawing.imageWidth, drawing.imageHeight
            for number, shapes in enumerate(_grouped(drawing.shapes), 1):
                where = f"{path}, object {number:,}"
                yield _object(where, image, shapes)._replace(part=part_in_name(path.parent))

    def places(self, image: str) -> tuple[str, ...]:
        """Places by the path in the file, or by the name alone."""
        return image, image.rsplit("/", 1)[-1]

    def size(self, image: str) -> tuple[int, int] | None:
        """The size in the image's file of shapes."""
        return self._sizes.get(image)

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """The format has no ids."""
        return {}


def _expanded(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.rglob("*.json") if not each.name.startswith("."))
    if not found:
        raise InputError(f"{path} has no .json files; give the folder in which labelme saved its files.")
    return found


def _grouped(shapes: list[Shape]) -> list[list[Shape]]:
    """Shapes grouped by label and group id; a shape without a group is alone."""
    groups: dict[object, list[Shape]] = {}
    for number, shape in enumerate(shapes):
        key = number if shape.group_id is None else (shape.label, shape.group_id)
        groups.setdefault(key, []).append(shape)
    return list(groups.values())


def _object(where: str, image: str, shapes: list[Shape]) -> AnnotatedObject:
    query, _, suffix = shapes[0].label.partition(":")
    words = [word.strip() for word in re.split("[,;]", suffix)]
    flags = [name for shape in shapes for name, is_set in (shape.flags or {}).items() if is_set]
    answers = tuple(dict.fromkeys(word for word in (*words, *flags) if word))
    if not query.strip():
        return AnnotatedObject(where, image, reason=NO_NAME)
    if not answers:
        return AnnotatedObject(where, image, query, reason=NO_ANSWER)
    outline = rings([_ring(shape) for shape in shapes])
    if outline is None:
        return AnnotatedObject(where, image, query, reason=NO_AREA)
    return AnnotatedObject(where, image, query, answers, outline=outline)


def _ring(shape: Shape) -> tuple[Point, ...]:
    """The corners of a shape; none for points and lines, which have no area."""
    points = tuple(shape.points)
    if shape.shape_type in (None, "polygon"):
        return points
    if shape.shape_type == "rectangle" and len(points) == 2:
        (left, top), (right, bottom) = points
        return (left, top), (right, top), (right, bottom), (left, bottom)
    if shape.shape_type == "circle" and len(points) == 2:
        return circle(*points)
    return points if shape.shape_type == "rectangle" and len(points) == 4 else ()
