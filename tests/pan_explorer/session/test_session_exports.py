"""What the session writes to files and the clipboard, and what it says when it cannot."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtTest import QSignalSpy

from pan_explorer.session.session import Session
from pan_explorer.state.session_file import read_session
from pan_explorer.values.figure_order import FigureOrder
from tests.pan_explorer.waiting import answered


def test_maps_are_exported(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.succeeded):
        begun.exports.maps(tmp_path / "maps.npz")
    with np.load(tmp_path / "maps.npz") as maps:
        assert maps["mref/san/att4/attention"].shape == (6, 6)


def test_a_figure_is_exported_and_copied(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.succeeded, timeout=60_000):
        begun.exports.figure(tmp_path / "figure.png", FigureOrder(dpi=60))
    with Image.open(tmp_path / "figure.png") as figure:
        assert figure.width > figure.height > 50
    with qtbot.waitSignal(begun.exports.drawn, timeout=60_000) as drawn:
        begun.exports.copy(FigureOrder(dpi=60))
    assert drawn.args[0].startswith(b"\x89PNG")


def test_a_page_shows_every_query_of_the_image_and_what_was_changed(begun: Session, qtbot, tmp_path: Path) -> None:
    begun.surgery.strengthen("mref/pan-ctx", "att2", 0.5)
    qtbot.waitUntil(lambda: begun.state.answers.pane("mref/pan-ctx").reading.unchanged is not None)
    with qtbot.waitSignal(begun.succeeded, timeout=60_000):
        begun.exports.page(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    shown = json.loads(re.search(r'id="data">(.*?)</script>', text).group(1))
    (picture,) = shown["pictures"]
    truths = begun.state.picture.truths
    assert {query["word"]: tuple(query["right"]) for query in picture["queries"]} == {
        query: truth.answers for query, truth in truths.items()
    }
    assert [(network["title"], network["changed"]) for network in shown["networks"]] == [
        ("PAN-CTX", ""), ("PAN-CTX", "att2: strength 0.5"), ("SAN", ""), ("HAN", ""),
    ]  # fmt: skip


def test_an_export_that_fails_says_why(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.failed, timeout=60_000) as failed:
        begun.exports.figure(tmp_path / "figure.bmp", FigureOrder(dpi=60))
    assert "figure.bmp" in failed.args[0]
    assert not (tmp_path / "figure.bmp").exists()


def test_there_is_nothing_to_export_before_there_is_an_answer(session: Session, tmp_path: Path) -> None:
    failed = QSignalSpy(session.failed)
    session.exports.maps(tmp_path / "maps.npz")
    assert "nothing to export" in failed.at(0)[0]


def test_a_long_export_keeps_no_answer_waiting(begun: Session, qtbot, tmp_path: Path, monkeypatch) -> None:
    drawing, drawn = threading.Event(), threading.Event()

    def save_animation(figures, path: Path, dpi: int, seconds: float) -> None:
        drawing.set()
        drawn.wait(20)
        path.write_bytes(b"GIF")

    monkeypatch.setattr("pan.figures.animation.save_animation", save_animation)
    begun.exports.animation(tmp_path / "layers.gif", 60)
    qtbot.waitUntil(drawing.is_set, timeout=60_000)
    begun.ask("8" if begun.state.query != "8" else "7")
    qtbot.waitUntil(lambda: answered(begun), timeout=10_000)
    assert begun.exports.is_busy()
    with qtbot.waitSignal(begun.succeeded, timeout=10_000):
        drawn.set()
    assert (tmp_path / "layers.gif").exists()


def test_an_export_is_finished_before_the_window_closes(begun: Session, tmp_path: Path) -> None:
    for _ in range(5):
        begun.files.open_samples("mref")
    begun.exports.maps(tmp_path / "maps.npz")
    begun.files.save(tmp_path / "day.panx")
    assert begun.close()
    assert (tmp_path / "maps.npz").exists()
    assert read_session(tmp_path / "day.panx").kind == begun.state.kind
