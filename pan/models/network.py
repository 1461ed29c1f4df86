"""The base class of the torch modules: what callers may ask of every network, whatever its architecture."""

from __future__ import annotations

from collections.abc import Iterable

from torch import nn

from pan.models.parts.attention import CellSoftmax
from pan.models.parts.gate import Gate


class Network(nn.Module):
    """A CNN that answers questions about images; `pan.load` returns it as the `module` of a `TrainedNetwork`.

    Args:
        stages: The CNN, from the image up; each stage ends with a pooling.
    """

    def __init__(self, stages: Iterable[nn.Module]) -> None:
        super().__init__()
        self.stages = nn.ModuleList(stages)

    def attended(self) -> dict[int, Gate | CellSoftmax]:
        """The attention modules by the number of their pooling layer, lowest first.

        Each is a gate, or the softmax of the last layer. A spatial transformer network has none.
        """
        return {}
