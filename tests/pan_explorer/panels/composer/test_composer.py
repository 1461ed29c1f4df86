"""The composer's page: what a hand does to the scene, and what is seen of the answers."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from pan_explorer.panels.composer.answers import ComposerAnswers
from pan_explorer.panels.composer.bar import ComposerBar
from pan_explorer.panels.composer.card import ComposerCard
from pan_explorer.panels.composer.panel import ComposerPage
from pan_explorer.panels.composer.scene import remarks_on
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.state.scene_edits import cleared, deleted, duplicated, moved
from pan_explorer.theme import Theme
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.scene_canvas import SceneCanvas
from pan_explorer.widgets.swatch import Swatch
from pan_explorer.widgets.sweep_plot import SweepPlot
from pan_explorer.widgets.tile import Tile
from tests.pan_explorer.reading import label_words


@pytest.fixture
def window(begun: Session, qapp, qtbot):
    """A window on the composer's page."""
    window = MainWindow()
    window.fill(begun, Theme(qapp))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    begun.pages.show("compose")
    qtbot.waitUntil(lambda: begun.composer.state.sweep_holds, timeout=30_000)
    return window


@pytest.fixture
def canvas(window: MainWindow) -> SceneCanvas:
    return window.findChild(SceneCanvas)


def test_nothing_is_said_of_a_scene_before_there_is_one(session: Session, qtbot) -> None:
    answers = ComposerAnswers(session)
    qtbot.addWidget(answers)
    (question,) = (label for label in answers.findChildren(QLabel) if label.property("title"))
    assert question.text() == ""
    session.composer.enter("mref")
    assert question.text().startswith("Which colour is the ")


def on_screen(canvas: SceneCanvas, x: float, y: float) -> QPoint:
    """Where a place of the scene is on the canvas."""
    return canvas.from_scene(QPointF(x, y)).toPoint()


def drag(canvas: SceneCanvas, start: QPoint, *places: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for place in places:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])


def digits(session: Session):
    return session.composer.state.composed.composition.placed


def test_a_digit_is_dragged_and_the_drag_undone_at_once(window, canvas, begun: Session, qtbot) -> None:
    before = begun.composer.state.object
    start = on_screen(canvas, before.x, before.y)
    drag(canvas, start, start + QPoint(-10, 0), start + QPoint(-20, 15))
    after = begun.composer.state.object
    assert after.x < before.x
    assert (after.digit, after.scale) == (before.digit, before.scale)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert begun.composer.state.object == before


def test_a_click_on_a_tile_and_one_on_the_scene_place_a_digit(window, canvas, begun: Session) -> None:
    count = len(digits(begun))
    tile = window.findChildren(Tile)[8]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.isChecked()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, 50, 50))
    assert len(digits(begun)) == count + 1
    assert (begun.composer.state.object.digit, begun.state.query) == (8, "8")
    assert not tile.isChecked()


def test_a_colour_chosen_before_the_second_click_is_the_placed_digits(window, canvas, begun: Session) -> None:
    begun.composer.select(None)
    tile = window.findChildren(Tile)[8]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    next(each for each in window.findChildren(Swatch) if each.accessibleName() == "green").click()
    assert tile.isChecked()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_screen(canvas, 50, 50))
    assert (begun.composer.state.object.digit, begun.composer.state.object.colour) == (8, "green")


def test_a_tile_is_carried_into_the_scene_and_out_again(window, canvas, begun: Session) -> None:
    before = digits(begun)
    tile = window.findChildren(Tile)[3]
    inside = QPointF(canvas.mapToGlobal(on_screen(canvas, 30, 30)))
    outside = QPointF(canvas.mapToGlobal(QPoint(-300, -30)))
    tile.drag_started.emit(inside)
    tile.drag_moved.emit(inside)
    assert begun.composer.state.object.digit == 3
    tile.drag_ended.emit(inside)
    assert len(digits(begun)) == len(before) + 1
    begun.undo()
    tile.drag_started.emit(inside)
    tile.drag_moved.emit(inside)
    tile.drag_moved.emit(outside)
    tile.drag_ended.emit(outside)
    assert digits(begun) == before


