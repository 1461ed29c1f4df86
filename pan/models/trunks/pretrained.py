"""Weights that VGG-16 begins with: torchvision's, trained on ImageNet. The one pickled file that is ever read."""

from __future__ import annotations

import pickle
import re
from hashlib import file_digest
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from pan.system.errors import InputError
from pan.system.files import cannot_download

IMAGENET = "imagenet"
"""Stands for torchvision's file in the folder to which torch downloads."""

HOW = ("fetch them by pan data download vgg16 (528 MB), give torchvision's file by --weights, "
       "or train without by --from-scratch")  # fmt: skip


def read_trunk_weights(weights: str) -> dict[str, Tensor]:
    """The weights, by torchvision's names.

    Args:
        weights: `imagenet`, torchvision's own file, or a `.safetensors` file with tensors of the same names.

    Raises:
        InputError: If there is no such file, or it is not what it should be.
    """
    path = downloaded_file() if weights == IMAGENET else Path(weights)
    if not path.is_file():
        what = "the ImageNet weights of VGG-16 are not here" if weights == IMAGENET else f"there is no file {path}"
        raise InputError(f"{what}; {HOW}.")
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        _check_hash(path)
        tensors: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, SafetensorError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise InputError(f"{path} cannot be read as weights; it is cut short or of another kind: {HOW}.") from error
    return tensors


def downloaded_file() -> Path:
    """Where torch keeps torchvision's file once it was downloaded."""
    return Path(torch.hub.get_dir()) / "checkpoints" / _url().rpartition("/")[2]


def download_trunk_weights() -> Path:
    """Bring torchvision's file, by its own loader, which checks its hash.

    Raises:
        InputError: If no server answers, the file is damaged or cannot be written.
    """
    from torchvision.models import VGG16_Weights  # takes seconds, and reading needs it not

    try:
        VGG16_Weights.IMAGENET1K_V1.get_state_dict(progress=True, check_hash=True, weights_only=True)
    except (OSError, RuntimeError) as error:
        raise cannot_download("the weights of VGG-16", error, "give torchvision's file by --weights") from error
    return downloaded_file()


def _url() -> str:
    from torchvision.models import VGG16_Weights

    return str(VGG16_Weights.IMAGENET1K_V1.url)


def _check_hash(path: Path) -> None:
    """The files of torchvision carry the beginning of their SHA-256 in their names."""
    begins = re.search(r"-([0-9a-f]{8,})\.pth$", _url())
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    if begins is None or not digest.startswith(begins[1]):
        raise InputError(f"{path} is not torchvision's vgg16 (its SHA-256 begins with {digest[:8]}, not with "
                         f"{begins[1] if begins else 'a known one'}); {HOW}.")
