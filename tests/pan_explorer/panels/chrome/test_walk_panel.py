"""The walk as a person takes it, with the networks and samples that ship."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pan_explorer.panels.chrome.walk import WalkPanel
from pan_explorer.panels.explore.welcome import Welcome
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.state.step_file import own_steps_folder
from pan_explorer.state.walk import Step
from pan_explorer.theme import Theme
from tests.pan_explorer.reading import label_words
from tests.pan_explorer.waiting import answered

OWN = """---
task: mdist
image: mdist/000002.png
query: {query}
networks: mdist/pan-ctx
layer: att2
---
# For class {query}

Look at the {query}.

> Press **←**.
"""


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    yield session
    assert session.close()
    session.deleteLater()


@pytest.fixture
def window(session: Session, theme: Theme, qtbot) -> MainWindow:
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    session.begin()
    qtbot.waitUntil(lambda: answered(session), timeout=30_000)
    return window


@pytest.fixture
def walk_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for query in "13":
        (folder / f"0{query}.md").write_text(OWN.format(query=query), encoding="utf-8")
    return folder


def texts(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChild(WalkPanel).findChildren(QLabel) if label.isVisible()]


def press(window: MainWindow, text: str) -> None:
    button = next(each for each in window.findChildren(QPushButton) if each.text() == text and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def seen(session: Session) -> tuple[object, ...]:
    state = session.state
    return (state.kind, state.folder, state.pictures, state.picture, state.query, state.models, state.layer, state.page,
            state.view, state.display, session.surgery.state.edits, session.browser.state.questions)  # fmt: skip


def shows(session: Session, step: Step) -> bool:
    state, shown = session.state, step.shown
    return ((state.kind, state.picture.name, state.page) == (shown.kind, shown.image_name, shown.page)
            and [model.name for model in state.models] == [model.name for model in shown.models])


def test_the_walk_is_offered_at_the_first_start(window: MainWindow, session: Session, qtbot) -> None:
    before = seen(session)
    assert window.findChild(Welcome).isVisible()
    press(window, "Walk through the paper")
    titles = []
    for place in range(10):
        step = session.walk.state.step
        titles.append(step.title)
        qtbot.waitUntil(lambda step=step: shows(session, step) and answered(session), timeout=30_000)
        assert step.title in texts(window)
        assert window.findChild(TrainingPanel).folded is not step.trains
        assert window.contents.message_strip.text == ""
        assert (window.width(), window.height()) == (1280, 800)
        press(window, "Done" if place == 9 else "Next")
    assert len(set(titles)) == 10
    qtbot.waitUntil(lambda: answered(session))
    assert not window.findChild(WalkPanel).isVisible()
    assert seen(session) == before


def test_leaving_the_walk_restores_the_window_and_keeps_added_images_and_networks(
    window: MainWindow, session: Session, qtbot, photograph: Path
) -> None:
    session.ask("9")
    session.layers.go_to("att2")
    session.surgery.paint("mref/pan-ctx", "att2", [(3, 3)], "close")
    session.browser.toggle(session.state.asked)
    before = seen(session)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: session.state.kind == "mbg" and answered(session))
    assert not session.surgery.state.edits
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [model.name for model in session.state.models] == ["mbg/san"])
    session.files.open(photograph)
    qtbot.waitUntil(lambda: session.state.picture.name == photograph.name)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    opened, *others = session.state.pictures
    assert opened.name == photograph.name
    after = list(seen(session))
    after[2] = tuple(others)
    assert tuple(after) == before
    assert session.browser.state.open
    qtbot.waitUntil(lambda: answered(session))


def test_a_step_that_is_read_too_late_is_not_shown(window: MainWindow, session: Session, qtbot) -> None:
    before = seen(session)
    session.walk.begin()
    session.walk.next()
    session.walk.leave()
    with qtbot.waitSignal(session.answers_changed):
        session.ask("3")
    qtbot.waitUntil(lambda: answered(session))
    session.ask(before[4])
    assert seen(session) == before


def test_a_teachers_steps_are_walked_from_their_folder(
    window: MainWindow, session: Session, qtbot, walk_folder: Path
) -> None:
    session.files.open(walk_folder)
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session))
    assert "For class 1" in texts(window)
    assert (session.state.query, session.state.layer) == ("1", "att2")
    press(window, "Next")
    qtbot.waitUntil(lambda: session.state.query == "3" and answered(session))
    assert "For class 3" in texts(window)
    session.walk.leave()


def test_the_signs_in_a_teachers_title_are_read(
    window: MainWindow, session: Session, qtbot, walk_folder: Path
) -> None:
    title = "R&D, <b>bold"
    (walk_folder / "01.md").write_text(OWN.format(query="1").replace("For class 1", title), encoding="utf-8")
    session.files.open(walk_folder)
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session))
    panel = window.findChild(WalkPanel)
    assert label_words(panel._steps.menu().actions()[0].text()).endswith(title)
    assert panel._title.textFormat() == Qt.TextFormat.PlainText
    session.walk.leave()


def test_a_step_in_the_users_folder_comes_after_the_papers(window: MainWindow, session: Session, qtbot) -> None:
    own_steps_folder().mkdir(parents=True)
    (own_steps_folder() / "mine.md").write_text(OWN.format(query="1"), encoding="utf-8")
    session.walk.begin()
    session.walk.go_to(10)
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session))
    assert "For class 1" in texts(window)
    session.walk.leave()


def test_a_wrong_step_is_told_in_the_window_and_nothing_changes(
    window: MainWindow, session: Session, walk_folder: Path
) -> None:
    before = seen(session)
    (walk_folder / "01.md").write_text(OWN.format(query="1").replace("layer", "floor"), encoding="utf-8")
    session.files.open(walk_folder)
    assert "01.md, line 6: “floor” is not known" in window.contents.message_strip.text
    assert seen(session) == before


def test_the_walk_is_written_as_a_web_page(
    window: MainWindow, session: Session, qtbot, walk_folder: Path, tmp_path: Path
) -> None:
    session.files.open(walk_folder)
    with qtbot.waitSignal(session.succeeded, timeout=30_000):
        session.exports.walk(tmp_path / "walk.html", session.walk.state.steps)
    page = (tmp_path / "walk.html").read_text(encoding="utf-8")
    for query in "13":
        assert f"<h1>{'13'.index(query) + 1}. For class {query}</h1>" in page
        assert f"<p>Look at the {query}.</p>" in page
    session.walk.leave()
