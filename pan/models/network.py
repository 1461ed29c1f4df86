"""What all networks have in common, and what each says of itself to those who explain, measure or change it."""

from __future__ import annotations

from collections.abc import Iterable

from torch import nn

from pan.models.parts.attention import CellSoftmax
from pan.models.parts.gate import Gate


class Network(nn.Module):
    """A CNN that answers questions about images.

    Args:
        stages: The CNN, from the image up; each stage ends with a pooling.
    """

    def __init__(self, stages: Iterable[nn.Module]) -> None:
        super().__init__()
        self.stages = nn.ModuleList(stages)

    def attended(self) -> dict[int, Gate | CellSoftmax]:
        """By the number of the pooling, lowest first: the gate there, or the softmax of the last layer.

        A network of spatial transformers attends nowhere.
        """
        return {}
