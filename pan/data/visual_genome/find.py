"""Finds the images of the official archives."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from pan.data.visual_genome.official import ARCHIVES, Photograph
from pan.system.steps import Preparing

REPORT_EVERY = 1000


def find_images(
    numbers: Sequence[int], photographs: Mapping[int, Photograph], folders: Sequence[Path], out: Path
) -> Generator[Preparing, None, dict[int, str]]:
    """The non-empty file of each image that has one, relative to the set's folder.

    Args:
        numbers: The ids of the images.
        photographs: Their entries.
        folders: Folders with the archives' folders, or with the images themselves.
        out: The set's folder.
    """
    found = {}
    for done, number in enumerate(numbers, start=1):
        places = (photographs[number].name, f"{number}.jpg", *(f"{archive}/{number}.jpg" for archive in ARCHIVES))
        for path in (folder / place for folder in folders for place in places):
            if path.is_file() and path.stat().st_size:
                found[number] = seen_from(out, path)
                break
        if done % REPORT_EVERY == 0 or done == len(numbers):
            yield Preparing("images searched for", done, len(numbers))
    return found


def seen_from(folder: Path, path: Path) -> str:
    """The path relative to the folder. If the file is a link, its own name is kept."""
    absolute = path.parent.resolve() / path.name
    try:
        return Path(os.path.relpath(absolute, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return absolute.as_posix()
