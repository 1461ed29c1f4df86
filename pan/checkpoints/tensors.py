"""Safetensors files with a header of our own: what they hold is known before a byte of the weights is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import MOST_BYTES, Plain, parse_json
from pan.system.outside import check_file

KEY = "pan"
"""Under which the header stands among the file's metadata."""
FLOATS = ("F32", "F16", "BF16", "F64")
WHOLE = ("I64",)


class Kind(NamedTuple):
    """What is known of a tensor that is not read yet.

    Attributes:
        shape: Its shape.
        dtype: The format's name for its type.
    """

    shape: tuple[int, ...]
    dtype: str

    def fits(self, tensor: Tensor) -> bool:
        """Whether it can be copied into a tensor: of the same shape, and numbers of a type that all devices know."""
        known = FLOATS if tensor.is_floating_point() else WHOLE
        return self.shape == tuple(tensor.shape) and self.dtype in known


@dataclass(frozen=True, eq=False)
class TensorFile:
    """An open file.

    Attributes:
        header: Our JSON object in it.
        kinds: Its tensors by name.
    """

    header: Plain
    kinds: dict[str, Kind]
    _file: Any

    def read(self) -> dict[str, Tensor]:
        """All tensors."""
        return {name: self._file.get_tensor(name) for name in self.kinds}


@contextmanager
def opened(path: Path) -> Iterator[TensorFile]:
    """The file while this lasts.

    Raises:
        InputError: If it is missing, cut short, or not one of ours.
    """
    try:
        check_file(path)
        with safe_open(path, framework="pt") as file:
            yield TensorFile(_header(file), {name: _kind(file, name) for name in file.keys()}, file)  # noqa: SIM118
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}.") from error
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise InputError(f"{path} cannot be read as a checkpoint; it is cut short or of another format.") from error


def read_tensors(path: Path) -> tuple[dict[str, Tensor], Plain]:
    """All tensors of a file, and its header.

    Raises:
        InputError: If it is missing, cut short, or not one of ours.
    """
    with opened(path) as file:
        return file.read(), file.header


def write_tensors(path: Path, tensors: dict[str, Tensor], header: Plain) -> None:
    """One safetensors file, its header as JSON.

    Raises:
        InputError: If the file cannot be written.
    """
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}

    def write(beside: Path) -> None:
        try:
            save_file(plain, beside, metadata={KEY: json.dumps(header)})
        except SafetensorError as error:
            raise OSError(str(error)) from error

    write_whole(path, write)


def _header(file: Any) -> Plain:  # noqa: ANN401 - safetensors gives its files no type
    text = (file.metadata() or {})[KEY]
    if len(text) > MOST_BYTES:
        raise ValueError("its header is too large")
    return parse_json(text, dict)


def _kind(file: Any, name: str) -> Kind:  # noqa: ANN401 - as above
    part = file.get_slice(name)
    return Kind(tuple(part.get_shape()), str(part.get_dtype()))
