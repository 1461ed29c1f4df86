"""Closing asks about everything that would be lost, and ends every thread."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QFileDialog, QPushButton

from pan_explorer.session.session import Session
from pan_explorer.session.unfinished import unfinished
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.state.evaluation import Progress
from pan_explorer.state.scene_edits import deleted
from pan_explorer.state.session_bundle import read_saved
from tests.pan_explorer.fake_training import RECIPE, epoch


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Set when what is held back may go on; at the end of the test at the latest."""
    held = threading.Event()
    yield held
    held.set()


def press(window: MainWindow, text: str) -> None:
    """Press a button of the strip."""
    buttons = window.contents.message_strip.findChildren(QPushButton)
    next(each for each in buttons if each.text() == text and not each.isHidden()).click()


def asks_about(window: MainWindow, words: str) -> bool:
    """Whether closing is put off by a question with these words."""
    window.close()
    return window.isVisible() and words in window.contents.message_strip.text


def train_an_epoch(session: Session, fake, qtbot, run: Path) -> None:
    session.training.start(RECIPE, None, run=run)
    qtbot.waitUntil(lambda: session.training.state.run is not None, timeout=30_000)
    fake.give(fake.started(), epoch(1))
    qtbot.waitUntil(lambda: bool(session.training.state.epochs), timeout=30_000)


def test_a_window_in_which_nothing_was_done_closes_at_once(window: MainWindow) -> None:
    window.close()
    assert not window.isVisible()


def test_a_scene_that_was_composed_is_not_lost_without_a_question(
    window: MainWindow, session: Session, qtbot, tmp_path: Path
) -> None:
    session.pages.show("compose")
    session.composer.draw_random("mref")
    assert unfinished(session) == (), "chance draws another"
    session.composer.edit(deleted)
    assert asks_about(window, "composed scene is not saved")
    press(window, "Go on")
    assert window.contents.message_strip.text == ""
    with qtbot.waitSignal(session.succeeded, timeout=30_000):
        session.composer.files.save_scene(tmp_path / "mine")
    qtbot.waitUntil(lambda: unfinished(session) == ())
    window.close()
    assert not window.isVisible()


def test_surgery_is_not_lost_without_a_question_and_is_safe_in_a_session(
    window: MainWindow, session: Session, qtbot, tmp_path: Path
) -> None:
    session.surgery.strengthen("mref/san", "att4", 0.5)
    assert asks_about(window, "changed in the attention")
    offered = window.contents.message_strip.findChildren(QPushButton)
    assert "Save session …" in [button.text() for button in offered if not button.isHidden()]
    with qtbot.waitSignal(session.succeeded, timeout=30_000):
        session.files.save(tmp_path / "day.panx")
    assert unfinished(session) == ()
    session.surgery.strengthen("mref/san", "att4", 0.25)
    assert asks_about(window, "changed in the attention")
    press(window, "Close all the same")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_was_changed_before_a_walk_is_not_lost_without_a_question(
    window: MainWindow, session: Session, qtbot, tmp_path: Path
) -> None:
    session.pages.show("compose")
    session.composer.draw_random("mref")
    session.files.save(tmp_path / "earlier.panx")
    qtbot.waitUntil(lambda: (tmp_path / "earlier.panx").exists(), timeout=30_000)
    session.composer.edit(deleted)
    mine = session.composer.scene
    session.surgery.strengthen("mref/san", "att4", 0.5)
    (tmp_path / "walk").mkdir()
    (tmp_path / "walk" / "01.md").write_text("---\nsession: ../earlier.panx\n---\n# Look\n", encoding="utf-8")
    session.walk.begin(tmp_path / "walk")
    qtbot.waitUntil(lambda: session.walk.before is not None, timeout=30_000)
    assert not session.composer.state.is_unsaved, "the walk shows a scene of its own"
    assert asks_about(window, "The composed scene is not saved. What was changed in the attention")
    press(window, "Save session …")
    dialog = window.findChild(QFileDialog)
    with qtbot.waitSignal(session.succeeded, timeout=30_000):
        dialog.fileSelected.emit(str(tmp_path / "day.panx"))
    dialog.close()
    saved = read_saved(tmp_path / "day.panx")
    assert saved.surgery == session.surgery.to_json() != {}
    assert session.composer.scene is mine
    assert len(saved.scene.placed) == len(mine.placed)
    window.close()
    assert not window.isVisible()


