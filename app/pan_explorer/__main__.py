"""`pan-explorer [IMAGE] [--query Q] [--checkpoint C ...]`: makes the application, its session and its window."""

from __future__ import annotations

import argparse
import locale
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pan.system.errors import InputError, cannot_use
from pan_explorer.system.qt_libraries import BASE_PACKAGES, why_not

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    parsed = _parser().parse_args(arguments)
    if sys.platform == "win32":
        import torch  # noqa: F401 - its libraries do not load after those of Qt
    try:
        models = _check(parsed)
    except InputError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(cannot_use(error))
    if reason := why_not():
        return _refuse(reason)
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        return _refuse(f"Qt cannot start ({error}): apt install {BASE_PACKAGES}")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the program
    application = QApplication(["pan-explorer"])
    locale.setlocale(locale.LC_NUMERIC, "C")  # Qt sets the user's locale, which would write decimal commas into files
    return _show(application, parsed, models)


def _show(application: QApplication, parsed: argparse.Namespace, models: Sequence[tuple[str, str]]) -> int:
    from pan_explorer.shell.opening import open_window
    from pan_explorer.system.garbage import GARBAGE

    with GARBAGE.held_at_the_start():
        window, theme = open_window(application)
        if not window.isVisible():  # closed already
            return 0
        from pan_explorer.session.session import Session
        from pan_explorer.system.faults import Faults
        from pan_explorer.system.log import start_log

        session = Session(application)
        faults = Faults(application)
        faults.caught.connect(session.failed)
        start_log()
        faults.install()
        window.fill(session, theme)
    session.begin(parsed.query or "", models, parsed.image)
    code = int(application.exec())
    if not session.close():
        os._exit(code)  # a thread that still runs would abort a normal exit; files are complete at any moment
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("pan-explorer", description="Watch attention close in, layer by layer.")
    parser.add_argument("image", nargs="?", type=Path, metavar="IMAGE",
                        help="an image, a set's folder, a session (.panx, .panz), or a walk (.md, or their folder)")
    parser.add_argument("--query", metavar="Q", help="the first query, such as 7")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="C",
                        help="a name, a .safetensors file or a run folder; give it again for more")
    return parser


def _check(parsed: argparse.Namespace) -> list[tuple[str, str]]:
    """Check all arguments; returns the checkpoints with their networks' names."""
    from pan_explorer.shell.openable import check_openable

    if parsed.image is not None:
        check_openable(parsed.image)
    words, models = [], []
    if parsed.checkpoint:
        from pan.checkpoints.file import (
            load_checkpoint,  # importing torch takes seconds; without checkpoints the window is shown first
        )

        checkpoints = [load_checkpoint(name) for name in parsed.checkpoint]
        words = [checkpoint.task.queries for checkpoint in checkpoints]
        models = [(checkpoint.name, checkpoint.recipe.model) for checkpoint in checkpoints]
    if parsed.query is not None:
        _check_query(parsed.query, parsed.image, words)
    return models


def _check_query(query: str, image: Path | None, words: list[tuple[str, ...]]) -> None:
    """Check the query against the queries of the set and the networks, or else against the digits."""
    from pan.recipes.task import MNIST_REFERENCE, suggestion
    from pan_explorer.pictures.reading import is_reference_set, read_pictures

    if image is not None and is_reference_set(image):
        words = [read_pictures(image).queries, *words]
    words = words or [MNIST_REFERENCE.queries]
    if not any(query in each for each in words):
        raise InputError(f"“{query}” cannot be asked; {suggestion(query, words[0])}.")


def _refuse(reason: str) -> int:
    sys.stderr.write(f"pan-explorer: {reason}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
