"""Small images read from their files in a thread of their own, those in sight first."""

from __future__ import annotations

from collections import OrderedDict, deque
from pathlib import Path
from threading import Condition

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.stored import StoredPicture
from pan_explorer.system.garbage import GARBAGE
from pan_explorer.system.threads import await_thread, begin_thread

SIDE = 100
MOST_KEPT = 1_500
"""Thumbnails that stay in memory: some 45 MB."""
MOST_WAITING = 64
"""What was asked for earlier has been scrolled past."""

Pixels = UInt8[np.ndarray, "S S 3"]


class Thumbnails(QObject):
    """The window's end of the thread, with the thumbnails read lately.

    Args:
        parent: Owner; it must call `close`.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Path, Pixels | None] = OrderedDict()
        self._worker = _Worker()
        self._worker.read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._worker.idle.connect(self._rest, Qt.ConnectionType.QueuedConnection)
        self._busy = False

    def of(self, picture: Picture) -> Pixels | None:
        """The thumbnail of a picture: of a set's from its file, of any other from its pixels."""
        if isinstance(picture, StoredPicture) and picture.path is not None:
            return self.get(picture.path)
        return picture.fitted.pixels

    def get(self, path: Path) -> Pixels | None:
        """The thumbnail of a file; None if it is not read yet, then `arrived` tells when, or cannot be read."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if not self._busy:
            self._busy = True
            GARBAGE.hold()
        self._worker.ask(path)
        return None

    def forget(self) -> None:
        """Read all again when they are asked for; files may have changed."""
        self._kept.clear()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if the image that is being read takes longer than the bound."""
        ended = self._worker.end(timeout_ms)
        self._rest()
        return ended

    @Slot(object, object)
    def _take(self, path: Path, pixels: Pixels | None) -> None:
        self._kept[path] = pixels
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()

    @Slot()
    def _rest(self) -> None:
        if self._busy and self._worker.is_idle():
            self._busy = False
            GARBAGE.release()


class _Worker(QThread):
    """Reads what was asked for last first; the condition guards what both threads touch."""

    read = Signal(object, object)  # Path, Pixels | None
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self._changed = Condition()
        self._waiting: deque[Path] = deque(maxlen=MOST_WAITING)
        self._reading: Path | None = None
        self._ended = False

    def ask(self, path: Path) -> None:
        with self._changed:
            if self._ended or path == self._reading or path in self._waiting:
                return
            self._waiting.append(path)
            self._changed.notify()
        if not self.isRunning():
            begin_thread(self, QThread.Priority.LowPriority)

    def is_idle(self) -> bool:
        with self._changed:
            return self._ended or not (self._waiting or self._reading)

    def end(self, timeout_ms: int) -> bool:
        with self._changed:
            self._ended = True
            self._changed.notify()
        return await_thread(self, timeout_ms)

    def run(self) -> None:
        """The thread's body."""
        while (path := self._next()) is not None:
            self.read.emit(path, _read(path))

    def _next(self) -> Path | None:
        with self._changed:
            self._reading = None
            if not self._waiting:
                self.idle.emit()
            self._changed.wait_for(lambda: self._waiting or self._ended)
            if self._ended:
                return None
            self._reading = self._waiting.pop()
            return self._reading


def _read(path: Path) -> Pixels | None:
    try:
        return fit_image(load_image(path), SIDE).pixels
    except InputError:  # the picture itself says so when it is chosen
        return None
