"""The result of a scale sweep: networks' confidence and attention from half to three times an object's size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from pan.data.composer.composition import Composition


class Curves(NamedTuple):
    """Measures of one network at each scale, 0 to 1.

    Attributes:
        probability: Probability of the right answer, or the mean of several.
        tpr: Share of the accumulated attention on the object; NaN without attention or without a mask.
        pxap: Pixel average precision of the accumulated attention; NaN likewise.
    """

    probability: Float[np.ndarray, " n"]
    tpr: Float[np.ndarray, " n"]
    pxap: Float[np.ndarray, " n"]


@dataclass(frozen=True, eq=False)
class Sweep:
    """The answers of networks about one object of a scene at each scale.

    Attributes:
        composition: The scene.
        place: The object's index in it.
        scales: The scales.
        curves: The measures by network; a network that cannot give the right answer is left out.
        alone: Whether the other objects were removed from the scene.
    """

    composition: Composition
    place: int
    scales: Float[np.ndarray, " n"]
    curves: Mapping[str, Curves]
    alone: bool = False

    def holds_for(self, composition: Composition, place: int | None) -> bool:
        """Whether the result is valid for a scene: it differs in nothing but the scale of the swept object."""
        then = self.composition
        return (
            place == self.place and composition.background is then.background
            and len(composition.placed) == len(then.placed)
            and composition.without_object(place).placed == then.without_object(place).placed
            and replace(composition.placed[place], scale=1.0) == replace(then.placed[place], scale=1.0)
        )  # fmt: skip
