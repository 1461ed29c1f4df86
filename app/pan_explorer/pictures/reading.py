"""Images and reference sets as pictures of the window."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pan.data.digits.scenes import FEWEST
from pan.data.images import Fitted, fit_image
from pan.data.labelled.index import is_labelled
from pan.data.opening import load_image, to_rgb
from pan.data.parts import INDEX, check_folder_names, folders_of, parts_of, split_of
from pan.data.reference.index import read_index
from pan.data.reference.reading import words_in
from pan.evaluation.answer_table import QuestionTable, question_table
from pan.recipes.task import MNIST_REFERENCE
from pan.system.names import is_file
from pan.system.resources import resources_folder
from pan_explorer.pictures.labelled import read_labelled_pictures
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.stored import Shelf, stored_picture


class PictureSet(NamedTuple):
    """A reference set as pictures, with the words it asks and all its questions."""

    folder: Path
    pictures: tuple[Picture, ...]
    queries: tuple[str, ...]
    questions: QuestionTable


def samples_folder(kind: str) -> Path:
    """The reference set of samples that comes with the program."""
    return resources_folder() / "samples" / kind


def is_reference_set(path: Path) -> bool:
    """Whether a folder has an index, or folders of parts that have."""
    return is_file(path / INDEX) or bool(parts_of(path))


def read_picture(path: Path) -> Picture:
    """An image file.

    Raises:
        InputError: If it cannot be read.
    """
    return Picture(path.name, path, fit_image(load_image(path), MNIST_REFERENCE.image_size), {})


def picture_of(image: Image.Image, name: str) -> Picture:
    """An image that is in memory."""
    source = to_rgb(image)
    return Picture(name, None, fit_image(source, MNIST_REFERENCE.image_size), {}, source=source)


@lru_cache(maxsize=32)
def fitted_at(picture: Picture, size: int) -> Fitted:
    """A picture fitted to a network's size, from the image itself where there is more than its fitted pixels.

    Raises:
        InputError: If its file can no longer be read.
    """
    if len(picture.fitted.pixels) == size:
        return picture.fitted
    if picture.source is not None:
        return fit_image(picture.source, size)
    image = load_image(picture.path) if picture.path is not None else Image.fromarray(picture.fitted.pixels)
    return fit_image(image, size)


def read_pictures(folder: Path) -> PictureSet:
    """A reference set, a picture for each of its images, none of which is read yet.

    Of a set whose parts are folders it is the part test, or else the last that there is. The rows are taken for all
    there is in its images if each has as many as a scene has digits at least.

    Raises:
        InputError: If the set's index is wrong.
    """
    check_folder_names(folder)
    folder = folders_of(folder)[-1]
    if is_labelled(folder):
        return PictureSet(folder, *read_labelled_pictures(folder))
    rows = read_index(folder)
    task = words_in(rows)
    of_images = [list(own) for _, own in groupby(rows, key=lambda row: row.image)]
    complete = all(len(own) >= FEWEST for own in of_images)
    shelf = Shelf(task.image_size)
    pictures = tuple(stored_picture(own, complete, task.queries, shelf) for own in of_images)
    return PictureSet(folder, pictures, task.queries, question_table(rows, split_of(folder)))
