"""The base class of all networks: their common interface."""

from __future__ import annotations

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor, nn

from pan.models.output import Output
from pan.models.parts.attention import CellSoftmax
from pan.models.parts.gate import Gate


class Network(nn.Module):
    """A CNN that answers questions about images; `pan.load` returns it as the `module` of a `TrainedNetwork`.

    Its forward pass has two parts: `encode` computes the features that all questions about an image share, `predict`
    answers the questions. Features can be kept for further questions about the same image.

    Args:
        stages: The CNN, from the lowest stage up; each stage ends with a pooling.
    """

    def __init__(self, stages: Iterable[nn.Module]) -> None:
        super().__init__()
        self.stages = nn.ModuleList(stages)

    def attended(self) -> dict[int, Gate | CellSoftmax]:
        """The attention modules by the number of their pooling layer, lowest first.

        Each is a gate, or the softmax of the last layer. A spatial transformer network has none.
        """
        return {}

    @property
    def shared(self) -> int:
        """Number of stages whose maps do not depend on a query."""
        return 0

    def encode(self, images: Float[Tensor, "B 3 H W"]) -> Float[Tensor, "B 1 C H2 W2"]:
        """The feature map of the last stage that does not depend on the query."""
        features = images.unsqueeze(1)  # f^0 = I
        for stage in self.stages[: self.shared]:
            features = stage(features)  # Eq. 3, 6
        return features

    def predict(self, features: Float[Tensor, "B 1 C H2 W2"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image, from the features of `encode`."""
        raise NotImplementedError

    def forward(self, images: Float[Tensor, "B 3 H W"], queries: Float[Tensor, "B Q D"]) -> Output:
        """Answers to all Q questions of each image."""
        return self.predict(self.encode(images), queries)
