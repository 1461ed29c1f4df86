"""The status line says that a file is opened or written, while that takes time, until it is done or has failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pan.system.errors import InputError
from pan_explorer.panels.chrome.status import StatusLine
from pan_explorer.session.session import Session
from pan_explorer.widgets.late_label import LATE_MS, LateLabel

REFUSED = InputError("it is not what it seems.")


class Slow:
    """Stands in for a function that reads or writes: it waits until it is told to do so, or to fail."""

    def __init__(self, original: Callable[..., object] | None = None) -> None:
        self._original, self._told = original, threading.Event()
        self._error: Exception | None = None

    def __call__(self, *arguments: object) -> object:
        self._told.wait(20)
        if self._error:
            raise self._error
        return self._original(*arguments) if self._original else ""

    def end(self, error: Exception | None = None) -> None:
        self._error = error
        self._told.set()


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Slow]]:
    """Replaces a function by a slow one, which goes on when the test is over."""
    made = []

    def replace(name: str, original: Callable[..., object] | None = None) -> Slow:
        made.append(Slow(original))
        monkeypatch.setattr(name, made[-1])
        return made[-1]

    yield replace
    for each in made:
        each.end()


@pytest.fixture
def line(placed) -> StatusLine:
    return placed(StatusLine)


def said(line: StatusLine) -> list[str]:
    """What is said about files."""
    return [label.text() for label in line.findChildren(LateLabel) if not label.isHidden()]


@pytest.mark.parametrize("error", [None, REFUSED])
def test_a_large_image_is_named_until_it_is_opened_or_refused(
    line, begun: Session, slowly, photograph: Path, qtbot, error
) -> None:
    from pan_explorer.pictures.reading import read_picture

    reading = slowly("pan_explorer.answering.worker.read_picture", read_picture)
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: said(line) == ["opening photograph.png …"])
    reading.end(error)
    qtbot.waitUntil(lambda: said(line) == [])
    assert (begun.state.picture.name == "photograph.png") == (error is None)


def test_a_file_behind_another_one_is_named_until_it_is_opened_itself(
    line, begun: Session, slowly, photograph: Path, qtbot
) -> None:
    from pan_explorer.pictures.reading import read_picture, read_pictures

    first = slowly("pan_explorer.answering.worker.read_pictures", read_pictures)
    second = slowly("pan_explorer.answering.worker.read_picture", read_picture)
    begun.files.open_samples("mdist")
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: said(line) == ["opening photograph.png …"])
    with qtbot.waitSignal(begun.answering.pictures_read):
        first.end()
    assert said(line) == ["opening photograph.png …"]
    second.end()
    qtbot.waitUntil(lambda: said(line) == [])


@pytest.mark.parametrize("error", [None, REFUSED])
def test_a_session_with_its_files_is_told_until_it_is_saved_or_not(
    line, begun: Session, slowly, tmp_path: Path, qtbot, error
) -> None:
    saving = slowly("pan_explorer.background.session_files.save_bundle")
    begun.files.save(tmp_path / "day.panz")
    qtbot.waitUntil(lambda: said(line) == ["saving the session …"])
    saving.end(error)
    qtbot.waitUntil(lambda: said(line) == [])


@pytest.mark.parametrize("error", [None, REFUSED])
def test_an_animation_is_told_until_it_is_written_or_not(
    line, begun: Session, slowly, tmp_path: Path, qtbot, error
) -> None:
    drawing = slowly("pan.figures.animation.save_animation")
    begun.exports.animation(tmp_path / "layers.gif", 60)
    qtbot.waitUntil(lambda: said(line) == ["writing the export …"])
    drawing.end(error)
    qtbot.waitUntil(lambda: said(line) == [], timeout=20_000)


@pytest.mark.parametrize("error", [None, REFUSED])
def test_a_web_page_is_told_from_the_first_answer_on(
    line, begun: Session, slowly, tmp_path: Path, qtbot, error
) -> None:
    reader = "pan_explorer.answering.reader.Reader.read_table"
    answering = slowly(reader, begun.answering._worker._reader.read_table)
    begun.exports.page(tmp_path / "page.html")
    qtbot.waitUntil(lambda: said(line) == ["writing the export …"])
    answering.end(error)
    qtbot.waitUntil(lambda: said(line) == [], timeout=20_000)
    assert (tmp_path / "page.html").exists() == (error is None)


def test_a_file_that_is_there_at_once_is_not_named(qtbot) -> None:
    label = LateLabel()
    qtbot.addWidget(label)
    label.say("opening small.png …")
    assert label.text() == ""
    label.say("")
    qtbot.wait(LATE_MS + 50)
    assert label.text() == ""
    assert label.isHidden()


def test_each_file_has_its_own_moment_before_it_is_named(qtbot) -> None:
    label = LateLabel()
    qtbot.addWidget(label)
    label.say("opening small.png …")
    label.say("")
    qtbot.wait(2 * LATE_MS // 3)
    began = time.monotonic()
    label.say("opening other.png …")
    qtbot.waitUntil(lambda: label.text() == "opening other.png …")
    assert time.monotonic() - began > 0.9e-3 * LATE_MS  # Qt's timers may be early by a twentieth
