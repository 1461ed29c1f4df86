"""Temporary files: their hidden names hold machine and process, so that those of killed processes can be removed."""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from zlib import crc32

MARK = ".pan-unfinished"
NAME = re.compile(rf"{re.escape(MARK)}-([0-9a-f]{{8}})-([0-9]{{1,10}})-[0-9a-f]{{8}}(\..*)?", re.DOTALL)
LONG_AGO = 24 * 60 * 60
"""Seconds after which a temporary file of another machine counts as abandoned."""


def unfinished(folder: Path, suffix: str = "") -> Path:
    """A new hidden name in a folder, with this machine and this process in it."""
    return folder / f"{MARK}-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}{suffix}"


def discard_unfinished(folder: Path) -> None:
    """Remove the temporary files of processes that have ended. Links are removed, their targets are not."""
    with suppress(OSError), os.scandir(folder) as entries:  # a Path for each of many names would take seconds
        for entry in entries:
            match = NAME.fullmatch(entry.name)
            if match and _is_left(folder / entry.name, *match.groups()):
                _remove(folder / entry.name)


def _is_left(path: Path, machine: str, process: str, _: str | None) -> bool:
    if machine == _machine() and not _is_alive(int(process)):
        return True
    return path.lstat().st_mtime < time.time() - LONG_AGO


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _machine() -> str:
    return f"{crc32(platform.node().encode()):08x}"


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # on Windows, signal 0 would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
