"""Shows the window and ends when it is painted: `pan benchmark` measures how long this process lives."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Do what the program does until its window is seen."""
    from PySide6.QtWidgets import QApplication

    application = QApplication(["pan-explorer"])
    from app.main_window import MainWindow
    from app.session import Session
    from app.theme import Theme

    session = Session(application)
    window = MainWindow(session, Theme(application))
    window.show()
    window.repaint()
    return 0 if window.isVisible() else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # what ending takes is not measured
