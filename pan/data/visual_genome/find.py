"""Where the images of the official archives lie."""

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
    """The file of each image that has one which is not empty, as it is reached from the set's folder.

    Args:
        numbers: The images wanted.
        photographs: What is known of them.
        folders: Where to look: for the archives' folders, or for the images themselves.
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
            yield Preparing("images looked for", done, len(numbers))
    return found


def seen_from(folder: Path, path: Path) -> str:
    """The path keeps the image's own name, also where that is a link to a file of another."""
    absolute = path.parent.resolve() / path.name
    try:
        return Path(os.path.relpath(absolute, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return absolute.as_posix()
