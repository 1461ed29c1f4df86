"""VGG-16 under the same networks: torchvision's features, maps and fields of the paper, independent labels."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional
from torchvision.models import vgg16
from torchvision.transforms.functional import normalize

from pan.models.build import assemble, build_model
from pan.models.geometry import ReceptiveField, of_pool
from pan.models.labels import MultiLabel
from pan.models.trunks.vgg import DEVIATION, MEAN, begin_from, trunk_weights
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.errors import InputError
from pan.training.loss import loss, question_nll

MODELS = ("san", "han", "pan-ctx", "san-prior", "han-prior", "pan-ctx-prior")
TASK = Task(32, ("cup", "dog", "sky"), ("red", "small", "wet", "round"), several=True)
VISUAL_GENOME = Task(
    224, tuple(f"object {number}" for number in range(827)), tuple(f"word {number}" for number in range(749)),
    several=True,
)  # fmt: skip


def recipe(model, **changes):
    gates = {"gates": (1, 2), "context_radius": 3, "answer_weight": 0.5} if "pan" in model else {}
    fields = {"trunk": "vgg-16", "channels": 4, "hidden": 6, "image_size": 32, "normalize": False}
    return Recipe("vg", model).with_fields(**{**fields, **gates, **changes})


def inputs(images=2, questions=3, size=32):
    generator = torch.Generator().manual_seed(1)
    pictures = torch.rand(images, 3, size, size, generator=generator)
    return pictures, functional.one_hot(torch.arange(questions).repeat(images, 1) % 3, 3).float()


def whole_loss(output):
    """The loss with every term."""
    return loss(output, labels(), answer_weight=0.5, covering=0.3, strictness=[0.5, 1.0], reading_weight=0.1)


def labels(images=2, questions=3, seed=2):
    return torch.rand(images, questions, 4, generator=torch.Generator().manual_seed(seed)) < 0.4


@pytest.fixture(scope="module")
def torchvision_vgg():
    """With random weights; building it draws from torch's own generator."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return vgg16(init_weights=False).features.eval()


@pytest.fixture(scope="module")
def full_size(torchvision_vgg):
    network = build_model(recipe("pan-ctx", channels=64, hidden=512, image_size=224), VISUAL_GENOME).eval()
    begin_from(network, {f"features.{name}": weight for name, weight in torchvision_vgg.state_dict().items()})
    return network


def test_the_trunk_gives_torchvisions_features_for_the_same_weights(full_size, torchvision_vgg):
    picture = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        features = picture[:, None]
        for stage in full_size.stages:
            features = stage(features)
        expected = torchvision_vgg(normalize(picture, MEAN, DEVIATION))
    torch.testing.assert_close(features[:, 0], expected)


def test_the_trunks_weights_have_torchvisions_names_and_shapes(full_size, torchvision_vgg):
    theirs = {f"features.{name}": weight.shape for name, weight in torchvision_vgg.named_parameters()}
    assert {name: weight.shape for name, weight in trunk_weights(full_size).items()} == theirs


def test_context_functions_begin_as_the_next_three_convolutions(full_size, torchvision_vgg):
    for gate, numbers in (("att1", (17, 19, 21)), ("att2", (24, 26, 28))):
        embedding = full_size.gates[gate].attention.embedding
        features = torch.rand(1, *{"att1": (256, 8, 8), "att2": (512, 8, 8)}[gate])
        with torch.inference_mode():
            expected = torchvision_vgg[numbers[0] : numbers[-1] + 2](features)
            torch.testing.assert_close(embedding(features), expected)


def test_maps_at_224_are_those_of_the_paper(full_size):
    with torch.inference_mode():
        output = full_size(torch.zeros(1, 1, 3, 224, 224)[0], torch.eye(827)[None, :1])
    assert [layer.attention.shape[-1] for layer in output.layers] == [28, 14, 7]
    assert [layer.pool for layer in output.layers] == [1, 2, 3]


@pytest.mark.parametrize(("pool", "field"), [(1, (44, 8, -18)), (2, (100, 16, -42)), (3, (212, 32, -90))])
def test_fields_at_224_are_those_of_the_paper(pool, field):
    assert of_pool(pool, trunk="vgg-16", padding=0) == ReceptiveField(*field)


