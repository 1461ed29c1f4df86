"""Several processes that train one network together, each on its part of every batch (`torchrun … -m pan train`).

What one process would compute for a whole batch they compute together: gradients are averaged and statistics summed
over all of them. The first one alone writes and tells.
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
class Ranks:
    """This process among those that train together.

    Attributes:
        rank: Its number, from 0.
        size: How many there are.
    """

    rank: int = 0
    size: int = 1

    @property
    def is_first(self) -> bool:
        """Whether it is the one that writes and tells."""
        return self.rank == 0

    def check_batch(self, images: int, parts: int) -> None:
        """Refuse batches that cannot be shared evenly, whose losses would not be those of one process.

        Args:
            images: Images of a batch.
            parts: In how many parts it is computed, one after the other; each is shared.

        Raises:
            InputError: If the images of a part are no multiple of the processes.
        """
        if self.size > 1 and images % (self.size * parts):
            raise InputError(f"{images} images a batch cannot be shared evenly by {self.size} processes; give another "
                             "--nproc-per-node, or another number by --set images_per_batch.")  # fmt: skip

    def part(self, rows: Int[np.ndarray, "B Q"]) -> Int[np.ndarray, "b Q"]:
        """This process's equal part of a batch."""
        size = len(rows) // self.size
        return rows[self.rank * size : (self.rank + 1) * size]

    def total(self, values: Tensor) -> Tensor:
        """The sum over all processes."""
        if self.size > 1:
            distributed.all_reduce(values)
        return values

    def rows_of_all(self, values: Shaped[Tensor, "n ..."]) -> Shaped[Tensor, "N ..."]:
        """The rows of all processes, those of the first in front."""
        if self.size == 1:
            return values
        ends = self.total(torch.arange(self.size, device=values.device).ge(self.rank) * len(values)).tolist()
        rows = values.new_zeros(ends[-1], *values.shape[1:])
        rows[ends[self.rank] - len(values) : ends[self.rank]] = values
        return self.total(rows)

    def together(self, model: nn.Module) -> nn.Module:
        """The network with gradients averaged over all processes; its statistics must be of the whole batch already."""
        if self.size == 1:
            return model
        return nn.parallel.DistributedDataParallel(model)


@contextmanager
def first_one_first() -> Iterator[None]:
    """Let the first process through before the others: they find what it has left, such as a decoded set."""
    ranks = current_ranks()
    if ranks.size > 1 and not ranks.is_first:
        distributed.barrier()
    try:
        yield
    finally:
        if ranks.size > 1 and ranks.is_first:
            distributed.barrier()


def without_reduction(network: nn.Module) -> AbstractContextManager[object]:
    """While this lasts, gradients stay in their process; the next backward pass outside of it reduces them all.

    Args:
        network: As `Ranks.together` gives it.
    """
    return network.no_sync() if isinstance(network, nn.parallel.DistributedDataParallel) else nullcontext()


def current_ranks() -> Ranks:
    """This process's place in the group it has joined; alone if it has joined none."""
    if not distributed.is_available() or not distributed.is_initialized():
        return Ranks()
    return Ranks(distributed.get_rank(), distributed.get_world_size())


@contextmanager
def joined(device: str) -> Iterator[str]:
    """Join the group that torchrun started, if it did; gives the name of the device for this process.

    Processes on CUDA talk by NCCL, each on a device of its own; those on CPUs by gloo.

    Args:
        device: As `--device` names it; among several processes `auto`, `cuda` or `cpu`.

    Raises:
        InputError: If several processes were given one device.
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
    """The run's folder for the first process; for the others one that is thrown away, for one alone may write.

    Args:
        run: The run's folder.
        begun: Whether it holds a run that is to go on.
    """
    ranks = current_ranks()
    if ranks.size == 1:
        yield run
        return
    with TemporaryDirectory(prefix="pan-run-") as folder:
        own = Path(folder) / run.name
        if begun and not ranks.is_first and run.is_dir():
            shutil.copytree(run, own)
        distributed.barrier()  # nobody writes before all have read
        yield run if ranks.is_first else own


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
