"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkstemp

from pan.errors import InputError


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then move it there; what was there stays until it is whole.

    Raises:
        InputError: If the folder cannot be written or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        os.close(handle)
        beside = Path(name)
        try:
            write(beside)
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def discard_unfinished(folder: Path) -> None:
    """Remove what `write_whole` left beside a place in the folder when the program was killed."""
    for path in folder.rglob(".*-????????.*"):
        path.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> InputError:
    """The sentence for a path that cannot be written."""
    return InputError(f"{path} cannot be written: {error.strerror or error}; "
                      "choose another place or make room, nothing that was there is lost.")
