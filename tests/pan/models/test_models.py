"""All networks: what holds for each, and each against a slow loop written from the equations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from pan.models.build import build_model
from pan.models.stn import Localization
from pan.recipes.by_name import find_recipe
from pan.recipes.digits import MODELS
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE, Task
from pan.system.errors import InputError
from pan.training.loss import loss

TASK = Task(image_size=20, queries=("a", "b", "c"), answers=("x", "y"))
RIGHT = functional.one_hot(torch.tensor([[0, 1, 0], [1, 1, 0]]), 2).bool()


ATTENTIVE = [model for model in MODELS if not model.startswith("stn")]


def small(model, **changes):
    return find_recipe(f"mref/{model}", "standard").with_fields(channels=5, hidden=6, start="", **changes)


def inputs(images=2, questions=3, size=20):
    generator = torch.Generator().manual_seed(1)
    pictures = torch.rand(images, 3, size, size, generator=generator)
    asked = functional.one_hot(torch.arange(questions).repeat(images, 1) % 3, 3).float()
    return pictures, asked


@pytest.mark.parametrize("model", MODELS)
def test_every_network_answers_every_question_with_probabilities(model):
    pictures, asked = inputs()
    output = build_model(small(model), TASK).eval()(pictures, asked)
    assert output.log_probabilities.shape == (2, 3, 2)
    torch.testing.assert_close(output.log_probabilities.exp().sum(-1), torch.ones(2, 3))


@pytest.mark.parametrize("model", ATTENTIVE)
def test_last_attention_sums_to_one_and_gates_lie_between_zero_and_one(model):
    output = build_model(small(model), TASK).eval()(*inputs())
    *gates, last = output.layers
    torch.testing.assert_close(last.attention.sum((-2, -1)), torch.ones(2, 3))
    assert all(((gate.attention > 0) & (gate.attention < 1)).all() for gate in gates)


@pytest.mark.parametrize(
    ("model", "pools"),
    [("san", [4]), ("han", [4]), ("pan", [1, 2, 3, 4]), ("pan-ctx", [1, 2, 3, 4]), ("pan-ctx-hard", [2, 3, 4])],
)
def test_layers_keep_the_number_of_their_pool(model, pools):
    assert [layer.pool for layer in build_model(small(model), TASK)(*inputs()).layers] == pools


@pytest.mark.parametrize(("padding", "sides"), [(1, [50, 25, 12, 6]), (0, [49, 23, 10, 4])])
def test_maps_have_the_sizes_of_the_paper(padding, sides):
    model = build_model(small("pan-ctx").with_fields(padding=padding), MNIST_REFERENCE)
    pictures, _ = inputs(1, 1, size=100)
    output = model(pictures, torch.eye(10)[None, :2])
    assert [layer.attention.shape[-1] for layer in output.layers] == sides


@pytest.mark.parametrize("model", MODELS)
def test_asking_together_gives_the_answers_of_asking_alone(model):
    pictures, asked = inputs()
    network = build_model(small(model), TASK).eval()
    together = network(pictures, asked).log_probabilities
    alone = torch.stack([network(pictures, asked[:, q : q + 1]).log_probabilities[:, 0] for q in range(3)], 1)
    torch.testing.assert_close(together, alone)


@pytest.mark.parametrize("normalize", [False, True], ids=["plain", "normalised"])
@pytest.mark.parametrize("model", MODELS)
def test_questions_asked_together_give_the_loss_and_gradients_of_one_question_an_image(model, normalize):
    """One image a question is the same mathematics, in float32 to rounding, and with every term of the loss.

    BatchNorm changes nothing of that where all images have as many questions: copies of an image have the mean and
    the biased variance of the one that they share. Only its running variance differs: it is unbiased, and counts
    the copies as samples (n / (n − 1)), which training never reads.
    """
    pictures, asked = inputs()
    recipe = small(model, normalize=normalize, answer_weight=0.5)
    shared, plain = (build_model(recipe, TASK) for _ in range(2))
    for network in (shared, plain):
        turn_views(network)
    costs = [
        whole_loss(shared(pictures, asked), RIGHT),
        whole_loss(plain(pictures.repeat_interleave(3, 0), asked.reshape(6, 1, 3)), RIGHT.reshape(6, 1, 2)),
    ]
    for cost in costs:
        cost.backward()
    torch.testing.assert_close(costs[0], costs[1])
    for one, other in zip(shared.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad, atol=1e-5, rtol=1e-4)


def whole_loss(output, right):
    """The loss with every term."""
    return loss(output, right, answer_weight=0.5, covering=0.3, strictness=[0.5, 1.0, 2.0], reading_weight=0.1)


def turn_views(network):
    """Let the views of spatial transformers depend on the question, which untrained ones do not."""
    generator = torch.Generator().manual_seed(2)
    for module in network.modules():
        if isinstance(module, Localization):
            torch.nn.init.normal_(module.transform.weight, std=0.1, generator=generator)


@pytest.mark.parametrize("model", MODELS)
def test_gradients_reach_every_parameter(model):
    network = build_model(small(model), replace(TASK, image_size=48))
    output = network(*inputs(size=48))
    whole_loss(output, RIGHT).backward()
    missing = [name for name, weight in network.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert set(missing) <= {"attention.score.bias"}  # softmax takes out what is added to every score


def test_pan_ctx_with_radius_zero_is_pan():
    context = build_model(small("pan-ctx").with_fields(context_radius=0), TASK).eval()
    plain = build_model(small("pan"), TASK).eval()
    torch.testing.assert_close(context(*inputs()).log_probabilities, plain(*inputs()).log_probabilities)


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_draws_the_same_weights_whatever_was_drawn_before(model):
    one = build_model(small(model), TASK)
    torch.rand(1)
    two, other = build_model(small(model), TASK), build_model(small(model).with_fields(seed=1), TASK)
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    assert not torch.equal(next(one.parameters()), next(other.parameters()))


def test_attention_is_the_perceptron_of_eq_5_cell_by_cell():
    gate = build_model(small("pan-ctx"), TASK).gates["att1"]
    attention = gate.attention
    features = torch.rand(1, 1, 5, 6, 7, generator=torch.Generator().manual_seed(2))
    query = torch.eye(3)[None, :2]
    scores = attention(features, query)
    padded = functional.pad(features[0, 0], (2, 2, 2, 2))
    for q in range(2):
        for i in range(6):
            for j in range(7):
                neighbourhood = padded[:, i : i + 5, j : j + 5]  # δ = 2
                hidden = (attention.context.weight * neighbourhood).sum((1, 2, 3))
                hidden = (hidden + attention.query.weight @ query[0, q] + attention.query.bias).relu()
                score = attention.score.weight[0] @ hidden + attention.score.bias[0]
                torch.testing.assert_close(scores[0, q, i, j], score)


def test_progressive_network_is_the_loop_of_eq_1_to_4():
    recipe = small("pan")
    network = build_model(recipe, TASK).eval()
    pictures, asked = inputs(1, 1)
    f = pictures[0]
    for pool, stage in enumerate(network.stages, start=1):
        f = functional.max_pool2d(stage.conv(stage.norm(f[None])).relu(), 2)[0]
        attention = network.gates[f"att{pool}"].attention if pool < 4 else network.attention
        scores = torch.empty(f.shape[1:])
        for i in range(f.shape[1]):
            for j in range(f.shape[2]):
                hidden = attention.context.weight[:, :, 0, 0] @ f[:, i, j] + attention.query(asked[0, 0])
                scores[i, j] = attention.score(hidden.relu())[0]
        alpha = scores.sigmoid() if pool < 4 else scores.exp() / scores.exp().sum()
        f = alpha * f
    expected = network.answer.classifier(f.sum((1, 2))).log_softmax(-1)
    torch.testing.assert_close(network(pictures, asked).log_probabilities[0, 0], expected)


@pytest.mark.parametrize("model", ["han", "pan-ctx-hard"])
def test_hard_networks_sum_over_every_choice_of_a_cell(model):
    network = build_model(small(model), TASK).eval()
    pictures, asked = inputs(2, 3, size=40)
    output = network(pictures, asked)
    layer = output.layers[-1]
    for b in range(2):
        for q in range(3):
            marginal = torch.zeros(2)
            seen = layer.features[b, q % layer.features.shape[1]]
            for i in range(seen.shape[-2]):
                for j in range(seen.shape[-1]):
                    cell = network.answer.classifier(seen[:, i, j]).softmax(-1)
                    marginal += layer.attention[b, q, i, j] * cell
            torch.testing.assert_close(output.log_probabilities[b, q], marginal.log())


def test_a_gate_answers_by_the_marginal_over_the_softmax_of_its_own_scores():
    network = build_model(small("pan-ctx"), TASK).eval()
    pictures, asked = inputs(1, 2)
    layer = network(pictures, asked).layers[1]
    gate = network.gates["att2"]
    share = torch.logit(layer.attention).flatten(2).softmax(-1)
    cells = gate.answer.classifier(layer.features.movedim(2, -1)).softmax(-1).flatten(2, 3)
    expected = torch.einsum("bqn,bqnk->bqk", share, cells).log()
    torch.testing.assert_close(layer.log_probabilities, expected, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("model", MODELS)
def test_one_batch_overfits(model):
    torch.manual_seed(0)
    rng = np.random.default_rng(3)
    pictures = torch.from_numpy(rng.random((4, 3, 32, 32), dtype=np.float32))
    asked = torch.eye(3).repeat(4, 1, 1)[:, :2]
    answers = functional.one_hot(torch.from_numpy(rng.integers(2, size=(4, 2))), 2).bool()
    recipe = small(model).with_fields(channels=12, hidden=12, answer_weight=0.0)
    network = build_model(recipe, replace(TASK, image_size=32))
    optimizer = torch.optim.AdamW(network.parameters(), 0.003)
    for _ in range(120):
        optimizer.zero_grad()
        cost = loss(network(pictures, asked), answers, answer_weight=0.0)
        cost.backward()
        optimizer.step()
    assert cost.item() < 0.05


def test_gates_without_weight_for_their_answers_do_not_answer():
    output = build_model(small("pan").with_fields(answer_weight=0.0), TASK)(*inputs())
    assert [layer.log_probabilities is None for layer in output.layers] == [True, True, True, False]


def test_gates_can_start_open():
    closed, open_ = (build_model(small("pan").with_fields(gate_bias=bias), TASK)(*inputs()) for bias in (0.0, 3.0))
    assert open_.layers[0].attention.mean() > 0.85 > closed.layers[0].attention.mean()


def test_an_unknown_network_is_refused():
    with pytest.raises(InputError, match="choose one of"):
        build_model(Recipe("mref", "vgg"), TASK)