def test_scenes_that_are_being_saved_are_asked_about(window: MainWindow, session: Session, qtbot, tmp_path) -> None:
    session.composer.draw_random("mref")
    session.composer.files.save_variations(tmp_path / "many", 100_000)
    assert asks_about(window, "Scenes are being saved")
    press(window, "Close all the same")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert session.close()
    assert not (tmp_path / "many" / "index.csv").exists()


def test_an_evaluation_is_asked_about(window: MainWindow, session: Session, qtbot, monkeypatch) -> None:
    def evaluate_all(folder: Path, names: list[str]) -> Generator[Progress, None, None]:
        while True:
            yield Progress("evaluating", 1, 2)

    monkeypatch.setattr("pan_explorer.session.browser.evaluate_all", evaluate_all)
    session.browser.evaluate(session.state.asked)
    assert asks_about(window, "being evaluated")
    session.browser.cancel()
    window.close()
    assert not window.isVisible()


def test_the_question_goes_when_nothing_would_be_lost_any_more(
    window: MainWindow, session: Session, checkpoints, held, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr("pan.checkpoints.library.import_checkpoint", lambda source: held.wait(20) and "own")
    session.library.import_network(checkpoints["mref/san"])
    assert asks_about(window, "being imported")
    held.set()
    qtbot.waitUntil(lambda: "being imported" not in window.contents.message_strip.text, timeout=30_000)
    assert window.isVisible()


def test_an_answer_to_an_old_question_does_not_lose_what_was_changed_since(
    window: MainWindow, session: Session, held, qtbot, checkpoints, monkeypatch
) -> None:
    monkeypatch.setattr("pan.checkpoints.library.import_checkpoint", lambda source: held.wait(20) and "own")
    session.library.import_network(checkpoints["mref/san"])
    assert asks_about(window, "being imported")
    session.surgery.strengthen("mref/san", "att4", 0.5)
    press(window, "Close all the same")
    qtbot.wait(50)
    assert window.isVisible()
    assert "changed in the attention" in window.contents.message_strip.text
    press(window, "Close all the same")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_is_changed_while_a_training_is_saved_is_asked_about(
    window: MainWindow, session: Session, fake, qtbot, own_home: Path
) -> None:
    train_an_epoch(session, fake, qtbot, own_home / "run")
    assert asks_about(window, "training")
    press(window, "Stop, keep and close")
    session.surgery.strengthen("mref/san", "att4", 0.5)
    qtbot.waitUntil(lambda: "changed in the attention" in window.contents.message_strip.text, timeout=30_000)
    assert window.isVisible()


def test_an_import_is_asked_about(window: MainWindow, session: Session, checkpoints, held, monkeypatch) -> None:
    monkeypatch.setattr("pan.checkpoints.library.import_checkpoint", lambda source: held.wait(20) and "own")
    session.library.import_network(checkpoints["mref/san"])
    assert asks_about(window, "being imported")
    held.set()


def test_an_export_is_asked_about_and_written_all_the_same(
    window: MainWindow, session: Session, qtbot, tmp_path: Path
) -> None:
    session.exports.maps(tmp_path / "maps.npz")
    assert asks_about(window, "export is being written")
    press(window, "Close all the same")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert session.close()
    assert (tmp_path / "maps.npz").exists()


def test_a_success_message_does_not_close_the_question(window: MainWindow, session: Session) -> None:
    session.surgery.strengthen("mref/san", "att4", 0.5)
    window.close()
    session.succeeded.emit("Saved something")
    assert "changed in the attention" in window.contents.message_strip.text
    press(window, "Go on")
    assert window.contents.message_strip.text == "Saved something"


def test_a_window_that_saves_a_training_asks_nothing_more_and_closes_by_itself(
    window: MainWindow, session: Session, fake, qtbot, own_home: Path
) -> None:
    train_an_epoch(session, fake, qtbot, own_home / "run")
    assert asks_about(window, "training")
    press(window, "Stop, keep and close")
    assert asks_about(window, "Saving …")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)


def test_closing_while_a_network_trains_begins_nothing_more_and_leaves_no_thread(
    window: MainWindow, session: Session, fake, qtbot, own_home: Path
) -> None:
    session.training.look_up()
    session.library.look_up()
    qtbot.waitUntil(lambda: session.training.choices is not None and session.library.entries is not None,
                    timeout=30_000)
    train_an_epoch(session, fake, qtbot, own_home / "run")
    assert asks_about(window, "training")
    assert session.close()
    qtbot.wait(50)
    running = [thread for thread in session.findChildren(QThread) if thread.isRunning()]
    assert not running
    assert not session.library.is_busy()
