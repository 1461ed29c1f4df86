"""A folder lock for one process at a time. The operating system releases it when the process ends in any way."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pan.system.errors import InputError

LOCK = ".pan-lock"
TRIES, PAUSE = 4, 0.05  # seconds


class InUseError(InputError):
    """Another process uses the folder."""


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder. On a file system without locks, nothing is locked.

    Raises:
        InUseError: If another process holds it.
        OSError: If the folder cannot be written.
    """
    handle = _lock(folder, os.O_CREAT)
    for _ in range(TRIES):
        if handle is not None:
            break
        time.sleep(PAUSE)  # is_in_use of another process holds the lock for a moment
        handle = _lock(folder, os.O_CREAT)
    if handle is None:
        raise InUseError(f"{folder} is in use{_holder(folder)}; wait until that has ended, or end it.")
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        with suppress(OSError):  # Windows does not remove open files
            (folder / LOCK).unlink()
        os.close(handle)


def is_in_use(folder: Path) -> bool:
    """Whether a process holds the lock of the folder."""
    if not (folder / LOCK).is_file():
        return False
    try:
        handle = _lock(folder, 0)
    except OSError:
        return False
    if handle is None:
        return True
    os.close(handle)
    return False


def _lock(folder: Path, create: int) -> int | None:
    """The open lock file, None if another process holds the lock."""
    path = folder / LOCK
    while True:
        handle = os.open(path, os.O_RDWR | create | getattr(os, "O_NOFOLLOW", 0), 0o666)
        if not _acquire(handle):
            os.close(handle)
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)  # its holder has just removed the file: a lock on a removed file locks nothing


def _acquire(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a network drive without locks
        return True
    return True


def _holder(folder: Path) -> str:
    with suppress(OSError, ValueError):
        return f" by process {int((folder / LOCK).read_text(encoding='ascii'))}"
    return ""
