"""Which map is shown, on which scale, in which colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pan.models.geometry import ReceptiveField, of_pool
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering, bar_colours
from pan_explorer.values.display import Display
from pan_explorer.values.view import Pointer

MODEL = "mref/pan-ctx"


@pytest.fixture
def rendering(begun: Session) -> Rendering:
    begun.layers.go_to("att3")
    found = Rendering.at(begun.state)
    assert found is not None
    return found


def shown_as(rendering: Rendering, **fields: object) -> Rendering:
    return replace(rendering, display=replace(rendering.display, **fields))


def test_the_brightest_place_of_a_map_is_the_image_itself(rendering: Rendering) -> None:
    darkness = rendering.overlay(MODEL)[..., 3]
    brightest = np.unravel_index(rendering.layer_of(MODEL).accumulated.argmax(), darkness.shape)
    assert darkness[brightest] == 0


def test_unattended_pixels_are_darkened_by_the_opacity(rendering: Rendering) -> None:
    layer = rendering.layer_of(MODEL)
    share = layer.accumulated / layer.accumulated.max()
    opacity = 255 * rendering.display.opacity
    assert np.allclose(rendering.overlay(MODEL)[..., 3], np.rint((1 - np.sqrt(share)) * opacity))
    linear = shown_as(rendering, curve="linear")
    assert np.allclose(linear.overlay(MODEL)[..., 3], np.rint((1 - share) * opacity))


def test_a_network_without_attention_at_the_layer_has_no_overlay(rendering: Rendering) -> None:
    assert rendering.overlay("mref/san") is None
    assert rendering.kind_in_words("mref/san") == ""
    assert rendering.overlay("mref/san", "att4") is not None


def test_accumulated_maps_are_called_products(rendering: Rendering) -> None:
    assert rendering.kind_in_words(MODEL) == "product"
    assert shown_as(rendering, accumulated=False).kind_in_words(MODEL) == "sigmoid"
    assert replace(rendering, layer="att4").kind_in_words("mref/han") == "probability"
    assert replace(rendering, layer="att4").kind_in_words("mref/san") == "softmax"


def test_cells_are_the_layers_own_at_its_own_resolution(rendering: Rendering) -> None:
    cells = shown_as(rendering, show="cells")
    assert cells.shown_map(rendering.layer_of(MODEL)).shape == (12, 12)
    assert cells.kind_in_words(MODEL) == "sigmoid"
    assert cells.on_object(MODEL) == rendering.layer_of(MODEL).on_object


def with_cells(rendering: Rendering, cells: np.ndarray, field: ReceptiveField) -> Rendering:
    """The shown layer with these cells, shown cell by cell."""
    pane = rendering.answers.pane(MODEL)
    layer = rendering.layer_of(MODEL)
    changed = replace(layer, cells=cells, explained=replace(layer.explained, field=field))
    layers = tuple(changed if each is layer else each for each in pane.reading.layers)
    answers = replace(rendering.answers, panes=(replace(pane, reading=replace(pane.reading, layers=layers)),))
    return shown_as(replace(rendering, answers=answers), show="cells")


@pytest.mark.parametrize(("padding", "side", "first"), [(1, 12, 0), (0, 10, 7)])
def test_cells_are_drawn_where_they_lie_in_the_image(rendering: Rendering, padding: int, side: int, first: int) -> None:
    values = np.arange(side**2, dtype=np.float32).reshape(side, side)
    drawn = with_cells(rendering, values, of_pool(3, padding=padding)).overlay(MODEL)  # cells of 8 pixels
    last = first + 8 * side
    cells = drawn[first:last, first:last].reshape(side, 8, side, 8, 4)
    assert (cells == cells[:, :1, :, :1]).all()
    assert len(np.unique(cells[:, 0, :, 0].reshape(-1, 4), axis=0)) > side
    covered = np.zeros((100, 100), bool)
    covered[first:last, first:last] = True
    assert np.array_equal(drawn[..., 3] > 0, covered)


def test_a_pixel_belongs_to_the_cell_that_lies_there_and_beyond_all_to_the_nearest(rendering: Rendering) -> None:
    values = np.arange(144, dtype=np.float32).reshape(12, 12)
    cells = with_cells(rendering, values, of_pool(3, padding=1))
    assert cells.value_at(MODEL, Pointer(x=8, y=88)) == values[11, 1]
    assert cells.value_at(MODEL, Pointer(x=7, y=87)) == values[10, 0]
    assert cells.value_at(MODEL, Pointer(x=99, y=99)) == values[11, 11]
    inner = with_cells(rendering, values[:10, :10], of_pool(3, padding=0))
    assert inner.value_at(MODEL, Pointer(x=0, y=15)) == values[1, 0]
    box = cells.marks(MODEL, Pointer(x=8, y=88))[0].segments  # what a cell sees is 22 pixels wide, from -7 on
    assert (box.min((0, 1)) * 100).tolist() == pytest.approx([-7 + 8, -7 + 88])
    assert (box.max((0, 1)) * 100).tolist() == pytest.approx([15 + 8, 15 + 88])


def test_scales_reach_from_one_map_to_all_networks(rendering: Rendering) -> None:
    last = replace(rendering, layer="att4")
    own = {model: last.bounds(model)[1] for model in (MODEL, "mref/san", "mref/han")}
    assert shown_as(last, scale="shared").bounds(MODEL) == (0, max(own.values()))
    layers = rendering.reading(MODEL).layers
    highest = max(float(layer.accumulated.max()) for layer in layers)
    assert shown_as(rendering, scale="model").bounds(MODEL)[1] == highest


def test_features_are_spread_over_what_their_cells_see_and_shown_from_least_to_most(rendering: Rendering) -> None:
    before = shown_as(rendering, quantity="before", show="heat")
    cells = shown_as(rendering, quantity="after", show="cells")
    layer = rendering.layer_of(MODEL)
    features = layer.explained.features
    assert layer.before.shape == (100, 100)
    assert features.min() <= layer.before.min() < layer.before.max() <= features.max()
    assert before.bounds(MODEL) == (layer.before.min(), layer.before.max())
    assert np.array_equal(cells.shown_map(layer), layer.explained.attended)
    darkest = np.unravel_index(layer.before.argmin(), layer.before.shape)
    assert tuple(before.overlay(MODEL)[darkest][:3]) == tuple(bar_colours(before.display)[0])


def test_features_are_told_from_the_probability_that_a_hard_network_shows_for_them(rendering: Rendering) -> None:
    last = shown_as(replace(rendering, layer="att4"), quantity="after")
    assert [last.kind_in_words(model) for model in (MODEL, "mref/san", "mref/han")] == [
        "magnitude", "magnitude", "probability"]
    assert "attention probability" in last.note("mref/han")
    assert last.note(MODEL) == ""
    assert shown_as(last, quantity="before").kind_in_words("mref/han") == "magnitude"
    assert last.on_object(MODEL) == last.layer_of(MODEL).on_object, "the numbers stay those of attention"


def test_the_value_under_the_pointer_is_the_shown_maps(rendering: Rendering) -> None:
    assert rendering.value_at(MODEL, Pointer(x=30, y=70)) == rendering.layer_of(MODEL).accumulated[70, 30]
    cells = shown_as(rendering, show="cells")
    assert cells.value_at(MODEL, Pointer(x=99, y=0)) == rendering.layer_of(MODEL).cells[0, -1]
    assert rendering.value_at("mref/san", Pointer(x=0, y=0)) is None


def test_colours_of_data_are_those_of_the_colour_map(rendering: Rendering) -> None:
    heat = shown_as(rendering, show="heat", colour_map="viridis")
    values = rendering.layer_of(MODEL).accumulated
    brightest = np.unravel_index(values.argmax(), values.shape)
    assert tuple(heat.overlay(MODEL)[brightest][:3]) == tuple(bar_colours(heat.display)[-1])


def test_the_bar_tells_the_colour_of_each_value_whatever_the_curve(rendering: Rendering) -> None:
    values = rendering.layer_of(MODEL).accumulated
    halfway = np.unravel_index(np.abs(values - values.max() / 2).argmin(), values.shape)
    place = int(values[halfway] / values.max() * 255)
    for curve in ("root", "linear"):
        shown = shown_as(rendering, curve=curve, show="heat")
        drawn = shown.overlay(MODEL)[halfway][:3].astype(int)
        told = bar_colours(shown.display)[place : place + 2, :3].astype(int)  # the value lies between these steps
        assert (told.min(0) - 1 <= drawn).all()
        assert (drawn <= told.max(0) + 1).all()


def test_the_bar_of_a_faded_image_ends_in_the_image_as_it_is() -> None:
    assert bar_colours(Display(show="faded", faded_opacity=1.0))[[0, -1], 0].tolist() == [0, 255]
