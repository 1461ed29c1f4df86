"""Updates replayed as a CUDA graph.

An update of these small networks has about a thousand kernels of some microseconds each, and Python needs longer to
launch a kernel than the GPU to run it. A graph is captured once, and each replay launches all kernels together.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from pan.training.update import Batch, Update

EAGER_UPDATES = 3
"""Updates before the capture, in which libraries choose their kernels and allocate their workspaces."""


class GraphedUpdate:
    """An update that is captured once and replayed.

    All calls must have parts of the same shapes. Everything else that changes between updates must be stored in
    tensors, because a replay reads their current values. The network must not be updated in any other way.

    Args:
        update: The update to capture.
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
        """Update; returns the loss and the number of right answers in a tensor that the next call overwrites."""
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
        """Update eagerly on the capture stream, which is not the default one."""
        current = torch.cuda.current_stream(self.stream.device)
        self.stream.wait_stream(current)
        with torch.cuda.stream(self.stream):
            sums = self.update(parts)
        current.wait_stream(self.stream)
        return sums

    def _record(self, parts: Sequence[Batch]) -> torch.cuda.CUDAGraph:
        """Capture an update, which is not run; other threads, such as inference, may use the device meanwhile."""
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=self.stream, capture_error_mode="thread_local"):
            self.sums = self.update(parts)
        self.parts = parts
        return graph
