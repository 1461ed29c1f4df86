"""What is measured of each single question, a batch at a time."""

from __future__ import annotations

from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from pan.attention.maps import sample
from pan.data.questions import Questions
from pan.evaluation.covering import THRESHOLDS, cover
from pan.evaluation.localization import Others, nearest_ratio, regions, spread_ratio
from pan.evaluation.precision_recall import Histograms
from pan.explaining.batches import Answered, right_by_layer, top_is_right


class Measured(NamedTuple):
    """N questions and a network's L attended layers; NaN for what has no meaning, as attention without a mask.

    Attributes:
        predicted: Place of the answer among the words.
        probability: Its probability.
        right: Whether it is a right one.
        right_by_layer: 1 where a layer's own answer is right, 0 where it is wrong.
        tpr_by_layer: TPR of the attention accumulated up to each layer.
        last_tpr: TPR of the last map: bilinear, nearest, spread.
        open_by_layer: Mean of each layer's own map on the target, on other objects and elsewhere.
        precision_by_layer: Pixel average precision of the attention accumulated up to each layer.
        coverage_by_layer: Share of the object's pixels that it covers.
        overlap: Of the attention accumulated over all layers, at each threshold.
        distractors_by_layer: Its mass on an average other object that is smaller, and larger, than the queried one.
    """

    predicted: Int[Tensor, " N"]
    probability: Float[Tensor, " N"]
    right: Bool[Tensor, " N"]
    right_by_layer: Float[Tensor, "L N"]
    tpr_by_layer: Float[Tensor, "L N"]
    last_tpr: Float[Tensor, "3 N"]
    open_by_layer: Float[Tensor, "L 3 N"]
    precision_by_layer: Float[Tensor, "L N"]
    coverage_by_layer: Float[Tensor, "L N"]
    overlap: Float[Tensor, "T N"]
    distractors_by_layer: Float[Tensor, "L 2 N"]


def measure(batch: Answered, questions: Questions, histograms: Histograms) -> Measured:
    """Measure a batch and add the pixels of its maps to the histograms.

    Args:
        batch: Images with their questions and the network's output.
        questions: The set that they are of.
        histograms: Of the whole set.
    """
    output, size = batch.output, questions.images.shape[1]
    device = output.log_probabilities.device
    real = torch.from_numpy(batch.real).to(device)
    words = output.log_probabilities.shape[-1]
    right = torch.from_numpy(questions.right_answers(batch.rows, words)).to(device)
    masks = torch.from_numpy(questions.masks(batch.rows)).to(device)
    others = Others(masks, real)
    objects = masks.any(1, keepdim=True).expand_as(masks)[real][None]
    masks = masks[real][None]  # from here on the batch is one row of N questions, the padding left out
    probability, predicted = output.log_probabilities[real].exp().max(-1)
    layers, count = output.layers, len(predicted)
    tpr, precision, coverage = torch.full((3, len(layers), count), torch.nan, device=device)
    open_by_layer = torch.full((len(layers), 3, count), torch.nan, device=device)
    distractors = torch.full((len(layers), 2, count), torch.nan, device=device)
    last_tpr = torch.full((3, count), torch.nan, device=device)
    overlap = torch.full((len(THRESHOLDS), count), torch.nan, device=device)
    shown = masks[0].flatten(1).any(1)
    known = masks[0, shown].flatten(1).cpu().numpy()
    parts = regions(masks, objects)
    accumulated = torch.ones((), device=device)
    for number, layer in enumerate(layers):
        alpha = layer.attention[real][None].float()
        maps = sample(alpha, layer.field, size)
        accumulated = accumulated * maps
        own = parts.masses(maps)
        open_by_layer[number] = parts.means(own)
        tpr[number] = parts.target_share(parts.masses(accumulated))
        distractors[number] = others.masses(accumulated[0])
        covered = cover(accumulated[0, shown].flatten(1).cpu().numpy(), known)
        precision[number, shown] = torch.from_numpy(covered.precision).to(device)
        coverage[number, shown] = torch.from_numpy(covered.coverage).to(device)
    if layers:
        last_tpr[0] = parts.target_share(own)
        last_tpr[1] = nearest_ratio(alpha, masks, layer.field)[0]
        last_tpr[2] = spread_ratio(alpha, masks, layer.field)[0]
        overlap[:, shown] = torch.from_numpy(covered.overlap.T).to(device)
        histograms.last.add(maps[0, shown], masks[0, shown])
        histograms.accumulated.add(accumulated[0, shown], masks[0, shown])
    return Measured(
        predicted, probability, top_is_right(output.log_probabilities, right)[real],
        right_by_layer(output, right)[:, real], tpr, last_tpr, open_by_layer, precision, coverage, overlap, distractors,
    )  # fmt: skip
