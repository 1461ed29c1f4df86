"""What a scale sweep found: how sure networks are and where they look, from half an object's size to three times it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from pan.data.composer.composition import Composition


class Curves(NamedTuple):
    """One network over the scales, 0 to 1.

    Attributes:
        probability: Of the right answer.
        tpr: Share of the accumulated attention on the object; NaN where the network or the object has none.
        pxap: Average precision of its pixels as a detector of the object's; NaN likewise.
    """

    probability: Float[np.ndarray, " n"]
    tpr: Float[np.ndarray, " n"]
    pxap: Float[np.ndarray, " n"]


@dataclass(frozen=True, eq=False)
class Swept:
    """Networks asked about one object of a scene at every scale.

    Attributes:
        composition: The scene.
        place: The object's place in it.
        scales: The scales.
        curves: What they said, by model; a model that has no such answer is left out.
        alone: Whether the other objects were left out of the scene.
    """

    composition: Composition
    place: int
    scales: Float[np.ndarray, " n"]
    curves: Mapping[str, Curves]
    alone: bool = False

    def holds_for(self, composition: Composition, place: int | None) -> bool:
        """Whether it would come out the same: nothing but the swept object's scale is another."""
        then = self.composition
        return (
            place == self.place and composition.background is then.background
            and len(composition.placed) == len(then.placed)
            and composition.without_object(place).placed == then.without_object(place).placed
            and replace(composition.placed[place], scale=1.0) == replace(then.placed[place], scale=1.0)
        )  # fmt: skip
