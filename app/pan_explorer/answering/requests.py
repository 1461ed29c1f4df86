"""Requests to the answering thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pan.attention.surgery import Surgery
from pan.data.composer.composition import Composition
from pan_explorer.pictures.picture import Picture
from pan_explorer.state.walk import Step

NO_SURGERIES: Mapping[str, Surgery] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Question:
    """Asks the models one query.

    Attributes:
        asker: Who asks; a later question of the same asker replaces an earlier one.
        picture: The image.
        query: The query.
        models: The checkpoints' names.
        surgeries: Attention surgery by model, of those that are changed.
    """

    asker: str
    picture: Picture
    query: str
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery] = field(default_factory=lambda: NO_SURGERIES)


@dataclass(frozen=True, eq=False)
class TableQuestion:
    """Asks the models several queries at once; the attributes are those of `Question`."""

    asker: str
    picture: Picture
    queries: tuple[str, ...]
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery] = field(default_factory=lambda: NO_SURGERIES)


@dataclass(frozen=True, eq=False)
class SweepQuestion:
    """Asks the models about an object at all scales.

    Attributes:
        asker: As in `Question`.
        composition: The scene.
        place: Index of the object in the scene.
        models: The checkpoints' names.
        alone: Whether the other objects are left out.
        surgeries: As in `Question`.
    """

    asker: str
    composition: Composition
    place: int
    models: tuple[str, ...]
    alone: bool
    surgeries: Mapping[str, Surgery] = field(default_factory=lambda: NO_SURGERIES)


@dataclass(frozen=True)
class WalkQuestion:
    """Asks the networks of each step of a walk all queries that the step's image is known to have."""

    asker: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Opening:
    """Reads an image file, a session, a step of a walk, or a reference set from its folder."""

    path: Path


@dataclass(frozen=True)
class Loading:
    """Loads a checkpoint to see whether it can be used."""

    model: str


@dataclass(frozen=True)
class Listing:
    """Lists the checkpoints that come with the program."""


AnyQuestion = Question | TableQuestion | SweepQuestion | WalkQuestion
Request = AnyQuestion | Opening | Loading | Listing
