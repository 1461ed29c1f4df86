"""`pan explain --out page.html`: answers and attention of networks for images, as an HTML page to share."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pan.checkpoints.file import Checkpoint, load_all
from pan.cli.asking import ALL, every_query, images_in
from pan.cli.outputs import check_output
from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, say
from pan.data.images import fit_image
from pan.data.known_answers import Known, known_answers
from pan.data.opening import load_image
from pan.explaining.explain import Explanation, explain_queries
from pan.figures.page.writing import save_page
from pan.system.errors import InputError
from pan.system.names import is_folder

MEGABYTE = 1e6


class Explained(NamedTuple):
    """An explanation, the name of its picture, and the right answers if they are known."""

    explanation: Explanation
    picture: str
    right: tuple[str, ...]


def write_page(arguments: Namespace) -> None:
    """Ask every network about every image; queries are checked before anything is computed."""
    if arguments.maps is not None:
        raise InputError("a page contains its maps; leave out --maps.")
    check_output(arguments.out)
    named = [image for path in arguments.images for image in (images_in(path) if is_folder(path) else [path])]
    networks = load_all(arguments.checkpoints, arguments.device)
    queries = {image: _queries(arguments.queries, known, networks) for image, known in known_answers(named).items()}
    said = list(_ask(queries, networks))
    if not said:
        raise InputError("none of the images could be read; nothing was written.")
    explanations, pictures, right = zip(*said, strict=True)
    save_page(explanations, arguments.out, pictures, right)
    shown = len(set(pictures))
    say(f"{arguments.out}: {_count(shown, 'picture')}, {_count(len(networks), 'network')}, "
        f"{arguments.out.stat().st_size / MEGABYTE:.1f} MB")  # fmt: skip
    if unread := len(queries) - shown:
        raise InputError(f"{unread} of {len(queries)} images could not be read; the page shows the others.")


def _ask(queries: Mapping[Path, Known], networks: Sequence[Checkpoint]) -> Iterator[Explained]:
    names = Counter(image.name for image in queries)
    for image, picture in _readable(list(queries)):
        name = image.name if names[image.name] == 1 else str(image)
        for network in networks:
            fitted = fit_image(picture, network.task.image_size)
            for explanation in explain_queries(network, fitted, list(queries[image])):
                yield Explained(explanation, name, queries[image][explanation.query])


def _queries(words: Sequence[str], known: Known, networks: Sequence[Checkpoint]) -> Known:
    """The queries about an image with the right answers: the given ones, else those known of its set, else all."""
    if ALL in words and ALL not in networks[0].task.queries:
        words = every_query(networks[0])
    if not words:
        words = [
            word for word in networks[0].task.queries
            if word in known and all(word in network.task.queries for network in networks)
        ]  # fmt: skip
    for network in networks:
        for word in words or every_query(network):
            network.task.query_index(word)
    return {word: known.get(word, ()) for word in words or every_query(networks[0])}


def _readable(images: Sequence[Path]) -> Iterator[tuple[Path, Image.Image]]:
    """The readable images; of several, an unreadable one is reported and skipped."""
    with closing(ProgressBar()) as progress:
        for done, image in enumerate(images, start=1):
            try:
                picture = load_image(image)
            except InputError as error:
                if len(images) == 1:
                    raise
                progress.close()
                note(f"pan: {error}")
            else:
                yield image, picture
            progress.show("images", done, len(images))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
