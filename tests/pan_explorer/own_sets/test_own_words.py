"""The query bar offers the words of an own set."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from pan_explorer.__main__ import main
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.word_line import WordLine
from tests.pan_explorer.own_set import write_own_set
from tests.pan_explorer.own_sets.conftest import opened
from tests.pan_explorer.waiting import answered


def font_is_bold(chooser: Chooser, word: str) -> bool:
    font = chooser.itemData(chooser.findText(word), Qt.ItemDataRole.FontRole)
    return font is not None and font.bold()


def test_the_query_starts_with_something_that_the_image_has_and_that_is_marked(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    opened(session, shapes, qtbot)
    assert session.state.queries == ("circle", "cross", "heart", "star", "triangle")
    assert session.state.query == "heart"
    chooser = window.findChild(QueryBar).findChild(Chooser)
    assert [font_is_bold(chooser, word) for word in session.state.queries] == [False, False, True, True, False]
    session.step_picture(1)
    qtbot.waitUntil(lambda: answered(session))
    assert [font_is_bold(chooser, word) for word in session.state.queries] == [True, True, True, False, True]


def test_of_many_words_those_in_the_image_are_offered_first(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    rows = [("0.png", "zebra", "red"), *(("1.png", f"animal {number}", "blue") for number in range(20))]
    opened(session, write_own_set(tmp_path / "animals", rows), qtbot)
    assert session.state.query == "zebra"
    told = QSignalSpy(session.failed)
    qtbot.keyClick(window, Qt.Key.Key_7)
    assert (session.state.query, told.count()) == ("zebra", 0), "a digit is no word of this set, and nobody typed one"
    line = window.findChild(WordLine)
    assert line.completer().model().index(0, 0).data() == "zebra"
    assert line.toolTip().endswith("In this image: zebra")


@pytest.mark.parametrize("several", [False, True])
def test_a_query_of_the_command_line_is_asked_about_the_first_image_that_has_it(
    window: MainWindow, session: Session, tmp_path: Path, qtbot, several: bool
) -> None:
    folder = write_own_set(tmp_path / "shapes", several=several)
    session.begin("cross", (), folder)
    qtbot.waitUntil(lambda: session.state.folder == folder and answered(session), timeout=60_000)
    assert session.state.query == "cross"
    assert session.state.picture.path.name == "1.png"


@pytest.mark.parametrize("several", [False, True])
def test_a_set_of_either_kind_is_taken_by_the_command_line_and_its_words_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], several: bool
) -> None:
    assert main([str(write_own_set(tmp_path / "shapes", several=several)), "--query", "hart"]) == 2
    said = "“hart” cannot be asked; choose one of circle, cross, heart, star, triangle."
    assert capsys.readouterr().err == f"pan-explorer: {said}\n"


def test_a_session_with_words_of_its_own_comes_back(
    window: MainWindow, session: Session, shapes: Path, tmp_path: Path, qtbot
) -> None:
    opened(session, shapes, qtbot)
    session.ask("star")
    with qtbot.waitSignal(session.succeeded):
        session.files.save(tmp_path / "kept.panx")
    session.choose_task("mdist")
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session), timeout=30_000)
    session.files.open(tmp_path / "kept.panx")
    qtbot.waitUntil(lambda: session.state.folder == shapes and answered(session), timeout=30_000)
    assert (session.state.query, window.findChild(QueryBar).findChild(Chooser).currentText()) == ("star", "star")
