"""The covering term against a slow loop, and what it asks of a gate."""

from __future__ import annotations

import math

import pytest
import torch

from pan.models.build import build_model
from pan.models.geometry import ReceptiveField
from pan.models.labels import CellReading, MultiLabel, SingleLabel
from pan.models.output import Layer
from pan.recipes.by_name import find_recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.training.covering import covering_loss, knowledge, reading_loss

FIELD = ReceptiveField(2, 2)
B, Q, K, SIDE = 2, 3, 4, 5


@pytest.fixture
def layers():
    """A gate and a last layer that read one of four words."""
    generator = torch.Generator().manual_seed(0)
    alpha = torch.rand(2, B, Q, SIDE, SIDE, generator=generator)
    last = alpha[1] / alpha[1].sum((-2, -1), keepdim=True)
    readings = [SingleLabel().read_cells(torch.randn(B, 1, SIDE, SIDE, K, generator=generator)) for _ in range(2)]
    return [
        Layer(pool, FIELD, attention.requires_grad_(), torch.empty(0), None, cells=cells)
        for pool, attention, cells in zip((1, 2), (alpha[0], last), readings, strict=True)
    ]


@pytest.fixture
def answers():
    right = torch.zeros(B, Q, K, dtype=torch.bool)
    right.scatter_(2, torch.tensor([[0, 1, 2], [3, 3, 0]])[..., None], value=True)
    return right


def slow_loss(layers, answers, weight, reading_weight):
    total = 0.0
    for number, layer in enumerate(layers):
        for b in range(B):
            for q in range(Q):
                word = int(answers[b, q].int().argmax())
                read = layer.cells.log_probabilities[b, 0, word].exp()
                known = (read - 1 / K) / (1 - 1 / K)
                alpha = layer.attention[b, q].detach()
                best = max(1e-6, float(known.max()))
                tells = 1 - (1 - best) ** 16
                if number == 0:
                    for e, a in zip(known.flatten().tolist(), alpha.flatten().tolist(), strict=True):
                        target = 1 - tells + tells * max(-1, e / best)
                        cost = -(target * math.log(max(a, 0.01)) + weight * (1 - target) * math.log(1 - a))
                        total += cost / (B * Q * SIDE**2)
                else:
                    positive = known.clamp_min(0)
                    cost = -(positive / positive.sum() * alpha.log()).sum() / SIDE
                    total += tells * float(cost) / (B * Q)
                total -= reading_weight * float(read.log().mean()) / (B * Q)
    return total


def test_the_term_is_that_of_a_loop_over_cells(layers, answers):
    term = covering_loss(layers, answers, strictness=[0.5], reading_weight=0.1)
    assert term.item() == pytest.approx(slow_loss(layers, answers, 0.5, 0.1), rel=1e-4)


def minimum(target_of, weight):
    """Where a gate ends that sees cells alike: the mean target of the questions decides."""
    score = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([score], 2.0)
    for _ in range(400):
        optimizer.zero_grad()
        read = torch.tensor(target_of)[:, None, None, None]  # questions that read the right word for certain, or not
        certain = torch.tensor([1.0, 0.0]).view(1, 2, 1, 1)
        probabilities = torch.where(read > 0, certain, certain.flip(1)).clamp(1e-4, 1 - 1e-4)
        beside = torch.tensor([1 - 1e-4, 1e-4]).view(1, 2, 1, 1).expand(len(target_of), -1, -1, -1)
        cells = CellReading(torch.cat([probabilities, beside], -1).log()[:, None])
        alpha = torch.cat([score.sigmoid().expand(len(target_of), 1, 1, 1),
                           torch.full((len(target_of), 1, 1, 1), 0.5)], -1)  # fmt: skip
        right = torch.tensor([[[True, False]]]).expand(len(target_of), 1, 2)
        last = Layer(2, FIELD, torch.ones(len(target_of), 1, 1, 1), torch.empty(0), None)
        gate = Layer(1, FIELD, alpha, torch.empty(0), None, cells=cells)
        covering_loss([gate, last], right, strictness=[weight], reading_weight=0.0).backward()
        optimizer.step()
    return score.sigmoid().item()


