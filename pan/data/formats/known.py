"""The formats by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.formats.clevr import Clevr
from pan.data.formats.coco import Coco
from pan.data.formats.labelme import Labelme
from pan.data.formats.objects import Format
from pan.data.formats.vaw import Vaw
from pan.system.errors import InputError


def open_format(name: str, files: Sequence[Path], folders: Sequence[Path], answer: str = "") -> Format:
    """The reader of a format.

    Args:
        name: coco, clevr, vaw or labelme.
        files: The annotation files; for labelme also folders of them.
        folders: Folders to search for images, and for masks beside them.
        answer: The attribute (COCO) or property (CLEVR) that is the answer; empty for the format's default.

    Raises:
        InputError: If the format has no such answer, or a folder has no files.
    """
    paths = tuple(files)
    if name == "coco":
        return Coco(paths, answer)
    if name == "clevr":
        return Clevr(paths, tuple(folders), answer)
    if answer:
        raise InputError(f"--answer is for COCO's attributes and CLEVR's properties; leave it out for {name}.")
    return Vaw(paths) if name == "vaw" else Labelme(paths)


def image_folders(files: Sequence[Path], images: Sequence[Path]) -> tuple[Path, ...]:
    """Folders to search for images: the given ones, or those beside the annotations and one level above.

    Raises:
        InputError: If a given folder does not exist.
    """
    for folder in images:
        if not folder.is_dir():
            raise InputError(f"there is no folder {folder}; --images names folders with the images.")
    if images:
        return tuple(images)
    beside = [each if each.is_dir() else each.parent for each in files]
    return tuple(dict.fromkeys(place for each in beside for place in (each, each.parent, each.parent / "images")))
