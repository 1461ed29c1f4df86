"""A folder that a set is written into: new, empty, or left half-written by a build that was killed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.lock import LOCK, in_use
from pan.system.unfinished import discard_unfinished

MARK = ".pan-building"
"""Stands in a folder until its set is whole; what is made in such a folder is removed when it is made again."""
MADE = re.compile(
    r"(images|masks)/[0-9]{6,}(-[0-9]+)?\.png|(words|numbers)\.json|(split|images|index)\.csv|missing-images\.txt"
)
PARTS = ("images", "masks")


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """Have a folder to write a set into while this lasts; what a killed build left of its own in it is removed.

    Raises:
        InputError: If it holds anything else, another process writes into it, or it cannot be written.
    """
    check_new(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with in_use(folder):
            check_new(folder)  # another process may just have written it
            (folder / MARK).touch()
            discard_unfinished(folder)
            _discard_made(folder)
            yield
            (folder / MARK).unlink()
    except OSError as error:
        raise cannot_write(folder, error) from error


def check_new(folder: Path) -> None:
    """Refuse a folder that holds something, or that cannot be, before the work for it is done.

    Raises:
        InputError: If it does, or cannot.
    """
    above = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    if not above.is_dir():
        raise InputError(f"{folder} cannot be written: {above} is a file; choose another place.")
    names = {path.name for path in folder.iterdir()} - {LOCK} if folder.exists() else set()
    if names and MARK not in names:
        raise InputError(f"{folder} is not empty; give a new folder, nothing in it was changed.")


def _discard_made(folder: Path) -> None:
    for part in PARTS:
        if (folder / part).is_symlink():
            raise InputError(f"{folder / part} is a link; give a new folder, nothing in it was changed.")
    for path in [*folder.iterdir(), *(path for part in PARTS for path in folder.glob(f"{part}/*"))]:
        if MADE.fullmatch(path.relative_to(folder).as_posix()):
            path.unlink()
