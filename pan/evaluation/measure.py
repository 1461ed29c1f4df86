"""The measures of each single question, a batch at a time."""

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
from pan.evaluation.image_objects import Crowd
from pan.evaluation.localization import Localization
from pan.evaluation.precision_recall import Histograms
from pan.explaining.batches import Answered, right_by_layer, top_is_right
from pan.models.geometry import spread


class Attended(NamedTuple):
    """The attention of N questions in a network's L layers; NaN for what has no meaning, as where there is no mask.

    Attributes:
        tpr_by_layer: TPR of the attention accumulated up to each layer.
        last_tpr: TPR of the last map: bilinear, nearest, spread.
        open_by_layer: Mean of each layer's own map on the target, on other objects and elsewhere.
        precision_by_layer: Pixel average precision of the attention accumulated up to each layer.
        coverage_by_layer: Share of the object's pixels that it covers.
        overlap: Of the attention accumulated over all layers, at each threshold.
        distractors_by_layer: Its mass on an average other object that is smaller, and larger, than the queried one.
    """

    tpr_by_layer: Float[Tensor, "L N"]
    last_tpr: Float[Tensor, "3 N"]
    open_by_layer: Float[Tensor, "L 3 N"]
    precision_by_layer: Float[Tensor, "L N"]
    coverage_by_layer: Float[Tensor, "L N"]
    overlap: Float[Tensor, "T N"]
    distractors_by_layer: Float[Tensor, "L 2 N"]

    @classmethod
    def unknown(cls, layers: int, questions: int, device: torch.device) -> Attended:
        """Empty measures: NaN until they are filled in."""
        sizes = ((layers,), (3,), (layers, 3), (layers,), (layers,), (len(THRESHOLDS),), (layers, 2))
        return cls(*(torch.full((*size, questions), torch.nan, device=device) for size in sizes))


class Measured(NamedTuple):
    """N questions.

    Attributes:
        predicted: Place of the answer among the words.
        probability: Its probability.
        right: Whether it is a right one.
        right_by_layer: 1 where a layer's own answer is right, 0 where it is wrong, NaN where it gives none.
        attention: Where the network looked.
    """

    predicted: Int[Tensor, " N"]
    probability: Float[Tensor, " N"]
    right: Bool[Tensor, " N"]
    right_by_layer: Float[Tensor, "L N"]
    attention: Attended


class Measuring:
    """Measures the batches of a set.

    Args:
        questions: The set.
    """

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.histograms = Histograms()
        self._crowd = Crowd(questions)

    def measure(self, batch: Answered) -> Measured:
        """Every measure of a batch's questions, in the order of its rows."""
        output, questions = batch.output, self._questions
        device = output.log_probabilities.device
        real = torch.from_numpy(batch.real).to(device)
        words = output.log_probabilities.shape[-1]
        right = torch.from_numpy(questions.right_answers(batch.rows, words)).to(device)
        masks = torch.from_numpy(questions.masks(batch.rows)).to(device)
        probability, predicted = output.log_probabilities[real].exp().max(-1)
        return Measured(
            predicted, probability, top_is_right(output.log_probabilities, right)[real],
            right_by_layer(output, right)[:, real], self._attention(batch, masks, real),
        )  # fmt: skip

    def _attention(self, batch: Answered, masks: Bool[Tensor, "B Q S S"], real: Bool[Tensor, "B Q"]) -> Attended:
        layers, device, size = batch.output.layers, masks.device, masks.shape[-1]
        measured = Attended.unknown(len(layers), int(real.sum()), device)
        all_of_crowd = partial(self._crowd.objects, batch, device) if self._crowd.has(batch) else None
        place = Localization(masks, real, all_of_crowd)
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


def unmeasured(questions: int, like: Measured) -> Measured:
    """Room for a whole set, on the processor.

    It is taken at once: what is kept of each batch, between tensors that come and go, would leave holes in the memory.

    Args:
        questions: How many the set has.
        like: What is measured of a batch.
    """
    predicted, probability, right, right_by_layer, attention = like
    return Measured(
        _room(predicted, questions), _room(probability, questions), _room(right, questions),
        _room(right_by_layer, questions), Attended(*(_room(each, questions) for each in attention)),
    )  # fmt: skip


def put(whole: Measured, rows: Int[np.ndarray, " N"], batch: Measured) -> None:
    """Write what was measured of a batch into its rows of the whole."""
    places = torch.from_numpy(rows)
    for all_of_them, some in zip((*whole[:-1], *whole.attention), (*batch[:-1], *batch.attention), strict=True):
        all_of_them[..., places] = some.cpu()


def _room(like: Shaped[Tensor, "*any _"], questions: int) -> Shaped[Tensor, "*any N"]:
    return torch.zeros(*like.shape[:-1], questions, dtype=like.dtype)
