"""The list of past runs in the training panel: what it tells of each, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from pan.data.sources import Sources
from pan_explorer.panels.training.data import MovedDialog
from tests.pan_explorer.fake_training import CHOICES, EPOCHS, TRAINING, past_run


def test_runs_are_listed_and_an_unfinished_one_can_be_resumed(panel, training, fake, qtbot) -> None:
    panel.tabs.show_tab("runs")
    rows = panel.tabs.runs
    assert [rows.topLevelItem(number).text(2) for number in range(2)] == [
        f"3 of {CHOICES.runs[0].recipe.epochs}, stopped", f"{EPOCHS} of {EPOCHS}",
    ]  # fmt: skip
    rows.setCurrentItem(rows.topLevelItem(1))
    assert not panel.tabs.resume.isEnabled()
    rows.setCurrentItem(rows.topLevelItem(0))
    qtbot.mouseClick(panel.tabs.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "pan train --resume run-3 --device cuda:0"
    qtbot.mouseClick(panel.tabs.resume, Qt.MouseButton.LeftButton)
    assert training.is_running()
    assert not panel.tabs.resume.isEnabled()


def test_a_run_whose_data_are_missing_asks_where_they_are_before_it_goes_on(
    panel, training, sample_sets, qtbot, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr(training, "resume", lambda *arguments: asked.append(arguments))
    places = Sources(data=sample_sets / "gone", validation=sample_sets / "mref")
    moved = replace(CHOICES.runs[0], path=Path("moved"), sources=places, missing=("data",))
    panel.show_choices(replace(CHOICES, runs=(moved, *CHOICES.runs)))
    panel.tabs.show_tab("runs")
    rows = panel.tabs.runs
    said = []
    for number in (2, 1, 0):  # a finished run, one on drawn scenes, one on a set that is gone
        rows.setCurrentItem(rows.topLevelItem(number))
        said.append(panel.tabs.resume.text())
    assert said == ["Resume", "Resume", "Resume …"]
    qtbot.mouseClick(panel.tabs.resume, Qt.MouseButton.LeftButton)
    (dialog,) = panel.findChildren(MovedDialog)
    assert [line.text() for line in dialog.findChildren(QLineEdit)] == [str(sample_sets / "gone")]
    qtbot.waitUntil(lambda: "is no reference set" in dialog._found.text(), timeout=30_000)
    assert not dialog._use.isEnabled()
    dialog.set_folder("data", "")
    assert dialog.sources() == places  # an empty line changes nothing
    dialog.set_folder("data", str(sample_sets / "mref"))
    qtbot.waitUntil(dialog._use.isEnabled, timeout=30_000)
    assert asked == []
    qtbot.mouseClick(dialog._use, Qt.MouseButton.LeftButton)
    assert asked == [(Path("moved"), "cuda:0", Sources(data=sample_sets / "mref", validation=sample_sets / "mref"))]


def test_the_buttons_of_the_runs_are_not_cut_in_a_small_window(panel, qtbot) -> None:
    panel.show_choices(replace(CHOICES, runs=(replace(CHOICES.runs[0], missing=("data",)),)))
    panel.tabs.show_tab("runs")
    panel.tabs.runs.setCurrentItem(panel.tabs.runs.topLevelItem(0))
    panel.resize(1000, 180)
    panel.show()
    shown = [each for each in panel.tabs.findChildren(QPushButton) if each.isVisible()]
    assert "Resume …" in [each.text() for each in shown]
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in shown))


def test_the_names_of_runs_are_seen_in_a_small_window(own_theme, panel, qtbot) -> None:
    panel.tabs.show_tab("runs")
    panel.show()
    rows = panel.tabs.runs
    name = rows.fontMetrics().horizontalAdvance("mref/pan-ctx")
    for width in (1000, 1280):
        panel.resize(width, 180)
        qtbot.waitUntil(lambda: rows.columnWidth(0) > name)
    assert "09 Sep" in rows.topLevelItem(0).toolTip(0)


def test_a_past_run_can_be_shown_again_by_button_or_double_click(panel, training, qtbot, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(training, "review", shown.append)
    panel.tabs.show_tab("runs")
    rows = panel.tabs.runs
    rows.setCurrentItem(rows.topLevelItem(1))
    qtbot.mouseClick(panel.tabs.show_again, Qt.MouseButton.LeftButton)
    rows.itemActivated.emit(rows.topLevelItem(1), 0)
    assert shown == [CHOICES.runs[1]] * 2
    panel.show_state(TRAINING)
    panel.tabs.show_tab("runs")
    assert not panel.tabs.show_again.isEnabled()


def test_which_past_run_is_shown_is_told_each_time(panel) -> None:
    for words in ("Shows mref/san quick of 3 Jan", "Shows mref/han quick of 4 Jan"):
        panel.show_state(replace(TRAINING, phase="done", message=words))
        assert panel.setup._note.text() == words


def test_a_run_is_listed_by_the_name_it_was_given_if_any() -> None:
    run = CHOICES.runs[0]
    assert replace(run, path=Path("mref-san-20260102-030405")).title == "mref/san quick"
    assert replace(run, path=Path("twice the channels")).title == "twice the channels"


def test_before_the_first_run_a_sentence_says_what_will_be_listed(panel) -> None:
    runs = panel.tabs.runs
    panel.tabs.show_tab("runs")
    panel.show_choices(replace(CHOICES, runs=()))
    image = runs.viewport().grab().toImage()
    row = image.height() // 2
    assert len({image.pixel(x, y) for x in range(image.width()) for y in (row - 4, row, row + 4)}) > 1
    assert runs.isHeaderHidden()
    panel.show_choices(CHOICES)
    assert not runs.isHeaderHidden()


def test_the_selected_run_stays_selected_when_the_runs_are_listed_anew(panel) -> None:
    panel.show_choices(CHOICES)
    runs = panel.tabs.runs
    runs.setCurrentItem(runs.topLevelItem(1))
    chosen = runs.chosen()
    another = past_run("mref/han", 2)
    panel.show_choices(replace(CHOICES, runs=(another, *CHOICES.runs)))
    assert runs.chosen() == chosen
    panel.show_choices(replace(CHOICES, runs=(another,)))
    assert runs.chosen() is None
