"""The work of jobs for the paper's page: read checkpoint headers, draw test scenes, evaluate networks on them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from pan.data.digits.mnist import SPLITS
from pan.data.digits.writing import write_reference_set
from pan.data.parts import INDEX
from pan.data.sources import Sources, renderer
from pan.recipes.digits import KINDS
from pan.system.errors import InputError
from pan.system.names import is_file
from pan_explorer.background.evaluation import evaluate_all, recall_all
from pan_explorer.state.evaluation import Event, Progress
from pan_explorer.state.paper import Network

SCENES, SEED = 200, 1


@dataclass(frozen=True)
class Found:
    """Event: the available networks."""

    networks: tuple[Network, ...]


@dataclass(frozen=True)
class Drawn:
    """Event: the test scenes of a task have been drawn into a folder."""

    kind: str
    folder: Path


def test_set(kind: str) -> Path:
    """The folder of a task's test scenes, which need not exist yet."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "sets" / f"{kind}-test-{SCENES}"


def look_up(names: Sequence[str], measured: Collection[str] = ()) -> Generator[Event | Found, None, None]:
    """Read the headers of networks, then their cached evaluations on test scenes.

    Args:
        names: Networks in addition to the shipped ones.
        measured: Networks whose evaluations are known already.
    """
    from pan.checkpoints.file import find_checkpoint, read_header, shipped_checkpoints  # bring torch

    networks = []
    for name in dict.fromkeys((*names, *shipped_checkpoints())):
        try:
            header = read_header(find_checkpoint(name))
            networks.append(Network(name, header.recipe.kind, header.recipe.model, header.metrics.get("test") or {}))
        except InputError:
            continue  # the error is shown when the network is chosen
    yield Found(tuple(networks))
    for kind in KINDS:
        if is_file(test_set(kind) / INDEX):
            unknown = [each.name for each in networks if each.kind == kind and each.name not in measured]
            yield from recall_all(test_set(kind), unknown)


def draw(kind: str) -> Generator[Event | Drawn, None, None]:
    """Draw a task's test scenes as a reference set, once, from the available digits and photographs."""
    folder = test_set(kind)
    if not is_file(folder / INDEX):
        scenes = renderer(kind, "test", Sources()).scenes((SEED, SPLITS.index("test")), SCENES)
        for done in write_reference_set(folder, scenes):
            yield Progress(f"drawing {SCENES} test scenes", done, SCENES)
    yield Drawn(kind, folder)


def measure(kind: str, networks: Sequence[str]) -> Generator[Event | Drawn, None, None]:
    """Evaluate networks on a task's test scenes."""
    yield from draw(kind)
    yield from evaluate_all(test_set(kind), networks)
