"""The formats by their names."""

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
    """The files of a format, not yet read.

    Args:
        name: coco, clevr, vaw or labelme.
        files: The annotation files; of labelme also folders of them.
        folders: Where images, and masks beside them, are looked for.
        answer: The attribute (COCO) or property (CLEVR) that answers; empty for the format's own choice.

    Raises:
        InputError: If the format has no such answer, or a folder has no files.
    """
    given = tuple(files)
    if name == "coco":
        return Coco(given, answer)
    if name == "clevr":
        return Clevr(given, tuple(folders), answer)
    if answer:
        raise InputError(f"--answer is for COCO's attributes and CLEVR's properties; leave it out for {name}.")
    return Vaw(given) if name == "vaw" else Labelme(given)


def image_folders(files: Sequence[Path], images: Sequence[Path]) -> tuple[Path, ...]:
    """Where images are looked for: in the folders given, else beside the annotations and one folder above.

    Raises:
        InputError: If a folder that is given is none.
    """
    for folder in images:
        if not folder.is_dir():
            raise InputError(f"there is no folder {folder}; --images names folders with the images.")
    if images:
        return tuple(images)
    beside = [each if each.is_dir() else each.parent for each in files]
    return tuple(dict.fromkeys(place for each in beside for place in (each, each.parent, each.parent / "images")))
