"""The panels around the networks: what they show of the session, and what they make it do."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from pan_explorer.panels.explore.display import DisplayPanel
from pan_explorer.panels.explore.image_strip import ImageStrip
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.explore.query_bar import QueryBar
from pan_explorer.panels.explore.welcome import Welcome
from pan_explorer.session.session import Session
from pan_explorer.theme import Theme
from pan_explorer.values.view import Pointer, Viewport
from tests.pan_explorer.panels.conftest import texts


def test_digits_that_are_there_are_bold_and_missing_ones_say_so(placed, begun: Session, theme: Theme) -> None:
    bar = placed(QueryBar)
    bar.show()
    for mode in ("light", "dark", "system"):
        theme.choose(mode)
        for button in bar.findChildren(QPushButton):
            there = button.text() in begun.state.picture.truths
            assert button.font().bold() == there, mode
            assert ("not in this image" in button.toolTip()) != there


def test_the_column_at_the_right_is_as_wide_as_its_words_in_a_large_font(placed, qapp: QApplication) -> None:
    usual = qapp.font()
    large = QFont(usual)
    large.setPointSize(usual.pointSize() + 5)
    qapp.setFont(large)
    panel = placed(DisplayPanel)
    qapp.setFont(usual)
    content = panel.findChild(QScrollArea).widget()
    assert content.minimumSizeHint().width() <= panel.minimumWidth() == panel.maximumWidth()


def test_a_query_button_asks(placed, begun: Session) -> None:
    bar = placed(QueryBar)
    next(button for button in bar.findChildren(QPushButton) if button.text() == "8").click()
    assert begun.state.query == "8"


def test_networks_without_attention_at_a_layer_say_so_on_the_image(placed, begun: Session) -> None:
    compare = placed(Compare)
    begun.layers.go_to("att2")
    captions = [pane.view._caption for pane in compare.findChildren(ModelPane)]
    assert captions == ["", "no attention at this layer", "no attention at this layer"]
    begun.layers.go_to("input")
    assert [pane.view._caption for pane in compare.findChildren(ModelPane)] == ["", "", ""]


def test_all_panes_zoom_and_point_together(placed, begun: Session) -> None:
    compare = placed(Compare)
    views = [pane.view for pane in compare.findChildren(ModelPane)]
    views[0].viewport_wanted.emit(Viewport(0.4, 0.4, 0.5))
    views[1].pointed.emit(Pointer(7, 8))
    assert {view._viewport for view in views} == {Viewport(0.4, 0.4, 0.5)}
    assert {view._pointer for view in views} == {Pointer(7, 8)}


def test_a_missing_digit_is_said_beside_the_stepper(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    absent = next(query for query in begun.state.queries if begun.state.picture.lacks(query))
    begun.ask(absent)
    qtbot.waitUntil(lambda: begun.state.answers.query == absent)
    assert f"No {absent} here" in texts(compare)


def test_panes_share_a_place_that_becomes_narrower(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    compare.show()
    for width in (1000, 780):
        compare.resize(width, 660)
        qtbot.waitUntil(lambda: all(pane.visibleRegion().boundingRect().width() == pane.width()
                                    for pane in compare.findChildren(ModelPane)))


def test_a_pane_needs_the_same_width_at_every_height(placed, begun: Session, qtbot) -> None:
    """Else a scroll bar that takes some height away would make itself needless, and come and go for ever."""
    compare = placed(Compare)
    widths = set()
    for height in range(300, 1000, 20):
        compare.resize(1400, height)
        QCoreApplication.processEvents()
        widths |= {pane.minimumSizeHint().width() for pane in compare.findChildren(ModelPane)}
    assert len(widths) == 1


def test_without_networks_the_place_says_what_to_do(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    for model in begun.state.models:
        begun.comparison.remove(model.name)
    assert compare._stack.currentIndex() == 0
    assert "See what a network looks at" in texts(compare)


def test_the_display_panel_sets_how_attention_is_shown(placed, begun: Session) -> None:
    panel = placed(DisplayPanel)
    panel._show.button("cells").click()
    assert begun.state.display.show == "cells"
    assert not panel._accumulated.isEnabled()
    panel._opacity.setValue(20)
    assert begun.state.display.heat_opacity == 0.2
    panel._scale.setCurrentIndex(2)
    panel._scale.activated.emit(2)
    assert begun.state.display.scale == "shared"
    assert any("all networks from 0" in text for text in texts(panel))


def test_the_panel_says_which_features_are_shown_and_on_which_scale(placed, begun: Session) -> None:
    panel = placed(DisplayPanel)
    panel._quantity.setCurrentIndex(1)
    panel._quantity.activated.emit(1)
    assert begun.state.display.quantity == "before"
    assert not panel._accumulated.isEnabled()
    words = "magnitude, spread over what cells see; each map from smallest to largest value"
    assert f"{words}, by the square root" in texts(panel)
    panel._curve.setCurrentIndex(1)
    panel._curve.activated.emit(1)
    assert begun.state.display.curve == "linear"
    assert words in texts(panel)
    assert "magnitude" in texts(panel)


def test_the_outline_is_drawn_where_the_mask_is_known(placed, begun: Session, qtbot) -> None:
    compare, panel = placed(Compare), placed(DisplayPanel)
    plain = compare.findChild(ModelPane).view.grab().toImage()
    panel._outline.click()
    assert begun.state.display.outline
    assert compare.findChild(ModelPane).view.grab().toImage() != plain
    absent = next(query for query in begun.state.queries if begun.state.picture.lacks(query))
    begun.ask(absent)
    qtbot.waitUntil(lambda: begun.state.answers.query == absent)
    assert compare.findChild(ModelPane).view._marks == ()


def test_numbers_follow_layer_and_pointer(placed, begun: Session) -> None:
    panel = placed(DisplayPanel)
    begun.layers.go_to("att4")
    begun.view.set_pointer(Pointer(10, 20))
    shown = texts(panel)
    red, green, blue = begun.state.picture.fitted.pixels[20, 10]
    assert f"{red} {green} {blue}" in shown
    assert "Under the pointer · x 10 y 20" in shown
    assert {"product", "softmax", "probability"} <= set(shown)
    rank = begun.state.answers.panes[1].reading.rank
    assert str(rank) in shown


def test_the_numbers_have_tpr_and_precision_of_the_shown_map_and_the_line_those_of_all_layers(
    placed, begun: Session
) -> None:
    panel, compare = placed(DisplayPanel), placed(Compare)
    begun.layers.go_to("att2")
    layers = begun.state.answers.panes[0].reading.layers
    product = next(layer.accumulated_on_object for layer in layers if layer.name == "att2")
    assert {f"{100 * product.tpr:.0f} %", f"{100 * product.pxap:.0f} %"} <= set(texts(panel))
    begun.view.set_display(replace(begun.state.display, accumulated=False))
    own = next(layer.on_object for layer in layers if layer.name == "att2")
    assert f"{100 * own.pxap:.0f} %" in texts(panel)
    told = compare.findChild(ModelPane)._lines.accessibleDescription()
    for name, place in (("TPR", 0), ("PxAP", 1)):
        line = " > ".join(f"{layer.accumulated_on_object[place]:.1%}" for layer in layers)
        assert f"{name} by layer: {line}" in told


def test_equal_display_values_do_not_echo(placed, begun: Session) -> None:
    placed(DisplayPanel)
    display = replace(begun.state.display, show="heat", heat_opacity=0.4)
    begun.view.set_display(display)
    assert begun.state.display == display


def test_the_strip_frames_the_chosen_image(placed, begun: Session) -> None:
    strip = placed(ImageStrip)
    begun.strip.choose(begun.state.pictures[2])
    assert strip._list.current == 2
    strip._list.chosen.emit(1)
    assert begun.state.picture is begun.state.pictures[1]


def test_the_first_start_is_greeted_until_the_lines_are_dismissed(placed, begun: Session, qtbot) -> None:
    compare = placed(Compare)
    compare.resize(1000, 640)
    compare.show()
    welcome = compare.findChild(Welcome)
    assert welcome.isVisible()
    compare.resize(1000, 400)
    assert not welcome.isVisible(), "the pictures need the room"
    compare.resize(1000, 640)
    welcome.findChild(QPushButton).click()
    compare.resize(1000, 700)
    assert not welcome.isVisible()
    again = placed(Compare)
    again.resize(1000, 640)
    again.show()
    assert not again.findChild(Welcome).isVisible()
