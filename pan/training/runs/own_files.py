"""The files that belong to a run: only one process may write them, and deleting a run deletes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pan.checkpoints.file import BEST, LAST, STATE
from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.lock import LOCK, in_use
from pan.system.unfinished import discard_unfinished
from pan.training.runs.folder import LOG, METRICS, RECIPE
from pan.training.runs.probes import PROBES
from pan.training.runs.status import STATUS

FILES = (BEST, LAST, STATE, STATUS, LOG, METRICS, RECIPE)


@contextmanager
def alone_in(run: Path) -> Iterator[None]:
    """Make the folder of a run if needed, and lock it for this process.

    Raises:
        InputError: If another process trains in it, it cannot be written, or a file of the run is a link, whose target
            would be overwritten.
    """
    with ExitStack() as stack:
        try:
            run.mkdir(parents=True, exist_ok=True)
            _check_links(run)
            stack.enter_context(in_use(run))
        except OSError as error:
            raise cannot_write(run, error) from error
        for folder in (run, run / PROBES):
            discard_unfinished(folder)
        yield


def discard_run(run: Path) -> None:
    """Delete the files of a run, and its folder if nothing else is in it.

    Raises:
        InputError: If a process trains in it.
    """
    with suppress(OSError):  # a lock file that stays harms nobody
        with in_use(run):
            for name in FILES:
                (run / name).unlink(missing_ok=True)
            _discard_probes(run / PROBES)
        run.rmdir()


def _discard_probes(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        for path in folder.glob("*.npz"):
            path.unlink()
        folder.rmdir()


def _check_links(run: Path) -> None:
    probes = run / PROBES
    own = [run / name for name in (*FILES, LOCK, PROBES)]
    own += probes.glob("*.npz") if probes.is_dir() and not probes.is_symlink() else []
    if links := [path for path in own if path.is_symlink()]:
        raise InputError(f"{links[0]} is a link, and a run writes no files outside its folder; put the file itself "
                         "there, or give another folder.")  # fmt: skip
