"""A window to measure in: the shipped networks and samples of one task, whatever the user looked at last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from pan_explorer.pictures.reading import samples_folder
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme


def the_application() -> QApplication:
    """The one there is, or a new one."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@contextmanager
def measured_window(width: int = 1280, height: int = 800) -> Iterator[tuple[Session, MainWindow]]:
    """A filled window of that size with its session, which has not begun; both end with the context."""
    application, session, window = the_application(), Session(), MainWindow()
    window.fill(session, Theme(application))
    window.resize(width, height)
    window.show()
    try:
        yield session, window
    finally:
        session.close()
        window.hide()  # closed, it would keep this size for the user's next start
        window.deleteLater()
        session.deleteLater()


def begin(session: Session, networks: Sequence[str]) -> None:
    """Let shipped networks of MREF, or others that are asked the same, answer about its first sample."""
    models = [(name, name.partition("/")[2]) for name in networks]
    session.begin(models=models, image=samples_folder("mref"))
