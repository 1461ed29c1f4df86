"""Files of a folder that are replaced together: all of them, or none where the work for them came to no end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pan.system.files import cannot_write, check_place, keep_mode
from pan.system.unfinished import discard_unfinished, unfinished


@contextmanager
def together(folder: Path) -> Iterator[Path]:
    """A folder beside, whose files take the places of those in `folder` when this ends well; others stay.

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
            for path, target in made:  # some milliseconds, in which nothing is computed
                keep_mode(path, target)
                path.replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