def test_keys_nudge_duplicate_and_delete_while_the_scene_has_the_focus(window, canvas, begun: Session) -> None:
    picture, before = begun.state.picture, begun.composer.state.object
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    after = begun.composer.state.object
    assert (after.x, after.y) == (before.x - 1, before.y - 5)
    assert begun.state.picture is picture
    count = len(digits(begun))
    QTest.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(digits(begun)) == count + 1
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(digits(begun)) == count


def test_the_delete_key_changes_no_scene_that_is_not_seen(window, begun: Session) -> None:
    before = digits(begun)
    begun.pages.show("explore")
    QTest.keyClick(window, Qt.Key.Key_Delete)
    assert digits(begun) == before
    QTest.keyClick(window, Qt.Key.Key_C)
    assert window.findChild(ComposerPage).isVisible()


def test_the_corners_and_the_wheel_scale(window, canvas, begun: Session) -> None:
    begun.composer.scale(1.0)
    begun.composer.edit(moved(50.0, 50.0), "move")
    top, left = begun.composer.state.object.corner
    corner = on_screen(canvas, left, top)
    drag(canvas, corner, corner - QPoint(20, 20))
    larger = begun.composer.state.object
    assert larger.scale > 1.1
    assert (larger.x, larger.y) == (50, 50)
    canvas.wheeled.emit(-2.0)
    assert begun.composer.state.object.scale < larger.scale


def test_a_swatch_recolours_the_selected_digit(window, begun: Session) -> None:
    swatch = next(each for each in window.findChildren(Swatch) if not each.isChecked())
    swatch.click()
    assert begun.composer.state.object.colour == swatch.accessibleName()


def test_each_shown_model_has_a_card_with_its_answer(window, begun: Session, qtbot) -> None:
    qtbot.waitUntil(lambda: len(window.findChildren(ComposerCard)) == 3)
    pane = begun.composer.state.answers.panes[0]
    shown = [label.text() for label in window.findChildren(ComposerCard)[0].findChildren(QLabel)]
    assert f"{pane.reading.answer} {100 * pane.reading.probability:.0f} %" in shown
    begun.comparison.toggle("mref/san")
    qtbot.waitUntil(lambda: len([each for each in window.findChildren(ComposerCard) if not each.isHidden()]) == 2)


def test_the_sweep_tells_each_model_and_its_marker_scales(window, begun: Session) -> None:
    plot = window.findChild(SweepPlot)
    sweep = begun.composer.state.sweep
    told = plot.readout(float(sweep.scales[3]))
    for model in begun.state.models:
        assert f"{model.title} {100 * sweep.curves[model.name].probability[3]:.0f} %" in told
    plot.scale_changed.emit(0.7)
    assert begun.composer.state.object.scale == 0.7


def test_the_sweep_draws_where_the_networks_look_too(window, begun: Session) -> None:
    plot, sweep = window.findChild(SweepPlot), begun.composer.state.sweep
    measures = next(each for each in window.findChildren(Chooser) if each.accessibleName() == "measure of the sweep")
    for word, curve in (("TPR", "tpr"), ("PxAP", "pxap"), ("Answer", "probability")):
        measures.setCurrentText(word)
        told = plot.readout(float(sweep.scales[3]))
        for model in begun.state.models:
            assert f"{model.title} {100 * sweep.curves[model.name]._asdict()[curve][3]:.0f} %" in told


def test_a_card_tells_how_the_attention_lies_on_the_digit(window, begun: Session, qtbot) -> None:
    qtbot.waitUntil(lambda: len(window.findChildren(ComposerCard)) == 3)
    last = begun.composer.state.answers.panes[0].reading.layers[-1].accumulated_on_object
    begun.layers.go_to("att4")
    caption = window.findChildren(ComposerCard)[0]._view._caption
    assert caption == f"TPR {100 * last.tpr:.0f} % · PxAP {100 * last.pxap:.0f} %"


