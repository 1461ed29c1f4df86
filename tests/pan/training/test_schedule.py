"""What changes over a run, and for which weights."""

from __future__ import annotations

import math

import pytest
import torch

from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.training.events import Epoch, Step
from pan.training.loop import train
from pan.training.optimizer import build_optimizer, set_learning_rate
from pan.training.runs.folder import read_metrics
from pan.training.schedule import one_cycle, ramp, steps

CPU = torch.device("cpu")


@pytest.mark.parametrize(("questions", "batch", "epoch", "told"), [
    (40_000, 112, 30_000, (358, 267, 2)), (112, 112, 30_000, (1, 1, 1)), (1_000, 100, 300, (10, 3, 4)),
    (50, 100, 300, (1, 1, 1)),
])  # fmt: skip
def test_a_budget_is_trained_to_its_end(questions, batch, epoch, told):
    recipe = find_recipe("mref/san").with_settings(
        {"questions": str(questions), "epoch_questions": str(epoch), "images_per_batch": str(batch),
         "questions_per_image": "1"})  # fmt: skip
    assert (recipe.steps, recipe.steps_per_epoch, recipe.epochs) == told
    assert 0 <= recipe.steps * batch - questions < batch


def test_the_last_epoch_may_be_short(tiny, tmp_path, bundled):
    recipe = tiny("san", questions=140, epoch_questions=56, images_per_batch=4, questions_per_image=7)
    events = list(train(recipe, tmp_path / "run", bundled, "cpu"))
    assert [event.epoch for event in events if isinstance(event, Step)] == [1, 1, 2, 2, 3]
    assert [event.epoch for event in events if isinstance(event, Epoch)] == [1, 2, 3]
    assert all(0 <= epoch.accuracy <= 1 and epoch.loss > 0.5 for epoch in read_metrics(tmp_path / "run"))


def test_every_step_has_a_learning_rate(tiny, tmp_path, bundled, monkeypatch):
    rates = []
    monkeypatch.setattr("pan.training.trainer.set_learning_rate", lambda _, rate: rates.append(rate))
    recipe = tiny("san")
    list(train(recipe, tmp_path / "run", bundled, "cpu"))
    assert len(rates) == recipe.steps
    assert min(rates) > 0


def test_transforms_get_their_share_of_the_rate_and_all_else_the_whole():
    recipe = find_recipe("mref/stn-m", "quick").with_fields(localization_rate=0.25)
    network = build_model(recipe, MNIST_REFERENCE)
    optimizer = build_optimizer(network, recipe, CPU)
    set_learning_rate(optimizer, 0.5)
    rates = {id(weight): float(group["lr"]) for group in optimizer.param_groups for weight in group["params"]}
    for name, weight in network.named_parameters():
        assert rates[id(weight)] == (0.125 if ".transform." in name else 0.5), name


def test_one_cycle_rises_and_falls():
    assert one_cycle(0.15) == pytest.approx(1)
    assert one_cycle(0.05) < one_cycle(0.1) < 1
    assert one_cycle(0.5) > one_cycle(0.9) > 0


def test_the_released_codes_rate_stands_for_thirty_epochs_and_halves_every_ten():
    assert [steps(epoch) for epoch in (1, 30, 31, 40, 41, 51)] == [1, 1, 0.5, 0.5, 0.25, 0.125]


def test_the_covering_term_rises_from_where_it_begins():
    assert [ramp(share, 0.5) for share in (0.2, 0.5, 0.75, 1.0)] == [0, 0, 0.5, 1]


@pytest.mark.parametrize("model", ["san", "pan-ctx", "stn-m"])
def test_weight_decay_spares_biases_norms_and_the_identity_of_a_transform(model):
    recipe = find_recipe(f"mref/{model}", "quick")
    network = build_model(recipe, MNIST_REFERENCE)
    decay = {id(weight): group["weight_decay"] for group in build_optimizer(network, recipe, CPU).param_groups
             for weight in group["params"]}  # fmt: skip
    for name, weight in network.named_parameters():
        spared = name.endswith("bias") or ".norm." in name
        assert decay[id(weight)] == (0 if spared else recipe.optimization.weight_decay), name


def test_the_marginal_keeps_its_gradient_however_improbable_a_word_is():
    from pan.models.labels import SingleLabel

    logits = torch.tensor([-300.0, 0.0]).expand(1, 1, 2, 2, 2).clone().requires_grad_()
    told = SingleLabel().marginalize(torch.full((1, 1, 2, 2), 0.25), logits)
    told.log_probabilities[0, 0, 0].backward()
    assert told.log_probabilities[0, 0, 0].item() == pytest.approx(-300, rel=1e-4)
    assert logits.grad[..., 0].sum().item() == pytest.approx(1, rel=1e-4)
    assert not math.isnan(logits.grad.sum().item())


def test_the_learning_rate_rises_once_and_falls_to_nothing():
    rates = [one_cycle(share / 100) for share in range(101)]
    assert rates[0] == 0
    assert rates[-1] == pytest.approx(0)
    assert max(rates) == pytest.approx(1)
    top = rates.index(max(rates))
    assert rates == sorted(rates[:top]) + sorted(rates[top:], reverse=True)


def test_the_price_rises_from_its_beginning_to_the_end():
    assert [ramp(share, 0.4) for share in (0.0, 0.4, 0.7, 1.0)] == pytest.approx([0, 0, 0.5, 1])
