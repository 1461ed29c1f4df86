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
from pan_explorer.panels.browser.answers import AnswersDialog
from pan_explorer.panels.browser.filters import BrowserFilters
from pan_explorer.panels.browser.set_page import SetPage, show_set
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
    assert "questions are few" in setup._note.toolTip()
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
    assert setup._data.isEnabled()
    setup._take_sources(Sources())
    assert setup._start.isEnabled()


def test_a_set_chosen_again_before_another_is_known_is_trained_on(
    window: MainWindow, shapes: Path, tmp_path: Path, qtbot
) -> None:
    setup = window.findChild(TrainingPanel).setup
    setup.show_choices(CHOICES)
    other = write_own_set(tmp_path / "other")
    setup._take_sources(Sources(data=shapes))
    qtbot.waitUntil(lambda: setup.recipe is not None, timeout=30_000)
    for data in (other, shapes):
        setup._take_sources(Sources(data=data))
    qtbot.waitUntil(lambda: setup.recipe is not None, timeout=30_000)
    assert setup.recipe.kind == "shapes"


def test_what_was_chosen_before_a_set_was_opened_comes_back_after_it(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    setup = window.findChild(TrainingPanel).setup
    setup.show_choices(CHOICES)
    setup.choose("mref/san", "standard")
    chosen = setup.recipe.with_fields(seed=5)
    setup._take_recipe(chosen)
    setup._take_sources(Sources(data=shapes))
    qtbot.waitUntil(lambda: setup.recipe is not None and setup.recipe.kind == "shapes", timeout=30_000)
    setup._take_sources(Sources())
    assert setup.recipe == chosen


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
    assert window.findChild(TrainingPanel).setup.sources.data == tmp_path / "shapes"


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
    dialog = window.findChild(AnswersDialog)
    cells = {each.accessibleName(): each for each in dialog.findChildren(QPushButton)}
    name, cell = next((name, cell) for name, cell in cells.items() if " answered " in name)
    answer, _, rest = name.partition(" answered ")
    predicted, _, count = rest.partition(": ")
    cell.click()
    selection = session.browser.state.selection
    assert (selection.answer, selection.predicted, selection.by) == (answer, predicted, own_network)
    assert len(session.browser.state.rows) == int(count)
    name, cell = next((name, cell) for name, cell in cells.items() if " wrong" in name)
    cell.click()
    assert session.browser.state.selection.query == name.partition(" wrong")[0]
    assert len(session.browser.state.rows) == int(name.partition(": ")[2])
    dialog.close()


def test_networks_are_measured_on_the_part_test_beside_what_guesses_reach(
    window: MainWindow, session: Session, shapes: Path, own_network: str, qtbot
) -> None:
    (shapes / "split.csv").write_text("image,split\nimages/0.png,train\nimages/1.png,test\n", encoding="utf-8")
    opened(session, shapes, qtbot)
    session.comparison.add(own_network)
    qtbot.waitUntil(lambda: own_network in shown(session) and answered(session), timeout=30_000)
    session.browser.toggle(session.state.asked)
    session.browser.evaluate(session.state.asked)
    qtbot.waitUntil(lambda: own_network in session.browser.state.evaluated, timeout=60_000)
    qtbot.waitUntil(lambda: session.browser.state.guesses is not None, timeout=60_000)
    state = session.browser.state
    assert len(state.evaluated[own_network].answers.predicted) == 6  # all are answered, to be looked at
    counts = state.evaluated[own_network].measures["confusion"]["counts"]
    assert sum(map(sum, counts)) == state.evaluated[own_network].measures["examples"] == 4
    texts = [label.text() for label in window.findChild(BrowserSummary).findChildren(QLabel)]
    assert "PxAP %" in texts
    # Heart is red in train, all else is guessed red too; two of four are.
    assert "4 questions, part test. Guessing: 50 % by the query, 50 % by the image." in texts
    part = next(each for each in window.findChild(BrowserFilters).findChildren(Chooser)
                if each.accessibleName() == "part of the set")  # fmt: skip
    assert [part.itemText(place) for place in range(part.count())] == ["any", "train", "test"]
    part.setCurrentText("train")
    part.activated.emit(1)
    assert len(session.browser.state.rows) == 2


def test_a_network_with_one_answer_says_why_it_cannot_be_asked_for_several(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    opened(session, write_own_set(tmp_path / "things", several=True), qtbot)
    session.browser.toggle(session.state.asked)
    with qtbot.waitSignal(session.failed, timeout=60_000) as failed:
        session.browser.evaluate(session.state.asked[:1])
    assert "things asks for several answers to a question, and mref/pan-ctx gives one" in failed.args[0]


def test_the_set_is_looked_through_on_a_page_of_its_own(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    with (shapes / "index.csv").open("a", encoding="utf-8") as file:
        file.write("images/0.png,heart,blue,,\n")
    opened(session, shapes, qtbot)
    session.browser.toggle(session.state.asked)
    next(each for each in window.findChildren(QPushButton)
         if each.accessibleName() == "look through the set").click()  # fmt: skip
    page = window.findChild(SetPage)
    with qtbot.waitSignal(session.check.told, timeout=30_000):
        pass
    texts = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert f"{shapes}: 7 questions with one answer about 2 images" in texts
    assert "contradictions: 1" in texts
    assert "by each query's commonest answer" in texts
    assert f"--data {shapes}" in texts
    page.close()


def test_scales_are_offered_that_fit_the_set(window: MainWindow, session: Session, shapes: Path, qtbot) -> None:
    rows = (shapes / "index.csv").read_text(encoding="utf-8").splitlines()
    scaled = [f"{row.rstrip(',')},{10 * number}," for number, row in enumerate(rows[1:], 1)]
    (shapes / "index.csv").write_text("\n".join([rows[0], *scaled]), encoding="utf-8")
    opened(session, shapes, qtbot)
    session.browser.toggle(session.state.asked)
    low = next(each for each in window.findChild(BrowserFilters).findChildren(Chooser)
               if each.accessibleName() == "smallest scale")  # fmt: skip
    assert [low.itemText(place) for place in range(low.count())] == ["any", "10", "20", "30", "40", "50"]
