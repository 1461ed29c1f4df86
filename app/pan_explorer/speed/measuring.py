"""A window for measurements: the shipped networks and samples of one task, independent of the user's settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from pan_explorer.pictures.reading import samples_folder
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme


def the_application() -> QApplication:
    """The existing application, or a new one."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@contextmanager
def measured_window(width: int = 1280, height: int = 800) -> Iterator[tuple[Session, MainWindow]]:
    """A window of that size with its panels, and its session before `begin`; both are closed with the context."""
    application, session, window = the_application(), Session(), MainWindow()
    window.fill(session, Theme(application))
    window.resize(width, height)
    window.show()
    try:
        yield session, window
    finally:
        session.close()
        window.hide()  # closing it would save this size as the user's setting
        window.deleteLater()
        session.deleteLater()


def begin(session: Session, networks: Sequence[str]) -> None:
    """Ask networks about the first sample of MREF."""
    models = [(name, name.partition("/")[2]) for name in networks]
    session.begin(models=models, image=samples_folder("mref"))
