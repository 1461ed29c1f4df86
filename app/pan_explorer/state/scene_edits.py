"""Edits of a composed scene: each makes the next step of one, and leaves it alone where there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import hypot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.placed import Placed
from pan_explorer.state.composer import Step

BESIDE = 8.0
"""How far a duplicate lies from its original, in pixels."""

Edit = Callable[[Step], Step]


def placed(taken: Placed, x: float, y: float) -> Edit:
    """One more object on top, selected; each further one of a word looks otherwise, where it can.

    Raises:
        InputError: By the edit, if there are too many.
    """

    def edit(step: Step) -> Step:
        alike = sum(each.query == taken.query for each in step.composition.placed)
        return _with(step, replace(taken.with_look(alike), x=x, y=y))

    return edit


def moved(x: float, y: float) -> Edit:
    """The selected object's centre there, or as near as the image lets it."""
    return _of_selected(lambda each: replace(each, x=x, y=y))


def nudged(dx: float, dy: float) -> Edit:
    """The selected object a little aside."""
    return _of_selected(lambda each: replace(each, x=each.x + dx, y=each.y + dy))


def scaled(scale: float) -> Edit:
    """The selected object this large."""
    return _of_selected(lambda each: replace(each, scale=scale))


def recoloured(colour: str) -> Edit:
    """The selected digit in a colour; other objects have their own."""
    return _of_selected(lambda each: replace(each, colour=colour) if isinstance(each, PlacedDigit) else each)


def rewritten(step: Step) -> Step:
    """The selected object with another look: a digit in another hand."""
    return _of_selected(lambda each: each.with_look(1))(step)


def duplicated(step: Step) -> Step:
    """The selected object once more, a little aside.

    Raises:
        InputError: If there are too many.
    """
    if step.object is None:
        return step
    middle = step.composition.side / 2
    x, y = (place + (BESIDE if place < middle else -BESIDE) for place in (step.object.x, step.object.y))
    return _with(step, replace(step.object, x=x, y=y))


def in_front(step: Step) -> Step:
    """The selected object above all others."""
    last = len(step.composition.placed) - 1
    if step.selected in (None, last):
        return step
    return Step(step.composition.with_object_in_front(step.selected), last)


def deleted(step: Step) -> Step:
    """The scene without the selected object."""
    return step if step.selected is None else Step(step.composition.without_object(step.selected), None)


def cleared(step: Step) -> Step:
    """The background alone."""
    return Step(replace(step.composition, placed=()), None) if step.composition.placed else step


def laid_on(background: Background, *, clear: bool) -> Edit:
    """The objects on another background.

    Args:
        background: An image.
        clear: Whether it is known to show nothing that can be asked about.
    """
    return lambda step: Step(step.composition.on(background, clear=clear), step.selected)


def as_large(placed: Placed, longest: int) -> Placed:
    """An object at the scale at which its longer side has so many pixels."""
    return replace(placed, scale=longest / max(placed.own_size))


def place_of(query: str, composition: Composition) -> int | None:
    """The place of the object that is asked about, of several the uppermost; None if it is not there."""
    places = [place for place, each in enumerate(composition.placed) if each.query == query]
    return places[-1] if places else None


def middle(composition: Composition) -> int | None:
    """The place of the object that lies nearest the middle, where it has room to grow."""
    away = [hypot(each.x - composition.side / 2, each.y - composition.side / 2) for each in composition.placed]
    return away.index(min(away)) if away else None


def _with(step: Step, placed: Placed) -> Step:
    composition = step.composition.with_object(placed)
    return Step(composition, len(composition.placed) - 1)


def _of_selected(change: Callable[[Placed], Placed]) -> Edit:
    def edit(step: Step) -> Step:
        if step.selected is None or step.object is None:
            return step
        changed = change(step.object).inside(step.composition.side)
        if changed == step.object:
            return step
        return Step(step.composition.with_object_changed(step.selected, changed), step.selected)

    return edit
