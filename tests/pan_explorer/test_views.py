"""Networks of spatial transformers: what they turn to, in the same panes as attention."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan.checkpoints.file import save_checkpoint
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.panels.explore.grid import LayerGrid
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.figure_order import FigureOrder
from pan_explorer.values.marks import inside, polygon


@pytest.fixture
def stn(tmp_path: Path) -> str:
    recipe = find_recipe("mref/stn-m").with_fields(channels=4, hidden=4, start="")
    path = tmp_path / "stn.safetensors"
    save_checkpoint(path, build_model(recipe, MNIST_REFERENCE).eval(), recipe, MNIST_REFERENCE, {})
    return str(path)


@pytest.fixture
def rendering(begun: Session, qtbot, stn: str) -> Rendering:
    begun.comparison.add(stn)
    qtbot.waitUntil(lambda: len(begun.state.answers.panes) == 4)
    begun.layers.go_to("att3")
    return Rendering.at(begun.state)


def test_the_sampled_view_is_framed_and_the_rest_is_dark(rendering: Rendering, stn: str) -> None:
    view = rendering.view_of(stn)
    corners = np.array([[0.2, 0.3], [0.7, 0.3], [0.7, 0.9], [0.2, 0.9]])
    turned = replace(view, outline=corners * 100)
    reading = rendering.reading(stn)
    explanation = replace(reading.explanation, views=(turned,))
    pane = replace(rendering.answers.pane(stn), reading=replace(reading, explanation=explanation))
    changed = replace(rendering, answers=replace(rendering.answers, panes=(pane,)))
    darkness = changed.overlay(stn)[..., 3]
    assert darkness[50, 50] == 0
    assert darkness[10, 50] == darkness[50, 80] == round(rendering.display.faded_opacity * 255)
    (mark,) = changed.marks(stn, None)
    assert np.allclose(mark.segments, polygon(corners))


def test_a_pane_shows_the_views_as_its_filmstrip_and_in_the_corner(
    rendering: Rendering, begun: Session, qtbot, stn: str
) -> None:
    compare = Compare(begun)
    qtbot.addWidget(compare)
    pane = next(each for each in compare.findChildren(ModelPane) if each._model.name == stn)
    assert pane.view._inset is not None
    frames = {frame.name: frame for frame in pane._filmstrip._frames}
    assert np.array_equal(frames["att3"].image, rendering.view_of(stn, "att3").picture)
    begun.layers.go_to("input")
    assert pane.view._inset is None


def test_the_grid_of_layers_shows_the_views_too(rendering: Rendering, begun: Session, qtbot, stn: str) -> None:
    compare = Compare(begun)
    qtbot.addWidget(compare)
    begun.view.toggle("layers")
    grid = compare.findChild(LayerGrid)
    assert grid._views[stn, "att3"]._inset is not None
    assert grid._views["mref/san", "att3"]._inset is None
    assert grid._captions[stn, "att3"].text() != "no attention"


def test_a_network_of_transformers_alone_has_its_own_layers(begun: Session, qtbot, stn: str) -> None:
    begun.comparison.add(stn)
    for model in ("mref/pan-ctx", "mref/san", "mref/han"):
        begun.comparison.remove(model)
    qtbot.waitUntil(lambda: [pane.model for pane in begun.state.answers.panes] == [stn])
    views = [view.name for view in begun.state.answers.explanations[0].views]
    assert begun.state.layers == ("input", *views)


def test_pixels_in_a_polygon_are_found_whichever_way_it_runs() -> None:
    corners = np.array([[0.0, 0.0], [0.5, 0.0], [0.5, 1.0], [0.0, 1.0]])
    for each in (corners, corners[::-1]):
        assert np.array_equal(inside(each, 4), np.tile([True, True, False, False], (4, 1)))


def test_the_exported_figure_shows_the_views_too(
    rendering: Rendering, begun: Session, qtbot, stn: str, tmp_path: Path
) -> None:
    widths = []
    for number in range(2):
        path = tmp_path / f"{number}.png"
        with qtbot.waitSignal(begun.succeeded, timeout=20_000):
            begun.exports.figure(path, FigureOrder(dpi=40))
        with Image.open(path) as figure:
            widths.append(figure.width)
        begun.comparison.toggle(stn)
        qtbot.waitUntil(lambda: len(begun.state.answers.panes) == 3)
    views = len(rendering.reading(stn).explanation.views)
    assert widths[0] - widths[1] >= 40 * 1.2 * views
