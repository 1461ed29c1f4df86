"""Progressive attention network, with and without local context (section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.geometry import ReceptiveField
from pan.models.network import Network
from pan.models.output import Output
from pan.models.parts.attention import Attention, CellSoftmax
from pan.models.parts.gate import Gate
from pan.models.parts.readouts import HardReadout, SoftReadout


class PAN(Network):
    """Gates between the stages of a CNN, and soft attention on top of the last.

    PAN-CTX is this network with gates whose attention sees a neighbourhood (Eq. 5).

    Args:
        stages: The CNN, from the image up.
        gates: The gates, each after its stage; after a stage without a gate, all features are passed on.
        field: Receptive field of the cells of the last map.
        attention: g_att of the last layer, without local context (section 3.3).
        answer: The readout of the last map: soft in the paper, hard in `pan-ctx-hard`.
    """

    def __init__(
        self,
        stages: Iterable[nn.Module],
        gates: Iterable[Gate],
        field: ReceptiveField,
        attention: Attention,
        answer: SoftReadout | HardReadout,
    ) -> None:
        super().__init__(stages)
        self.gates = nn.ModuleDict({f"att{gate.pool}": gate for gate in gates})
        self.field = field
        self.attention = attention
        self.alpha = CellSoftmax()
        self.answer = answer

    def attended(self) -> dict[int, Gate | CellSoftmax]:
        """Its gates, and the softmax of the last map."""
        gates = {gate.pool: gate for gate in self.gates.values() if isinstance(gate, Gate)}
        return {**gates, len(self.stages): self.alpha}

    @property
    def shared(self) -> int:
        """The number of stages up to the lowest gate."""
        return min(self.attended())

    def predict(self, features: Float[Tensor, "B 1 C H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image (Fig. 2)."""
        layers, attention = [], None
        for pool in range(self.shared, len(self.stages) + 1):
            if pool > self.shared:
                features, attention = self.stages[pool - 1](features, attention), None  # Eq. 1, 3
            if f"att{pool}" in self.gates:
                layer = self.gates[f"att{pool}"](features, queries)  # Eq. 2, 5
                layers.append(layer)
                attention = layer.attention
        alpha = self.alpha(self.attention(features, queries))  # Eq. 2, l = L
        last = self.answer(pool, self.field, alpha, features, queries)  # Eq. 4
        return Output(last.log_probabilities, (*layers, last), last.log_complements)
