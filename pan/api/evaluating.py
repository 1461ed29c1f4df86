"""A network measured on a reference set, from its folder to the numbers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from os import PathLike
from pathlib import Path

from pan.api.network import Network
from pan.data.labelled.index import is_labelled, part_of
from pan.data.labelled.reading import read_labelled_set
from pan.data.questions import Questions
from pan.data.reference.index import INDEX
from pan.data.reference.reading import read_reference_set
from pan.data.sources import Preparing, decode_set
from pan.evaluation.evaluate import evaluate as evaluate_questions
from pan.evaluation.evaluate import evaluation_precision
from pan.evaluation.results import Evaluation
from pan.system.errors import InputError
from pan.system.steps import follow


def evaluate(
    net: Network,
    data: str | PathLike[str],
    split: str = "test",
    progress: Callable[[Preparing], object] | None = None,
) -> Evaluation:
    """Measure a network's answers and attention on a reference set, in one pass.

    Args:
        net: The network; it computes on its own device.
        data: The set's folder.
        split: The part to answer, where the folder holds parts; a set without parts is taken whole.
        progress: Called with what is done, how much of it and of how much: `progress=print` tells everything.

    Returns:
        The measures as attributes; `to_json()` gives those of `pan evaluate --json`.

    Raises:
        InputError: If the set cannot be read, or its questions are not of the network's task.
    """
    tell = progress or _say_nothing
    folder = Path(data) if (Path(data) / INDEX).is_file() else Path(data) / split
    questions = follow(_questions(net, folder, split), tell)
    device = next(net.module.parameters()).device
    precision = evaluation_precision(net.task, device)
    work = evaluate_questions(net.checkpoint, questions, str(data), device, precision)
    return follow(work, lambda done: tell(Preparing("questions answered", done, len(questions))))


def _say_nothing(step: Preparing) -> None:
    """What is done with progress that nobody wants to see."""


def _questions(network: Network, folder: Path, split: str) -> Generator[Preparing, None, Questions]:
    if is_labelled(folder) != network.task.several:
        raise InputError(f"{folder} has another number of right answers to a question than {network.checkpoint.name} "
                         "gives; take a network that was trained on such a set.")  # fmt: skip
    if not network.task.several:
        return read_reference_set(folder, network.task)
    part = part_of(folder, split)
    labelled = read_labelled_set(folder, network.task, part)
    return (yield from decode_set(labelled, network.recipe.workers, part or "all"))
