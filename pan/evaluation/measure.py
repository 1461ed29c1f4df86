"""The measures of each question, batch by batch."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float, Int, Shaped
from torch import Tensor

from pan.attention.maps import sample, sample_nearest
from pan.data.questions import Questions
from pan.evaluation.covering import THRESHOLDS, Ranking
from pan.evaluation.image_objects import ImageObjects
from pan.evaluation.localization import Localization
from pan.evaluation.precision_recall import Histograms
from pan.explaining.batches import Answered, right_by_layer, top_is_right
from pan.models.geometry import spread


class AttentionMeasures(NamedTuple):
    """Measures of the attention for N questions in L layers; NaN if a measure is undefined, as without a mask.

    Attributes:
        tpr_by_layer: TPR of the attention accumulated up to each layer.
        last_tpr: TPR of the last map: bilinear, nearest, spread.
        open_by_layer: Mean of each layer's own map on the queried object, on other objects and elsewhere.
        precision_by_layer: Pixel average precision of the attention accumulated up to each layer.
        coverage_by_layer: Share of the object's pixels covered by the attention accumulated up to each layer.
        overlap: IoU of the attention accumulated over all layers, at each threshold.
        distractors_by_layer: Mass of the accumulated attention on an average smaller and an average larger object.
    """

    tpr_by_layer: Float[Tensor, "L N"]
    last_tpr: Float[Tensor, "3 N"]
    open_by_layer: Float[Tensor, "L 3 N"]
    precision_by_layer: Float[Tensor, "L N"]
    coverage_by_layer: Float[Tensor, "L N"]
    overlap: Float[Tensor, "T N"]
    distractors_by_layer: Float[Tensor, "L 2 N"]

    @classmethod
    def unknown(cls, layers: int, questions: int, device: torch.device) -> AttentionMeasures:
        """Measures that are all NaN, to be filled in."""
        sizes = ((layers,), (3,), (layers, 3), (layers,), (layers,), (len(THRESHOLDS),), (layers, 2))
        return cls(*(torch.full((*size, questions), torch.nan, device=device) for size in sizes))


class QuestionMeasures(NamedTuple):
    """The measures of N questions.

    Attributes:
        predicted: Index of the answer among the words.
        probability: Probability of the answer.
        right: Whether the answer is right.
        right_by_layer: 1 if a layer's own answer is right, 0 if it is wrong, NaN if the layer gives none.
        attention: The measures of attention.
    """

    predicted: Int[Tensor, " N"]
    probability: Float[Tensor, " N"]
    right: Bool[Tensor, " N"]
    right_by_layer: Float[Tensor, "L N"]
    attention: AttentionMeasures


class QuestionMeasurer:
    """Measures the batches of a set.

    Args:
        questions: The set.
    """

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.histograms = Histograms()
        self._image_objects = ImageObjects(questions)

    def measure(self, batch: Answered) -> QuestionMeasures:
        """Measure the questions of a batch, in the order of its rows."""
        output, questions = batch.output, self._questions
        device = output.log_probabilities.device
        real = torch.from_numpy(batch.real).to(device)
        words = output.log_probabilities.shape[-1]
        right = torch.from_numpy(questions.right_answers(batch.rows, words)).to(device)
        masks = torch.from_numpy(questions.masks(batch.rows)).to(device)
        probability, predicted = output.log_probabilities[real].exp().max(-1)
        return QuestionMeasures(
            predicted, probability, top_is_right(output.log_probabilities, right)[real],
            right_by_layer(output, right)[:, real], self._attention(batch, masks, real),
        )  # fmt: skip

    def _attention(
        self, batch: Answered, masks: Bool[Tensor, "B Q S S"], real: Bool[Tensor, "B Q"]
    ) -> AttentionMeasures:
        layers, device, size = batch.output.layers, masks.device, masks.shape[-1]
        measured = AttentionMeasures.unknown(len(layers), int(real.sum()), device)
        all_objects = partial(self._image_objects.objects, batch, device) if self._image_objects.has(batch) else None
        place = Localization(masks, real, all_objects)
        shown = place.shown & real
        known, asked = masks[shown].flatten(1).cpu().numpy(), place.shown[real]
        accumulated = torch.ones(())
        for number, layer in enumerate(layers):
            alpha = layer.attention.float()
            maps = sample(alpha, layer.field, size)
            accumulated = maps if number == 0 else accumulated * maps
            own = place.masses(maps)
            let_through = own if number == 0 else place.masses(accumulated)
            measured.open_by_layer[number] = place.means(own)[:, real]
            measured.tpr_by_layer[number] = place.target_share(let_through)[real]
            measured.distractors_by_layer[number] = place.on_others(accumulated, let_through)[:, real]
            ranking = Ranking(accumulated[shown].flatten(1).cpu().numpy(), known)
            measured.precision_by_layer[number, asked] = torch.from_numpy(ranking.precision()).to(device)
            measured.coverage_by_layer[number, asked] = torch.from_numpy(ranking.coverage()).to(device)
        if layers:
            spread_out = torch.from_numpy(spread(alpha.cpu().numpy(), layer.field, size)).to(device)
            for number, last in enumerate((maps, sample_nearest(alpha, layer.field, size), spread_out)):
                measured.last_tpr[number] = place.target_share(place.masses(last))[real]
            measured.overlap[:, asked] = torch.from_numpy(ranking.overlap().T).to(device)
            seen = maps[shown]
            self.histograms.add(seen, seen if accumulated is maps else accumulated[shown], masks[shown])
        return measured


def allocate(questions: int, like: QuestionMeasures) -> QuestionMeasures:
    """Allocate the measures of a whole set on the CPU.

    They are allocated at once, because keeping the small tensors of each batch would fragment the memory.

    Args:
        questions: Number of questions in the set.
        like: The measures of a batch, whose shapes and types are copied.
    """
    predicted, probability, right, right_by_layer, attention = like
    return QuestionMeasures(
        _allocated(predicted, questions), _allocated(probability, questions), _allocated(right, questions),
        _allocated(right_by_layer, questions), AttentionMeasures(*(_allocated(each, questions) for each in attention)),
    )  # fmt: skip


def store(whole: QuestionMeasures, rows: Int[np.ndarray, " N"], batch: QuestionMeasures) -> None:
    """Copy the measures of a batch into the rows of a set's measures."""
    places = torch.from_numpy(rows)
    for all_of_them, some in zip((*whole[:-1], *whole.attention), (*batch[:-1], *batch.attention), strict=True):
        all_of_them[..., places] = some.cpu()


def _allocated(like: Shaped[Tensor, "*any _"], questions: int) -> Shaped[Tensor, "*any N"]:
    return torch.zeros(*like.shape[:-1], questions, dtype=like.dtype)