def test_a_gate_sees_three_cells_around_its_own_and_no_further():
    network = build_model(recipe("pan-ctx"), TASK)
    features = torch.rand(1, 1, 16, 9, 9, requires_grad=True)
    network.gates["att1"].attention(features, torch.eye(3)[None, :1])[0, 0, 4, 4].backward()
    touched = features.grad[0, 0].abs().sum(0) > 0
    assert not touched[0].any()
    assert not touched[:, 8].any()
    assert touched[1:8, 1:8].any()


TRUNK = 14_714_688
ATTENTION = 512 * 512 + 827 * 512 + 512 + 513  # [f ; q] to 512 hidden units to a score
CONTEXTS = 5_899_776 + 7_079_424  # conv4_1 to conv4_3 and conv5_1 to conv5_3 once more
CLASSIFIER = 513 * 749
PRIOR = 513 * 512 + 827 * 512


@pytest.mark.parametrize(
    ("model", "count"),
    [
        ("san", TRUNK + ATTENTION + CLASSIFIER),  # 15,785,518
        ("han", TRUNK + ATTENTION + CLASSIFIER),
        ("pan-ctx", TRUNK + 3 * ATTENTION + CONTEXTS + CLASSIFIER),  # 30,137,904
        ("san-prior", TRUNK + ATTENTION + CLASSIFIER + PRIOR),  # 16,471,598
        ("han-prior", TRUNK + ATTENTION + CLASSIFIER + PRIOR),
        ("pan-ctx-prior", TRUNK + 3 * ATTENTION + CONTEXTS + CLASSIFIER + PRIOR),  # 30,823,984
    ],
)
def test_networks_of_table_2_have_so_many_parameters(model, count):
    with torch.device("meta"):  # shapes without numbers
        network = assemble(recipe(model, channels=64, hidden=512, image_size=224, answer_weight=0.0), VISUAL_GENOME)
    assert sum(weight.numel() for weight in network.parameters()) == count


@pytest.mark.parametrize("model", MODELS)
def test_every_label_has_a_probability_and_its_complement(model):
    output = build_model(recipe(model), TASK).eval()(*inputs())
    for said in (output, *output.layers):
        assert said.log_probabilities.shape == (2, 3, 4)
        torch.testing.assert_close(said.log_probabilities.exp() + said.log_complements.exp(), torch.ones(2, 3, 4))


@pytest.mark.parametrize("model", MODELS)
def test_gradients_reach_every_parameter(model):
    network = build_model(recipe(model, image_size=64), TASK)
    whole_loss(network(*inputs(size=64))).backward()
    missing = [name for name, weight in network.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert set(missing) <= {"attention.score.bias"}  # softmax takes out what is added to every score


def trained(model):
    """A network whose prior, if it has one, has learnt something."""
    network = build_model(recipe(model), TASK).eval()
    if model.endswith("-prior"):
        torch.nn.init.normal_(network.answer.prior.query.weight, generator=torch.Generator().manual_seed(5))
    return network


@pytest.mark.parametrize("model", MODELS)
def test_asking_together_gives_the_answers_of_asking_alone(model):
    pictures, asked = inputs()
    network = trained(model)
    together = network(pictures, asked).log_probabilities
    alone = torch.stack([network(pictures, asked[:, q : q + 1]).log_probabilities[:, 0] for q in range(3)], 1)
    torch.testing.assert_close(together, alone)


@pytest.mark.parametrize("model", ["han", "han-prior"])
def test_the_marginal_of_each_label_is_the_sum_over_cells(model):
    network = trained(model)
    pictures, asked = inputs(size=64)
    output = network(pictures, asked)
    layer, answer = output.layers[-1], network.answer
    for b in range(2):
        for q in range(3):
            marginal, complement = torch.zeros(4), torch.zeros(4)
            for i in range(2):
                for j in range(2):
                    f = layer.features[b, 0, :, i, j]
                    if model == "han-prior":
                        f = (answer.prior.feature(f) + answer.prior.query(asked[b, q])).relu()
                    cell = torch.stack([answer.classifier.weight[k] @ f + answer.classifier.bias[k] for k in range(4)])
                    marginal += layer.attention[b, q, i, j] * cell.sigmoid()
                    complement += layer.attention[b, q, i, j] * (1 - cell.sigmoid())
            torch.testing.assert_close(output.log_probabilities[b, q], marginal.log())
            torch.testing.assert_close(output.log_complements[b, q], complement.log())


def test_the_loss_of_independent_labels_is_the_sum_of_binary_cross_entropies():
    logits, right = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(4)), labels()
    said = MultiLabel().read(logits)
    expected = functional.binary_cross_entropy_with_logits(logits, right.float(), reduction="none").sum(-1)
    torch.testing.assert_close(question_nll(*said, right), expected)


