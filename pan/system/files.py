"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pan.system.errors import InputError
from pan.system.names import exists, is_file, is_folder
from pan.system.unfinished import discard_unfinished, unfinished

LONGEST_SUFFIX = 16
"""Bytes of a suffix that a file beside keeps: some writers go by it."""


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then move it there; what was there stays until it is whole.

    A link stays a link: the file that it leads to is written. A file keeps who may read it; a new one is for those
    whom the user's mask lets. What a killed process left beside it is removed.

    Raises:
        InputError: If the folder cannot be written, the disk is full, or a device stands in the file's place.
    """
    check_place(path)
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        discard_unfinished(target.parent)
        beside = _new_file(target)
        try:
            write(beside)
            keep_mode(beside, target)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    except UnicodeEncodeError as error:
        raise InputError(f"{path} cannot be written: a name or word in it is no Unicode; call it otherwise.") from error
    except RuntimeError as error:
        if "ymlink loop" not in str(error):
            raise
        raise InputError(f"{path} cannot be written: it is a link to itself; choose another place.") from error
    except InputError:
        raise  # it says itself what is wrong
    except Exception as error:
        if (refusal := _refusal_behind(error)) is None:
            raise
        raise cannot_write(path, refusal) from error


def _refusal_behind(error: BaseException) -> OSError | None:
    """What the system refused, where a library's attempt to close the file has failed over it."""
    while (before := error.__context__) is not None:
        if isinstance(before, OSError):
            return before
        error = before
    return None


def _new_file(target: Path) -> Path:
    suffix = target.suffix if len(os.fsencode(target.suffix)) <= LONGEST_SUFFIX else ""
    beside = unfinished(target.parent, suffix)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # less what the user's mask forbids
    return beside


def keep_mode(beside: Path, target: Path) -> None:
    """Give a file that is to take the place of another who may read and write that one."""
    with suppress(OSError):  # network drives refuse it, and a file with another mode is still a file
        beside.chmod(stat.S_IMODE(target.stat().st_mode))


def check_place(path: Path) -> None:
    """Refuse a place where no file can stand: renaming onto a device or a pipe would do away with it.

    Raises:
        InputError: If a folder, a device or a pipe stands there.
    """
    if "\0" in str(path):
        raise InputError(f"{path} cannot be written: no name has a NUL in it; give another.")
    if is_folder(path):
        raise InputError(f"{path} is a folder; give the name of a file.")
    if exists(path) and not is_file(path):
        raise InputError(f"{path} is a device or a pipe, not a file; give the name of a file.")


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
