"""Data-parallel training in several processes (`torchrun … -m pan train`).

Each process computes a part of every batch. Gradients are averaged and statistics are summed over all processes, so
that the result is that of one process. Only the first process writes files and reports progress.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from jaxtyping import Int, Shaped
from torch import Tensor, distributed, nn

from pan.system.errors import InputError


@dataclass(frozen=True)
class ProcessGroup:
    """The processes that train together, as this process sees them.

    Attributes:
        rank: The number of this process, from 0.
        size: The number of processes.
    """

    rank: int = 0
    size: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this is the process that writes files and reports progress."""
        return self.rank == 0

    def check_batch(self, images: int, parts: int) -> None:
        """Refuse batches that cannot be divided evenly, because their loss would differ from that of one process.

        Args:
            images: Images of a batch.
            parts: Parts of a batch (gradient accumulation); each part is divided between the processes.

        Raises:
            InputError: If the number of images in a part is not a multiple of the number of processes.
        """
        if self.size > 1 and images % (self.size * parts):
            raise InputError(f"{images} images a batch cannot be shared evenly by {self.size} processes; give another "
                             "--nproc-per-node, or another number by --set images_per_batch.")  # fmt: skip

    def part(self, rows: Int[np.ndarray, "B Q"]) -> Int[np.ndarray, "b Q"]:
        """This process's part of a batch; all parts have the same size."""
        size = len(rows) // self.size
        return rows[self.rank * size : (self.rank + 1) * size]

    def total(self, values: Tensor) -> Tensor:
        """The sum over all processes."""
        if self.size > 1:
            distributed.all_reduce(values)
        return values

    def rows_of_all(self, values: Shaped[Tensor, "n ..."]) -> Shaped[Tensor, "N ..."]:
        """The rows of all processes, in the order of their ranks."""
        if self.size == 1:
            return values
        ends = self.total(torch.arange(self.size, device=values.device).ge(self.rank) * len(values)).tolist()
        rows = values.new_zeros(ends[-1], *values.shape[1:])
        rows[ends[self.rank] - len(values) : ends[self.rank]] = values
        return self.total(rows)

    def averaging_gradients(self, model: nn.Module) -> nn.Module:
        """Wrap a network so that gradients are averaged over all processes; its BatchNorm must be synchronised."""
        if self.size == 1:
            return model
        return nn.parallel.DistributedDataParallel(model)


@contextmanager
def first_process_first() -> Iterator[None]:
    """Run the body in the first process before the others, so that they find its results, such as a decoded set."""
    group = process_group()
    if group.size > 1 and not group.is_first:
        distributed.barrier()
    try:
        yield
    finally:
        if group.size > 1 and group.is_first:
            distributed.barrier()


def without_reduction(network: nn.Module) -> AbstractContextManager[object]:
    """A context in which gradients are accumulated without averaging; the next backward pass after it averages them.

    Args:
        network: A network from `ProcessGroup.averaging_gradients`.
    """
    return network.no_sync() if isinstance(network, nn.parallel.DistributedDataParallel) else nullcontext()


def process_group() -> ProcessGroup:
    """The group that this process has joined, or a group of this process alone."""
    if not distributed.is_available() or not distributed.is_initialized():
        return ProcessGroup()
    return ProcessGroup(distributed.get_rank(), distributed.get_world_size())


@contextmanager
def joined(device: str) -> Iterator[str]:
    """Join the process group if torchrun started this process; yields the name of this process's device.

    Processes on CUDA communicate by NCCL and each has its own device; processes on CPUs communicate by gloo.

    Args:
        device: A device of `--device`; for several processes `auto`, `cuda` or `cpu`.

    Raises:
        InputError: If several processes would have the same device.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield device
        return
    own = _device_of_process(device)
    cuda = own.startswith("cuda")
    if cuda:
        torch.cuda.set_device(own)
    distributed.init_process_group("nccl" if cuda else "gloo")
    try:
        yield own
    finally:
        distributed.destroy_process_group()


@contextmanager
def folder_of_process(run: Path, *, begun: bool) -> Iterator[Path]:
    """The folder of the run for this process. Only the first process may write the run; others get a temporary folder.

    Args:
        run: The run's folder.
        begun: Whether the folder contains a run that is to be resumed.
    """
    group = process_group()
    if group.size == 1:
        yield run
        return
    with TemporaryDirectory(prefix="pan-run-") as folder:
        own = Path(folder) / run.name
        if begun and not group.is_first and run.is_dir():
            shutil.copytree(run, own)
        distributed.barrier()  # no process writes before all have copied
        yield run if group.is_first else own


def _device_of_process(device: str) -> str:
    if device not in ("auto", "cuda", "cpu"):
        raise InputError(f"under torchrun --device is auto, cuda or cpu, not {device}; each process takes its own.")
    local, count = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
    if device == "cpu" or (device == "auto" and count == 0):
        return "cpu"
    if local >= count:
        raise InputError(f"there are {count} CUDA devices here for more processes; give a smaller --nproc-per-node "
                         "or --device cpu.")  # fmt: skip
    return f"cuda:{local}"