def test_the_query_bar_tells_what_is_in_the_scene(window, begun: Session) -> None:
    begun.composer.edit(cleared)
    begun.composer.place(begun.composer.state.kit.objects[4], 50.0, 50.0)
    buttons = [each for each in window.findChild(QueryBar).findChildren(QPushButton) if each.isVisible()]
    bold = [each.text() for each in buttons if each.font().bold()]
    assert bold == ["4"]


def test_what_is_hidden_or_has_two_answers_is_said(begun: Session, window) -> None:
    composer = begun.composer
    composer.edit(cleared)
    assert remarks_on(composer.state.composed) == []
    composer.place(composer.state.kit.objects[4], 50.0, 50.0)
    composer.recolour("red" if composer.state.object.colour != "red" else "blue")
    composer.place(composer.state.kit.objects[4], 20.0, 20.0)
    composer.recolour("white")
    assert remarks_on(composer.state.composed) == ["“4” has 2 answers here: none is the right one"]
    composer.edit(deleted)
    composer.place(composer.state.kit.objects[4], 50.0, 50.0)
    assert "hidden" in remarks_on(composer.state.composed)[-1]


def test_random_drags_keep_the_scene_valid_and_can_be_undone(window, canvas, begun: Session) -> None:
    rng, composer = np.random.default_rng(0), begun.composer
    first = digits(begun)
    keys = [Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_3, Qt.Key.Key_8]
    for _ in range(150):
        x, y, side = rng.uniform(-40, 140, 3).tolist()
        match int(rng.integers(9)):
            case 0:
                canvas.pressed.emit(x, y)
            case 1 | 2:
                canvas.dragged.emit(x, y)
            case 3:
                canvas.handle_dragged.emit(abs(side))
            case 4:
                canvas.released.emit()
            case 5:
                QTest.keyClick(canvas, keys[rng.integers(len(keys))])
            case 6:
                canvas.wheeled.emit(x / 20)
            case 7:
                QTest.mouseClick(window.findChildren(Tile)[rng.integers(10)], Qt.MouseButton.LeftButton)
            case 8:
                begun.undo() if x < 50 else composer.edit(duplicated)
        for digit in digits(begun):
            top, left = digit.corner
            assert min(top, left) >= 0
            assert max(top, left) + digit.size[0] <= 100
    while composer.state.history.past:
        begun.undo()
    assert digits(begun) == first


def test_a_saved_set_is_opened_from_the_menu_that_saved_it(window, begun: Session, tmp_path, qtbot) -> None:
    bar = window.findChild(ComposerBar)
    menu = next(button.menu() for button in bar.findChildren(QToolButton) if button.text() == "Save")

    def offered(words: str) -> list[QAction]:
        menu.aboutToShow.emit()
        return [action for action in menu.actions() if action.isVisible() and words in label_words(action.text())]

    assert not offered("in Explore")
    with qtbot.waitSignal(begun.composer.succeeded):
        begun.composer.files.save_scene(tmp_path / "mine & yours")
    (opens,) = offered("Open “mine & yours” in Explore")
    opens.trigger()
    qtbot.waitUntil(lambda: begun.state.folder == tmp_path / "mine & yours")
    assert begun.state.page == "explore"


def test_the_values_at_the_pointer_have_a_dot_in_each_networks_colour(window, begun: Session) -> None:
    answers = window.findChild(ComposerAnswers)
    answers.findChild(SweepPlot).readout_changed.emit('<span style="color:#E69F00">●</span> 50 ×')
    (values,) = (each for each in answers.findChildren(QLabel) if "●" in each.text())
    assert values.textFormat() == Qt.TextFormat.RichText