@pytest.mark.parametrize("weight", [1.0, 4.0])
def test_a_gate_comes_to_be_as_open_as_its_cells_are_right(weight):
    """Of four questions three find the word there: against chance one half, e is 1, 1, 1 and −1, the mean 1/2."""
    assert minimum([1, 1, 1, -1], weight) == pytest.approx(0.5 / (0.5 + weight * 0.5), abs=0.02)


def test_where_no_cell_can_tell_the_gate_is_asked_to_open():
    even = SingleLabel().read_cells(torch.zeros(B, 1, SIDE, SIDE, K))
    alpha = torch.full((B, Q, SIDE, SIDE), 0.3, requires_grad=True)
    gate = Layer(1, FIELD, alpha, torch.empty(0), None, cells=even)
    last = Layer(2, FIELD, torch.ones(B, Q, 1, 1), torch.empty(0), None)
    answers = torch.eye(K, dtype=torch.bool)[:Q].expand(B, Q, K)
    covering_loss([gate, last], answers, strictness=[4.0], reading_weight=0.0).backward()
    assert (alpha.grad < 0).all()


def gradient_at_last(read, scores):
    """The gradient of the last map's scores where single cells find the right one of two words as often as given."""
    probabilities = torch.tensor(read).view(1, 1, 1, 1, -1)
    cells = CellReading(torch.cat([probabilities, 1 - probabilities], 2).log())
    scores = torch.tensor(scores, requires_grad=True)
    last = Layer(1, FIELD, scores.softmax(0).view(1, 1, 1, -1), torch.empty(0), None, cells=cells)
    covering_loss([last], torch.tensor([[[True, False]]]), strictness=[], reading_weight=0.0).backward()
    return scores.grad


def test_the_last_map_is_to_be_as_wide_as_its_cells_are_right():
    """Of four cells two are certain, one is half better than chance and one worse; a narrow map gets wider."""
    read = [0.9999, 0.9999, 0.75, 0.2]
    assert gradient_at_last(read, [math.log(1), math.log(1), math.log(0.5), -20]).abs().max() < 1e-4
    narrow = gradient_at_last(read, [3.0, 0.0, 0.0, 0.0])
    assert narrow[0] > 0
    assert (narrow[1:3] < 0).all()
    assert narrow[3] > 0


def test_where_no_cell_can_tell_the_last_map_is_left_to_the_answer():
    assert gradient_at_last([0.5001, 0.5, 0.5, 0.5], [3.0, 0.0, 0.0, 0.0]).abs().max() < 1e-3


def test_knowledge_is_what_a_cell_knows_above_chance():
    read = torch.tensor([0.25, 1.0, 0.0]).clamp(1e-6, 1)
    rest = (1 - read) / 3
    cells = CellReading(torch.stack([read, rest, rest, rest])[None, None, :, None].log())
    right = torch.tensor([[[True, False, False, False]]])
    assert knowledge(cells, right).flatten().tolist() == pytest.approx([0, 1, -1 / 3], abs=1e-4)


def test_of_several_right_words_knowledge_is_the_mean():
    logits = torch.tensor([[4.0, -4.0, -4.0, 4.0]])[None, None, None]
    right = torch.tensor([[[True, True, False, False]]])
    (known,) = knowledge(MultiLabel().read_cells(logits), right).flatten().tolist()
    assert known == pytest.approx(((1 / (1 + math.exp(-4)) + 1 / (1 + math.exp(4))) / 2 - 0.5) / 0.5, abs=1e-5)


def test_the_readings_of_cells_teach_the_classifier_and_not_the_features():
    recipe = find_recipe("mref/pan-ctx", "quick")
    network = build_model(recipe, MNIST_REFERENCE)
    output = network(torch.rand(1, 3, 100, 100), torch.eye(10)[None, :2])
    right = torch.eye(5, dtype=torch.bool)[None, :2]
    sum(reading_loss(layer.cells, right) for layer in output.layers).backward()
    taught = {name for name, weight in network.named_parameters() if weight.grad is not None and weight.grad.any()}
    assert taught
    assert all("classifier" in name for name in taught)


def test_the_term_needs_no_masks(questions):
    """What training hands to the loss are images, queries and answers (known or not), never a mask or a box."""
    from pan.training.update import Batch

    assert Batch._fields == ("images", "queries", "answers", "known")
