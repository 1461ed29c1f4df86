"""Dropped and pasted images, and figures copied to the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QWidget

from pan.data.composer.variations import background_of
from pan.system.names import is_file
from pan_explorer.session.session import Session
from pan_explorer.state.session_bundle import SUFFIXES


def can_take(mime: QMimeData) -> bool:
    """Whether the data has a file or an image."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def take(mime: QMimeData, session: Session) -> None:
    """Open the first file, or the image if there is no file; a checkpoint or a run is added to the comparison.

    On the composer's page, an image becomes the background, and a saved scene replaces the scene.
    """
    composing = session.state.page == "compose"
    for url in mime.urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            if path.suffix == ".safetensors" or is_file(path / "best.safetensors"):
                session.comparison.add(str(path))
            elif composing and path.suffix == ".json":
                session.composer.files.open_scene(path)
            elif composing and is_file(path) and path.suffix.lower() not in SUFFIXES:
                session.composer.files.open_background(path)
            else:
                session.files.open(path)
            return
    image = mime.imageData()
    if isinstance(image, QImage) and not image.isNull():
        if composing:
            side = session.composer.state.composed.composition.side
            session.composer.take_background(background_of(_to_pillow(image).convert("RGB"), side))
        else:
            session.files.paste(_to_pillow(image))
    else:
        session.failed.emit("There is no image in the clipboard; copy one, or open a file.")


def paste(window: QWidget, session: Session) -> None:  # noqa: ARG001 - the signature of all commands
    """Open the clipboard's image or file."""
    mime = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())  # None if the clipboard is empty
    take(QMimeData() if mime is None else mime, session)


def put_figure(png: bytes) -> bool:
    """Copy a figure to the clipboard; False if it has more pixels than Qt accepts."""
    buffer = QBuffer()
    buffer.setData(png)
    reader = QImageReader(buffer)
    size = reader.size()
    if 4 * size.width() * size.height() > QImageReader.allocationLimit() << 20:
        return False
    QGuiApplication.clipboard().setImage(reader.read())
    return True


def _to_pillow(image: QImage) -> Image.Image:
    converted = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    pixels = rows[:, : 4 * converted.width()].reshape(converted.height(), converted.width(), 4)
    return Image.fromarray(pixels.copy())
