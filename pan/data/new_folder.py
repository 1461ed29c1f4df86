"""The folder for a new set: it must be new, empty, or left unfinished by a killed build."""

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
"""A file that marks a folder as unfinished; the generated files in such a folder are replaced."""
MADE = re.compile(
    r"(images|masks)/[0-9]{6,}(-[0-9]+)?\.png|(words|numbers)\.json|(split|images|index)\.csv|missing-images\.txt"
)
PARTS = ("images", "masks")


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """Prepare, lock and mark a folder for a new set. Files of a killed build are removed.

    Raises:
        InputError: If the folder contains anything else, another process writes to it, or it cannot be written.
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
    """Check, before the work starts, that a folder can be used for a new set.

    Raises:
        InputError: If it is not empty, or cannot be created.
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
