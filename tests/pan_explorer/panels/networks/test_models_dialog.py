"""The window of the networks: what it lists and tells, and what its buttons ask for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from pan.checkpoints.library import Entry, list_entries
from pan.data.sources import Sources
from pan.recipes.by_name import find_recipe
from pan_explorer.panels.networks.dialog import ModelsDialog, show_models
from pan_explorer.panels.networks.words import accuracy, file_size, on_target
from tests.pan_explorer.reading import tip_words

RECIPE = find_recipe("mref/han", "quick").with_fields(seed=4)
SHIPPED = Entry("mref/san", "mref/san", "shipped", Path("san.safetensors"), find_recipe("mref/san"),
                find_recipe("mref/san"), {"test": {"accuracy": 0.9871, "tpr_by_layer": [0.2249]},
                                          "validation": {"accuracy": 0.98, "accuracy_by_layer": [float("nan")]}},
                None, 212_345, 1e9)  # fmt: skip
YOUNG = Entry("/runs/young", "young", "run", Path("/runs/young"), RECIPE, find_recipe("mref/han", "quick"), {},
              Sources(data=Path("/data/my set")), 900, 1e9, trained=False)  # fmt: skip
TRAINED = replace(YOUNG, name="/runs/old", title="old", path=Path("/runs/old"), trained=True,
                  metrics={"validation": {"accuracy": 0.5}})


@pytest.fixture
def dialog(session, qtbot) -> ModelsDialog:
    dialog = ModelsDialog(session)
    qtbot.addWidget(dialog)
    dialog.list.show_entries((SHIPPED, YOUNG, TRAINED))
    return dialog


def pressable(dialog: ModelsDialog) -> set[str]:
    always = {"Import file …", "Import run …", "Copy"}
    return {each.text() for each in dialog.findChildren(QPushButton)
            if each.isVisibleTo(dialog) and each.isEnabled()} - always


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mref/san", {"Compare", "Export …", "Show in folder"}),
        ("/runs/young", {"Show in folder", "Rename", "Delete …"}),
        ("/runs/old", {"Compare", "Export …", "Show in folder", "Rename", "Delete …", "Keep best"}),
        ("nothing", set()),
    ],
)
def test_the_enabled_actions_depend_on_the_selected_networks(dialog, name, words) -> None:
    dialog.list.choose(name)
    assert pressable(dialog) == words


def test_an_entry_is_chosen_while_a_key_is_held(dialog, qtbot) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.keyPress(dialog.list, Qt.Key.Key_Control, held)
    dialog.list.choose("/runs/old")
    chosen = [entry.name for entry in dialog.list.chosen()]
    qtbot.keyRelease(dialog.list, Qt.Key.Key_Control)
    assert chosen == ["/runs/old"]


def test_a_run_that_trains_can_be_neither_renamed_nor_deleted(dialog, session, monkeypatch) -> None:
    monkeypatch.setattr(session.library, "is_in_training", lambda entry: entry.title == "old")
    dialog.list.choose("/runs/old")
    assert pressable(dialog) == {"Compare", "Export …", "Show in folder", "Keep best"}


def test_the_list_tells_accuracy_attention_and_size(dialog) -> None:
    row = dialog.list.topLevelItem(2).child(0)
    assert [row.text(column) for column in range(6)] == [
        "mref/san", "san", "mref", "98.7 % in test", "22.5 %", "212 kB",
    ]  # fmt: skip
    assert dialog.list.topLevelItem(1).text(0).startswith("Imported  ·  none yet")
    assert dialog.list.topLevelItem(0).child(0).text(3) == "not trained yet"
    assert dialog.list.topLevelItem(0).child(0).text(2) == "my set"


def test_recipe_and_command_of_the_chosen_one_can_be_read_and_copied(dialog, qtbot) -> None:
    dialog.list.choose("/runs/young")
    assert dialog.details.recipe.toPlainText().splitlines()[0].split() == ["seed", "4"]
    qtbot.mouseClick(dialog.details._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == (
        "pan train mref/han --preset quick --device auto --set seed=4 --data '/data/my set'"
    )


def test_a_recipe_of_another_version_has_no_command(dialog) -> None:
    dialog.list.show_entries((replace(TRAINED, base=None),))
    dialog.list.choose("/runs/old")
    assert dialog.details.command.text() == ""
    assert not dialog.details._copy.isEnabled()


def test_compare_gives_a_pane(dialog, session, monkeypatch) -> None:
    added = []
    monkeypatch.setattr(session.comparison, "add", added.append)
    dialog.list.choose("/runs/old")
    dialog.compare.click()
    assert added == ["/runs/old"]


def test_return_in_the_list_compares_and_copies_nothing(dialog, session, monkeypatch, qtbot) -> None:
    added = []
    monkeypatch.setattr(session.comparison, "add", added.append)
    QGuiApplication.clipboard().setText("own words")
    dialog.show()
    dialog.list.show_entries((SHIPPED, YOUNG, TRAINED))
    dialog.list.choose("/runs/old")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert added == ["/runs/old"]
    assert QGuiApplication.clipboard().text() == "own words"
    qtbot.waitUntil(lambda: not session.library.is_busy(), timeout=30_000)


def test_a_typed_name_renames(dialog, session, monkeypatch) -> None:
    renamed = []
    monkeypatch.setattr(session.library, "rename", lambda entry, name: renamed.append((entry.title, name)))
    dialog.list.renamed.disconnect()
    dialog.list.renamed.connect(session.library.rename)
    dialog.list.topLevelItem(0).child(1).setText(0, "better")
    assert renamed == [("old", "better")]


@pytest.mark.parametrize("name", [SHIPPED.name, YOUNG.name])
def test_asking_twice_for_another_name_begins_one_edit_at_most(dialog, name: str, qtbot) -> None:
    dialog.show()
    dialog.list.choose(name)
    for _ in range(2):  # a second edit would be a warning of Qt's
        dialog.list.edit_name()
    assert len(dialog.list.viewport().findChildren(QLineEdit)) == (name != SHIPPED.name)


def test_a_name_that_is_being_typed_stays_when_the_list_changes(dialog, qtbot) -> None:
    renamed = []
    dialog.list.renamed.disconnect()
    dialog.list.renamed.connect(lambda entry, name: renamed.append((entry.title, name)))
    dialog.show()
    dialog.list.choose("/runs/old")
    dialog.list.edit_name()
    (editor,) = dialog.list.viewport().findChildren(QLineEdit)
    editor.setText("better")
    dialog.list.show_entries((SHIPPED, TRAINED))
    assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.list.topLevelItem(0).childCount() == 1)
    assert renamed == [("old", "better")]


def test_deleting_asks_first_and_keeps_by_default(dialog, session, monkeypatch) -> None:
    deleted = []
    monkeypatch.setattr(session.library, "delete", lambda entries: deleted.extend(entry.title for entry in entries))
    dialog.list.selectAll()
    box = dialog.ask_to_delete()
    assert box.text() == "Move young, old to the bin?"
    assert box.defaultButton().text() == "Keep"
    box.defaultButton().click()
    assert deleted == []
    next(each for each in dialog.ask_to_delete().buttons() if each.text() == "Move to the bin").click()
    assert deleted == ["young", "old"]


def test_shipped_networks_cannot_be_deleted_in_the_dialog(dialog) -> None:
    dialog.list.choose("mref/san")
    assert dialog.ask_to_delete() is None


def test_a_dropped_file_is_imported_and_chosen(session, checkpoints, qtbot) -> None:
    dialog = ModelsDialog(session)
    qtbot.addWidget(dialog)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(checkpoints["mbg/han"]))])
    dialog.dropEvent(QDropEvent(QPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    qtbot.waitUntil(lambda: [entry.title for entry in dialog.list.chosen()] == ["han"], timeout=30_000)
    qtbot.waitUntil(lambda: dialog._message.text() == "Imported as han", timeout=30_000)


def test_export_and_imports_open_file_dialogs(session, run, qtbot, tmp_path) -> None:
    dialog = ModelsDialog(session)
    qtbot.addWidget(dialog)
    dialog.list.show_entries(list_entries())
    dialog.list.choose(str(run))
    for each in (dialog.export, dialog.import_file, dialog.import_run):
        each.click()
    opened = dialog.findChildren(QFileDialog)
    assert [each.windowTitle() for each in opened] == [
        "Export network", "Import network", "Import network: a run's folder",
    ]  # fmt: skip
    opened[0].fileSelected.emit(str(tmp_path / "copy.safetensors"))
    qtbot.waitUntil(lambda: (tmp_path / "copy.safetensors").exists(), timeout=30_000)
    for each in opened:
        each.close()


def test_a_mistake_is_told_above_the_list(dialog, session) -> None:
    session.library.failed.emit("there is a “two” already; choose another name.")
    assert dialog._message.text() == "There is a “two” already; choose another name."
    assert dialog._message.property("surface") == "warning"


def test_there_is_one_such_window(session, qtbot, run) -> None:
    owner = QPushButton()
    qtbot.addWidget(owner)
    owner.show()
    show_models(owner, session)
    show_models(owner, session)
    (dialog,) = owner.findChildren(ModelsDialog)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 3, timeout=30_000)
    qtbot.waitUntil(lambda: not session.library.is_busy(), timeout=30_000)
    dialog.close()
    owner.close()


@pytest.mark.parametrize(("count", "words"), [(7, "7 B"), (999, "999 B"), (1_400, "1.4 kB"), (212_345, "212 kB"),
                                              (999_999, "1.0 MB"), (5.3e8, "530 MB"), (2.04e9, "2.0 GB")])
def test_sizes_have_units(count, words) -> None:
    assert file_size(count) == words


def test_a_missing_metric_is_shown_as_a_dash() -> None:
    nothing = replace(SHIPPED, metrics={"test": {"accuracy": None, "tpr_by_layer": [None]}})
    assert (accuracy(nothing), on_target(nothing)) == ("–", "–")


def test_a_name_that_looks_like_markup_is_read_as_it_is(dialog, session) -> None:
    name = "<b>old"
    dialog.list.show_entries((replace(TRAINED, title=name, path=Path("/runs") / name),))
    row = dialog.list.topLevelItem(0).child(0)
    assert tip_words(row.toolTip(0)) == str(Path("/runs") / name)
    dialog.list.choose("/runs/old")
    session.library.failed.emit(f"there is no {name}")
    box = dialog.ask_to_delete()
    assert {box.textFormat(), dialog._message.textFormat()} == {Qt.TextFormat.PlainText}
    box.close()
