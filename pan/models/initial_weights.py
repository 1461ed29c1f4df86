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
    """Initialise a network: PyTorch's default initialisation from a given generator, with these exceptions.

    - The query's layer in the attention: N(0, 1), as for an embedding, because the query is one-hot. It then decides
      from the first step which hidden units a query activates. With the default, which is five times as small, networks
      were no better than a guess that ignores the query (41 %) for the first 100,000 questions.
    - The object-class prior: the identity for the features, which are not negative, and 0 for the query, so that at
      first the prior has no effect. With N(0, 1) for the query, networks on vg-tiny lost 10 to 18 points of mAP.
    - The bias of a multi-label classifier: the log odds of an answer, because nearly all answers are wrong for any
      object.
    - The transform of a spatial transformer: the identity.

    Args:
        model: The network; its parameters are set in place.
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
