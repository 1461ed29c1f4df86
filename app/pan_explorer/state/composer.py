"""What is being composed, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from pan.data.composer.composition import BLACK, Composition
from pan.data.composer.drawing import ComposedScene, draw, known
from pan.data.composer.placed import Placed
from pan.data.images import Fitted
from pan_explorer.pictures.picture import Picture, Truth
from pan_explorer.state.answers import Answers
from pan_explorer.state.history import History
from pan_explorer.state.kit import DigitKit, Kit
from pan_explorer.state.sweep import Swept


@dataclass(frozen=True, eq=False)
class Composed:
    """A composition, what it looks like, and as which picture the networks see it."""

    composition: Composition
    scene: ComposedScene
    picture: Picture

    @staticmethod
    def of(composition: Composition, words: tuple[str, ...]) -> Composed:
        """The composition drawn.

        Args:
            composition: The scene.
            words: What may be asked; the words of its objects may be asked too.
        """
        scene = draw(composition)
        truths = {each.query: Truth(each.answer, each.mask) for each in known(composition, scene)}
        there = dict.fromkeys(each.query for each in composition.placed)
        side = composition.side
        fitted = Fitted(scene.image, (0, 0, side, side), (side, side))
        complete = composition.clear and bool(truths) and set(there) <= set(truths)
        queries = tuple(dict.fromkeys((*words, *there)))
        picture = Picture("composed scene", None, fitted, truths, complete, queries, Image.fromarray(scene.image))
        return Composed(composition, scene, picture)

    def lacks(self, query: str) -> bool:
        """Whether what is asked about is known not to be there."""
        return self.composition.clear and query not in {each.query for each in self.composition.placed}


@dataclass(frozen=True, eq=False)
class Step:
    """A scene one can come back to, and which of its objects was selected."""

    composition: Composition
    selected: int | None

    @property
    def object(self) -> Placed | None:
        """The selected object."""
        return None if self.selected is None else self.composition.placed[self.selected]


@dataclass(frozen=True, eq=False)
class ComposerState:
    """All that the composer's page shows.

    Attributes:
        composed: The scene.
        selected: The place of the selected object.
        query: What the networks are asked: the word of the object selected last.
        kit: What there is to compose with.
        note: Why there are no objects of the opened set; empty where there are, or nothing is to be said.
        history: The scenes before and after this one.
        answers: What the networks answered last; while an object is dragged it may be of the scene a moment ago.
        sweep: The last sweep, which may be of another scene or object.
        alone: Whether sweeps leave the other objects out.
        kept: The scene as it was drawn at random, opened or saved last; nothing is lost with it.
        folder: The set into which scenes are saved.
        saving: How far saving has come, in words; empty while nothing is saved.
    """

    composed: Composed = field(default_factory=lambda: Composed.of(Composition(BLACK), DigitKit().queries))
    selected: int | None = None
    query: str = "0"
    kit: Kit = field(default_factory=DigitKit)
    note: str = ""
    history: History[Step] = field(default_factory=History)
    answers: Answers | None = None
    sweep: Swept | None = None
    alone: bool = False
    kept: Composition | None = None
    folder: Path | None = None
    saving: str = ""

    @property
    def object(self) -> Placed | None:
        """The selected object."""
        return self.step.object

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
        """Whether the last sweep is of the present scene and the selected object."""
        sweep = self.sweep
        return sweep is not None and sweep.alone == self.alone and sweep.holds_for(
            self.composed.composition, self.selected)
