"""A network measured on a reference set, from its folder to the numbers."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from pan.api.trained_network import TrainedNetwork
from pan.data.labelled.index import is_labelled
from pan.data.parts import Part, named_part, parts_of
from pan.data.sources import Preparing, read_part
from pan.evaluation.evaluate import evaluate as evaluate_questions
from pan.evaluation.results import Evaluation
from pan.system.errors import InputError
from pan.system.steps import follow


def evaluate(
    net: TrainedNetwork,
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
    folder = Path(data)
    part = named_part(folder, split) if parts_of(folder) else Part(folder)
    if is_labelled(part.folder) != net.task.several:
        raise InputError(f"{part.folder} has another number of right answers to a question than {net.checkpoint.name} "
                         "gives; take a network that was trained on such a set.")  # fmt: skip
    questions = follow(read_part(part, net.task, net.recipe.hardware.workers, part.name or "all"), tell)
    device = next(net.module.parameters()).device
    work = evaluate_questions(net.checkpoint, questions, str(data), device)
    return follow(work, lambda done: tell(Preparing("questions answered", done, len(questions))))


def _say_nothing(step: Preparing) -> None:
    """What is done with progress that nobody wants to see."""
