"""Kits for the composer: digits, or the objects of an opened set."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.composer.composition import Background, Composition
from pan.data.composer.cutout import PlacedCutout
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.placed import Placed
from pan.data.composer.set_objects import CutPicture, SetObjects, noise, scattered
from pan.data.composer.variations import background_of, random_background, random_composition
from pan.data.digits.backgrounds import SIZE
from pan.recipes.digits import KINDS
from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.state.compared import TASK_TITLES


class Kit(ABC):
    """The objects, random scenes, backgrounds and words of the composer."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The title of the objects."""

    @property
    @abstractmethod
    def side(self) -> int:
        """Side of its scenes in pixels."""

    @property
    @abstractmethod
    def queries(self) -> tuple[str, ...]:
        """The queries."""

    @property
    @abstractmethod
    def answers(self) -> tuple[str, ...]:
        """The answers."""

    @property
    @abstractmethod
    def objects(self) -> tuple[Placed, ...]:
        """The objects that can be placed, as they would be placed; a bounded number."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The queries by which objects can be filtered; empty if there is no filter."""
        return ()

    @property
    def choice(self) -> str:
        """The query whose objects there are; empty for any."""
        return ""

    @property
    @abstractmethod
    def scenes(self) -> Mapping[str, str]:
        """The kinds of random scenes with their titles."""

    @property
    @abstractmethod
    def backgrounds(self) -> Mapping[str, str]:
        """The kinds of backgrounds, with their titles."""

    @abstractmethod
    def scene(self, kind: str, seed: int) -> Composition:
        """A random scene; of the first kind if the kit has no such kind."""

    @abstractmethod
    def background(self, kind: str, seed: int) -> tuple[Background, bool]:
        """A background, and whether it is known to show no object of any query."""

    @abstractmethod
    def question(self, query: str) -> str:
        """A query as a question."""

    def as_now(self, placed: Placed) -> Placed | None:
        """An object of an earlier kit as it would be placed now; None if this kit does not have it."""
        return placed if placed in self.objects else None

    def after(self, placed: Placed) -> Kit:
        """The kit after the user changed an object."""
        del placed  # most kits do not change
        return self


@dataclass(frozen=True)
class DigitKit(Kit):
    """Ten digits.

    Attributes:
        colour: Colour of the next digit.
        scale: Scale of the next digit.
    """

    colour: str = "yellow"
    scale: float = 1.5

    @property
    def title(self) -> str:
        """The title."""
        return "digits"

    @property
    def side(self) -> int:
        """The side of MNIST Reference's images."""
        return SIZE

    @property
    def queries(self) -> tuple[str, ...]:
        """The digits."""
        return MNIST_REFERENCE.queries

    @property
    def answers(self) -> tuple[str, ...]:
        """Their colours."""
        return MNIST_REFERENCE.answers

    @property
    def objects(self) -> tuple[PlacedDigit, ...]:
        """Each digit in the colour and scale used last."""
        return tuple(PlacedDigit(digit, 0, self.colour, scale=self.scale) for digit in range(10))

    @property
    def scenes(self) -> Mapping[str, str]:
        """The paper's three tasks."""
        return TASK_TITLES

    @property
    def backgrounds(self) -> Mapping[str, str]:
        """The backgrounds of the three tasks."""
        return {"mref": "Black", "mdist": "Distractors, others each time", "mbg": "Photograph, another each time"}

    def scene(self, kind: str, seed: int) -> Composition:
        """A random scene of a task."""
        return random_composition(kind if kind in KINDS else KINDS[0], seed)

    def background(self, kind: str, seed: int) -> tuple[Background, bool]:
        """A background of a task; it shows no digit."""
        return random_background(kind, np.random.default_rng(seed)), True

    def question(self, query: str) -> str:
        """The paper's question."""
        return f"Which colour is the {query}?"

    def as_now(self, placed: Placed) -> Placed | None:
        """The digit in the colour and scale used last."""
        return self.objects[placed.digit] if isinstance(placed, PlacedDigit) else None

    def after(self, placed: Placed) -> DigitKit:
        """The next digit gets the same scale and colour."""
        return replace(self, colour=placed.colour, scale=placed.scale) if isinstance(placed, PlacedDigit) else self


@dataclass(frozen=True, eq=False)
class CutoutKit(Kit):
    """Objects cut out of a set's images.

    Attributes:
        folder: The set.
        source: What can be cut out of it.
        word: The query of the objects; empty for any.
        cut: The objects, each with its image; at least one.
    """

    folder: Path
    source: SetObjects
    word: str
    cut: tuple[CutPicture, ...]

    @property
    def title(self) -> str:
        """The set's path."""
        return str(self.folder)

    @property
    def side(self) -> int:
        """The input size of networks trained on the set."""
        return self.source.side

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries of the set."""
        return self.source.task.queries

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers of the set."""
        return self.source.task.answers

    @property
    def objects(self) -> tuple[PlacedCutout, ...]:
        """The cut-outs in their original size, by query and answer."""
        placed = (PlacedCutout(each.cutout) for each in self.cut)
        return tuple(sorted(placed, key=lambda each: (each.query, each.answers)))

    @property
    def choices(self) -> tuple[str, ...]:
        """All queries."""
        return self.queries

    @property
    def choice(self) -> str:
        """The query of the objects; empty for any."""
        return self.word

    @property
    def scenes(self) -> Mapping[str, str]:
        """Scenes on noise, or on an image of the set."""
        return {"noise": f"Objects of {self.folder.name} on noise", "picture": "On an image of the set"}

    @property
    def backgrounds(self) -> Mapping[str, str]:
        """Plain backgrounds, noise, photographs, and the set's images."""
        return {"black": "Black", "grey": "Grey", "noise": "Noise, another each time",
                "photograph": "Photograph, another each time", "picture": "Image of the set, another each time"}

    def scene(self, kind: str, seed: int) -> Composition:
        """A few objects of different queries."""
        rng = np.random.default_rng(seed)
        background, clear = self.background(kind if kind in self.scenes else "noise", seed)
        return scattered([each.cutout for each in self.cut], background, rng).on(background, clear=clear)

    def background(self, kind: str, seed: int) -> tuple[Background, bool]:
        """A background; the objects in a photograph or an image of the set are unknown."""
        rng = np.random.default_rng(seed)
        match kind:
            case "picture":
                return self.cut[int(rng.integers(len(self.cut)))].picture, False
            case "photograph":
                return background_of(Image.fromarray(random_background("mbg", rng)), self.side), False
            case "noise":
                return noise(self.side, rng), True
            case _:
                return np.full((self.side, self.side, 3), 0 if kind == "black" else 128, np.uint8), True

    def question(self, query: str) -> str:
        """The query in a general question, because the set does not state its own."""
        return f"What is answered to “{query}”?"
