"""Surgery in the window: what is painted changes the answer, and everything says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QWidget

from pan_explorer.panels.chrome.side_column import SideColumn
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.explore.surgery_strip import SurgeryStrip
from pan_explorer.panels.surgery.panel import SurgeryPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from pan_explorer.widgets.cell_canvas import CellCanvas

PAN, SAN = "mref/pan-ctx", "mref/san"


@pytest.fixture
def placed(begun: Session, qtbot) -> Iterator:
    def place(panel: type[QWidget]) -> QWidget:
        made = panel(begun)
        qtbot.addWidget(made)
        made.resize(1000, 700)
        made.show()
        return made

    return place


@pytest.fixture
def window(begun: Session, theme: Theme, qtbot) -> Iterator[MainWindow]:
    window = MainWindow()
    window.fill(begun, theme)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in widget.findChildren(QPushButton)}


def pane(compare: Compare, number: int = 0) -> ModelPane:
    return compare.findChildren(ModelPane)[number]


def canvas(compare: Compare, number: int = 0) -> CellCanvas:
    return pane(compare, number).view.findChild(CellCanvas)


def reading(session: Session, model: str = PAN):
    return session.state.answers.pane(model).reading


def changed(session: Session, model: str = PAN) -> bool:
    return bool(reading(session, model) and reading(session, model).unchanged)


def test_painting_in_a_pane_changes_the_answer_and_undo_brings_it_back(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    before = reading(begun).explanation.probabilities
    begun.operate()
    begun.layers.go_to("att2")
    assert canvas(compare).isVisible()
    assert not canvas(compare, 1).isVisible()  # SAN does not attend there
    qtbot.mouseClick(canvas(compare), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier,
                     canvas(compare).rect().center())
    qtbot.waitUntil(lambda: changed(begun))
    assert not (reading(begun).explanation.probabilities == before).all()
    assert begun.surgery.state.edit(PAN, "att2").in_words() == "625 cells closed"
    unchanged = reading(begun).unchanged
    assert f"changed: was {unchanged.answer} {100 * unchanged.probabilities.max():.0f} %" in texts(pane(compare))
    assert "unchanged" in texts(pane(compare, 1))
    assert [frame.changed for frame in pane(compare)._filmstrip._frames] == [False, True, False, False]
    assert pane(compare)._bars._before == pytest.approx(dict(zip(unchanged.answers, before.tolist(), strict=True)))
    begun.surgery.undo()
    qtbot.waitUntil(lambda: not changed(begun))
    assert (reading(begun).explanation.probabilities == before).all()


def test_the_cell_that_lies_under_the_brush_is_painted(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    begun.operate()
    begun.layers.go_to("att3")  # cells of 8 pixels: x 8.5 lies in the second, y 88.5 in the twelfth
    frame = pane(compare).view.frame()
    place = frame.topLeft() + QPointF(0.085, 0.885) * frame.width()
    qtbot.mouseClick(canvas(compare), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert begun.surgery.state.edit(PAN, "att3").closed == {(11, 1)}


def test_pictures_do_not_move_under_the_brush(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    begun.operate()
    qtbot.wait(20)
    place = canvas(compare).mapTo(compare, QPoint(0, 0))
    begun.surgery.paint(PAN, "att4", {(0, 0)}, "close")
    qtbot.waitUntil(lambda: changed(begun))
    qtbot.wait(20)
    assert canvas(compare).mapTo(compare, QPoint(0, 0)) == place


def test_maps_are_shown_cell_by_cell_while_they_are_painted(placed, begun: Session) -> None:
    compare = placed(Compare)
    begun.view.set_display(replace(begun.state.display, show="heat"))
    begun.layers.go_to("att4")
    begun.operate()
    assert (pane(compare).view._overlay.pixelColor(95, 0).alpha() > 0, pane(compare).view._smooth) == (True, False)
    assert pane(compare).view._overlay.pixelColor(96, 0).alpha() == 0  # six cells of 16 pixels end there
    begun.operate()
    assert (pane(compare).view._overlay.width(), pane(compare).view._smooth) == (100, True)


def test_surgery_begins_where_there_is_something_to_paint(placed, begun: Session) -> None:
    compare = placed(Compare)
    begun.layers.go_to("input")
    begun.view.toggle("layers")
    begun.pages.show("compose")
    buttons(compare)["Surgery"].click()
    assert (begun.state.page, begun.state.view, begun.state.layer) == ("explore", "panes", "att4")
    assert buttons(compare)["Surgery"].isChecked()


def test_the_strip_says_what_is_changed_until_it_is_reset(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    strip = compare.findChild(SurgeryStrip)
    assert not strip.isVisible()
    begun.operate()
    assert texts(strip) == ["Surgery: paint on a map, and see the later layers and the answer change"]
    begun.surgery.paint(PAN, "att2", {(0, 0)}, "close")
    begun.operate()
    assert texts(strip) == ["Under surgery: PAN-CTX att2: 1 cell closed"]
    qtbot.waitUntil(lambda: changed(begun))
    buttons(strip)["Show unchanged"].click()
    assert texts(strip) == ["Unchanged answers; left out: PAN-CTX att2: 1 cell closed"]
    qtbot.waitUntil(lambda: not changed(begun))
    buttons(strip)["Reset all"].click()
    assert not strip.isVisible()


def test_the_tools_take_the_place_of_the_display_panel(placed, begun: Session) -> None:
    column = placed(SideColumn)
    begun.operate()
    assert isinstance(column.currentWidget(), SurgeryPanel)
    buttons(column.currentWidget())["Done"].click()
    assert not isinstance(column.currentWidget(), SurgeryPanel)


def test_brush_and_size_are_chosen(placed, begun: Session) -> None:
    panel = placed(SurgeryPanel)
    buttons(panel)["Open"].click()
    assert begun.surgery.state.brush == "open"
    panel._size.setValue(4)
    assert begun.surgery.state.size == 4
    assert "4 cells" in texts(panel)


def test_strength_has_a_slider_for_each_network_that_attends(placed, begun: Session, qtbot) -> None:
    panel = placed(SurgeryPanel)
    begun.layers.go_to("att4")
    assert "Strength of att4" in texts(panel)
    sliders = {slider.accessibleName(): slider for slider in panel.findChildren(QSlider) if not slider.isHidden()}
    sliders["strength of SAN"].setValue(10)
    assert begun.surgery.state.edit(SAN, "att4").strength == 0.5
    qtbot.waitUntil(lambda: changed(begun, SAN))
    begun.layers.go_to("att2")
    names = ["size of the brush", "strength of PAN-CTX"]
    qtbot.waitUntil(
        lambda: [each.accessibleName() for each in panel.findChildren(QSlider) if each.isVisible()] == names
    )


def test_a_drag_of_the_strength_is_one_change(placed, begun: Session) -> None:
    panel = placed(SurgeryPanel)
    slider = next(each for each in panel.findChildren(QSlider) if each.accessibleName() == "strength of PAN-CTX")
    slider.sliderPressed.emit()
    for value in range(19, 5, -1):
        slider.setValue(value)
    slider.sliderReleased.emit()
    buttons(panel)["Undo"].click()
    assert not begun.surgery.state.edits
    assert not buttons(panel)["Undo"].isEnabled()
    assert slider.value() == 20
    buttons(panel)["Redo"].click()
    assert begun.surgery.state.edits


def test_each_change_is_listed_seen_and_reset(placed, begun: Session) -> None:
    panel = placed(SurgeryPanel)
    assert "Nothing yet: paint on a map." in texts(panel)
    begun.surgery.paint(PAN, "att2", {(0, 0), (0, 1)}, "open")
    begun.surgery.paint(SAN, "att4", {(0, 0)}, "close")
    assert {"2 cells open", "1 cell closed"} <= set(texts(panel))
    buttons(panel)["att2"].click()
    assert begun.state.layer == "att2"
    resets = [each for each in panel.findChildren(QPushButton) if each.accessibleName() == "reset att4 of SAN"]
    resets[0].click()
    assert list(begun.surgery.state.edits) == [PAN]


def test_all_networks_with_a_map_of_that_size_are_painted_alike(placed, begun: Session, qtbot) -> None:
    compare, panel = placed(Compare), placed(SurgeryPanel)
    begun.layers.go_to("att4")
    begun.operate()
    panel._together.click()
    qtbot.mouseClick(canvas(compare, 1), Qt.MouseButton.RightButton, pos=canvas(compare, 1).rect().center())
    assert {surgery.in_words() for surgery in begun.surgery.state.edits.values()} == {"att4: 1 cell open"}
    assert len(begun.surgery.state.edits) == 3
    begun.surgery.undo()
    assert not begun.surgery.state.edits


def test_keys_paint_though_they_are_shortcuts_elsewhere(window, begun: Session, qtbot) -> None:
    session = begun
    session.layers.go_to("att4")
    session.operate()
    cells = canvas(window, 2)
    cells.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
        qtbot.keyClick(cells, key)
    assert session.state.layer == "att4"
    assert not session.state.playing
    assert session.surgery.state.edits["mref/han"].in_words() == "att4: 1 cell closed"


def test_commands_begin_surgery_undo_and_compare(window, begun: Session, qtbot) -> None:
    session = begun
    qtbot.keyClick(window, Qt.Key.Key_S)
    assert session.surgery.state.operating
    for key in (Qt.Key.Key_B, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        qtbot.keyClick(window, key)
    assert (session.surgery.state.brush, session.surgery.state.size) == ("open", 2)
    session.surgery.paint(PAN, "att4", {(0, 0)}, "close")
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert session.surgery.state.bypassed
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not session.surgery.state.edits
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert session.surgery.state.edits


def test_the_grid_of_all_layers_tells_changes_too(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    begun.surgery.paint(PAN, "att2", {(0, 0)}, "close")
    qtbot.waitUntil(lambda: changed(begun))
    begun.view.toggle("layers")
    captions = compare._parts[0]._captions
    assert [name for (_, name), caption in captions.items() if "changed" in caption.text()] == ["att2"]
    assert captions[PAN, "att2"].toolTip() == "1 cell closed"
