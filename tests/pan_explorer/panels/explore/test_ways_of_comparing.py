"""All queries at once, and two networks over one another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from pan_explorer.panels.explore.grid import LayerGrid
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.explore.query_grid import QueryGrid
from pan_explorer.panels.explore.swipe import SwipePane
from pan_explorer.session.session import Session
from pan_explorer.values.view import Viewport
from pan_explorer.widgets.labels import ElidedLabel


@pytest.fixture
def compare(begun: Session, qtbot) -> Iterator[Compare]:
    compare = Compare(begun)
    qtbot.addWidget(compare)
    compare.resize(1000, 600)
    compare.show()
    return compare


@pytest.fixture
def grid(compare: Compare, begun: Session, qtbot) -> QueryGrid:
    with qtbot.waitSignal(begun.table.rows_changed):
        begun.view.toggle("queries")
    return compare.findChild(QueryGrid)


def test_a_pane_has_room_for_its_answers_in_every_size_that_it_may_get(compare: Compare, begun: Session) -> None:
    pane, place = compare.findChild(ModelPane), QWidget(compare)
    pane.setParent(place)
    pane.show()
    place.show()
    least, laid_out = pane.minimumSizeHint(), set()
    for width in range(least.width(), 900, 40):
        for height in range(least.height(), 900, 20):
            pane.resize(width, height)
            assert pane.minimumSizeHint() == least
            QApplication.processEvents()
            below = pane._bars.mapTo(pane, QPoint(0, pane._bars.sizeHint().height()))
            assert below.y() <= height, (width, height)
            laid_out.add(pane._fitted)
    assert {fit.aside for fit in laid_out} == {fit.line > 0 for fit in laid_out} == {False, True}


def test_the_table_has_a_row_for_each_query_of_the_image_and_a_column_for_each_network(
    grid: QueryGrid, begun: Session
) -> None:
    assert list(grid._names) == sorted(begun.state.picture.truths)
    assert len(grid.views()) == 3 * len(grid._names)


def test_the_answers_are_those_that_each_query_gets_alone(grid: QueryGrid, begun: Session, qtbot) -> None:
    for row in begun.table.rows[:2]:
        begun.ask(row.query)
        qtbot.waitUntil(lambda asked=row.query: begun.state.answers.query == asked and bool(begun.state.answers.panes))
        for one, other in zip(row.panes, begun.state.answers.panes, strict=True):
            assert one.reading.answer == other.reading.answer
            assert one.reading.probability == pytest.approx(other.reading.probability, abs=1e-5)
            assert one.reading.rank == other.reading.rank
            assert f"{other.reading.answer} {100 * other.reading.probability:.0f} %" in grid._answers[
                row.query, one.model].text()


def test_all_queries_can_be_seen_whether_the_image_has_them_or_not(grid: QueryGrid, begun: Session, qtbot) -> None:
    with qtbot.waitSignal(begun.table.rows_changed):
        grid._which.button("all").click()
    assert list(grid._names) == list(begun.state.queries)


def test_rows_that_are_replaced_leave_no_words_behind(grid: QueryGrid, begun: Session, qtbot) -> None:
    for complete in (True, False):
        with qtbot.waitSignal(begun.table.rows_changed):
            begun.table.show_complete(complete)

    def shown() -> int:
        return sum(each.isVisibleTo(grid) for each in grid._body.findChildren(ElidedLabel))

    # an answer beside each picture, and the names of three networks
    qtbot.waitUntil(lambda: shown() == len(grid.views()) + 3)


def test_a_click_asks_that_query_in_the_panes(grid: QueryGrid, compare: Compare, begun: Session, qtbot) -> None:
    query = next(query for query in grid._names if query != begun.state.query)
    qtbot.mouseClick(grid._views[query, "mref/san"], Qt.MouseButton.LeftButton)
    assert (begun.state.view, begun.state.query) == ("panes", query)
    assert len(compare.findChildren(ModelPane)) >= 3


def test_the_table_follows_layer_and_image(grid: QueryGrid, begun: Session, qtbot) -> None:
    first = grid.views()[0].grab().toImage()
    begun.layers.go_to("att2")
    assert grid.views()[0].grab().toImage() != first
    other = begun.state.pictures[1]
    begun.strip.choose(other)
    assert not grid._names, "the rows of the image before are gone at once"
    qtbot.waitUntil(lambda: list(grid._names) == sorted(other.truths))


def test_the_right_answers_in_the_tool_tips_are_those_of_the_image(grid: QueryGrid, begun: Session, qtbot) -> None:
    begun.table.show_complete(True)
    for picture in begun.state.pictures[:2]:
        begun.strip.choose(picture)
        qtbot.waitUntil(lambda shown=picture: bool(begun.table.rows) and begun.table.rows[0].picture is shown
                        and set(grid._names) == set(begun.state.queries))
        tips = {query: name.toolTip() for query, name in grid._names.items()}
        known = {query: f"right: {truth.answers[0]}" for query, truth in picture.truths.items()}
        assert tips == {query: known.get(query, "not known to be in this image") for query in begun.state.queries}


def test_a_table_that_is_opened_again_shows_nothing_of_the_image_before(
    grid: QueryGrid, compare: Compare, begun: Session, qtbot
) -> None:
    begun.view.close_table()
    begun.strip.choose(begun.state.pictures[1])
    begun.view.toggle("queries")
    assert not compare.findChildren(QueryGrid)[-1].views()
    qtbot.waitUntil(lambda: bool(compare.findChildren(QueryGrid)[-1].views()))


def test_two_networks_lie_over_one_another_and_the_line_says_which_is_seen(
    compare: Compare, begun: Session, qtbot
) -> None:
    begun.view.toggle("swipe")
    swipe = compare.findChild(SwipePane)._swipe
    qtbot.waitUntil(lambda: swipe.second.width() > 100)
    assert swipe.first.geometry() == swipe.second.geometry()
    x = swipe._line.geometry().center().x()
    qtbot.mousePress(swipe._line, Qt.MouseButton.LeftButton, pos=QPoint(8, 50))
    qtbot.mouseMove(swipe._line, QPoint(8 - 60, 50))
    qtbot.mouseRelease(swipe._line, Qt.MouseButton.LeftButton, pos=QPoint(8, 50))
    assert swipe._line.geometry().center().x() < x - 30
    assert swipe.second.mask().boundingRect().left() == round(swipe.share * swipe.second.width())
    titles = [label.text() for label in compare.findChild(SwipePane).findChildren(QLabel)]
    assert [title.split("  ")[0] for title in titles] == ["PAN-CTX", "SAN"]


def test_the_line_is_moved_by_keys_which_then_do_not_step_through_the_layers(
    compare: Compare, begun: Session, qtbot
) -> None:
    begun.view.toggle("swipe")
    line = compare.findChild(SwipePane)._swipe._line
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier)
    key.ignore()
    QApplication.sendEvent(line, key)
    assert key.isAccepted()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert compare.findChild(SwipePane)._swipe.share == pytest.approx(0.48)


def test_networks_flicker_in_turns_and_stop_on_another_page(compare: Compare, begun: Session, qtbot) -> None:
    begun.view.toggle("flicker")
    swipe = compare.findChild(SwipePane)._swipe
    swipe._turns.setInterval(5)
    qtbot.waitUntil(lambda: swipe.second.isHidden())
    qtbot.waitUntil(lambda: not swipe.second.isHidden())
    compare.hide()
    assert not swipe._turns.isActive()
    compare.show()
    assert swipe._turns.isActive(), "it goes on where somebody looks again"
    begun.view.toggle("flicker")
    assert begun.state.view == "panes"
    assert not swipe._turns.isActive()


def test_both_pictures_zoom_together(compare: Compare, begun: Session) -> None:
    begun.view.toggle("swipe")
    begun.view.set_viewport(Viewport(0.4, 0.4, 0.5))
    assert {view._viewport for view in compare.findChild(SwipePane).views()} == {Viewport(0.4, 0.4, 0.5)}


def test_networks_below_the_place_of_the_layers_are_scrolled_to(compare: Compare, begun: Session, qtbot) -> None:
    begun.view.toggle("layers")
    qtbot.waitUntil(lambda: compare.minimumHeight() < 260 and compare.minimumSizeHint().height() < 260)
    qtbot.wait(1)  # the layout takes the new bound
    compare.resize(1000, 180)
    bar = compare.findChild(LayerGrid).findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)


def test_the_answer_of_a_layer_stands_right_below_its_picture(compare: Compare, begun: Session, qtbot) -> None:
    begun.comparison.toggle(begun.state.models[-1].name)
    begun.view.toggle("layers")
    grid = compare.findChild(LayerGrid)
    qtbot.waitUntil(lambda: grid.width() > 600)
    for place, view in grid._views.items():
        qtbot.waitUntil(lambda view=view: view.width() - 2 <= view.height() <= view.width())
        assert grid._captions[place].y() - view.geometry().bottom() < 10


def test_the_network_that_is_seen_while_they_flicker_has_the_stronger_name(
    compare: Compare, begun: Session, qtbot
) -> None:
    begun.view.toggle("flicker")
    pane = compare.findChild(SwipePane)
    for seen in ("SAN", "PAN-CTX"):
        is_seen = [seen == "SAN"].__contains__
        with qtbot.waitSignal(pane._swipe.turned, check_params_cb=is_seen):
            pane._swipe._turns.setInterval(5)
        strong = [label.text() for label in pane.findChildren(ElidedLabel) if not label.property("quiet")]
        assert [text.split("  ")[0] for text in strong] == [seen]


def test_with_one_network_there_is_nothing_to_swipe_to(compare: Compare, begun: Session, qtbot) -> None:
    for model in begun.state.models[1:]:
        begun.comparison.toggle(model.name)
    begun.view.toggle("swipe")
    said = [label.text() for label in compare.findChild(SwipePane).findChildren(QLabel)]
    assert any("Show two networks" in text for text in said)


def test_a_way_of_comparing_leads_from_another_page_to_what_is_compared(begun: Session) -> None:
    begun.view.toggle("layers")
    begun.pages.show("paper")
    begun.view.toggle("layers")
    assert (begun.state.page, begun.state.view) == ("explore", "layers")
    begun.view.toggle("layers")
    assert begun.state.view == "panes"
