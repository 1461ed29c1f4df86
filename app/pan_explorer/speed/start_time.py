"""Starts the program and ends when its window is painted; `start_up` measures how long this process takes.

`python -m pan_explorer.speed.start_time shown` ends when the empty window is painted, `filled` when all
panels are painted.
"""

from __future__ import annotations

import os
import sys


def main(stage: str) -> int:
    """Start the program as a user does, up to a stage."""
    if sys.platform == "win32":
        import torch  # noqa: F401 - as the program does
    from PySide6.QtWidgets import QApplication

    application = QApplication(["pan-explorer"])
    from pan_explorer.shell.opening import open_window
    from pan_explorer.system.garbage import GARBAGE

    with GARBAGE.held_at_the_start():  # as the program does
        window, theme = open_window(application)
        if stage == "filled":
            from pan_explorer.session.session import Session

            window.fill(Session(application), theme)
    if stage == "filled":
        application.processEvents()  # lays the panels out
        window.repaint()
    return 0 if window.isVisible() else 1


if __name__ == "__main__":
    code = main(sys.argv[1])
    os._exit(code)  # shutting down is not measured
