"""Initial weights."""

from __future__ import annotations

import math

import torch
from torch import nn

from pan.models.labels import MultiLabel
from pan.models.parts.attention import Attention
from pan.models.parts.gate import Gate
from pan.models.parts.readouts import Classifier, Prior
from pan.models.stn import Localization

LABELS_AT_ONCE = 2
"""Mean number of attributes of a Visual Genome object (667,882 labels): the number of right answers."""


def initialize(model: nn.Module, generator: torch.Generator, gate_bias: float) -> None:
    """PyTorch's default initialisation from a given generator, except for the query, which is embedded.

    A linear map of a one-hot vector is an embedding, and drawn like one, N(0, 1), it decides from the first step
    which hidden units of the attention a query switches on. Drawn a fifth of that size, as linear layers are, it
    leaves a network no better than a query-blind guess (41 %) for 100,000 questions and more.

    The object-class prior begins as if it were not there: features, which are not negative, pass its layer unchanged,
    and the query adds nothing. Drawn as in the attention, it cost vg-tiny's networks 10 to 18 points of mAP.

    MultiLabel labels begin at the odds at which they occur: of hundreds, almost all are wrong for any object.

    Args:
        model: The network; its parameters are set in place, in the order of its modules.
        generator: The random generator.
        gate_bias: Initial bias of the gates' scores.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=generator)
            if module.bias is not None:
                bound = 1 / math.sqrt(module.weight[0].numel())
                nn.init.uniform_(module.bias, -bound, bound, generator=generator)
    for module in model.modules():
        if isinstance(module, Attention):
            nn.init.normal_(module.query.weight, generator=generator)
        elif isinstance(module, Prior):
            nn.init.eye_(module.feature.weight)
            nn.init.zeros_(module.feature.bias)
            nn.init.zeros_(module.query.weight)
        elif isinstance(module, Gate):
            nn.init.constant_(module.attention.score.bias, gate_bias)
        elif isinstance(module, Localization):
            nn.init.zeros_(module.transform.weight)
            with torch.no_grad():
                module.transform.bias.copy_(torch.eye(2, 3).flatten())
        elif isinstance(module, Classifier) and isinstance(module.labels, MultiLabel):
            rare = min(0.5, LABELS_AT_ONCE / module.classifier.out_features)
            nn.init.constant_(module.classifier.bias, math.log(rare / (1 - rare)))
