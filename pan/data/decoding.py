"""Images and masks are decoded once, in parallel, and cached at the training size.

A large set is cached in a memory-mapped file of the user's cache folder. A batch reads only its own images, and the
next run on the same set starts at once. The least recently used sets are removed when the cache is full.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import platformdirs
from jaxtyping import UInt8

from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.processes import in_processes, processors
from pan.system.unfinished import discard_unfinished, unfinished

RULE = "3"
"""Version of the rule by which images are fitted. It is part of the cache's file names."""
HELD_IN_MEMORY = 4 * 2**20  # bytes: smaller sets, of some hundred images, are not cached
KEPT_ON_DISK = 40 * 2**30  # bytes: Visual Genome at 224 pixels takes 13 GB
FEWEST_FOR_PROCESSES = 500  # files: fewer are decoded before a process has started
AT_ONCE = 32
MOST_NAMED = 3
NAMED = "PAN_CACHE"
"""The environment variable for the cache's folder."""

Bytes = UInt8[np.ndarray, "N *item"]


@runtime_checkable
class Files(Protocol):
    """N files that are decoded by their index."""

    @property
    def what(self) -> str:
        """A noun for the files, such as “images”."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array of all decoded files."""

    @property
    def paths(self) -> Sequence[Path | None]:
        """The paths; None for no file."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> UInt8[np.ndarray, "*item"]: ...


def decode(files: Files, workers: int) -> Generator[int, None, Bytes]:
    """Decode all files of a set, yielding the number done.

    Close the generator to cancel: the processes end, and temporary files are removed.

    Args:
        files: Images or masks.
        workers: Processes to use; 0, or a small set, decodes in this process.

    Raises:
        InputError: If files cannot be read (the message names some), or there is no room for the decoded set.
    """
    shape, size = files.shape, int(np.prod(files.shape))
    if size <= HELD_IN_MEMORY:
        held = np.empty(shape, np.uint8)
        yield from _fill(held, files, workers)
        return held
    path = cache_folder() / f"{_name(files)}.u8"
    if not _is_whole(path, size):
        beside = _take_room(path.parent, size)
        if beside is None:
            return (yield from _hold(files, workers, path.parent))
        yield from _write(path, beside, files, workers)
    with suppress(OSError):  # the cache may be read-only
        os.utime(path)
    return np.memmap(path, np.uint8, "r", shape=shape)


def _is_whole(path: Path, size: int) -> bool:
    """Whether the cache has the decoded set. A file of another size is damaged, and decoded again."""
    with suppress(OSError):
        return path.stat().st_size == size
    return False


def _hold(files: Files, workers: int, folder: Path) -> Generator[int, None, Bytes]:
    """Decode into memory, for a cache that cannot be written."""
    size = int(np.prod(files.shape))
    if size > _memory() // 2:
        raise InputError(f"{folder} cannot be written, and {size / 2**30:.1f} GB of decoded images are too many for "
                         f"the memory; name a folder with room by the variable {NAMED}.")  # fmt: skip
    held = np.empty(files.shape, np.uint8)
    yield from _fill(held, files, workers)
    return held


def _memory() -> int:
    """Memory of this machine in bytes; a low value if the system does not report it."""
    with suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return HELD_IN_MEMORY


def cache_folder() -> Path:
    """The cache of decoded sets: below `PAN_CACHE`, or the user's cache folder. Its files may be deleted."""
    if named := os.environ.get(NAMED):
        return Path(named) / "images"
    return platformdirs.user_cache_path("pan-explorer", appauthor=False) / "images"


def _name(files: Files) -> str:
    """A hash of the paths, sizes and modification times of the files."""
    digest = sha256(f"{RULE} {files.what} {files.shape}".encode())
    for path in files.paths:
        try:
            status = path.stat() if path else None
        except OSError:
            continue  # decoding reports that it is missing
        digest.update(os.fsencode(f"{path.absolute()} {status.st_size} {status.st_mtime_ns}") if path and status
                      else b"none")
    return digest.hexdigest()[:32]


def _make_room(folder: Path, size: int) -> None:
    """Remove the least recently used sets until `size` bytes fit. A set that is in use stays readable."""
    with suppress(OSError):  # another process may have removed a file, or hold it open
        discard_unfinished(folder)
        left = KEPT_ON_DISK - size
        for path in sorted(folder.glob("*.u8"), key=lambda path: path.stat().st_mtime, reverse=True):
            left -= path.stat().st_size
            if left < 0:
                path.unlink()


def _take_room(folder: Path, size: int) -> Path | None:
    """A new temporary file of that size; None if the folder cannot be written or the disk is full.

    The space is allocated now if the system can: if the disk is full, a write to mapped memory kills the process.
    """
    beside = unfinished(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder, size)
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(handle, 0, size)
            else:
                os.truncate(handle, size)
        finally:
            os.close(handle)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return None
    return beside


def _write(path: Path, beside: Path, files: Files, workers: int) -> Generator[int, None, None]:
    try:
        target = np.memmap(beside, np.uint8, "r+", shape=files.shape)
        yield from _fill(target, files, workers)
        target.flush()
        del target
        beside.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _fill(target: Bytes, files: Files, workers: int) -> Generator[int, None, None]:
    unreadable: list[str] = []
    done = 0
    with closing(_decoded(files, workers)) as batches:
        for batch in batches:
            for image in batch:
                if isinstance(image, str):
                    unreadable.append(image)
                else:
                    target[done] = image
                done += 1
            yield done
    if unreadable:
        more = f", and {len(unreadable) - MOST_NAMED} more" if len(unreadable) > MOST_NAMED else ""
        raise InputError(f"{len(unreadable)} of {len(files)} {files.what} cannot be used: "
                         f"{' '.join(unreadable[:MOST_NAMED]).rstrip('.')}{more}.")  # fmt: skip


def _decoded(files: Files, workers: int) -> Generator[list[UInt8[np.ndarray, "*item"] | str], None, None]:
    """The decoded files in order; a message in place of an unreadable one."""
    pieces = (range(start, min(start + AT_ONCE, len(files))) for start in range(0, len(files), AT_ONCE))
    processes = 0 if len(files) < FEWEST_FOR_PROCESSES else min(workers, processors())
    return in_processes(_Decoder(files), pieces, processes)


class _Decoder:
    """Decodes files of a set by their indices; it is sent to each process once."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def __call__(self, numbers: range) -> list[UInt8[np.ndarray, "*item"] | str]:
        return [self._one(number) for number in numbers]

    def _one(self, number: int) -> UInt8[np.ndarray, "*item"] | str:
        try:
            return self._files[number]
        except InputError as error:
            return str(error)
