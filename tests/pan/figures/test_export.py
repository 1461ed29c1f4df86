"""Figures for taking away: their sizes, their layouts, animations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from pan.figures.animation import save_animation
from pan.figures.explanation import save_figure
from pan.figures.queries import query_figure
from pan.figures.side_by_side import Panel, side_by_side
from pan.figures.size import set_width
from pan.system.errors import InputError

GREY = np.full((10, 10, 3), 128, np.uint8)


def panel(level: int, title: str = "PAN-CTX") -> Panel:
    over = np.full((2, 2, 4), level, np.uint8)
    return Panel(title, "#E69F00", GREY, over, smooth=False, caption="red 90 %")


def test_a_figure_made_smaller_keeps_its_proportions() -> None:
    figure = side_by_side([panel(0), panel(0)], "query: 7")
    width, height = figure.get_size_inches()
    size = figure.findobj(Text)[0].get_fontsize()
    set_width(figure, width / 2)
    assert tuple(figure.get_size_inches()) == pytest.approx((width / 2, height / 2))
    assert figure.findobj(Text)[0].get_fontsize() == pytest.approx(size / 2)


def test_an_extreme_width_is_refused() -> None:
    with pytest.raises(InputError, match="cm wide"):
        set_width(side_by_side([panel(0)], ""), 0.01)


def test_an_overlay_is_drawn_over_the_image(tmp_path: Path) -> None:
    for level in (0, 255):
        save_figure(side_by_side([panel(level)], ""), tmp_path / f"{level}.png", 50)
    without, covered = (np.asarray(Image.open(tmp_path / f"{level}.png").convert("L")) for level in (0, 255))
    assert without[60, 50] == 128
    assert covered[60, 50] == 255


def test_an_animation_holds_every_figure_for_its_time(tmp_path: Path) -> None:
    save_animation([side_by_side([panel(level)], "") for level in (0, 120, 255)], tmp_path / "a.gif", 40, 0.5)
    with Image.open(tmp_path / "a.gif") as animation:
        times = []
        for number in range(animation.n_frames):
            animation.seek(number)
            times.append(animation.info["duration"])
        assert animation.info["loop"] == 0, "it goes on for ever"
    assert times == [500, 500, 1250]


def test_an_animation_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gif"):
        save_animation([side_by_side([panel(0)], "")], tmp_path / "a.mp4", 40, 0.5)
    with pytest.raises(InputError, match="dpi"):
        save_animation([side_by_side([panel(0)], "")], tmp_path / "a.gif", 4, 0.5)


def test_frames_of_a_gif_that_would_not_fit_into_memory_together_are_refused_before_they_are_drawn(tmp_path):
    figures = [side_by_side([panel(level)], "") for level in (0, 120, 255)]
    for each in figures:
        set_width(each, 25.0)
    with pytest.raises(InputError, match=r"3 frames of .* pixels; at most 80 million"):
        save_animation(figures, tmp_path / "a.gif", 200, 0.5)
    assert not any(tmp_path.iterdir())


def test_a_table_without_answers_is_refused() -> None:
    with pytest.raises(InputError, match="no answers"):
        query_figure([], "att4")
