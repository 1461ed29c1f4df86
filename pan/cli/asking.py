"""The images and queries of `pan explain`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pan.checkpoints.file import Checkpoint
from pan.data.opening import SUFFIXES as IMAGES
from pan.data.opening import is_image_file
from pan.system.errors import InputError

ALL = "all"
MOST_QUERIES = 24


def images_in(folder: Path) -> list[Path]:
    """The images of a folder, sorted by name.

    Raises:
        InputError: If there are none.
    """
    images = sorted(filter(is_image_file, folder.iterdir()))
    if not images:
        raise InputError(f"{folder} holds no images ({', '.join(sorted(IMAGES))}).")
    return images


def every_query(checkpoint: Checkpoint) -> tuple[str, ...]:
    """All queries of a network's task.

    Raises:
        InputError: If there are too many to show.
    """
    words = checkpoint.task.queries
    if len(words) > MOST_QUERIES:
        raise InputError(f"{checkpoint.name} has {len(words):,} queries, and at most {MOST_QUERIES} can be shown; "
                         "name some of them with --query.")
    return words


def one_image(arguments: Namespace) -> Path:
    """The image of a figure, or the folder of images.

    Raises:
        InputError: If several paths are given.
    """
    if len(arguments.images) > 1:
        raise InputError("a figure shows one image; give one, a folder of them, or --out FILE.html for a page of all.")
    image: Path = arguments.images[0]
    return image


def one_query(arguments: Namespace) -> str:
    """The query of a figure, or “all”.

    Raises:
        InputError: If none or several are given.
    """
    if len(arguments.queries) != 1:
        raise InputError("a figure shows one query; give one --query, “all” for a table of all, "
                         "or --out FILE.html for a page of several.")
    query: str = arguments.queries[0]
    return query
