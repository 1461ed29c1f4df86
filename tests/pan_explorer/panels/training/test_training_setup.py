"""What is set before a training: its fields, its data, and how long it will take."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pan.benchmark.estimate import Speed, speed_key
from pan.data.sources import Sources
from pan.recipes.by_name import find_recipe
from pan_explorer.panels.training.words import about, command_line, duration
from tests.pan_explorer.fake_training import EPOCHS, RECIPE


def test_fields_are_checked_as_they_are_typed(panel, training, qtbot) -> None:
    dialog = panel.setup.open_fields()
    dialog.form.set_text("channels", "0")
    assert dialog._error.text() == "channels must be at least 1, not 0."
    assert not dialog._use.isEnabled()
    dialog.form.set_text("channels", "eight")
    assert "“eight” is not a value of channels" in dialog._error.text()
    dialog.form.set_text("channels", "8")
    assert dialog._command.text() == "pan train mref/pan-ctx --preset quick --device cuda:0 --set channels=8"
    dialog._use.click()
    assert training.plan.recipe == RECIPE.with_fields(channels=8)
    assert "changed: channels" in panel.setup._note.text()
    again = panel.setup.open_fields()
    assert again.form.changes() == {"channels": "8"}
    again.close()


def test_return_in_a_field_uses_the_fields(panel, training, qtbot) -> None:
    QGuiApplication.clipboard().setText("own words")
    dialog = panel.setup.open_fields()
    dialog.form.set_text("channels", "8")
    qtbot.keyClick(dialog.form.findChild(QLineEdit), Qt.Key.Key_Return)
    assert training.plan.recipe == RECIPE.with_fields(channels=8)
    assert QGuiApplication.clipboard().text() == "own words"


def test_return_after_a_folder_uses_it(panel, training, sample_sets, qtbot) -> None:
    dialog = panel.setup.open_data()
    line = dialog._lines["data"]
    line.setText(str(sample_sets / "mref"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert training.plan.sources == Sources(), "it is being checked"
    qtbot.waitUntil(lambda: "questions about 4 images" in dialog._found.text(), timeout=30_000)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert training.plan.sources == Sources(data=sample_sets / "mref")
    assert not dialog.findChildren(QFileDialog)


def test_the_preset_in_use_is_the_one_that_stands_out(panel, training) -> None:
    for preset in ("quick", "standard"):
        training.plan.choose("mref/pan-ctx", preset)
        assert panel.setup._presets.button(preset).isChecked()


def test_data_of_ones_own_are_looked_at_before_they_are_used(panel, training, sample_sets, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(training, "start", lambda recipe, sources, device: asked.append(sources))
    dialog = panel.setup.open_data()
    qtbot.waitUntil(lambda: "digits" in dialog._found.text(), timeout=30_000)
    dialog.set_folder("validation", str(sample_sets / "mref"))
    assert not dialog._use.isEnabled()
    qtbot.waitUntil(lambda: "needs a training set" in dialog._found.text(), timeout=30_000)
    assert not dialog._use.isEnabled()
    dialog.set_folder("data", str(sample_sets / "mref"))
    qtbot.waitUntil(lambda: "questions about 4 images" in dialog._found.text(), timeout=30_000)
    dialog._use.click()
    qtbot.waitUntil(lambda: "questions about mref, " in panel.setup._note.text(), timeout=30_000)
    assert "\nvalidation: mref" in panel.setup._note.text()
    qtbot.mouseClick(panel.setup._start, Qt.MouseButton.LeftButton)
    assert asked == [Sources(data=sample_sets / "mref", validation=sample_sets / "mref")]
    fields = panel.setup.open_fields()
    assert fields._command.text().startswith("pan train pan-ctx --preset quick")
    assert f"--data {sample_sets / 'mref'} --validation" in fields._command.text()
    fields.close()


def test_cancelling_the_data_dialog_keeps_the_data(panel, training) -> None:
    dialog = panel.setup.open_data()
    dialog.set_folder("data", "somewhere")
    dialog.reject()
    assert training.plan.sources == Sources()


def test_a_dialog_closes_at_once_though_a_large_set_is_still_being_read(panel, qtbot, monkeypatch) -> None:
    reading, whole = threading.Event(), threading.Event()

    def survey(kind: str, sources: Sources) -> str:
        if sources.data is None:
            return "drawn scenes"
        reading.set()
        whole.wait(20)
        return "a large set"

    monkeypatch.setattr("pan.data.survey.survey", survey)
    dialog = panel.setup.open_data()
    dialog.set_folder("data", "large")
    qtbot.waitUntil(reading.is_set)
    dialog.reject()
    assert not whole.is_set()
    again = panel.setup.open_data()
    assert "checking" in again._found.text()
    whole.set()
    qtbot.waitUntil(lambda: "Drawn scenes" in again._found.text())
    again.reject()


def test_the_folder_is_chosen_in_a_file_dialog(panel, tmp_path, qtbot) -> None:
    dialog = panel.setup.open_data()
    dialog._choose("backgrounds")
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    assert dialog.sources() == Sources(backgrounds=tmp_path)
    chooser.close()
    dialog.reject()


def test_the_command_line_does_the_same() -> None:
    base = find_recipe("mref/pan-ctx", "quick")
    line = command_line(base.with_fields(gates=(3,), seed=7, normalize=False), base, "cpu", Sources())
    settings = dict(word.split("=") for word in line.split()[7:] if "=" in word)
    assert base.with_settings(settings) == base.with_fields(gates=(3,), seed=7, normalize=False)


def test_the_estimate_comes_from_the_last_run_of_such_a_network_on_that_device(panel, training) -> None:
    training.plan.choose("mref/pan-ctx", "quick")
    assert "as last time" not in panel.setup._note.text()  # that was on the CPU, not on the fast one
    panel.setup._devices.setCurrentIndex(1)
    assert f"about {about(10 * EPOCHS)}, as last time" in panel.setup._note.text()
    training.plan.choose("mref/han", "quick")
    assert "as last time" not in panel.setup._note.text()


def test_every_preset_has_its_time_measured_here(panel, training) -> None:
    training.plan.choose("mref/han", "quick")
    assert panel.setup._times.texts() == ["", "", ""]
    key = speed_key(find_recipe("mref/han", "quick"), "A fast one, 80 GB")  # that of standard, which is only longer
    training.speeds._speeds[key] = Speed(0, 1e-3, 0)
    training.speeds.changed.emit()
    assert panel.setup._times.texts() == ["2 min", "10 min", ""]
    assert "about 2 min, measured here" in panel.setup._note.text()


def test_the_time_of_a_changed_recipe_is_that_of_the_change(panel, training) -> None:
    training.plan.choose("mref/han", "quick")
    changed = find_recipe("mref/han", "quick").with_fields(questions=1_200_000)
    training.speeds._speeds[speed_key(changed, "A fast one, 80 GB")] = Speed(0, 1e-3, 0)
    training.plan.change(changed)
    assert panel.setup._times.texts()[0] == "20 min"


def test_times_are_measured_for_whoever_looks_and_not_for_others(panel, training, qtbot, monkeypatch) -> None:
    wanted = []
    monkeypatch.setattr(training.speeds, "measure", lambda *arguments: wanted.append(arguments))
    training.plan.choose("mref/han", "standard")
    assert not panel.setup._estimates._rest.isActive()
    panel.show()
    qtbot.waitUntil(lambda: bool(wanted), timeout=10_000)
    assert [recipe.preset for recipe in wanted[0][0]] == ["standard", "quick", "paper"]
    assert wanted[0][1] == "cuda:0"
    panel.hide()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(4, "10 s"), (44, "40 s"), (89, "90 s"), (130, "2 min"), (3_400, "57 min"), (7_700, "2 h 10 min")],
)
def test_estimates_are_rounded_more_than_measured_times(seconds, words) -> None:
    assert about(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (48, "48 s"), (60, "1 min"), (220, "3 min 40 s"), (1_500, "25 min"), (7_500, "2 h 5 min"),
     (3_590, "1 h")],
)
def test_durations_are_shown_with_a_sensible_precision(seconds, words) -> None:
    assert duration(seconds) == words
