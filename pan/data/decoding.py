"""Images and masks decoded once, by processes of their own, and kept at the training size.

A large set is kept in a file of the user's cache folder and mapped into memory: a batch reads what it needs of it,
and the next run of the same set begins at once. The sets used last are kept, as many as fit beside each other.
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
"""Changes with the rule by which images are fitted, and with it the cache's names."""
HELD_IN_MEMORY = 4 * 2**20  # bytes: sets up to this size, some hundred images, are decoded each time
KEPT_ON_DISK = 40 * 2**30  # bytes: Visual Genome at 224 pixels takes 13 GB, its parts together
FEWEST_FOR_PROCESSES = 500  # files: fewer are decoded before a process has started
AT_ONCE = 32
MOST_NAMED = 3
NAMED = "PAN_CACHE"
"""The environment variable that names the cache's folder."""

Bytes = UInt8[np.ndarray, "N *item"]


@runtime_checkable
class Files(Protocol):
    """N files that are decoded by their number."""

    @property
    def what(self) -> str:
        """What they are, in words."""

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the array with all of them."""

    @property
    def paths(self) -> Sequence[Path | None]:
        """Where they are; None where there is none."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> UInt8[np.ndarray, "*item"]: ...


def decode(files: Files, workers: int) -> Generator[int, None, Bytes]:
    """All files of a set as bytes, yielding how many are there.

    To cancel, close the generator: the processes end, and no file is left.

    Args:
        files: Images or masks.
        workers: Processes that decode them; 0 decodes them in this one, as for a few.

    Raises:
        InputError: If some cannot be read (some are named), or the cache cannot be written.
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
    with suppress(OSError):  # a cache that may only be read still serves
        os.utime(path)
    return np.memmap(path, np.uint8, "r", shape=shape)


def _is_whole(path: Path, size: int) -> bool:
    """Whether a decoded set is there; one of another size is damaged, and decoded anew."""
    with suppress(OSError):
        return path.stat().st_size == size
    return False


def _hold(files: Files, workers: int, folder: Path) -> Generator[int, None, Bytes]:
    """The same in memory, where the cache cannot be written, as far as there is memory."""
    size = int(np.prod(files.shape))
    if size > _memory() // 2:
        raise InputError(f"{folder} cannot be written, and {size / 2**30:.1f} GB of decoded images are too many for "
                         f"the memory; name a folder with room by the variable {NAMED}.")  # fmt: skip
    held = np.empty(files.shape, np.uint8)
    yield from _fill(held, files, workers)
    return held


def _memory() -> int:
    """Bytes of this machine, as far as it says."""
    with suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return HELD_IN_MEMORY


def cache_folder() -> Path:
    """Where decoded sets are kept: in the folder that `PAN_CACHE` names, else the user's; all in it may be deleted."""
    if named := os.environ.get(NAMED):
        return Path(named) / "images"
    return platformdirs.user_cache_path("pan-explorer", appauthor=False) / "images"


def _name(files: Files) -> str:
    """Another one if a file is another one, or was changed."""
    digest = sha256(f"{RULE} {files.what} {files.shape}".encode())
    for path in files.paths:
        try:
            status = path.stat() if path else None
        except OSError:
            continue  # decoding says that it is missing
        digest.update(os.fsencode(f"{path.absolute()} {status.st_size} {status.st_mtime_ns}") if path and status
                      else b"none")
    return digest.hexdigest()[:32]


def _make_room(folder: Path, size: int) -> None:
    """Remove what was used longest ago until a set of `size` bytes fits; one that is in use stays readable."""
    with suppress(OSError):  # what another process has removed, or holds, is not in the way
        discard_unfinished(folder)
        left = KEPT_ON_DISK - size
        for path in sorted(folder.glob("*.u8"), key=lambda path: path.stat().st_mtime, reverse=True):
            left -= path.stat().st_size
            if left < 0:
                path.unlink()


def _take_room(folder: Path, size: int) -> Path | None:
    """A new file of that size, to be renamed when it is filled; None where the folder cannot be written or is full.

    All of it is taken now where the system can: a full disk that a write into memory meets ends the process at once.
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
    """The files in their order; a sentence in place of one that cannot be read."""
    pieces = (range(start, min(start + AT_ONCE, len(files))) for start in range(0, len(files), AT_ONCE))
    processes = 0 if len(files) < FEWEST_FOR_PROCESSES else min(workers, processors())
    return in_processes(_Decoder(files), pieces, processes)


class _Decoder:
    """Decodes some files of a set; sent to the processes whole."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def __call__(self, numbers: range) -> list[UInt8[np.ndarray, "*item"] | str]:
        return [self._one(number) for number in numbers]

    def _one(self, number: int) -> UInt8[np.ndarray, "*item"] | str:
        try:
            return self._files[number]
        except InputError as error:
            return str(error)
