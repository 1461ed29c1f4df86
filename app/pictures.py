"""Images and reference sets as pictures of the window."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from app.values import Picture, Truth
from pan.data.images import fit_image, load_image, to_rgb
from pan.data.reference_set import INDEX, read_index, read_reference_set, words_of
from pan.data.scenes import FEWEST
from pan.errors import InputError
from pan.tasks import MNIST_REFERENCE

MOST_PICTURES = 500
"""A strip of more could not be looked through."""


class PictureSet(NamedTuple):
    """A reference set as pictures, with the words it asks."""

    folder: Path
    pictures: tuple[Picture, ...]
    queries: tuple[str, ...]


def samples_folder(kind: str) -> Path:
    """The reference set of samples that comes with the program."""
    return Path(str(resources.files("resources").joinpath("samples", kind)))


def is_reference_set(path: Path) -> bool:
    """Whether a folder has an index."""
    return (path / INDEX).is_file()


def read_picture(path: Path) -> Picture:
    """An image file.

    Raises:
        InputError: If it cannot be read.
    """
    return Picture(path.name, path, fit_image(load_image(path), MNIST_REFERENCE.image_size), {})


def picture_of(image: Image.Image, name: str) -> Picture:
    """An image that is in memory."""
    return Picture(name, None, fit_image(to_rgb(image), MNIST_REFERENCE.image_size), {})


def read_pictures(folder: Path) -> PictureSet:
    """A reference set, a picture for each of its images.

    The set's rows are taken for all there is in its images if each has as many as a scene has digits at least.

    Raises:
        InputError: If the set is wrong.
    """
    paths = tuple(dict.fromkeys(row.image for row in read_index(folder)))
    if len(paths) > MOST_PICTURES:
        raise InputError(f"{folder} has {len(paths):,} images; the window takes sets of up to {MOST_PICTURES}.")
    task = words_of(folder)
    questions = read_reference_set(folder, task)
    complete = all(len(rows) >= FEWEST for rows in questions.rows)
    pictures = []
    for path, pixels, rows in zip(paths, questions.images, questions.rows, strict=True):
        with Image.open(path) as image:  # its size alone; the set has read its pixels
            fitted = fit_image(Image.new("RGB", image.size), task.image_size)._replace(pixels=pixels)
        masks = questions.masks(rows)
        truths = {
            task.queries[questions.query[row]]: Truth(
                task.answers[questions.answer[row]], masks[place] if questions.masked[row] else None
            )
            for place, row in enumerate(np.asarray(rows))
        }
        pictures.append(Picture(f"{folder.name}/{path.name}", path, fitted, truths, complete))
    return PictureSet(folder, tuple(pictures), task.queries)


def check_image(path: Path) -> None:
    """See that a path can be opened.

    Raises:
        InputError: If it is neither a readable image nor a reference set.
    """
    if path.is_dir():
        read_index(path)
    else:
        load_image(path)
