"""The result of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from pan.evaluation.accuracy import Confusion, ScaleBin, ScaleMean
from pan.evaluation.answer_table import AnswerTable
from pan.evaluation.intervals import Interval
from pan.evaluation.labels import AnswerResult
from pan.evaluation.precision_recall import PrecisionRecall


class Distractors(NamedTuple):
    """The share of the accumulated attention on an average other object; None if there is none.

    Attributes:
        smaller: For objects smaller than the queried one.
        larger: For objects larger than the queried one.
    """

    smaller: float | None
    larger: float | None


class OpenShares(NamedTuple):
    """The mean of a layer's own map by region; None if there are no such pixels.

    Attributes:
        target: Mean on the queried object.
        others: Mean on the image's other objects that have a mask.
        elsewhere: Mean on the rest of the image.
    """

    target: float | None
    others: float | None
    elsewhere: float | None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Measures of a network's answers and attention on one set; shares are 0 to 1; an undefined measure is None.

    Attributes:
        checkpoint: The checkpoint, as it was given.
        model: Name of its network.
        data: The set.
        examples: Number of questions.
        seconds: Wall time without reading the set.
        accuracy: Share of questions whose most probable answer is right, alone or among several.
        accuracy_interval: Its 95 % interval.
        accuracy_by_scale: Accuracy over the scale of the queried object.
        accuracy_by_layer: Accuracy of each attended layer's own answers, None for a layer that gives none.
        tpr_by_layer: Share of the attention accumulated up to each layer that is on the queried object.
        tpr: Share of the last map alone, sampled bilinearly.
        tpr_interval: Its 95 % interval.
        tpr_nearest: The same, with the last map resized by nearest neighbours.
        tpr_nearest_interval: Its 95 % interval.
        tpr_spread: The same, with the last map spread over receptive fields.
        tpr_accumulated: Last entry of `tpr_by_layer`.
        tpr_accumulated_interval: Its 95 % interval.
        open_by_layer: Mean of each layer's own map on the target, on other objects and elsewhere.
        pxap: Pixel average precision: mean over questions of the average precision with which the attention accumulated
            over all layers ranks the object's pixels before all others (Choe et al., 2020).
        pxap_interval: Its 95 % interval.
        pxap_by_layer: The same up to each layer.
        pxap_by_scale: The same over the scale of the queried object.
        coverage: Share of the object's pixels whose accumulated attention is above a tenth of the map's largest.
        coverage_interval: Its 95 % interval.
        coverage_by_layer: The same up to each layer.
        coverage_by_scale: The same over the scale of the queried object.
        iou: Mean intersection over union of the object and the accumulated attention, cut at the one share of its
            largest value that is best on the set.
        iou_threshold: That share.
        distractors_by_layer: Attention accumulated up to each layer on an average smaller and larger other object.
        average_precision: Average precision of the last map as a detector of the object's pixels.
        precision_recall: The precision-recall curve of the last map.
        average_precision_accumulated: Average precision of the attention accumulated over all layers.
        precision_recall_accumulated: Its precision-recall curve.
        confusion: The confusion matrix; None for tasks with several right answers.
        mean_average_precision: mAP over answers, weighted by their numbers of questions; None for tasks with one right
            answer.
        mean_average_precision_11: The same for the 11-point definition.
        average_precision_by_answer: Average precision of each answer, in the order of the words.
        predicted: Index of the answer to each question.
        probability: Probability of the answer to each question.
        question_tpr: Share of the accumulated attention on the queried object for each question; NaN without a mask.
    """

    checkpoint: str
    model: str
    data: str
    examples: int
    seconds: float
    accuracy: float
    accuracy_interval: Interval
    accuracy_by_scale: list[ScaleBin] | None
    accuracy_by_layer: list[float | None] | None
    tpr_by_layer: list[float | None] | None
    tpr: float | None
    tpr_interval: Interval | None
    tpr_nearest: float | None
    tpr_nearest_interval: Interval | None
    tpr_spread: float | None
    tpr_accumulated: float | None
    tpr_accumulated_interval: Interval | None
    open_by_layer: list[OpenShares] | None
    pxap: float | None
    pxap_interval: Interval | None
    pxap_by_layer: list[float | None] | None
    pxap_by_scale: list[ScaleMean] | None
    coverage: float | None
    coverage_interval: Interval | None
    coverage_by_layer: list[float | None] | None
    coverage_by_scale: list[ScaleMean] | None
    iou: float | None
    iou_threshold: float | None
    distractors_by_layer: list[Distractors] | None
    average_precision: float | None
    precision_recall: PrecisionRecall | None
    average_precision_accumulated: float | None
    precision_recall_accumulated: PrecisionRecall | None
    confusion: Confusion | None
    mean_average_precision: float | None
    mean_average_precision_11: float | None
    average_precision_by_answer: list[AnswerResult] | None
    predicted: Int[np.ndarray, " R"]
    probability: Float[np.ndarray, " R"]
    question_tpr: Float[np.ndarray, " R"]

    def answer_table(self, words: Sequence[str]) -> AnswerTable:
        """The answer to each question; `words` are the task's answers."""
        return AnswerTable(np.array(words)[self.predicted], self.probability, self.question_tpr)

    def to_json(self) -> dict[str, object]:
        """The measures as JSON values, without the answers to single questions."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["predicted"], values["probability"], values["question_tpr"]
        curve, accumulated = self.precision_recall, self.precision_recall_accumulated
        confusion, by_answer = self.confusion, self.average_precision_by_answer
        return {
            **values,
            "accuracy_interval": list(self.accuracy_interval),
            "accuracy_by_scale": _as_dicts(self.accuracy_by_scale),
            "open_by_layer": _as_dicts(self.open_by_layer),
            "pxap_by_scale": _as_dicts(self.pxap_by_scale),
            "coverage_by_scale": _as_dicts(self.coverage_by_scale),
            "distractors_by_layer": _as_dicts(self.distractors_by_layer),
            "precision_recall": curve and curve._asdict(),
            "precision_recall_accumulated": accumulated and accumulated._asdict(),
            "confusion": confusion and {"words": list(confusion.words), "counts": confusion.counts.tolist()},
            "average_precision_by_answer": _as_dicts(by_answer),
        }


def _as_dicts(
    rows: Sequence[ScaleBin | ScaleMean | OpenShares | Distractors | AnswerResult] | None,
) -> list[dict[str, object]] | None:
    return rows and [each._asdict() for each in rows]  # type: ignore[return-value]
