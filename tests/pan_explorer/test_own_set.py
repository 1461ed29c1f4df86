"""The window follows a set of one's own: its words, its name, what is in its images."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from pan.data.sources import Sources
from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.__main__ import main
from pan_explorer.panels.browser.confusion import ConfusionDialog
from pan_explorer.panels.browser.summary import BrowserSummary
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.panels.file_dialogs import choose_checkpoint
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.short_chooser import ShortChooser
from pan_explorer.widgets.word_line import WordLine
from tests.pan_explorer.fake_training import CHOICES
from tests.pan_explorer.own_set import write_own_network, write_own_set
from tests.pan_explorer.waiting import answered


@pytest.fixture
def window(session: Session, theme: Theme, qtbot) -> Iterator[MainWindow]:
    """The window, empty: a test begins the session as it likes."""
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    return window


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return write_own_set(tmp_path / "shapes")


def opened(session: Session, folder: Path, qtbot) -> Session:
    """The session, on a set that was opened in the running window."""
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.answers and session.state.answers.panes), timeout=60_000)
    session.files.open(folder)
    qtbot.waitUntil(lambda: session.state.folder == folder and answered(session), timeout=30_000)
    return session


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


def test_it_is_proposed_for_training_and_the_panel_says_so(
    window: MainWindow, session: Session, shapes: Path, qtbot, fake
) -> None:
    setup = window.findChild(TrainingPanel).setup
    setup.show_choices(CHOICES)
    assert "about mref scenes" in setup._note.text()
    opened(session, shapes, qtbot)
    assert setup.sources.data == shapes
    qtbot.waitUntil(lambda: "questions about shapes" in setup._note.text(), timeout=30_000)
    assert {setup._recipes.itemText(place).partition("/")[0] for place in range(setup._recipes.count())} == {"shapes"}
    assert (setup.recipe.name, setup.recipe.start) == ("shapes/pan-ctx", "")
    assert not setup._presets.button("paper").isEnabled()
    session.choose_task("mdist")
    assert setup.sources.data == shapes  # until the samples are there
    qtbot.waitUntil(lambda: session.state.kind == "mdist" and answered(session), timeout=30_000)
    assert setup.sources.data is None
    assert "about mref scenes" in setup._note.text()


def test_a_set_with_several_answers_is_proposed_with_a_network_that_gives_several(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    setup = window.findChild(TrainingPanel).setup
    opened(session, write_own_set(tmp_path / "things", several=True), qtbot)
    setup.show_choices(CHOICES)
    qtbot.waitUntil(lambda: setup.recipe is not None, timeout=30_000)
    assert (setup.recipe.name, setup.recipe.network.trunk) == ("things/pan-ctx", "vgg-tiny")


def test_a_set_that_cannot_be_read_is_not_trained_on_and_the_panel_says_why(window: MainWindow, tmp_path: Path, qtbot):
    setup = window.findChild(TrainingPanel).setup
    setup.show_choices(CHOICES)
    setup._take_sources(Sources(data=tmp_path))
    qtbot.waitUntil(lambda: "index.csv" in setup._note.text(), timeout=30_000)
    assert not setup._start.isEnabled()
    setup._take_sources(Sources())
    assert setup._start.isEnabled()


def test_data_chosen_by_hand_stay_chosen(
    window: MainWindow, session: Session, shapes: Path, tmp_path: Path, qtbot
) -> None:
    setup = window.findChild(TrainingPanel).setup
    setup.show_choices(CHOICES)
    mine = Sources(data=write_own_set(tmp_path / "mine"))
    setup._take_sources(mine)
    opened(session, shapes, qtbot)
    assert setup.sources == mine


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


@pytest.fixture
def own_network(tmp_path: Path) -> str:
    return write_own_network(tmp_path / "run")


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
    session.browser.want(Selection(query="heart", answer="red", low=0.5), Order("scale", descending=True))
    with qtbot.waitSignal(session.succeeded):
        session.files.save(tmp_path / "kept.panx")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("kept.panx", "run", "shapes"):
        (tmp_path / name).rename(moved / name)
    session.browser.want(Selection(), Order())
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


def test_an_evaluation_is_summed_up_and_its_confusions_lead_to_their_questions(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    opened(session, shapes, qtbot)
    session.comparison.add(own_network)
    qtbot.waitUntil(lambda: own_network in shown(session) and answered(session), timeout=30_000)
    session.browser.toggle(session.state.asked)
    session.browser.evaluate(session.state.asked)
    qtbot.waitUntil(lambda: own_network in session.browser.state.evaluated, timeout=60_000)
    measures = session.browser.state.evaluated[own_network].measures
    summary = window.findChild(BrowserSummary)
    texts = [label.text() for label in summary.findChildren(QLabel)]
    assert "right %" in texts
    assert f"{100 * measures['accuracy']:.1f}" in texts
    summary.findChild(QPushButton).click()
    dialog = window.findChild(ConfusionDialog)
    cells = {each.accessibleName(): each for each in dialog.findChildren(QPushButton)}
    name, cell = next(iter(cells.items()))
    answer, _, rest = name.partition(" answered ")
    predicted, _, count = rest.partition(": ")
    cell.click()
    selection = session.browser.state.selection
    assert (selection.answer, selection.predicted, selection.by) == (answer, predicted, own_network)
    assert len(session.browser.state.rows) == int(count)
    dialog.close()
