"""Photographs decoded once, by processes of their own, and kept at the training size.

A large set is kept in a file of the user's cache folder and mapped into memory: a batch reads what it needs of it,
and the next run of the same set begins at once. The sets used last are kept, as many as fit beside each other.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Generator
from contextlib import closing, suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
import platformdirs
from jaxtyping import UInt8

from pan.data.image_files import ImageFiles
from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.processes import without_main
from pan.system.unfinished import discard_unfinished, unfinished

RULE = "2"
"""Changes with the rule by which images are fitted, and with it the cache's names."""
HELD_IN_MEMORY = 256 * 2**20  # bytes: sets up to this size leave no file
KEPT_ON_DISK = 40 * 2**30  # bytes: Visual Genome at 224 pixels takes 13 GB, its parts together
FEWEST_FOR_PROCESSES = 500  # images: fewer are decoded before a process has started
AT_ONCE = 32
NICENESS = 10
MOST_NAMED = 3
NAMED = "PAN_CACHE"
"""The environment variable that names the cache's folder."""

Pixels = UInt8[np.ndarray, "N S S 3"]


def decode_images(files: ImageFiles, workers: int) -> Generator[int, None, Pixels]:
    """All images of a set as bytes, yielding how many are there.

    To cancel, close the generator: the processes end, and no file is left.

    Args:
        files: The images.
        workers: Processes that decode them; 0 decodes them in this one, as for a few images.

    Raises:
        InputError: If images cannot be read (some are named), or the cache cannot be written.
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


def _hold(files: ImageFiles, workers: int, folder: Path) -> Generator[int, None, Pixels]:
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


def _name(files: ImageFiles) -> str:
    """Another one if a file is another one, or was changed."""
    digest = sha256(f"{RULE} {files.size}".encode())
    for path in files.paths:
        try:
            status = path.stat()
        except OSError:
            continue  # decoding says that it is missing
        digest.update(os.fsencode(f"{path.absolute()} {status.st_size} {status.st_mtime_ns}"))
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


def _write(path: Path, beside: Path, files: ImageFiles, workers: int) -> Generator[int, None, None]:
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


def _fill(target: Pixels, files: ImageFiles, workers: int) -> Generator[int, None, None]:
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
        raise InputError(f"{len(unreadable)} of {len(files)} images cannot be used: "
                         f"{' '.join(unreadable[:MOST_NAMED]).rstrip('.')}{more}.")  # fmt: skip


def _decoded(files: ImageFiles, workers: int) -> Generator[list[UInt8[np.ndarray, "S S 3"] | str], None, None]:
    """The images in their order; a sentence in place of one that cannot be read."""
    if workers == 0 or len(files) < FEWEST_FOR_PROCESSES:
        decoder = _Decoder(files)
        numbers = iter(range(len(files)))
        while batch := [decoder[number] for number in islice(numbers, AT_ONCE)]:
            yield batch
        return
    import torch  # takes seconds, for which the window does not wait
    from torch.utils.data import DataLoader

    loader: DataLoader[object] = DataLoader(
        _Decoder(files),  # type: ignore[arg-type]  # it has all that a Dataset has
        batch_size=AT_ONCE,
        num_workers=min(workers, os.cpu_count() or 1),
        collate_fn=list,
        worker_init_fn=_be_nice,
        multiprocessing_context="spawn",  # a fork of a process with threads of Qt and torch may hang
        generator=torch.Generator(),  # what it draws seeds the processes, and must not move the run's own numbers
    )
    others = set(multiprocessing.active_children())
    with without_main():
        batches = iter(loader)
    try:
        yield from batches
    finally:
        del batches  # asks its processes to end, but waits some seconds for them at most
        for process in set(multiprocessing.active_children()) - others:
            process.join()


class _Decoder:
    """Decodes an image of a set by its number; sent to the processes whole."""

    def __init__(self, files: ImageFiles) -> None:
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, number: int) -> UInt8[np.ndarray, "S S 3"] | str:
        try:
            return self._files[number]
        except InputError as error:
            return str(error)


def _be_nice(worker: int) -> None:  # noqa: ARG001 - a worker's number, which the loader gives
    """Let the window and the training go first."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
