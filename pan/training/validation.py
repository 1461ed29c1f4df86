"""Validation after each epoch: accuracy and attention on the validation data."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from pan.attention.maps import accumulate, true_positive_ratio
from pan.attention.views import inside
from pan.data.questions import Questions
from pan.evaluation.average_precision import answer_precision
from pan.evaluation.covering import Ranking
from pan.explaining.batches import answer_all, one_hot, right_by_layer, to_network, top_is_right
from pan.recipes.task import Task
from pan.system.device import to_device
from pan.training.distributed import ProcessGroup, process_group
from pan.training.events import Probe, Validating, figure_of_merit
from pan.training.loss import question_nll


class Validation(NamedTuple):
    """Means over the questions; NaN for measures that a layer does not have.

    Attributes:
        loss: Negative log-likelihood of the right answers, in nats.
        accuracy: Share of questions whose most probable answer is right.
        mean_average_precision: Weighted mAP, as in Table 2; None for tasks with one right answer.
        accuracy_by_layer: Accuracy of each attended layer's own answers.
        tpr_by_layer: TPR of the accumulated attention up to each layer.
        pxap_by_layer: Its pixel average precision, only for one question of each image because sorting pixels is slow.
    """

    loss: float
    accuracy: float
    mean_average_precision: float | None
    accuracy_by_layer: tuple[float, ...]
    tpr_by_layer: tuple[float, ...]
    pxap_by_layer: tuple[float, ...]

    @property
    def merit(self) -> float:
        """The measure that decides which epoch is best."""
        return figure_of_merit(self.accuracy, self.mean_average_precision)


def validate(
    model: nn.Module, questions: Questions, task: Task, device: torch.device, precision: torch.dtype
) -> Generator[Validating, None, Validation]:
    """Validate a network; each process of the group answers a part of the questions.

    It yields after each batch, so that the caller can stop there.
    """
    group = process_group()
    questions = _part(questions, group)
    losses, right, layers, shares, precisions, ranking = [], [], [], [], [], []
    done = 0
    for rows, real, output in answer_all(model, questions, task, device, precision):
        keep = to_device(real, device)
        answers = to_device(questions.right_answers(rows, len(task.answers)), device)
        known = to_device(questions.known_answers(rows, len(task.answers)), device)
        masks = to_device(questions.masks(rows), device)
        losses.append(question_nll(output.log_probabilities, output.log_complements, answers, known)[keep])
        right.append(top_is_right(output.log_probabilities, answers)[keep])
        layers.append(right_by_layer(output, answers)[:, keep])
        if task.several:
            ranking.append(torch.stack([output.log_probabilities, answers.float(), known.float()])[:, keep])
        maps = accumulate(output.layers, task.image_size)
        shares.append(torch.stack([true_positive_ratio(each, masks) for each in maps])[:, keep] if maps
                      else torch.empty(0, int(keep.sum()), device=device))
        precisions.append(_pixel_precision(maps, masks & keep[..., None, None]))
        done += int(real.sum())
        yield Validating(done, len(questions))
    return Validation(
        _means(torch.cat(losses)[None], group)[0],
        _means(torch.cat(right)[None].float(), group)[0],
        _mean_average_precision(torch.cat(ranking, 1), group) if ranking else None,
        _means(torch.cat(layers, 1), group),
        _means(torch.cat(shares, 1), group),
        _means(torch.cat(precisions, 1), group),
    )


def _pixel_precision(
    maps: Sequence[Float[Tensor, "B Q S S"]], masks: Bool[Tensor, "B Q S S"]
) -> Float[Tensor, "L M"]:
    """Pixel average precision at each layer, for the first question with a mask of each image in a batch."""
    known = masks.flatten(2).any(2)
    images = known.any(1).nonzero()[:, 0]
    asked = known[images].int().argmax(1)
    pixels = masks[images, asked].flatten(1).cpu().numpy()
    covered = [Ranking(each[images, asked].flatten(1).cpu().numpy(), pixels).precision() for each in maps]
    return torch.from_numpy(np.array(covered, np.float32).reshape(len(maps), len(images))).to(masks.device)


def _part(questions: Questions, group: ProcessGroup) -> Questions:
    """The images of this process. If there are fewer images than processes, each process takes all: means are equal."""
    count = len(questions.rows)
    if group.size == 1 or count < group.size:
        return questions
    return questions.of_images(np.arange(group.rank, count, group.size))


def _means(values: Float[Tensor, "L N"], group: ProcessGroup) -> tuple[float, ...]:
    """Means over the questions of all processes, without NaNs."""
    sums, counts = group.total(torch.stack([values.nansum(1), (~values.isnan()).sum(1)]))
    return tuple((sums / counts).tolist())


def _mean_average_precision(ranking: Float[Tensor, "3 N K"], group: ProcessGroup) -> float:
    """Weighted mAP over the questions of all processes, from scores, right answers and annotated answers."""
    scores, right, known = group.rows_of_all(ranking.transpose(0, 1)).transpose(0, 1).cpu().numpy()
    return answer_precision(scores, right > 0, known > 0).mean


def probe(model: nn.Module, questions: Questions, task: Task, device: torch.device, epoch: int) -> Probe:
    """The network's attention for the first question of the set."""
    model.eval()
    image, query = questions.images[questions.image[:1]], questions.query[:1, None]
    with torch.inference_mode():
        output = model(to_network(to_device(image, device)), one_hot(to_device(query, device), task))
    maps = accumulate(output.layers, task.image_size)
    looked = [each[0, 0] for each in maps] or [inside(view.transform[0, 0], task.image_size) for view in output.views]
    known = questions.right_answers(np.arange(1), len(task.answers))[0]
    right = [word for word, is_right in zip(task.answers, known, strict=True) if is_right]
    predicted = task.answers[int(output.log_probabilities.argmax())]
    return Probe(
        epoch,
        image[0],
        query=task.queries[questions.query[0]],
        answer=predicted if predicted in right else ", ".join(right),
        predicted=predicted,
        layers=tuple(f"att{layer.pool}" for layer in (*output.layers, *output.views)),
        accumulated=np.stack([each.cpu().numpy() for each in looked]),
    )
