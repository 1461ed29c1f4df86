"""Images by paste and by drop."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome import exchange
from pan_explorer.session.session import Session
from pan_explorer.values.figure_order import FigureOrder


def test_a_copied_image_is_pasted_with_its_colours(begun: Session, qtbot) -> None:
    image = QImage(7, 7, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    QGuiApplication.clipboard().setImage(image)
    owner = QWidget()
    qtbot.addWidget(owner)
    exchange.paste(owner, begun)
    assert begun.state.picture.fitted.original == (7, 7)
    assert begun.state.picture.fitted.pixels[50, 50].tolist() == [10, 200, 30]


def test_pasting_words_says_that_there_is_no_image(begun: Session) -> None:
    mime = QMimeData()
    mime.setText("words")
    failed = QSignalSpy(begun.failed)
    assert not exchange.can_take(mime)
    exchange.take(mime, begun)
    assert "no image" in failed.at(0)[0]


def test_pasting_nothing_says_that_there_is_no_image(begun: Session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    class EmptyClipboard:
        def mimeData(self) -> None:  # noqa: N802
            return None

    monkeypatch.setattr(QGuiApplication, "clipboard", EmptyClipboard)
    failed, owner = QSignalSpy(begun.failed), QWidget()
    qtbot.addWidget(owner)
    exchange.paste(owner, begun)
    assert "no image" in failed.at(0)[0]


def test_a_dropped_checkpoint_or_run_is_compared(begun: Session, qtbot, checkpoints, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    shutil.copy(checkpoints["mref/san"], tmp_path / "run" / "best.safetensors")
    for dropped in (checkpoints["mref/han"], tmp_path / "run"):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(dropped))])
        assert exchange.can_take(mime)
        exchange.take(mime, begun)
    qtbot.waitUntil(lambda: len(begun.state.models) == 5)


def test_a_drawn_figure_goes_to_the_clipboard(begun: Session, qtbot) -> None:
    with qtbot.waitSignal(begun.exports.drawn, timeout=20_000) as drawn:
        begun.exports.copy(FigureOrder(dpi=40))
    assert exchange.put_figure(drawn.args[0])
    assert QGuiApplication.clipboard().image().width() > 100


def test_a_figure_with_more_pixels_than_qt_takes_leaves_the_clipboard_alone(qapp) -> None:
    QGuiApplication.clipboard().setText("as it was")
    png = BytesIO()
    Image.new("1", (10_000, 10_000)).save(png, "png")
    assert not exchange.put_figure(png.getvalue())
    assert QGuiApplication.clipboard().text() == "as it was"


def test_an_image_pasted_or_dropped_while_composing_becomes_the_background(
    begun: Session, qtbot, tmp_path: Path
) -> None:
    begun.pages.show("compose")
    pictures, placed = begun.state.pictures, begun.composer.state.composed.composition.placed
    image = QImage(9, 7, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    mime = QMimeData()
    mime.setImageData(image)
    exchange.take(mime, begun)
    assert begun.composer.state.composed.composition.background[50, 50].tolist() == [10, 200, 30]
    image.fill(QColor(10, 20, 30))
    image.save(str(tmp_path / "dark.png"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "dark.png"))])
    with qtbot.waitSignal(begun.composer.composed_changed):
        exchange.take(mime, begun)
    assert begun.composer.state.composed.composition.background[50, 50].tolist() == [10, 20, 30]
    assert begun.composer.state.composed.composition.placed == placed
    assert begun.state.pictures == pictures
    with qtbot.waitSignal(begun.succeeded):
        begun.files.save(tmp_path / "day.panx")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "day.panx"))])
    with qtbot.waitSignal(begun.pictures_changed):
        exchange.take(mime, begun)


def test_an_image_that_is_opened_is_shown(begun: Session, qtbot, sample_sets: Path) -> None:
    begun.pages.show("compose")
    begun.files.open(next((sample_sets / "mref" / "images").iterdir()))
    assert begun.state.page == "explore"
