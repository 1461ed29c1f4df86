"""Several files of a folder replaced together: all of them, or none if an error occurs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pan.system.files import cannot_write, check_place, keep_mode
from pan.system.unfinished import discard_unfinished, unfinished


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """A temporary folder; without an error, its files replace those of the same name in `folder` at the end.

    Raises:
        InputError: If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        discard_unfinished(folder)
        beside = unfinished(folder)
        beside.mkdir()
        try:
            yield beside
            made = [(path, folder / path.name) for path in sorted(beside.iterdir())]
            for _, target in made:
                check_place(target)
            for path, target in made:  # takes milliseconds: nothing is computed here
                keep_mode(path, target)
                path.replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
