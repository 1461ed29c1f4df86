"""The device that computes, and its precision."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Shaped
from torch import Tensor

from pan.system.errors import InputError
from pan.system.precision import Precision

KERNELS_CACHED = "128"
"""Shapes for which compiled kernels are cached: a training needs some dozens."""

# oneDNN and torch cache kernels for 1,024 shapes by default. A window that opens many networks and sets would grow by
# half a gigabyte. Both read these variables when they compile for the first time.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", KERNELS_CACHED)
os.environ.setdefault("LRU_CACHE_CAPACITY", KERNELS_CACHED)


class Device(NamedTuple):
    """A device that the user may choose.

    Attributes:
        name: Its name for torch and `--device`.
        title: Its product name.
        memory: Its memory in bytes, None for the CPU.
    """

    name: str
    title: str
    memory: int | None


def list_devices() -> list[Device]:
    """All devices of this machine, the one that `auto` chooses first."""
    devices = [
        Device(f"cuda:{index}", properties.name, properties.total_memory)
        for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0)
        for properties in [torch.cuda.get_device_properties(index)]
    ]
    if torch.backends.mps.is_available():
        devices.append(Device("mps", "Apple GPU", torch.mps.recommended_max_memory()))
    threads = torch.get_num_threads()
    return [*devices, Device("cpu", f"CPU, {threads} thread{'s' if threads > 1 else ''}", None)]


def choose_device(name: str = "auto") -> torch.device:
    """The device of that name; `auto` is CUDA, else MPS, else the CPU.

    Raises:
        InputError: If there is no such device here.
    """
    names = [device.name for device in list_devices()]
    if name == "auto":
        return torch.device(names[0])
    if name == "cuda" and "cuda:0" in names:
        return torch.device("cuda:0")
    if name not in names:
        raise InputError(f"there is no device “{name}” here; choose auto or one of {', '.join(names)}.")
    return torch.device(name)


def choose_precision(precision: Precision, device: torch.device) -> torch.dtype:
    """`auto` is bfloat16 where the device has instructions for it, else float32."""
    if precision == "auto":
        return torch.bfloat16 if _computes_bfloat16(device) else torch.float32
    return torch.bfloat16 if precision == "bfloat16" else torch.float32


def autocast(device: torch.device, precision: torch.dtype) -> AbstractContextManager[object]:
    """The context in which a network computes in that precision."""
    if precision == torch.float32:
        return nullcontext()
    return torch.autocast(device.type, precision)


def to_device(values: Shaped[np.ndarray, "*shape"], device: torch.device) -> Shaped[Tensor, "*shape"]:
    """Copy values to the device. To a GPU the copy is asynchronous, from pinned memory."""
    tensor = torch.from_numpy(values)
    if device.type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)


def finish(device: torch.device) -> None:
    """Wait until the device has finished all queued work."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def release(device: torch.device) -> None:
    """Free the memory that torch's allocator caches on the device."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


def _computes_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if device.type == "cpu" and os.name == "posix":
        ask = getattr(torch.cpu, "get_capabilities", dict[str, bool])  # torch 2.6 has no such function
        capabilities = ask()
        return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
    return False
