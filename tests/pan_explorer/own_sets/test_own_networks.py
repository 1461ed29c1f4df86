"""Networks that were trained on an own set, beside those that do not know its words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.panels.file_dialogs import choose_checkpoint
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from tests.pan_explorer.own_sets.conftest import opened
from tests.pan_explorer.waiting import answered


def shown(session: Session) -> dict[str, bool]:
    return {model.name: model.shown for model in session.state.models}


def test_networks_that_do_not_know_the_words_step_back_as_soon_as_one_does(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    opened(session, shapes, qtbot)
    digits = ["mref/pan-ctx", "mref/san", "mref/han"]
    assert [name for name, is_shown in shown(session).items() if is_shown] == digits
    session.comparison.add(own_network)
    qtbot.waitUntil(lambda: own_network in shown(session) and answered(session), timeout=30_000)
    assert list(shown(session).items()) == [(own_network, True), *((name, False) for name in digits)]
    session.comparison.toggle("mref/san")
    qtbot.waitUntil(lambda: answered(session))
    assert shown(session)["mref/san"]
    session.choose_task("mref")
    qtbot.waitUntil(lambda: session.state.queries[0] == "0" and answered(session), timeout=30_000)
    assert [name for name, is_shown in shown(session).items() if is_shown] == digits


def test_a_session_finds_networks_that_were_moved_with_it_and_lists_what_was_picked_out(
    window: MainWindow, session: Session, shapes: Path, own_network: str, tmp_path: Path, qtbot
) -> None:
    opened(session, shapes, qtbot)
    session.comparison.add(own_network)
    qtbot.waitUntil(lambda: own_network in shown(session) and answered(session), timeout=30_000)
    session.browser.toggle(session.state.asked)
    session.browser.list_questions(Selection(query="heart", answer="red", low=0.5), Order("scale", descending=True))
    with qtbot.waitSignal(session.succeeded):
        session.files.save(tmp_path / "kept.panx")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("kept.panx", "run", "shapes"):
        (tmp_path / name).rename(moved / name)
    session.browser.list_questions(Selection(), Order())
    session.browser.hide()
    session.files.open(moved / "kept.panx")
    qtbot.waitUntil(lambda: session.state.folder == moved / "shapes" and answered(session), timeout=30_000)
    assert Path(session.state.models[0].name).resolve() == moved / "run" / "best.safetensors"
    browser = session.browser.state
    assert browser.open
    assert browser.selection == Selection(query="heart", answer="red", low=0.5)
    assert browser.order == Order("scale", descending=True)


def test_a_runs_recipe_stands_for_its_folder_where_a_checkpoint_is_added(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    opened(session, shapes, qtbot)
    choose_checkpoint(window, session)
    dialog = window.findChild(QFileDialog)
    run = Path(own_network).parent
    dialog.fileSelected.emit(str(run / "recipe.json"))
    dialog.reject()
    qtbot.waitUntil(lambda: str(run) in shown(session), timeout=30_000)
