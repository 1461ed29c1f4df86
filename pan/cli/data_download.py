"""`pan data download`: data and weights that do not come with the program."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pan.cli.terminal import say
from pan.data.digits.backgrounds import download_photographs
from pan.data.digits.mnist import default_data_root, download_digits
from pan.models.trunks.pretrained import download_trunk_weights


def run(arguments: Namespace) -> None:
    """Download MNIST or SUN397 to the data folder, or the weights of VGG-16 to torch's."""
    data_root: Path = arguments.data_root or default_data_root()
    if arguments.what == "vgg16":
        say(f"ImageNet weights of VGG-16 are in {download_trunk_weights()}; training on vg starts from them now.")
    elif arguments.what == "mnist":
        download_digits(data_root)
        say(f"MNIST is in {data_root / 'mnist'}; scenes are drawn with it now.")
    else:
        folder = download_photographs(data_root)
        say(f"SUN397 is in {folder}; draw scenes on it with --backgrounds {folder}.")
