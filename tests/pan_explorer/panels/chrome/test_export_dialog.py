"""What is taken away: layouts, sizes, animations and maps."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QWidget

from pan_explorer import settings
from pan_explorer.panels.chrome.export_dialog import CONTENTS, ExportDialog, show_export
from pan_explorer.session.session import Session
from pan_explorer.values.figure_order import FigureOrder


def save(owner: QWidget, dialog: ExportDialog, path: Path) -> None:
    dialog._save.click()
    chooser = owner.findChild(QFileDialog)
    assert chooser.defaultSuffix() == path.suffix[1:]
    chooser.fileSelected.emit(str(path))
    chooser.close()


def content(dialog: ExportDialog, word: str, suffix: str = "") -> None:
    dialog._content.setCurrentIndex(dialog._content.findData(word))
    if suffix:
        dialog._format.setCurrentIndex(dialog._format.findData(suffix))


@pytest.mark.parametrize("layout", ["attention", "features", "last", "shown"])
def test_every_layout_is_as_wide_as_it_was_ordered(
    owner: QWidget, begun: Session, qtbot, tmp_path: Path, layout: str
) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, layout)
    dialog._unit.button("px").click()
    dialog._pixels.setValue(500)
    dialog._dpi.setValue(100)
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "figure.png")
    with Image.open(tmp_path / "figure.png") as figure:
        assert abs(figure.width - 500) <= 1
        assert np.asarray(figure).std() > 10
    assert settings.figure_order() == FigureOrder(layout, 100, 5.0)


def test_vectors_are_sized_in_centimetres(owner: QWidget, begun: Session, qtbot, tmp_path: Path) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "attention", "svg")
    dialog._unit.button("cm").click()
    dialog._width.setValue(12.7)
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "figure.svg")
    assert 'width="360pt"' in (tmp_path / "figure.svg").read_text()


def test_an_animation_shows_every_layer_in_turn(owner: QWidget, begun: Session, qtbot, tmp_path: Path) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "animation", "gif")
    dialog._dpi.setValue(50)
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "layers.gif")
    with Image.open(tmp_path / "layers.gif") as animation:
        assert animation.n_frames == len(begun.state.layers)
        frames = []
        for number in range(animation.n_frames):
            animation.seek(number)
            frames.append(np.asarray(animation.convert("RGB")).copy())
    assert all((one != other).any() for one, other in pairwise(frames))


def test_a_series_is_numbered(owner: QWidget, begun: Session, qtbot, tmp_path: Path) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "animation", "png")
    dialog._dpi.setValue(50)
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "layer.png")
    assert sorted(path.name for path in tmp_path.glob("layer-*.png")) == [f"layer-{number}.png" for number in range(5)]


def test_maps_go_where_the_user_chose(owner: QWidget, begun: Session, qtbot, tmp_path: Path) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "maps")
    assert not dialog._dpi.isEnabled()
    assert not dialog._copy.isEnabled()
    with qtbot.waitSignal(begun.succeeded):
        save(owner, dialog, tmp_path / "maps.npz")


def test_a_web_page_has_no_size_and_goes_where_the_user_chose(
    owner: QWidget, begun: Session, qtbot, tmp_path: Path
) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "page")
    assert not dialog._dpi.isEnabled()
    assert not dialog._copy.isEnabled()
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_table_of_all_queries_is_offered_where_it_is_shown(
    owner: QWidget, begun: Session, qtbot, tmp_path: Path
) -> None:
    dialog = ExportDialog(owner, begun)
    content(dialog, "queries")
    assert not dialog._save.isEnabled()
    dialog.reject()
    with qtbot.waitSignal(begun.table.rows_changed):
        begun.view.toggle("queries")
    dialog = ExportDialog(owner, begun)
    assert dialog._content.currentData() == "queries"
    content(dialog, "queries", "pdf")
    dialog._dpi.setValue(50)
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        save(owner, dialog, tmp_path / "queries.pdf")
    assert (tmp_path / "queries.pdf").read_bytes().startswith(b"%PDF")
    begun.pages.show("compose")
    dialog = ExportDialog(owner, begun)
    assert dialog._content.currentData() != "queries", "the table is about the image that is explored"
    with qtbot.waitSignal(begun.failed):
        begun.exports.figure(tmp_path / "queries.png", FigureOrder("queries", 50))


def test_everything_that_is_offered_says_what_it_is(owner: QWidget, begun: Session) -> None:
    dialog = ExportDialog(owner, begun)
    for word, _, hint in CONTENTS[:4]:
        content(dialog, word)
        assert dialog._hint.text() == hint
    dialog.reject()


@pytest.mark.parametrize("layout", ["features", "last", "shown", "queries"])
def test_a_figure_of_any_layout_says_what_was_changed(
    begun: Session, qtbot, tmp_path: Path, layout: str
) -> None:
    begun.surgery.strengthen("mref/pan-ctx", "att2", 0.5)
    qtbot.waitUntil(lambda: begun.state.answers.pane("mref/pan-ctx").reading.unchanged is not None)
    if layout == "queries":
        begun.view.toggle("queries")
        qtbot.waitUntil(lambda: bool(begun.table.rows) and bool(begun.table.rows[0].explanations[0].surgery))
    with qtbot.waitSignal(begun.succeeded, timeout=30_000):
        begun.exports.figure(tmp_path / "figure.svg", FigureOrder(layout, 100, None))
    assert "changed in PAN-CTX: att2: strength 0.5" in (tmp_path / "figure.svg").read_text()


def test_the_window_is_used_while_the_dialog_is_open_and_there_is_one_dialog(
    owner: QWidget, begun: Session
) -> None:
    show_export(owner, begun)
    show_export(owner, begun)
    (dialog,) = owner.findChildren(ExportDialog)
    assert not dialog.isModal()
    content(dialog, "queries")
    assert not dialog._save.isEnabled()
    begun.view.toggle("queries")
    assert dialog._save.isEnabled()
    assert "row for each query" in dialog._hint.text()
    dialog.close()
