"""`pan.evaluate`: a network measured on a reference set."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from pan.api.trained_network import TrainedNetwork
from pan.data.parts import Part, check_folder_names, named_part, parts_of
from pan.data.sources import check_answers, read_part
from pan.evaluation.evaluate import evaluate as evaluate_questions
from pan.evaluation.results import Evaluation
from pan.system.steps import Preparing, counted, run_to_end


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
        split: The part to evaluate; a set without parts is evaluated as a whole.
        progress: Called with a stage, the items done and their total; `progress=print` prints each step.

    Returns:
        The measures as attributes; `to_json()` gives the keys of `pan evaluate --json`.

    Raises:
        InputError: If the set cannot be read, or has words that the network's task does not have.
    """
    report = progress or _ignore
    folder = Path(data)
    check_folder_names(folder)
    part = named_part(folder, split) if parts_of(folder) else Part(folder)
    check_answers(part.folder, net.checkpoint.name, net.task)
    questions = run_to_end(read_part(part, net.task, net.recipe.hardware.workers, part.name or "all"), report)
    device = next(net.module.parameters()).device
    work = evaluate_questions(net.checkpoint, questions, str(part.folder), device)
    return run_to_end(counted(work, "questions answered", len(questions)), report)


def _ignore(step: Preparing) -> None:
    """Show no progress."""
