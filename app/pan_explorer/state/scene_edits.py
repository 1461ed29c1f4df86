"""Edits of a composed scene, as functions from one step of the undo history to the next.

An edit returns the same step if there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import hypot

from pan.data.composer.composition import Background, Composition
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.placed import Placed
from pan_explorer.state.composer import Step

BESIDE = 8.0
"""The distance of a duplicate from its original in x and in y, in pixels."""

Edit = Callable[[Step], Step]


def placed(taken: Placed, x: float, y: float) -> Edit:
    """Add an object on top and select it; objects with the same query differ in appearance where they can.

    Raises:
        InputError: In the edit, if the scene has too many objects.
    """

    def edit(step: Step) -> Step:
        alike = sum(each.query == taken.query for each in step.composition.placed)
        return _with(step, replace(taken.with_look(alike), x=x, y=y))

    return edit


def moved(x: float, y: float) -> Edit:
    """Move the centre of the selected object to a point, or as near to it as the image allows."""
    return _of_selected(lambda each: replace(each, x=x, y=y))


def nudged(dx: float, dy: float) -> Edit:
    """Move the selected object by an offset."""
    return _of_selected(lambda each: replace(each, x=each.x + dx, y=each.y + dy))


def scaled(scale: float) -> Edit:
    """Set the scale of the selected object."""
    return _of_selected(lambda each: replace(each, scale=scale))


def recoloured(colour: str) -> Edit:
    """Set the colour of the selected digit; other objects keep their own colours."""
    return _of_selected(lambda each: replace(each, colour=colour) if isinstance(each, PlacedDigit) else each)


def rewritten(step: Step) -> Step:
    """Change the appearance of the selected object: a digit gets another handwriting."""
    return _of_selected(lambda each: each.with_look(1))(step)


def duplicated(step: Step) -> Step:
    """Duplicate the selected object at a small distance.

    Raises:
        InputError: If the scene has too many objects.
    """
    if step.object is None:
        return step
    middle = step.composition.side / 2
    x, y = (place + (BESIDE if place < middle else -BESIDE) for place in (step.object.x, step.object.y))
    return _with(step, replace(step.object, x=x, y=y))


def in_front(step: Step) -> Step:
    """Bring the selected object to the front."""
    last = len(step.composition.placed) - 1
    if step.selected in (None, last):
        return step
    return Step(step.composition.with_object_in_front(step.selected), last)


def deleted(step: Step) -> Step:
    """Delete the selected object."""
    return step if step.selected is None else Step(step.composition.without_object(step.selected), None)


def cleared(step: Step) -> Step:
    """Delete all objects."""
    return Step(replace(step.composition, placed=()), None) if step.composition.placed else step


def laid_on(background: Background, *, clear: bool) -> Edit:
    """Replace the background.

    Args:
        background: The new background.
        clear: Whether it is known to show no object that can be queried.
    """
    return lambda step: Step(step.composition.on(background, clear=clear), step.selected)


def as_large(placed: Placed, longest: int) -> Placed:
    """A copy scaled so that its longer side has this many pixels."""
    return replace(placed, scale=longest / max(placed.own_size))


def place_of(query: str, composition: Composition) -> int | None:
    """The index of the queried object, of several the uppermost; None if there is none."""
    places = [place for place, each in enumerate(composition.placed) if each.query == query]
    return places[-1] if places else None


def middle(composition: Composition) -> int | None:
    """The index of the object nearest to the centre, where it has room to grow; None if there is none."""
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
