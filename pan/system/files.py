"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import mkstemp

from pan.system.errors import InputError


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then move it there; what was there stays until it is whole.

    A link stays a link: the file that it leads to is written.

    Raises:
        InputError: If the folder cannot be written, the disk is full, or a device stands in the file's place.
    """
    check_place(path)
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=target.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        os.close(handle)
        beside = Path(name)
        try:
            write(beside)
            beside.chmod(0o644)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def check_place(path: Path) -> None:
    """Refuse a place where no file can stand: renaming onto a device or a pipe would do away with it.

    Raises:
        InputError: If a folder, a device or a pipe stands there.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; give the name of a file.")
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is a device or a pipe, not a file; give the name of a file.")


def discard_unfinished(folder: Path) -> None:
    """Remove what `write_whole` left beside a place in the folder when the program was killed."""
    for path in folder.rglob(".*-????????.*"):
        path.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> InputError:
    """The sentence for a path that cannot be written."""
    return InputError(f"{path} cannot be written: {error.strerror or error}; "
                      "choose another place or make room, nothing that was there is lost.")


def cannot_download(what: str, error: Exception, otherwise: str) -> InputError:
    """The sentence for something that no server gave; what Python and torchvision wrap the cause in is left out.

    Args:
        what: What was wanted.
        error: What came instead.
        otherwise: What can be done without it, as the end of a sentence.
    """
    told = " ".join(str(error).split())
    causes = re.findall(r"<urlopen error (?:\[Errno -?\d+\] )?([^>]*)>", told)
    return InputError(f"{what} could not be downloaded: {causes[-1] if causes else told}. "
                      f"Try again with a network, or {otherwise}.")
