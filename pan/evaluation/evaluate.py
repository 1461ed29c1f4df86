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
from pan.evaluation.accuracy import accuracy_by_scale, confuse, mean_by_scale
from pan.evaluation.covering import THRESHOLDS
from pan.evaluation.intervals import image_interval, share_interval
from pan.evaluation.labels import AnswerResults, AnswerScores
from pan.evaluation.measure import QuestionMeasurer, QuestionMeasures, allocate, store
from pan.evaluation.precision_recall import Histograms
from pan.evaluation.results import Distractors, Evaluation, OpenShares
from pan.explaining.batches import answer_all
from pan.system.errors import InputError
from pan.system.prefetch import prefetch


def evaluate(
    checkpoint: Checkpoint, questions: Questions, data: str, device: torch.device
) -> Generator[int, None, Evaluation]:
    """Evaluate a network in one pass, yielding the number of answered questions.

    It computes in float32, as `explain` does, so that results do not depend on the computer.

    Args:
        checkpoint: The network; it stays on the device.
        questions: The set, with the words of the network's task.
        data: The name of the set in the result.
        device: The device.

    Raises:
        InputError: If the set has no questions.
    """
    began = time.perf_counter()
    scores = AnswerScores(questions, checkpoint.task.answers) if checkpoint.task.several else None
    measurer = QuestionMeasurer(questions)
    whole: QuestionMeasures | None = None
    done = 0
    answering = answer_all(checkpoint.model.to(device), questions, checkpoint.task, device, torch.float32)
    for batch in prefetch(answering):
        measured = measurer.measure(batch)
        whole = whole or allocate(len(questions), measured)
        store(whole, batch.rows[batch.real], measured)
        if scores is not None:
            scores.add(batch)
        done += int(batch.real.sum())
        yield done
    if whole is None:
        raise InputError(f"{data} has no questions.")
    by_answer = AnswerResults(None, None, []) if scores is None else scores.summarize()
    return _summarize(whole, checkpoint, questions, data, measurer.histograms, by_answer, time.perf_counter() - began)


def _summarize(
    whole: QuestionMeasures,
    checkpoint: Checkpoint,
    questions: Questions,
    data: str,
    histograms: Histograms,
    by_answer: AnswerResults,
    seconds: float,
) -> Evaluation:
    predicted, right, image = whole.predicted.numpy(), whole.right.numpy(), questions.image
    attention = whole.attention
    attended = len(attention.tpr_by_layer) > 0 and not attention.last_tpr[0].isnan().all()
    accumulated = _last(attention.tpr_by_layer, len(questions))
    precision = _last(attention.precision_by_layer, len(questions))
    coverage = _last(attention.coverage_by_layer, len(questions))
    scales, confusion, precision_scales, coverage_scales = None, None, None, None
    if isinstance(questions, QuestionSet):
        scales = accuracy_by_scale(right, questions.scale, image)
        confusion = confuse(questions.answer, predicted, checkpoint.task.answers)
        if attended:
            precision_scales = mean_by_scale(precision, questions.scale, image)
            coverage_scales = mean_by_scale(coverage, questions.scale, image)
    iou, threshold = _best_overlap(attention.overlap)
    return Evaluation(
        checkpoint=checkpoint.name,
        model=checkpoint.recipe.model,
        data=data,
        examples=len(questions),
        seconds=seconds,
        accuracy=float(right.mean()),
        accuracy_interval=share_interval(right, image),
        accuracy_by_scale=scales,
        accuracy_by_layer=_means(whole.right_by_layer) or None,
        tpr_by_layer=_means(attention.tpr_by_layer) if attended else None,
        tpr=_mean(attention.last_tpr[0]),
        tpr_interval=image_interval(attention.last_tpr[0].numpy(), image),
        tpr_nearest=_mean(attention.last_tpr[1]),
        tpr_nearest_interval=image_interval(attention.last_tpr[1].numpy(), image),
        tpr_spread=_mean(attention.last_tpr[2]),
        tpr_accumulated=_mean(attention.tpr_by_layer[-1]) if attended else None,
        tpr_accumulated_interval=image_interval(accumulated, image),
        open_by_layer=[OpenShares(*_means(shares)) for shares in attention.open_by_layer] if attended else None,
        pxap=_mean(attention.precision_by_layer[-1]) if attended else None,
        pxap_interval=image_interval(precision, image),
        pxap_by_layer=_means(attention.precision_by_layer) if attended else None,
        pxap_by_scale=precision_scales,
        coverage=_mean(attention.coverage_by_layer[-1]) if attended else None,
        coverage_interval=image_interval(coverage, image),
        coverage_by_layer=_means(attention.coverage_by_layer) if attended else None,
        coverage_by_scale=coverage_scales,
        iou=iou,
        iou_threshold=threshold,
        distractors_by_layer=[Distractors(*_means(sides)) for sides in attention.distractors_by_layer]
        if attended else None,
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
        question_tpr=accumulated,
    )  # fmt: skip


def _best_overlap(overlap: Float[Tensor, "T N"]) -> tuple[float, float] | tuple[None, None]:
    """The best mean IoU over the set, and its threshold."""
    means = overlap.double().nanmean(1)
    if means.isnan().all():
        return None, None
    best = int(means.argmax())
    return float(means[best]), float(THRESHOLDS[best])


def _last(by_layer: Float[Tensor, "L N"], questions: int) -> Float[np.ndarray, " R"]:
    """A measure of the attention accumulated over all layers; NaN for a network without attention."""
    return by_layer[-1].numpy() if len(by_layer) else np.full(questions, np.nan, np.float32)


def _means(rows: Float[Tensor, "L N"]) -> list[float | None]:
    return [_mean(row) for row in rows]


def _mean(values: Tensor) -> float | None:
    """The mean without NaNs; None if all values are NaN."""
    mean = values.double().nanmean().item()
    return None if mean != mean else mean
