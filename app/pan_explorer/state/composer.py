"""The state of the composer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from pan_explorer.state.sweep import Sweep


@dataclass(frozen=True, eq=False)
class Composed:
    """A composition, its rendering, and the picture for the networks."""

    composition: Composition
    scene: ComposedScene
    picture: Picture

    @staticmethod
    def of(composition: Composition, words: tuple[str, ...]) -> Composed:
        """Render a composition.

        Args:
            composition: The scene.
            words: The queries of the kit; those of the objects are added.
        """
        scene = draw(composition)
        truths = {each.query: Truth(each.answers, each.mask) for each in known(composition, scene)}
        side = composition.side
        fitted = Fitted(scene.image, (0, 0, side, side), (side, side))
        there = {each.query for each in composition.placed}
        complete = composition.clear and bool(truths) and there <= set(truths)
        queries = _queries(composition, words)
        picture = Picture("composed scene", None, fitted, truths, complete, queries, Image.fromarray(scene.image))
        return Composed(composition, scene, picture)

    def with_words(self, words: tuple[str, ...]) -> Composed:
        """The same scene where these words may be asked; itself if they may be asked already."""
        queries = _queries(self.composition, words)
        if queries == self.picture.queries:
            return self
        return replace(self, picture=replace(self.picture, queries=queries))

    def lacks(self, query: str) -> bool:
        """Whether the queried object is known to be absent."""
        return self.composition.clear and query not in {each.query for each in self.composition.placed}


def _queries(composition: Composition, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*words, *(each.query for each in composition.placed))))


@dataclass(frozen=True, eq=False)
class Step:
    """A step of the undo history: a scene and its selected object."""

    composition: Composition
    selected: int | None

    @property
    def object(self) -> Placed | None:
        """The selected object."""
        return None if self.selected is None else self.composition.placed[self.selected]


@dataclass(frozen=True, eq=False)
class ComposerState:
    """The state of the composer's page.

    Attributes:
        composed: The scene.
        selected: Index of the selected object.
        query: The query of the object selected last.
        kit: The objects and backgrounds to compose with.
        coming: The kit that is being read to replace it, in words; empty if there is none.
        note: Why there are no objects of the opened set; empty if there is nothing to say.
        history: The undo history.
        answers: The last answers; during a drag they may belong to an earlier scene.
        sweep: The last sweep; it may belong to another scene or object.
        alone: Whether sweeps leave the other objects out.
        kept: The scene last drawn at random, opened or saved; it counts as saved.
        folder: The set to which scenes are saved.
        saving: Progress of saving, in words; empty if nothing is being saved.
    """

    composed: Composed = field(default_factory=lambda: Composed.of(Composition(BLACK), DigitKit().queries))
    selected: int | None = None
    query: str = "0"
    kit: Kit = field(default_factory=DigitKit)
    coming: str = ""
    note: str = ""
    history: History[Step] = field(default_factory=History)
    answers: Answers | None = None
    sweep: Sweep | None = None
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
        """Whether the scene has unsaved changes."""
        return bool(self.history.past) and self.composed.composition is not self.kept

    @property
    def step(self) -> Step:
        """The present step for the undo history."""
        return Step(self.composed.composition, self.selected)

    @property
    def sweep_holds(self) -> bool:
        """Whether the last sweep belongs to the present scene and selected object."""
        sweep = self.sweep
        return sweep is not None and sweep.alone == self.alone and sweep.holds_for(
            self.composed.composition, self.selected)
