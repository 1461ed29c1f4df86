"""Cyclic garbage: whoever holds collecting back, it is collected where it is asked for and given back at the end."""

import gc
import sys
import weakref
from collections.abc import Iterator
from types import ModuleType

import pytest

from pan_explorer.system.garbage import GuiThreadGarbage

MANY = 20_000


class Knot:
    """Holds itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collected_between_tests() -> None:
    """These tests are about Python's own collecting."""


@pytest.fixture
def garbage() -> Iterator[GuiThreadGarbage]:
    gc.collect()
    garbage = GuiThreadGarbage()
    garbage.hold()
    garbage.collect()  # sets aside what was there before
    yield garbage
    garbage.release()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_garbage_waits_until_it_is_asked_for(garbage) -> None:
    knots = [Knot() for _ in range(gc.get_threshold()[0] + 100)]
    first = weakref.ref(knots[0])
    knots.clear()
    assert first() is not None
    garbage.collect()
    assert first() is None


def test_objects_of_an_import_are_not_garbage_collected(garbage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "imported while a job runs", ModuleType("imported"))
    modules = [Knot() for _ in range(MANY)]
    before = gc.get_freeze_count()
    garbage.collect()
    assert gc.get_freeze_count() >= before + len(modules)


def test_a_large_figure_is_no_import_and_goes_while_a_job_runs(garbage) -> None:
    figure = [Knot() for _ in range(MANY)]
    first = weakref.ref(figure[0])
    garbage.collect()
    figure.clear()
    looks = 0
    while first() is not None and looks < 1000:
        looks += 1
        few = [Knot() for _ in range(gc.get_threshold()[0] + 1)]
        garbage.collect()
        few.clear()
    assert first() is None


def test_the_last_of_two_holders_gives_collecting_back(garbage) -> None:
    garbage.hold()
    garbage.release()
    assert not gc.isenabled()


def test_objects_of_the_start_are_not_garbage_collected_but_later_ones_are() -> None:
    garbage = GuiThreadGarbage()
    with garbage.held_at_the_start():
        panels = [Knot() for _ in range(MANY)]
        assert not gc.isenabled()
    assert gc.isenabled()
    young = {id(each) for generation in (0, 1) for each in gc.get_objects(generation)}
    assert not young & {id(each) for each in panels}
    first = weakref.ref(panels[0])
    panels.clear()
    gc.collect()
    assert first() is None
