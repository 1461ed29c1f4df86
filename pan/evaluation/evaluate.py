"""One pass over a set of questions."""

from __future__ import annotations

import time
from collections.abc import Generator

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from pan.checkpoints.file import Checkpoint
from pan.data.questions import Questions, QuestionSet
from pan.evaluation.accuracy import accuracy_by_scale, confuse
from pan.evaluation.intervals import mean_interval, wilson_interval
from pan.evaluation.labels import ByAnswer, Scores
from pan.evaluation.measure import Measured, measure
from pan.evaluation.precision_recall import Histograms
from pan.evaluation.results import Evaluation, OpenShares
from pan.explaining.batches import answer_all
from pan.recipes.task import Task
from pan.system.device import choose_precision


def evaluation_precision(task: Task, device: torch.device) -> torch.dtype:
    """The fastest that does no harm: float32 where answers rank questions, for bfloat16 makes many of them equal."""
    return choose_precision("float32" if task.several else "auto", device)


def evaluate(
    checkpoint: Checkpoint, questions: Questions, data: str, device: torch.device, precision: torch.dtype
) -> Generator[int, None, Evaluation]:
    """Measure everything in one pass, yielding how many questions are answered.

    Args:
        checkpoint: The network; it is left on the device.
        questions: The set, in the words of the network's task.
        data: What the set is called in the result.
        device: Where to compute.
        precision: In which precision the network computes.
    """
    began = time.perf_counter()
    histograms = Histograms()
    scores = Scores(questions, checkpoint.task.answers) if checkpoint.task.several else None
    batches, done = [], 0
    for batch in answer_all(checkpoint.model.to(device), questions, checkpoint.task, device, precision):
        batches.append(measure(batch, questions, checkpoint.recipe, histograms))
        if scores is not None:
            scores.add(batch)
        done += int(batch.real.sum())
        yield done
    whole = Measured(*(torch.cat(parts, -1).cpu() for parts in zip(*batches, strict=True)))
    by_answer = ByAnswer(None, None, []) if scores is None else scores.summarize()
    return _summarize(whole, checkpoint, questions, data, histograms, by_answer, time.perf_counter() - began)


def _summarize(
    whole: Measured,
    checkpoint: Checkpoint,
    questions: Questions,
    data: str,
    histograms: Histograms,
    by_answer: ByAnswer,
    seconds: float,
) -> Evaluation:
    predicted = whole.predicted.numpy()
    right = whole.right.numpy()
    scales, confusion = None, None
    if isinstance(questions, QuestionSet):
        scales = accuracy_by_scale(right, questions.scale)
        confusion = confuse(questions.answer, predicted, checkpoint.task.answers)
    tpr, tpr_nearest, tpr_spread = map(_mean, whole.last_tpr)
    tpr_interval, tpr_nearest_interval, _ = map(mean_interval, whole.last_tpr)
    by_layer = [_mean(shares) for shares in whole.tpr_by_layer]
    attended = tpr is not None
    return Evaluation(
        checkpoint=checkpoint.name,
        model=checkpoint.recipe.model,
        data=data,
        examples=len(questions),
        seconds=seconds,
        accuracy=float(right.mean()),
        accuracy_interval=wilson_interval(int(right.sum()), len(right)),
        accuracy_by_scale=scales,
        accuracy_by_layer=[_mean(shares) for shares in whole.right_by_layer] if by_layer else None,
        tpr_by_layer=by_layer if attended else None,
        tpr=tpr,
        tpr_interval=tpr_interval,
        tpr_nearest=tpr_nearest,
        tpr_nearest_interval=tpr_nearest_interval,
        tpr_spread=tpr_spread,
        tpr_accumulated=by_layer[-1] if attended else None,
        tpr_accumulated_interval=mean_interval(whole.tpr_by_layer[-1]) if attended else None,
        open_by_layer=[OpenShares(*map(_mean, shares)) for shares in whole.open_by_layer] if attended else None,
        average_precision=histograms.last.average_precision(),
        precision_recall=histograms.last.curve(),
        average_precision_accumulated=histograms.accumulated.average_precision(),
        precision_recall_accumulated=histograms.accumulated.curve(),
        confusion=confusion,
        mean_average_precision=by_answer.mean,
        mean_average_precision_11=by_answer.mean_11,
        average_precision_by_answer=by_answer.answers or None,
        predicted=predicted,
        probability=whole.probability.numpy(),
        question_tpr=_last(whole.tpr_by_layer, len(questions)),
    )


def _last(tpr_by_layer: Tensor, questions: int) -> Float[np.ndarray, " R"]:
    """The TPR accumulated over all layers, NaN for a network that attends nowhere."""
    return tpr_by_layer[-1].numpy() if len(tpr_by_layer) else np.full(questions, np.nan, np.float32)


def _mean(values: Tensor) -> float | None:
    """The mean of what has a meaning, None where nothing has."""
    mean = values.double().nanmean().item()
    return None if mean != mean else mean
