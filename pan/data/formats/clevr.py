"""CLEVR's scenes (Johnson et al., 2017). The query is the shortest phrase that identifies an object in its scene.

One property is the answer, by default the colour; the query uses the others: “cube”, “metal cube”, “small metal cube”.
Masks are read from the objects (run lengths, as in CLEVR-mini), or from an image beside the scene's image whose pixels
are the objects' numbers, from 1 on in the scene's order: `NAME_mask.png`, or `masks/NAME.png`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import msgspec

from pan.data.formats.coco import Runs
from pan.data.formats.objects import NOT_SINGLED_OUT, AnnotatedObject, part_in_name
from pan.data.formats.outlines import NumberedPixels, Outline, RunLengths
from pan.data.formats.reading import entries
from pan.system.errors import InputError
from pan.system.names import is_file

PROPERTIES = ("size", "color", "material", "shape")
"""In the order of the words in a query."""

PARTS = {"train": "train", "val": "val", "test": "test"}


class SceneObject(msgspec.Struct):
    """An object of a scene."""

    size: str
    color: str
    material: str
    shape: str
    mask: Runs | None = None


class Scene(msgspec.Struct):
    """An entry of `scenes`."""

    image_filename: str
    objects: list[SceneObject]
    split: str = ""


class Clevr:
    """Files of CLEVR's scenes.

    Args:
        files: Files such as `CLEVR_val_scenes.json`.
        folders: Folders to search for images, and for masks beside them.
        answer: The property that is the answer; empty for the colour.

    Raises:
        InputError: If there is no such property.
    """

    partial = False

    def __init__(self, files: tuple[Path, ...], folders: tuple[Path, ...], answer: str = "") -> None:
        if answer and answer not in PROPERTIES:
            raise InputError(f"CLEVR's objects have no property “{answer}”; choose one of {', '.join(PROPERTIES)}.")
        self.files = files
        self._folders = folders
        self._answer = answer or "color"

    def objects(self) -> Iterator[AnnotatedObject]:
        """Every object of every scene."""
        for path in self.files:
            for where, scene in entries(path, "scenes", Scene):
                part = PARTS.get(scene.split, "") or part_in_name(path)
                numbered = self._mask_file(scene.image_filename)
                for number, thing in enumerate(scene.objects):
                    found = AnnotatedObject(where, scene.image_filename, part=part)
                    query = self._query(thing, scene.objects)
                    if not query:
                        yield found._replace(reason=NOT_SINGLED_OUT)
                        continue
                    yield found._replace(query=query, answers=(getattr(thing, self._answer),),
                                         outline=_outline(thing, numbered, number))

    def places(self, image: str) -> tuple[str, ...]:
        """Places as in the archive: `images/val/CLEVR_val_000000.png`."""
        return image, *(f"{part}/{image}" for part in PARTS), *(f"images/{part}/{image}" for part in PARTS)

    def size(self, image: str) -> None:  # noqa: ARG002 - the format has no sizes
        """Unknown."""
        return

    def numbers(self) -> dict[str, dict[str, int | str]]:
        """CLEVR has no ids."""
        return {}

    def _query(self, thing: SceneObject, others: list[SceneObject]) -> str:
        """The fewest words that apply to this object only, preferably with the shape; empty if there are none."""
        usable = [name for name in PROPERTIES if name != self._answer]
        for count in range(1, len(usable) + 1):
            for names in sorted(combinations(usable, count), key=lambda names: "shape" not in names):
                words = [getattr(thing, name) for name in names]
                if sum([getattr(each, name) for name in names] == words for each in others) == 1:
                    return " ".join(words)
        return ""

    def _mask_file(self, image: str) -> Path | None:
        for folder in self._folders:
            for place in self.places(image):
                path = folder / place
                for beside in (path.with_name(f"{path.stem}_mask.png"), path.parent / "masks" / f"{path.stem}.png",
                               path.parent.parent / "masks" / f"{path.stem}.png"):
                    if is_file(beside):
                        return beside
        return None


def _outline(thing: SceneObject, numbered: Path | None, number: int) -> Outline | None:
    if thing.mask is not None:
        counts = thing.mask.counts if isinstance(thing.mask.counts, str) else tuple(thing.mask.counts)
        return RunLengths(counts, thing.mask.size[0], thing.mask.size[1])
    return None if numbered is None else NumberedPixels(numbered, number + 1)
