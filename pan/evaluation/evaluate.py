"""One pass over a set of questions."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from pan.checkpoint import Checkpoint
from pan.data.questions import QuestionSet
from pan.evaluation.answers import accuracy_by_scale, confuse, wilson_interval
from pan.evaluation.localization import last_ratios, open_shares
from pan.evaluation.precision_recall import PixelHistogram
from pan.evaluation.results import Evaluation, OpenShares
from pan.inference import Answered, answer_all, right_by_layer
from pan.maps import accumulate, resize, true_positive_ratio
from pan.models import Layer
from pan.receptive_field import of_pool


class Measured(NamedTuple):
    """N questions, measured one by one; NaN for what has no meaning, as attention where there is no mask.

    Attributes:
        predicted: Place of the answer among the words.
        probability: Its probability.
        right_by_layer: 1 where a layer's own answer is right, 0 where it is wrong.
        tpr_by_layer: TPR of the attention accumulated up to each layer.
        last_tpr: TPR of the last map: bilinear, nearest, spread.
        open_by_layer: Mean of each layer's own map on the target, on other objects and elsewhere.
    """

    predicted: Int[Tensor, " N"]
    probability: Float[Tensor, " N"]
    right_by_layer: Float[Tensor, "L N"]
    tpr_by_layer: Float[Tensor, "L N"]
    last_tpr: Float[Tensor, "3 N"]
    open_by_layer: Float[Tensor, "L 3 N"]


def evaluate(
    checkpoint: Checkpoint, questions: QuestionSet, data: str, device: torch.device, precision: torch.dtype
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
    histogram = PixelHistogram()
    batches, done = [], 0
    for batch in answer_all(checkpoint.model.to(device), questions, checkpoint.task, device, precision):
        batches.append(_measure(batch, questions, checkpoint.recipe.padding, histogram))
        done += int(batch.real.sum())
        yield done
    whole = Measured(*(torch.cat(parts, -1).cpu() for parts in zip(*batches, strict=True)))
    predicted = whole.predicted.numpy()
    right = predicted == questions.answer
    tpr_by_layer = [_mean(share) for share in whole.tpr_by_layer]
    attended = bool(tpr_by_layer) and tpr_by_layer[-1] is not None
    tpr, tpr_nearest, tpr_spread = map(_mean, whole.last_tpr)
    return Evaluation(
        checkpoint=checkpoint.name,
        model=checkpoint.recipe.model,
        data=data,
        examples=len(questions),
        seconds=time.perf_counter() - began,
        accuracy=float(right.mean()),
        accuracy_interval=wilson_interval(int(right.sum()), len(right)),
        accuracy_by_scale=accuracy_by_scale(right, questions.scale),
        accuracy_by_layer=[_mean(share) for share in whole.right_by_layer] or None,
        tpr_by_layer=tpr_by_layer if attended else None,
        tpr=tpr,
        tpr_nearest=tpr_nearest,
        tpr_spread=tpr_spread,
        tpr_accumulated=tpr_by_layer[-1] if attended else None,
        open_by_layer=[OpenShares(*map(_mean, shares)) for shares in whole.open_by_layer] if attended else None,
        average_precision=histogram.average_precision(),
        precision_recall=histogram.curve(),
        confusion=confuse(questions.answer, predicted, checkpoint.task.answers),
        predicted=predicted,
        probability=whole.probability.numpy(),
    )


def _measure(batch: Answered, questions: QuestionSet, padding: int, histogram: PixelHistogram) -> Measured:
    """Measure one batch; pixels go into the histogram."""
    output = batch.output
    device = output.log_probabilities.device
    real = torch.from_numpy(batch.real).to(device)
    answers = torch.from_numpy(questions.answer[batch.rows]).to(device)
    masks = torch.from_numpy(questions.masks(batch.rows)).to(device)
    objects = masks.any(1, keepdim=True).expand_as(masks)[real][None]
    masks = masks[real][None]
    size = masks.shape[-1]
    best = output.log_probabilities[real].max(-1)
    native = [layer.attention[real][None].float() for layer in output.layers]  # the questions of a batch in one row
    maps = [resize(each, size) for each in native]
    if maps:
        with_mask = masks[0].flatten(1).any(1)
        histogram.add(maps[-1][0][with_mask], masks[0][with_mask])
    return Measured(
        predicted=best.indices,
        probability=best.values.exp(),
        right_by_layer=right_by_layer(output, answers)[:, real],
        tpr_by_layer=_stack([true_positive_ratio(each, masks)[0] for each in accumulate(native, size)], masks),
    )