def test_unannotated_labels_are_left_out_of_the_loss():
    logits, right = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(4)).requires_grad_(), labels()
    known = right.clone()
    known[..., 0] = True
    question_nll(*MultiLabel().read(logits), right, known).sum().backward()
    expected = (logits.detach().sigmoid() - right.float()) * known
    torch.testing.assert_close(logits.grad, expected)


@pytest.mark.parametrize("model", ["san", "han", "pan-ctx"])
def test_a_network_with_the_prior_begins_as_the_one_without(model):
    plain, prior = (build_model(recipe(name), TASK).eval() for name in (model, f"{model}-prior"))
    missing, _ = prior.load_state_dict(plain.state_dict(), strict=False)
    assert {name.split(".")[1] for name in missing} == {"prior"}
    torch.testing.assert_close(prior(*inputs()).log_probabilities, plain(*inputs()).log_probabilities)


def test_the_prior_lets_the_query_change_the_answer_of_the_same_attention():
    network = trained("san-prior")
    torch.nn.init.zeros_(network.attention.score.weight)  # attention is even, whatever is asked
    probabilities = network(*inputs()).log_probabilities
    assert not torch.allclose(probabilities[:, 0], probabilities[:, 1])
    plain = build_model(recipe("san"), TASK).eval()
    torch.nn.init.zeros_(plain.attention.score.weight)
    probabilities = plain(*inputs()).log_probabilities
    torch.testing.assert_close(probabilities[:, 0], probabilities[:, 1])


def test_recomputing_activations_changes_neither_loss_nor_gradients():
    networks = [build_model(recipe("pan-ctx", gradient_checkpointing=again), TASK) for again in (False, True)]
    costs = [whole_loss(network(*inputs())) for network in networks]
    for cost in costs:
        cost.backward()
    torch.testing.assert_close(costs[0], costs[1])
    for one, other in zip(networks[0].parameters(), networks[1].parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad)


def test_a_signal_passes_the_thirteen_convolutions_of_a_trunk_that_begins_with_nothing():
    network = build_model(recipe("san", channels=16), TASK).eval()
    first, second = network(*inputs()).layers[-1].features
    assert (first - second).abs().mean() > 0.005  # drawn as layers are by themselves: 7e-7


def test_labels_begin_at_the_odds_at_which_they_occur():
    output = build_model(recipe("san"), VISUAL_GENOME)(torch.zeros(1, 3, 32, 32), torch.eye(827)[None, :1])
    assert output.log_probabilities.exp().sum().item() == pytest.approx(2, rel=0.5)


def test_weights_of_another_network_are_refused():
    network = build_model(recipe("san"), TASK)
    with pytest.raises(InputError, match=r"features\.0\.weight is missing"):
        begin_from(network, {})
    with pytest.raises(InputError, match="of shape"):
        begin_from(network, trunk_weights(build_model(recipe("san", channels=5), TASK)))


def test_gates_and_context_fit_the_trunk():
    with pytest.raises(InputError, match="a rising choice of 1,2"):
        recipe("pan-ctx", gates=(1, 3))
    with pytest.raises(InputError, match="must be 0 or 3 on vgg-16"):
        recipe("pan-ctx", context_radius=2)
    with pytest.raises(InputError, match="trunk"):
        recipe("san").with_settings({"trunk": "resnet"})
    with pytest.raises(InputError, match="leave a cell"):
        recipe("san", image_size=20)


@pytest.mark.parametrize("model", ["han", "pan-ctx-prior"])  # a hard and a soft readout, without and with a prior
def test_one_batch_is_learnt(model):
    pictures, asked = inputs(4, 2)
    right = labels(4, 2)
    small = recipe(model, trunk="vgg-tiny", channels=12, hidden=12, context_radius=1 if "pan" in model else 0,
                   gate_bias=3.0)
    network = build_model(small, TASK)
    optimizer = torch.optim.AdamW(network.parameters(), 0.003)
    for _ in range(300):
        optimizer.zero_grad()
        cost = loss(network(pictures, asked), right, answer_weight=0.0)
        cost.backward()
        optimizer.step()
    assert cost.item() < 0.6  # the guess it begins with costs 2.6
