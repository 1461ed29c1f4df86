"""Session files of both kinds, written behind the window."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

from pan_explorer.background.job import Work
from pan_explorer.state.saved_session import Snapshot
from pan_explorer.state.session_bundle import SUFFIX as BUNDLE
from pan_explorer.state.session_bundle import save_bundle
from pan_explorer.state.session_file import save_session


class Saved(NamedTuple):
    """A session that was written.

    Attributes:
        path: Its file.
        left_out: What of it is missing and why, in a sentence; empty if nothing is.
    """

    path: Path
    left_out: str = ""


def save(path: Path, snapshot: Snapshot) -> Work[Saved]:
    """Write a session file, with its images and networks where the suffix says so."""

    def work() -> Generator[Saved, None, None]:
        if path.suffix.lower() == BUNDLE:
            yield Saved(path, save_bundle(path, snapshot))
        else:
            save_session(path, snapshot)
            yield Saved(path)

    return work
