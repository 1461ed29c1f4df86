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
"""Pixels along a side on a screen of one pixel a point."""
MOST_BYTES = 45_000_000
"""The cache's size: 1,500 thumbnails on such a screen."""
MOST_WAITING = 64
"""Older requests are of images that have been scrolled past."""

Pixels = UInt8[np.ndarray, "S S 3"]
Key = tuple[Path, int]
"""A file, and the side of its thumbnail."""


class Thumbnails(QObject):
    """The window's end of the thread, with the thumbnails read lately.

    Args:
        parent: Owner; it must call `close`.
    """

    thumbnail_ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Path, Pixels | None] = OrderedDict()
        self._worker = _Worker()
        self._worker.read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._worker.idle.connect(self._rest, Qt.ConnectionType.QueuedConnection)
        self._busy = False
        self._side = SIDE

    def read_for(self, pixels_a_point: float) -> None:
        """Set the resolution for a screen; thumbnails of another resolution are dropped."""
        side = round(SIDE * pixels_a_point)
        if side != self._side:
            self._side = side
            self.forget()
            self.thumbnail_ready.emit()

    def of(self, picture: Picture) -> Pixels | None:
        """The thumbnail of a picture from its file; from its pixels where it has none or as long as it is not read."""
        found = self.get(picture.path) if picture.path is not None else None
        return found if found is not None or isinstance(picture, StoredPicture) else picture.fitted.pixels

    def get(self, path: Path) -> Pixels | None:
        """The thumbnail of a file; None if it is not read yet, then `thumbnail_ready` tells when, or cannot be read."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if not self._busy:
            self._busy = True
            GARBAGE.hold()
        self._worker.ask((path, self._side))
        return None

    def forget(self) -> None:
        """Empty the cache; files may have changed."""
        self._kept.clear()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if the image that is being read takes longer than the bound."""
        ended = self._worker.end(timeout_ms)
        self._rest()
        return ended

    @Slot(object, object)
    def _take(self, key: Key, pixels: Pixels | None) -> None:
        path, side = key
        if side != self._side:
            return  # it was requested for another screen
        self._kept[path] = pixels
        while len(self._kept) > MOST_BYTES // (3 * side**2):
            self._kept.popitem(last=False)
        self.thumbnail_ready.emit()

    @Slot()
    def _rest(self) -> None:
        if self._busy and self._worker.is_idle():
            self._busy = False
            GARBAGE.release()


class _Worker(QThread):
    """Reads the latest request first; the condition guards what both threads use."""

    read = Signal(object, object)  # Key, Pixels | None
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self._changed = Condition()
        self._waiting: deque[Key] = deque(maxlen=MOST_WAITING)
        self._reading: Key | None = None
        self._ended = False

    def ask(self, key: Key) -> None:
        with self._changed:
            if self._ended or key == self._reading or key in self._waiting:
                return
            self._waiting.append(key)
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
        while (key := self._next()) is not None:
            self.read.emit(key, _read(*key))

    def _next(self) -> Key | None:
        with self._changed:
            self._reading = None
            if not self._waiting:
                self.idle.emit()
            self._changed.wait_for(lambda: self._waiting or self._ended)
            if self._ended:
                return None
            self._reading = self._waiting.pop()
            return self._reading


def _read(path: Path, side: int) -> Pixels | None:
    try:
        return fit_image(load_image(path), side).pixels
    except InputError:  # the picture itself says so when it is chosen
        return None
