"""An own set has its name in the toolbar, its parts, and a page about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from pan_explorer.panels.browser.set_page import SetPage, show_set
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.widgets.short_chooser import ShortChooser
from tests.pan_explorer.own_set import write_own_set
from tests.pan_explorer.own_sets.conftest import opened
from tests.pan_explorer.waiting import answered


def test_the_task_is_called_by_the_sets_name(window: MainWindow, session: Session, shapes: Path, qtbot) -> None:
    task = window.findChild(ShortChooser)
    assert task.currentText() == "MNIST Reference"
    opened(session, shapes, qtbot)
    assert task.currentText() == "shapes · a set of your own"
    task.activated.emit(task.currentIndex())
    assert session.state.folder == shapes
    session.choose_task("mref")
    qtbot.waitUntil(lambda: session.state.folder != shapes and answered(session), timeout=30_000)
    assert task.currentText() == "MNIST Reference"
    assert task.findText("shapes", Qt.MatchFlag.MatchStartsWith) < 0


@pytest.mark.parametrize("name", ["", "test"])
def test_of_a_set_whose_parts_are_folders_one_is_shown_and_the_whole_is_trained_on(
    window: MainWindow, session: Session, tmp_path: Path, qtbot, name: str
) -> None:
    for part in ("train", "test"):
        write_own_set(tmp_path / "shapes" / part)
    session.begin()
    qtbot.waitUntil(lambda: answered(session), timeout=60_000)
    session.files.open(tmp_path / "shapes" / name)
    qtbot.waitUntil(lambda: session.state.folder == tmp_path / "shapes" / "test" and answered(session), timeout=30_000)
    assert window.findChild(ShortChooser).currentText() == "shapes · a set of your own"
    assert session.training.plan.sources.data == tmp_path / "shapes"


def test_a_set_in_folders_of_parts_is_looked_through_as_a_whole(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    whole = tmp_path / "shapes"
    write_own_set(whole / "train")
    opened(session, write_own_set(whole / "test"), qtbot)
    for _ in range(2):  # asked for again, there is still one page
        show_set(window, session)
    pages = [page for page in window.findChildren(SetPage) if page.isVisible()]
    assert [page.windowTitle() for page in pages] == ["The set shapes"]


def test_the_set_is_looked_through_on_a_page_of_its_own(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    with (shapes / "index.csv").open("a", encoding="utf-8") as file:
        file.write("images/0.png,heart,blue,,\n")
    opened(session, shapes, qtbot)
    session.browser.toggle(session.state.asked)
    next(each for each in window.findChildren(QPushButton)
         if each.accessibleName() == "check the set").click()  # fmt: skip
    page = window.findChild(SetPage)
    with qtbot.waitSignal(session.check.found, timeout=30_000):
        pass
    texts = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert f"{shapes}: 7 questions with one answer about 2 images" in texts
    assert "contradictions: 1" in texts
    assert "by each query's most frequent answer" in texts
    assert f"--data {shapes}" in texts
    page.close()


def test_a_first_look_at_some_of_the_images_is_completed_on_the_page(
    window: MainWindow, session: Session, shapes: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pan_explorer.session.first_look.MOST_OPENED", 1)
    strip = noticed(window, session, shapes, qtbot)
    assert "2 images, 1 of them opened. " in strip.text
    next(each for each in strip.findChildren(QPushButton) if each.text() == "Check the set").click()
    with qtbot.waitSignal(session.check.found, timeout=30_000) as found:
        pass
    assert found.args[0].is_complete


def noticed(window: MainWindow, session: Session, folder: Path, qtbot) -> MessageStrip:
    """Open a set for the first time, and wait until it was checked; the line that tells of it."""
    with qtbot.waitSignal(session.first_look.found, timeout=60_000):
        opened(session, folder, qtbot)
    return window.findChild(MessageStrip)


def test_a_set_is_summarised_only_when_it_is_first_opened(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    strip = noticed(window, session, shapes, qtbot)
    assert strip.text.startswith("“shapes”: 6 questions about 2 images. ")
    next(each for each in strip.findChildren(QPushButton) if each.text() == "Check the set").click()
    (page,) = (page for page in window.findChildren(SetPage) if page.isVisible())
    assert "by each query's most frequent answer" in "\n".join(label.text() for label in page.findChildren(QLabel))
    assert strip.text == ""
    page.close()
    session.choose_task("mref")
    qtbot.waitUntil(lambda: session.state.folder != shapes, timeout=30_000)
    session.files.open(shapes)
    qtbot.waitUntil(lambda: session.state.folder == shapes and answered(session), timeout=30_000)
    assert not session.first_look.is_looking()
    assert strip.text == ""


def test_the_notice_goes_with_the_set_and_the_programs_own_sets_have_none(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    strip = noticed(window, session, shapes, qtbot)
    session.choose_task("mdist")
    qtbot.waitUntil(lambda: session.state.folder != shapes, timeout=30_000)
    assert strip.text == ""
    assert not session.first_look.is_looking()
