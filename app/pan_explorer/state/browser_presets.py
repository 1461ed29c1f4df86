"""Presets of filter and order for an evaluated set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.values.view import Model


class Preset(NamedTuple):
    """A filter with its order and title."""

    title: str
    selection: Selection
    order: Order


def presets(models: Sequence[Model]) -> list[Preset]:
    """The presets for these networks; they compare the first one with the others."""
    if not models:
        return []
    first, others = models[0], models[1:]
    names = [model.name for model in models]
    unsure = Order("confidence", first.name, descending=False)
    made = [Preset(f"{first.title} is wrong", Selection({first.name: False}), Order("confidence", first.name))]
    if others:
        against = others[0]
        alone = {name: name == first.name for name in names}
        gap = Order("tpr gap", first.name, against.name)
        made = [
            Preset(f"Only {first.title} is right", Selection(alone), gap),
            Preset(f"Only {first.title} is wrong", Selection({name: not right for name, right in alone.items()}), gap),
            Preset("All are wrong", Selection(dict.fromkeys(names, False)), Order("confidence", first.name)),
            Preset("All are right", Selection(dict.fromkeys(names, True)), gap),
            Preset(f"Largest TPR gap, {first.title} − {against.title}", Selection(), gap),
        ]
    made.append(Preset(f"{first.title} least sure", Selection(), unsure))
    return [*made, Preset("All questions", Selection(), Order())]
