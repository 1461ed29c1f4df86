"""What a reader must not do: start a program, open a connection, or write outside the folder it was given."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORBIDDEN = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.startfile", "socket.connect",
             "socket.getaddrinfo", "pickle.find_class")  # fmt: skip
PLACES = {"os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1, "os.chmod": 0,
          "os.truncate": 0, "shutil.rmtree": 0}  # fmt: skip
"""Which of an event's arguments is the place that it changes."""

_folder: str | None = None
_seen: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _folder is None:
        return
    if event in FORBIDDEN:
        _seen.append(event)
    elif event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            _look_at(event, path, _folder)
    elif event in PLACES and not _is_below_open_folder(event, arguments):
        _look_at(event, arguments[PLACES[event]], _folder)


def _is_below_open_folder(event: str, arguments: tuple[object, ...]) -> bool:
    """As `shutil.rmtree` removes files: the event of its own name is looked at."""
    return event.startswith("os.") and event != "os.truncate" and arguments[-1] not in (-1, None)


def _look_at(event: str, path: object, folder: str) -> None:
    if isinstance(path, str | bytes | os.PathLike):
        real = os.path.realpath(os.fsdecode(path))
        if real != folder and not real.startswith((folder + os.sep, "/dev/")):
            _seen.append(f"{event} of {real}")


sys.addaudithook(_watch)


@contextmanager
def nothing_outside(folder: Path) -> Iterator[list[str]]:
    """While this lasts, what is done outside the folder gathers in the list."""
    global _folder
    _folder = os.path.realpath(folder)
    _seen.clear()
    try:
        yield _seen
    finally:
        _folder = None
