"""The schema of measures in files: headers of checkpoints, records of studies and saved evaluations.

Files may have further keys. The keys below must have these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from pan.system.json_file import as_kind

Share = float | None
"""From 0 to 1; None or NaN where it is undefined."""
Interval = tuple[float, float]


class Bin(TypedDict):
    """Accuracy among questions whose scale lies between `low` and `high`."""

    low: float
    high: float
    examples: int
    accuracy: Share
    interval: Interval | None


class MeanBin(TypedDict):
    """A measure of attention among questions whose scale lies between `low` and `high`."""

    low: float
    high: float
    examples: int
    mean: Share
    interval: Interval | None


class OnOthers(TypedDict):
    """Attention on an average other object."""

    smaller: Share
    larger: Share


class Open(TypedDict):
    """Mean of a layer's map on the queried object, on other objects and elsewhere."""

    target: Share
    others: Share
    elsewhere: Share


class Curve(TypedDict):
    """Precision over recall."""

    precision: list[float]
    recall: list[float]


class Confusion(TypedDict):
    """Confusion matrix: rows are right answers, columns predictions."""

    words: list[str]
    counts: list[list[int]]


class Answer(TypedDict):
    """Average precision of one answer."""

    answer: str
    examples: int
    average_precision: Share


class Measures(TypedDict, total=False):
    """An evaluation's numbers, by the keys of `pan evaluate --json`."""

    checkpoint: str
    model: str
    data: str
    examples: int
    seconds: float
    accuracy: Share
    accuracy_interval: Interval | None
    accuracy_by_scale: list[Bin] | None
    accuracy_by_layer: list[Share] | None
    tpr_by_layer: list[Share] | None
    pxap_by_layer: list[Share] | None
    tpr: Share
    tpr_interval: Interval | None
    tpr_nearest: Share
    tpr_nearest_interval: Interval | None
    tpr_spread: Share
    tpr_accumulated: Share
    tpr_accumulated_interval: Interval | None
    open_by_layer: list[Open] | None
    pxap: Share
    pxap_interval: Interval | None
    pxap_by_scale: list[MeanBin] | None
    coverage: Share
    coverage_interval: Interval | None
    coverage_by_layer: list[Share] | None
    coverage_by_scale: list[MeanBin] | None
    iou: Share
    iou_threshold: Share
    distractors_by_layer: list[OnOthers] | None
    average_precision: Share
    precision_recall: Curve | None
    average_precision_accumulated: Share
    precision_recall_accumulated: Curve | None
    confusion: Confusion | None
    mean_average_precision: Share
    mean_average_precision_11: Share
    average_precision_by_answer: list[Answer] | None


class Metrics(TypedDict, total=False):
    """The measures in the header of a checkpoint."""

    validation: Measures
    test: Measures
    questions_trained: int


def checked_measures(values: object) -> Mapping[str, Any]:
    """Validate measures.

    Raises:
        ValueError: If a value has another type; the message names the key.
    """
    as_kind(values, Measures)
    return cast("Mapping[str, Any]", values)  # the line above has refused everything else


def checked_metrics(values: object) -> dict[str, Any]:
    """Validate the metrics of a checkpoint, as `checked_measures` does."""
    as_kind(values, Metrics)
    return cast("dict[str, Any]", values)
