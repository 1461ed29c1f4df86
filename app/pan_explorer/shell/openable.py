"""The check that a path can be opened, before it is opened."""

from __future__ import annotations

from pathlib import Path

from pan.data.opening import load_image
from pan.system.names import is_folder
from pan_explorer.pictures.reading import read_pictures
from pan_explorer.state.session_bundle import SUFFIXES, read_saved
from pan_explorer.state.step_file import is_walk, read_steps


def check_openable(path: Path) -> None:
    """Check that a path can be opened.

    Raises:
        InputError: If it is neither a readable image nor a reference set nor a session nor a walk.
    """
    if is_walk(path):
        read_steps(path)
    elif is_folder(path):
        read_pictures(path)
    elif path.suffix.lower() in SUFFIXES:
        read_saved(path)
    else:
        load_image(path)
