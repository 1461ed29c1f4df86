"""Edits of a composed scene: each makes the next step of one, and leaves it alone where there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import hypot

from pan.data.composer.composition import Background, Composition, PlacedDigit
from pan.data.digits.backgrounds import SIZE
from pan_explorer.state.composer import Brush, Step

HANDWRITINGS = 20
"""So many copies of a digit are each written otherwise."""
BESIDE = 8.0
"""How far a duplicate lies from its original, in pixels."""

Edit = Callable[[Step], Step]


def placed(digit: int, brush: Brush, x: float, y: float) -> Edit:
    """One more digit on top, selected.

    Raises:
        InputError: By the edit, if there are too many.
    """

    def edit(step: Step) -> Step:
        glyph = sum(each.digit == digit for each in step.composition.placed) % HANDWRITINGS
        return _with(step, PlacedDigit(digit, glyph, brush.colour, 1.0, 50.0, 50.0).scaled(brush.scale).moved(x, y))

    return edit


def moved(x: float, y: float) -> Edit:
    """The selected digit's centre there, or as near as the image lets it."""
    return _of_selected(lambda digit: digit.moved(x, y))


def nudged(dx: float, dy: float) -> Edit:
    """The selected digit a little aside."""
    return _of_selected(lambda digit: digit.moved(digit.x + dx, digit.y + dy))


def scaled(scale: float) -> Edit:
    """The selected digit this large."""
    return _of_selected(lambda digit: digit.scaled(scale))


def recoloured(colour: str) -> Edit:
    """The selected digit in a colour."""
    return _of_selected(lambda digit: replace(digit, colour=colour))


def rewritten(step: Step) -> Step:
    """The selected digit in another hand."""
    return _of_selected(lambda digit: digit.rewritten())(step)


def duplicated(step: Step) -> Step:
    """The selected digit once more, a little aside.

    Raises:
        InputError: If there are too many.
    """
    if step.digit is None:
        return step
    x, y = (BESIDE if place < SIZE / 2 else -BESIDE for place in (step.digit.x, step.digit.y))
    return _with(step, step.digit.moved(step.digit.x + x, step.digit.y + y))


def in_front(step: Step) -> Step:
    """The selected digit above all others."""
    last = len(step.composition.placed) - 1
    if step.selected in (None, last):
        return step
    return Step(step.composition.with_digit_in_front(step.selected), last)


def deleted(step: Step) -> Step:
    """The scene without the selected digit."""
    return step if step.selected is None else Step(step.composition.without_digit(step.selected), None)


def cleared(step: Step) -> Step:
    """The background alone."""
    return Step(replace(step.composition, placed=()), None) if step.composition.placed else step


def laid_on(background: Background, *, clear: bool) -> Edit:
    """The digits on another background.

    Args:
        background: An image.
        clear: Whether it is known to show no digit itself.
    """
    return lambda step: Step(step.composition.on(background, clear=clear), step.selected)


def place_of(query: str, composition: Composition) -> int | None:
    """The place of the digit that is asked about, of several the uppermost; None if it is not there."""
    places = [place for place, digit in enumerate(composition.placed) if str(digit.digit) == query]
    return places[-1] if places else None


def middle(composition: Composition) -> int | None:
    """The place of the digit that lies nearest the middle, where it has room to grow."""
    away = [hypot(digit.x - SIZE / 2, digit.y - SIZE / 2) for digit in composition.placed]
    return away.index(min(away)) if away else None


def _with(step: Step, digit: PlacedDigit) -> Step:
    composition = step.composition.with_digit(digit)
    return Step(composition, len(composition.placed) - 1)


def _of_selected(change: Callable[[PlacedDigit], PlacedDigit]) -> Edit:
    def edit(step: Step) -> Step:
        if step.selected is None or step.digit is None or (digit := change(step.digit)) == step.digit:
            return step
        return Step(step.composition.with_digit_changed(step.selected, digit), step.selected)

    return edit
