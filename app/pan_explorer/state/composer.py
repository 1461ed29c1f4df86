"""What is being composed, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from pan.data.composer.composition import BLACK, Composition, PlacedDigit
from pan.data.composer.drawing import ComposedScene, draw, known
from pan.data.digits.backgrounds import SIZE
from pan.data.images import Fitted
from pan.recipes.task import MNIST_REFERENCE
from pan_explorer.pictures.picture import Picture, Truth
from pan_explorer.state.answers import Answers
from pan_explorer.state.history import History
from pan_explorer.state.sweep import Swept


@dataclass(frozen=True, eq=False)
class Composed:
    """A composition, what it looks like, and as which picture the networks see it."""

    composition: Composition
    scene: ComposedScene
    picture: Picture

    @staticmethod
    def of(composition: Composition) -> Composed:
        """The composition drawn."""
        scene = draw(composition)
        truths = {str(each.digit): Truth(each.colour, each.mask) for each in known(composition, scene)}
        there = {str(digit.digit) for digit in composition.placed}
        fitted = Fitted(scene.image, (0, 0, SIZE, SIZE), (SIZE, SIZE))
        complete = composition.clear and bool(truths) and there <= set(truths)
        picture = Picture("composed scene", None, fitted, truths, complete, MNIST_REFERENCE.queries,
                          Image.fromarray(scene.image))
        return Composed(composition, scene, picture)

    def lacks(self, query: str) -> bool:
        """Whether the queried digit is known not to be there."""
        there = {str(digit.digit) for digit in self.composition.placed}
        return self.composition.clear and query not in there


@dataclass(frozen=True, eq=False)
class Step:
    """A scene one can come back to, and which of its digits was selected."""

    composition: Composition
    selected: int | None

    @property
    def digit(self) -> PlacedDigit | None:
        """The selected digit."""
        return None if self.selected is None else self.composition.placed[self.selected]


@dataclass(frozen=True)
class Brush:
    """Colour and scale of the next digit that is placed."""

    colour: str = "yellow"
    scale: float = 1.5


@dataclass(frozen=True, eq=False)
class ComposerState:
    """All that the composer's page shows.

    Attributes:
        composed: The scene.
        selected: The place of the selected digit.
        query: What the networks are asked: the digit selected last.
        brush: Colour and scale of the next digit that is placed.
        history: The scenes before and after this one.
        answers: What the networks answered last; while a digit is dragged it may be of the scene a moment ago.
        sweep: The last sweep, which may be of another scene or digit.
        alone: Whether sweeps leave the other digits out.
        kept: The scene as it was drawn at random, opened or saved last; nothing is lost with it.
        folder: The set into which scenes are saved.
        saving: How far saving has come, in words; empty while nothing is saved.
    """

    composed: Composed = field(default_factory=lambda: Composed.of(Composition(BLACK)))
    selected: int | None = None
    query: str = "0"
    brush: Brush = field(default_factory=Brush)
    history: History[Step] = field(default_factory=History)
    answers: Answers | None = None
    sweep: Swept | None = None
    alone: bool = False
    kept: Composition | None = None
    folder: Path | None = None
    saving: str = ""

    @property
    def digit(self) -> PlacedDigit | None:
        """The selected digit."""
        return self.step.digit

    @property
    def is_unsaved(self) -> bool:
        """Whether there is work in the scene that would be lost with the window."""
        return bool(self.history.past) and self.composed.composition is not self.kept

    @property
    def step(self) -> Step:
        """The scene as one to come back to."""
        return Step(self.composed.composition, self.selected)

    @property
    def sweep_holds(self) -> bool:
        """Whether the last sweep is of the present scene and the selected digit."""
        sweep = self.sweep
        return sweep is not None and sweep.alone == self.alone and sweep.holds_for(
            self.composed.composition, self.selected)
