"""The order of the networks, by hand and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.networks.picker import ModelPicker
from pan_explorer.session.session import Session
from pan_explorer.widgets.drag import mime_of, name_in


def names(session: Session) -> list[str]:
    return [model.name.split("/")[1] for model in session.state.models]


def dropped(name: str, x: float) -> QDropEvent:
    mime = mime_of(name)
    dropped.kept = mime  # the event does not own it
    return QDropEvent(QPointF(x, 5), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def picker(begun: Session, qtbot) -> ModelPicker:
    picker = ModelPicker(begun)
    qtbot.addWidget(picker)
    picker.resize(400, 40)
    picker.show()
    qtbot.waitExposed(picker)
    return picker


def test_a_chip_is_dropped_between_others(picker: ModelPicker, begun: Session) -> None:
    picker.dropEvent(dropped("mref/pan-ctx", 399))
    assert names(begun) == ["san", "han", "pan-ctx"]
    picker.dropEvent(dropped("mref/pan-ctx", 0))
    assert names(begun) == ["pan-ctx", "san", "han"]


def test_a_pane_takes_the_place_of_the_one_it_is_dropped_on(begun: Session, qtbot) -> None:
    compare = Compare(begun)
    qtbot.addWidget(compare)
    compare.findChildren(ModelPane)[0].dropEvent(dropped("mref/han", 5))
    assert names(begun) == ["han", "pan-ctx", "san"]
    shown = [part._model.name for part in compare._parts]
    assert shown == ["mref/han", "mref/pan-ctx", "mref/san"]
    assert all(part.view._overlay is not None for part in compare._parts), "the answers are those already there"


def test_keys_move_a_chip_and_stay_with_it(picker: ModelPicker, begun: Session, qtbot) -> None:
    chip = next(each for each in picker.findChildren(QPushButton) if each.text() == "SAN")
    qtbot.keyClick(chip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert names(begun) == ["pan-ctx", "han", "san"]
    qtbot.keyClick(picker.chips[2], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert names(begun) == ["pan-ctx", "han", "san"]


def test_a_model_that_is_gone_moves_nothing(begun: Session) -> None:
    begun.comparison.move("nobody", 0)
    assert names(begun) == ["pan-ctx", "san", "han"]


def test_files_are_not_taken_for_networks(begun: Session) -> None:
    mime = mime_of("mref/san")
    assert name_in(mime) == "mref/san"
    mime.clear()
    mime.setText("mref/san")
    assert name_in(mime) == ""
