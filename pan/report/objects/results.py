"""The evaluation of multi-label networks on one part of a set."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pan.checkpoints.file import Checkpoint
from pan.data.labelled.reading import LabelledSet, read_labelled_set
from pan.data.parts import evaluated_part
from pan.data.sources import decode_set
from pan.evaluation.evaluate import evaluate
from pan.evaluation.results import Evaluation
from pan.figures.palette import PRIOR, model_title
from pan.system.device import choose_device
from pan.system.errors import InputError
from pan.system.steps import Preparing, counted

ORDER = ("san", "han", "pan-ctx")
"""The networks of Table 2, from the top."""

AT_ONCE = 256  # masks in memory


@dataclass(frozen=True, eq=False)
class LabelResult:
    """An evaluated network.

    Attributes:
        checkpoint: The network.
        evaluation: The evaluation.
    """

    checkpoint: Checkpoint
    evaluation: Evaluation

    @property
    def network(self) -> str:
        """The name of the network without the suffix for the prior."""
        return self.checkpoint.recipe.model.removesuffix(PRIOR)

    @property
    def prior(self) -> bool:
        """Whether it has the object-class prior (section 4.2)."""
        return self.checkpoint.recipe.model.endswith(PRIOR)

    @property
    def title(self) -> str:
        """The network's title, as in the paper."""
        return model_title(self.checkpoint.recipe.model)


@dataclass(frozen=True, eq=False)
class LabelResults:
    """All evaluated networks.

    Attributes:
        folder: The set.
        part: The evaluated part; None for the whole set.
        questions: The questions.
        all: The networks, in the paper's order, those without the prior first.
    """

    folder: Path
    part: str | None
    questions: LabelledSet
    all: tuple[LabelResult, ...]

    def get(self, network: str, *, prior: bool) -> LabelResult | None:
        """A network; None if it was not evaluated."""
        return next((each for each in self.all if each.network == network and each.prior == prior), None)

    def without_prior(self) -> tuple[LabelResult, ...]:
        """The networks without the prior; all networks if all of them have it."""
        return tuple(each for each in self.all if not each.prior) or self.all

    def covered(self) -> float:
        """Mean share of an image inside the boxes: the TPR of uniform attention."""
        rows = np.flatnonzero(np.diff(self.questions.boxes.starts))
        shares = [
            self.questions.masks(rows[start : start + AT_ONCE]).mean((1, 2)) for start in range(0, len(rows), AT_ONCE)
        ]
        return float(np.concatenate(shares).mean()) if shares else np.nan


def check_labelled(checkpoints: Sequence[Checkpoint]) -> None:
    """Check that networks can be compared in one table.

    Raises:
        InputError: If a network is single-label, has other words than the first one, or occurs twice.
    """
    taken: dict[str, str] = {}
    for each in checkpoints:
        if not each.task.several:
            raise InputError(f"{each.name} gives one answer to a question; Table 2 is of networks that give several.")
        if each.task != checkpoints[0].task:
            raise InputError(f"{checkpoints[0].name} and {each.name} know different words or sizes of images; report "
                             "on them one after the other.")  # fmt: skip
        if each.recipe.model in taken:
            raise InputError(f"{taken[each.recipe.model]} and {each.name} are both {each.recipe.name}; name one.")
        taken[each.recipe.model] = each.name


def measure_labels(
    checkpoints: Sequence[Checkpoint], folder: Path, device: str = "auto"
) -> Generator[Preparing, None, LabelResults]:
    """Evaluate each network, on the part `test` if the set has parts.

    Raises:
        InputError: If the networks cannot be compared in one table, or the set is invalid.
    """
    check_labelled(checkpoints)
    chosen = choose_device(device)
    part = evaluated_part(folder)
    questions = read_labelled_set(part.folder, checkpoints[0].task, part.name)
    questions = yield from decode_set(questions, checkpoints[0].recipe.hardware.workers, folder.name)
    results = []
    for checkpoint in checkpoints:
        work = evaluate(checkpoint, questions, str(folder), chosen)
        evaluation = yield from counted(work, f"{checkpoint.name} questions", len(questions))
        results.append(LabelResult(checkpoint, evaluation))
    return LabelResults(part.folder, part.name, questions, tuple(sorted(results, key=_place)))


def _place(result: LabelResult) -> tuple[bool, int, str]:
    place = ORDER.index(result.network) if result.network in ORDER else len(ORDER)
    return result.prior, place, result.network
