"""The updates of a run as one CUDA graph.

An update of these small networks is a thousand kernels of some microseconds each, and Python needs longer to launch
one than the GPU to run it. Recorded once and launched together they keep the GPU busy.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from pan.training.update import Batch, Update

EAGER_UPDATES = 3
"""Made before recording: libraries choose their kernels and take their workspaces in the first ones."""


class GraphedUpdate:
    """An update that is recorded once and replayed.

    Every call must bring parts of the same shapes; all else that changes from one update to the next must lie in
    tensors, which a replay reads anew. No other update of the network may come between.

    Args:
        update: What is recorded.
        device: A CUDA device.
    """

    def __init__(self, update: Update, device: torch.device) -> None:
        self.update = update
        self.stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        self.eager_left = EAGER_UPDATES
        self.graph: torch.cuda.CUDAGraph | None = None
        self.parts: Sequence[Batch] = ()
        self.sums = torch.empty(0, device=device)

    def __call__(self, parts: Sequence[Batch]) -> Float[Tensor, " 2"]:
        """The step's loss and right answers, in a tensor that the next call writes over."""
        if self.eager_left > 0:
            self.eager_left -= 1
            return self._beside(parts)
        self.graph = self.graph or self._record(parts)
        for recorded, given in zip(self.parts, parts, strict=True):
            for held, new in zip(recorded, given, strict=True):
                held.copy_(new)
        self.graph.replay()
        return self.sums

    def _beside(self, parts: Sequence[Batch]) -> Float[Tensor, " 2"]:
        """Update on a stream other than the default one, as recording does."""
        current = torch.cuda.current_stream(self.stream.device)
        self.stream.wait_stream(current)
        with torch.cuda.stream(self.stream):
            sums = self.update(parts)
        current.wait_stream(self.stream)
        return sums

    def _record(self, parts: Sequence[Batch]) -> torch.cuda.CUDAGraph:
        """What is recorded is not run; other threads, such as one that answers, may use the device meanwhile."""
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=self.stream, capture_error_mode="thread_local"):
            self.sums = self.update(parts)
        self.parts = parts
        return graph
