"""Steps that are undone and redone."""

from __future__ import annotations

from pan_explorer.state.history import MOST_STEPS, History


def test_edits_of_one_stroke_are_undone_together() -> None:
    history = History[str]().after("a", "move").after("b", "move").ended("c")
    assert history.past == ("a",)
    assert history.after("c", "move").past == ("a", "c")


def test_a_stroke_without_a_change_adds_no_undo_step() -> None:
    assert History[str]().after("a", "move").ended("a").past == ()
    assert History[str]().after("a", "move").ended("b").past == ("a",)


def test_a_step_back_is_redone_until_something_else_is_done() -> None:
    back = History[str]().after("a").back("b")
    assert (back.past, back.future) == ((), ("b",))
    assert back.forth("a") == History(("a",))
    assert back.after("a").future == ()


def test_steps_that_were_undone_are_redone_one_by_one() -> None:
    back = History[str]().after("a").after("b").back("c").back("b")
    once = back.forth("a")
    assert (once.past, once.future) == (("a",), ("c",))
    assert once.forth("b") == History(("a", "b"))


def test_the_oldest_steps_are_forgotten() -> None:
    history = History[int]()
    for step in range(MOST_STEPS + 5):
        history = history.after(step)
    assert history.past == tuple(range(5, MOST_STEPS + 5))
