"""Curves: smoothing without a bias, ranges that show what is there, values under the pointer."""

from dataclasses import replace

import numpy as np
import pytest

from pan_explorer.widgets.curve_plot import CurvePlot, smoothed
from pan_explorer.widgets.curves import Axes, Curve

RISING = Curve("accuracy", (1.0, 2.0, 3.0, 4.0), (40.0, 60.0, 70.0, 75.0))


@pytest.fixture
def plot(qtbot) -> CurvePlot:
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.resize(400, 140)
    return plot


def lines(plot: CurvePlot) -> list[np.ndarray]:
    """The y values of what is drawn."""
    return [item.getOriginalDataset()[1] for item in plot._item.listDataItems()]


def test_smoothing_starts_at_the_first_value_and_keeps_a_constant() -> None:
    assert smoothed(np.array([5.0, 5.0, 5.0]), 0.9).tolist() == pytest.approx([5, 5, 5])
    assert smoothed(np.array([1.0, 3.0]), 0.5).tolist() == pytest.approx([1, (0.5 * 0.5 * 1 + 0.5 * 3) / 0.75])


def test_smoothing_leaves_gaps_as_gaps() -> None:
    assert np.isnan(smoothed(np.array([1.0, np.nan, 3.0]), 0.5)).tolist() == [False, True, False]


def test_a_smoothed_curve_keeps_its_raw_line(plot) -> None:
    plot.set_axes(Axes(smoothing=0.8))
    plot.set_curves([replace(RISING, noisy=True)])
    raw, smooth = lines(plot)
    assert raw.tolist() == list(RISING.y)
    assert smooth[-1] < raw[-1]


def test_only_noisy_curves_are_smoothed(plot) -> None:
    plot.set_axes(Axes(smoothing=0.8))
    plot.set_curves([RISING])
    assert [line.tolist() for line in lines(plot)] == [list(RISING.y)]


def test_the_axis_extends_to_the_last_epoch(plot) -> None:
    plot.set_curves([RISING], whole=10)
    (left, right), _ = plot._item.viewRange()
    assert left <= 1
    assert right >= 10


def test_given_ends_of_the_axis_hold(plot) -> None:
    plot.set_axes(Axes(low=0, high=100))
    plot.set_curves([RISING])
    low, high = plot._item.viewRange()[1]
    assert low <= 0
    assert high >= 100


def test_the_last_epochs_are_seen_close_up(plot) -> None:
    plot.set_axes(Axes(low=0, high=100, last=1))
    plot.set_curves([RISING], whole=10)
    (left, right), (low, high) = plot._item.viewRange()
    assert left > 2
    assert right < 5
    assert low > 60
    assert high < 80


def test_an_outlier_can_be_left_out_of_the_range(plot) -> None:
    values = (*[1.0] * 99, 1_000.0)
    curve = Curve("loss", tuple(float(number) for number in range(100)), values)
    plot.set_curves([curve])
    assert plot._item.viewRange()[1][1] >= 1_000
    plot.set_axes(Axes(outliers=False))
    assert plot._item.viewRange()[1][1] < 1_000


def test_a_logarithmic_axis_takes_zeros_in_its_stride(plot) -> None:
    plot.set_axes(Axes(log=True))
    plot.set_curves([Curve("loss", (1.0, 2.0, 3.0), (0.0, 0.01, 1.0))])
    low, high = plot._item.viewRange()[1]
    assert low < -1.9
    assert high > -0.1


def test_the_best_point_is_marked(plot) -> None:
    plot.set_curves([RISING], best=(4.0, 75.0))
    assert lines(plot)[-1].tolist() == [75.0]


def test_the_values_near_the_pointer_are_told(plot) -> None:
    plot.set_curves([RISING])
    assert plot.read_out(2.2) == "accuracy 60 at 2"
    assert plot.read_out(99) == "accuracy 75 at 4"


def test_no_curves_are_drawn_without_complaint(plot, qtbot) -> None:
    plot.set_curves([Curve("accuracy", (), ())])
    plot.show()
    qtbot.waitExposed(plot)
    assert plot.read_out(1) == ""
