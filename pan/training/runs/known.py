"""The list of runs: those in the default folder, and remembered ones in other folders."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.names import is_file
from pan.training.runs.folder import RECIPE, runs_folder

ELSEWHERE = ".elsewhere"
"""A folder beside the runs; it has a file with the path of each run in another folder."""
MOST_REMEMBERED = 200


def remember_run(run: Path) -> None:
    """Remember the path of a run outside the default folder; errors are ignored."""
    place = run.resolve()
    if place.parent == runs_folder().resolve():
        return
    note = runs_folder() / ELSEWHERE / f"{sha256(str(place).encode(errors='surrogateescape')).hexdigest()[:16]}.txt"
    with suppress(InputError, OSError):
        write_whole(note, lambda beside: beside.write_text(str(place), encoding="utf-8"))
        for old in sorted(note.parent.glob("*.txt"), key=_changed)[:-MOST_REMEMBERED]:
            old.unlink(missing_ok=True)


def known_runs() -> list[Path]:
    """The folders of all existing runs, in no particular order."""
    runs = [path.parent for path in runs_folder().glob(f"*/{RECIPE}")]
    return [*runs, *(run for run in _remembered() if is_file(run / RECIPE))]


def _remembered() -> list[Path]:
    found = []
    for note in sorted((runs_folder() / ELSEWHERE).glob("*.txt")):
        with suppress(OSError, ValueError):
            found.append(Path(note.read_text(encoding="utf-8")))
    return found


def _changed(path: Path) -> float:
    return path.stat().st_mtime
