"""With a set of one's own opened, its objects are what scenes are composed of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from pan.data.composer.cutout import Cutout, PlacedCutout
from pan.data.reference.index import read_index
from pan_explorer.panels.composer.bar import ComposerBar
from pan_explorer.panels.composer.scene import ComposerScene
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.state.scene_edits import cleared, deleted
from pan_explorer.theme import Theme
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.scene_canvas import SceneCanvas
from pan_explorer.widgets.swatch import Swatch
from pan_explorer.widgets.tile import Tile
from tests.pan_explorer.own_scenes import composing, placed, tiles
from tests.pan_explorer.own_set import write_own_set


@pytest.fixture
def window(session: Session, theme: Theme, shapes: Path, qtbot) -> MainWindow:
    window = composing(session, theme, shapes, qtbot)
    composer = session.composer
    qtbot.waitUntil(lambda: composer.state.sweep_holds and bool(composer.state.answers), timeout=30_000)
    return window


def test_the_page_offers_the_sets_objects_and_asks_its_network(window: MainWindow, session: Session) -> None:
    assert tiles(window) == ["circle, blue", "cross, red", "heart, blue", "heart, red", "star, blue", "triangle, red"]
    state = session.composer.state
    assert {each.query for each in state.composed.composition.placed} <= set(session.state.queries)
    assert state.query == session.state.query == state.object.query
    (pane,) = state.answers.panes
    assert set(pane.reading.explanation.answers) == {"blue", "red"}
    assert pane.reading.truths == state.object.answers
    assert len(state.sweep.curves) == 1
    assert not any(swatch.isVisible() for swatch in window.findChildren(Swatch))


def test_an_object_is_taken_from_its_tile_and_shows_the_pictures_pixels(
    window: MainWindow, session: Session, shapes: Path
) -> None:
    session.composer.edit(cleared)
    session.composer.draw_background("black")
    tile = next(each for each in window.findChildren(Tile) if each.accessibleName() == "heart, blue")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    canvas = window.findChild(SceneCanvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.from_scene(QPointF(24.0, 24.0)).toPoint())
    (heart,) = placed(session)
    assert (heart.title, heart.cutout.image) == ("heart, blue", "images/1.png")
    top, left = heart.corner
    scene = session.composer.state.composed.scene.image
    source = np.asarray(Image.open(shapes / "images/1.png"))
    side = session.composer.state.composed.composition.side
    assert side == 48  # a network of such a set sees 48 pixels
    fitted = np.asarray(Image.fromarray(source).resize((side, side), Image.Resampling.BILINEAR))
    height, width = heart.size
    inside = np.s_[top + 1 : top + height - 1, left + 1 : left + width - 1]
    assert np.abs(scene[inside].astype(int) - fitted[11:][1 : height - 1, 3 : width + 1]).max() <= 60
    assert scene[top : top + height, left : left + width].any(-1).all()
    assert not scene[: top - 1].any()


def test_a_flat_object_keeps_its_scale_while_a_corner_is_held_still(session: Session, qtbot) -> None:
    scene, composer = ComposerScene(session), session.composer
    qtbot.addWidget(scene)
    scene.resize(600, 600)
    scene.show()
    flat = Cutout("pen", ("blue",), np.full((5, 60, 4), 255, np.uint8), "pen.png", "mask.png")
    composer.place(PlacedCutout(flat, scale=1.19), 50.0, 50.0)
    (top, left), (height, width) = composer.state.object.corner, composer.state.object.size
    corner = scene.canvas.from_scene(QPointF(left + width, top + height)).toPoint() - QPoint(3, 3)
    scales = []
    QTest.mousePress(scene.canvas, Qt.MouseButton.LeftButton, pos=corner)
    for step in (QPoint(0, 0), QPoint(20, 0), QPoint(20, 1), QPoint(20, 0)):
        QTest.mouseMove(scene.canvas, corner + step)
        scales.append(composer.state.object.scale)
    QTest.mouseRelease(scene.canvas, Qt.MouseButton.LeftButton, pos=corner)
    assert scales[0] == pytest.approx(1.19, abs=0.01)
    assert scales[1] == pytest.approx(scales[3])
    assert scales[1] > 1.2


def test_edits_of_cutouts_can_be_undone(window: MainWindow, session: Session) -> None:
    before = placed(session)
    session.composer.scale(0.6)
    session.composer.edit(deleted)
    assert len(placed(session)) == len(before) - 1
    session.undo()
    session.undo()
    assert placed(session) == before


def test_a_word_is_chosen_and_its_objects_alone_are_offered(window: MainWindow, session: Session, qtbot) -> None:
    words = next(each for each in window.findChildren(Chooser) if each.accessibleName() == "word of the objects")
    scene = session.composer.state.composed
    words.setCurrentText("heart")
    words.activated.emit(words.currentIndex())
    qtbot.waitUntil(lambda: tiles(window) == ["heart, blue", "heart, red"], timeout=30_000)
    assert session.composer.state.composed is scene
    assert words.currentText() == "heart"


def test_a_word_without_a_mask_that_shows_something_is_named_and_not_chosen(
    session: Session, theme: Theme, shapes: Path, qtbot
) -> None:
    Image.new("L", (40, 40)).save(shapes / "masks/1.png")  # of the star
    window = composing(session, theme, shapes, qtbot)
    words = next(each for each in window.findChildren(Chooser) if each.accessibleName() == "word of the objects")
    words.setCurrentText("star")
    words.activated.emit(words.currentIndex())
    said = "No object of “star” in “shapes” can be cut out"
    qtbot.waitUntil(lambda: said in session.composer.state.note, timeout=30_000)
    assert words.currentText() == "any"


def test_each_background_of_the_menu_lies_behind_the_objects(window: MainWindow, session: Session) -> None:
    bar = window.findChild(ComposerBar)
    menu = next(button.menu() for button in bar.findChildren(QToolButton) if button.text() == "Background")
    menu.aboutToShow.emit()
    objects = placed(session)
    kinds = [action for action in menu.actions() if action.data()]
    assert [action.text().split(",")[0] for action in kinds] == ["Black", "Grey", "Noise", "Photograph",
                                                                 "Image of the set"]
    for action in kinds:
        before = session.composer.state.composed.composition.background
        action.trigger()
        after = session.composer.state.composed.composition.background
        assert after.shape == before.shape
        assert not np.array_equal(after, before)
        assert placed(session) == objects


def test_a_scene_is_saved_as_an_image_and_as_a_set_that_opens(
    window: MainWindow, session: Session, tmp_path: Path, qtbot
) -> None:
    scene = session.composer.state.composed
    with qtbot.waitSignal(session.composer.succeeded):
        session.composer.files.save_image(tmp_path / "scene.png")
    assert np.array_equal(np.asarray(Image.open(tmp_path / "scene.png")), scene.scene.image)
    with qtbot.waitSignal(session.composer.succeeded):
        session.composer.files.save_scene(tmp_path / "mine")
    rows = {row.query: row.answer for row in read_index(tmp_path / "mine")}
    assert rows == {query: truth.answers[0] for query, truth in scene.picture.truths.items()}
    session.composer.edit(cleared)
    with qtbot.waitSignal(session.composer.composed_changed):
        session.composer.files.open_scene(tmp_path / "mine/compositions/000000.json")
    assert np.array_equal(session.composer.state.composed.scene.image, scene.scene.image)


def test_a_session_keeps_a_scene_of_cutouts(window: MainWindow, session: Session, tmp_path: Path, qtbot) -> None:
    scene = session.composer.state.composed.scene.image
    with qtbot.waitSignal(session.files.succeeded):
        session.files.save(tmp_path / "class.panx")
    session.composer.edit(cleared)
    session.files.open(tmp_path / "class.panx")
    qtbot.waitUntil(lambda: bool(placed(session)), timeout=30_000)
    assert np.array_equal(session.composer.state.composed.scene.image, scene)


def test_a_chosen_word_does_not_read_the_index_again(
    window: MainWindow, session: Session, shapes: Path, qtbot
) -> None:
    (shapes / "index.csv").unlink()
    session.composer.kits.choose("heart")
    qtbot.waitUntil(lambda: tiles(window) == ["heart, blue", "heart, red"], timeout=30_000)


def test_objects_with_several_answers_are_cut_out_by_their_boxes(
    session: Session, theme: Theme, tmp_path: Path, qtbot
) -> None:
    rows = (("0.png", "heart", "red;blue"), ("0.png", "star", "blue"), ("1.png", "cross", "red"))
    window = composing(session, theme, write_own_set(tmp_path / "things", rows, several=True), qtbot, several=True)
    assert tiles(window) == ["cross, red", "heart, red, blue", "star, blue"]
    composer = session.composer
    composer.ask("heart")
    qtbot.waitUntil(lambda: composer.state.sweep_holds and composer.state.answers.query == "heart", timeout=30_000)
    (pane,) = composer.state.answers.panes
    assert pane.reading.truths == ("red", "blue")
    (curves,) = composer.state.sweep.curves.values()
    assert 0 < curves.probability.min() < curves.probability.max() < 1
    assert not composer.state.note


def test_a_set_without_masks_leaves_digits_and_says_why(session: Session, theme: Theme, tmp_path: Path, qtbot) -> None:
    window = composing(session, theme, write_own_set(tmp_path / "plain"), qtbot)
    assert len(tiles(window)) == 10
    assert any("no masks to cut objects out by" in label.text() for label in window.findChildren(QLabel))


def test_without_a_set_of_ones_own_there_are_digits_again(window: MainWindow, session: Session, qtbot) -> None:
    session.choose_task("mdist")
    qtbot.waitUntil(lambda: session.state.folder.name == "mdist", timeout=30_000)
    session.pages.show("explore")
    session.pages.show("compose")
    qtbot.waitUntil(lambda: [name.split(",")[0] for name in tiles(window)] == list("0123456789"))
    assert {each.query for each in placed(session)} <= set("0123456789")
