"""The chips of the compared networks, and the menu that offers others."""

from __future__ import annotations

import shutil

from PySide6.QtWidgets import QMenu, QPushButton

from pan_explorer.panels.networks.picker import ModelPicker
from pan_explorer.session.session import Session
from tests.pan_explorer.reading import label_words


def test_a_chip_hides_and_shows_a_network(placed, begun: Session) -> None:
    picker = placed(ModelPicker)
    chips = [chip for chip in picker.findChildren(QPushButton) if not chip.isHidden()]
    assert [chip.text() for chip in chips] == ["PAN-CTX", "SAN", "HAN"]
    chips[1].click()
    assert [model.shown for model in begun.state.models] == [True, False, True]


def offered(menu: QMenu) -> dict[str, bool]:
    """The networks in a menu, and whether they are compared."""
    return {action.text(): action.isChecked() for action in menu.actions() if action.isCheckable()}


def part(menu: QMenu, title: str) -> QMenu:
    return next(action.menu() for action in menu.actions() if action.text() == title)


def test_the_picker_offers_the_networks_of_the_task_and_those_of_others_beside_them(
    placed, begun: Session, qtbot, checkpoints
) -> None:
    picker = placed(ModelPicker)
    begun.comparison.add(str(checkpoints["mbg/han"]))
    qtbot.waitUntil(lambda: len(begun.state.models) == 4)
    picker.menu.aboutToShow.emit()
    assert offered(picker.menu) == {"PAN-CTX": True, "SAN": True, "HAN": True, begun.state.models[-1].title: True}
    menu = part(picker.menu, "MDIST")
    assert offered(menu) == {"PAN-CTX": False, "SAN": False, "HAN": False}
    added = next(action for action in menu.actions() if action.text() == "SAN")
    added.setChecked(True)
    picker.menu.triggered.emit(added)
    qtbot.waitUntil(lambda: len(begun.state.models) == 5)
    qtbot.waitUntil(lambda: begun.library.entries is not None)


def test_the_picker_offers_what_the_user_imported(placed, begun: Session, qtbot, checkpoints) -> None:
    picker = placed(ModelPicker)
    picker.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: begun.library.entries is not None)
    own = part(picker.menu, "Your own")
    assert [action.text() for action in own.actions()] == ["Nothing is trained or imported yet"]
    begun.library.import_network(checkpoints["mref/san"])
    qtbot.waitUntil(lambda: offered(own) == {"san": False})
    imported = own.actions()[0]
    imported.setChecked(True)
    picker.menu.triggered.emit(imported)
    qtbot.waitUntil(lambda: len(begun.state.models) == 4)
    picker.menu.aboutToShow.emit()
    assert offered(own) == {"san": True}
    assert "san" not in offered(picker.menu)


def test_the_sign_in_a_networks_name_is_no_shortcut(placed, begun: Session, qtbot, tmp_path, checkpoints) -> None:
    picker = placed(ModelPicker)
    begun.comparison.add(str(shutil.copy(checkpoints["mref/pan-ctx"], tmp_path / "R&D.safetensors")))
    qtbot.waitUntil(lambda: len(begun.state.models) == 4)
    picker.menu.aboutToShow.emit()
    assert picker.chips[-1].shortcut().isEmpty()
    for text in (picker.chips[-1].text(), list(offered(picker.menu))[-1]):
        assert label_words(text) == begun.state.models[-1].title == "PAN-CTX · R&D"
    qtbot.waitUntil(lambda: begun.library.entries is not None)
