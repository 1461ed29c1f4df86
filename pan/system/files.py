"""Atomic writes: a temporary file beside the target is filled, then renamed."""

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
"""Bytes of a suffix that the temporary file keeps: some libraries choose the format by it."""


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file atomically: `write` fills a temporary file beside `path`, which then replaces it.

    A symbolic link stays a link: its target is written. An existing file keeps its permissions; a new one gets those
    of the user's umask. Temporary files of killed processes are removed.

    Raises:
        InputError: If the folder cannot be written, the disk is full, or the path is a folder, a device or a pipe.
    """
    check_place(path)
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        discard_unfinished(target.parent)
        beside = _new_file(target)
        try:
            mode = beside.stat().st_mode
            write(beside)
            _set_mode(beside, mode)  # some libraries make the file again, for its owner alone
            keep_mode(beside, target)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    except UnicodeEncodeError as error:
        raise InputError(f"{path} cannot be written: a name or word in it is not valid Unicode; rename it.") from error
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
    """The operating system's error behind a library's error: closing the file after it fails in some libraries."""
    while (before := error.__context__) is not None:
        if isinstance(before, OSError):
            return before
        error = before
    return None


def _new_file(target: Path) -> Path:
    suffix = target.suffix if len(os.fsencode(target.suffix)) <= LONGEST_SUFFIX else ""
    beside = unfinished(target.parent, suffix)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))  # the umask applies
    return beside


def keep_mode(beside: Path, target: Path) -> None:
    """Give a temporary file the permissions of the file that it will replace."""
    with suppress(OSError):  # there may be none
        _set_mode(beside, target.stat().st_mode)


def _set_mode(path: Path, mode: int) -> None:
    with suppress(OSError):  # some network drives refuse it; the file is written all the same
        path.chmod(stat.S_IMODE(mode))


def check_place(path: Path) -> None:
    """Refuse a path where no file can be written. A rename would replace a device or a pipe.

    Raises:
        InputError: If the path is a folder, a device or a pipe.
    """
    if "\0" in str(path):
        raise InputError(f"{path} cannot be written: a file name has no NUL character; give another.")
    if is_folder(path):
        raise InputError(f"{path} is a folder; give the name of a file.")
    if exists(path) and not is_file(path):
        raise InputError(f"{path} is a device or a pipe, not a file; give the name of a file.")


def cannot_write(path: Path, error: OSError) -> InputError:
    """The message for a path that cannot be written."""
    return InputError(f"{path} cannot be written: {error.strerror or error}; "
                      "choose another place or make room, no existing file was changed.")


def cannot_download(what: str, error: Exception, otherwise: str) -> InputError:
    """The message for a failed download, without the text that Python and torchvision put around the cause.

    Args:
        what: The file or data set.
        error: The error.
        otherwise: What the user can do without it, as the end of a sentence.
    """
    text = " ".join(str(error).split())
    causes = re.findall(r"<urlopen error (?:\[Errno -?\d+\] )?([^>]*)>", text)
    return InputError(f"{what} could not be downloaded: {causes[-1] if causes else text}. "
                      f"Try again with a network connection, or {otherwise}.")
