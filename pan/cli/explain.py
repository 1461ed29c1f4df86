"""`pan explain`: answers and attention of networks for an image, as a figure and as numbers."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pan.checkpoints.file import Checkpoint, load_all
from pan.cli.asking import ALL, every_query, images_in, one_image, one_query
from pan.cli.explain_page import write_page
from pan.cli.outputs import check_output, resolved
from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, say
from pan.data.images import fit_image
from pan.data.opening import load_image
from pan.explaining.explain import Explanation, explain, explain_queries
from pan.explaining.maps_npz import SUFFIX as ARRAYS
from pan.explaining.maps_npz import save_maps
from pan.figures.explanation import SUFFIXES as FIGURES
from pan.figures.explanation import explanation_figure, save_figure
from pan.figures.page.writing import SUFFIX as PAGE
from pan.figures.queries import query_figure
from pan.system.errors import InputError
from pan.system.names import is_folder

SEVERAL = 5  # answers that are printed if several may be right


class Job(NamedTuple):
    """One image with its output files.

    Attributes:
        image: The image's file.
        figure: The file for the figure.
        maps: The file for the maps, None for no maps.
    """

    image: Path
    figure: Path
    maps: Path | None


def run(arguments: Namespace) -> None:
    """Explain an image, or every image of a folder; arguments are checked before anything is written."""
    if arguments.out.suffix.lower() == PAGE:
        write_page(arguments)
    else:
        _draw(arguments, one_image(arguments), one_query(arguments))


def _draw(arguments: Namespace, image: Path, query: str) -> None:
    jobs = list(_jobs(image, arguments.out, arguments.maps))
    images = resolved(job.image for job in jobs)
    for output in filter(None, (each for job in jobs for each in (job.figure, job.maps))):
        check_output(output, images)
    checkpoints = load_all(arguments.checkpoints, arguments.device)
    for checkpoint in checkpoints:
        _check_query(checkpoint, query, maps=arguments.maps is not None)
    if is_folder(image):
        _explain_all(jobs, query, checkpoints, arguments.dpi)
    else:
        _explain(jobs[0], load_image(image), query, checkpoints, arguments.dpi)


def _explain_all(jobs: Sequence[Job], query: str, checkpoints: Sequence[Checkpoint], dpi: int) -> None:
    """Explain all images; an unreadable one is reported and skipped."""
    unread = 0
    with closing(ProgressBar()) as progress:
        for done, job in enumerate(jobs, start=1):
            try:
                image = load_image(job.image)
            except InputError as error:
                progress.close()
                note(f"pan: {error}")
                unread += 1
            else:
                _explain(job, image, query, checkpoints, dpi)
            progress.show("images", done, len(jobs))
    if unread:
        raise InputError(f"{unread} of {len(jobs)} images could not be read; the others are explained.")


def _check_query(checkpoint: Checkpoint, query: str, *, maps: bool) -> None:
    if query != ALL or ALL in checkpoint.task.queries:
        checkpoint.task.query_index(query)
        return
    every_query(checkpoint)
    if maps:
        raise InputError("--maps holds the maps of one query; give one in place of “all”.")


def _explain_every_query(job: Job, image: Image.Image, checkpoints: Sequence[Checkpoint], dpi: int) -> None:
    queries = checkpoints[0].task.queries
    columns = [explain_queries(each, fit_image(image, each.task.image_size), queries) for each in checkpoints]
    rows = list(zip(*columns, strict=True))
    layers = [layer.name for explanation in rows[0] for layer in explanation.layers]
    save_figure(query_figure(rows, max(layers, default="")), job.figure, dpi)
    for row in rows:
        said = ", ".join(f"{each.checkpoint} {each.answer} ({each.probabilities.max():.0%})" for each in row)
        say(f"{job.figure}: {row[0].query}: {said}")


def _explain(job: Job, image: Image.Image, query: str, checkpoints: Sequence[Checkpoint], dpi: int) -> None:
    if query == ALL and ALL not in checkpoints[0].task.queries:
        _explain_every_query(job, image, checkpoints, dpi)
        return
    explanations = [explain(each, fit_image(image, each.task.image_size), query) for each in checkpoints]
    save_figure(explanation_figure(explanations), job.figure, dpi)
    if job.maps is not None:
        save_maps(job.maps, explanations)
    said = ", ".join(
        f"{each.checkpoint} {_answers(each, SEVERAL if checkpoint.task.several else 1)}"
        for each, checkpoint in zip(explanations, checkpoints, strict=True)
    )
    say(f"{job.figure}: {said}")


def _answers(explanation: Explanation, count: int) -> str:
    """The most probable answers with their probabilities."""
    best = explanation.probabilities.argsort()[::-1][:count]
    return " ".join(f"{explanation.answers[place]} ({explanation.probabilities[place]:.0%})" for place in best)


def _jobs(image: Path, out: Path, maps: Path | None) -> Iterator[Job]:
    if not is_folder(image):
        _check_suffix(out, (*FIGURES, PAGE))
        if maps is not None:
            _check_suffix(maps, (ARRAYS,))
        yield Job(image, out, maps)
        return
    for target in filter(None, (out, maps)):
        if target.suffix and not is_folder(target):
            raise InputError(f"{image} is a folder; give a folder in place of {target}.")
    images = images_in(image)
    for path, name in zip(images, _output_names(images), strict=True):
        yield Job(path, out / f"{name}{FIGURES[0]}", maps / f"{name}{ARRAYS}" if maps is not None else None)


def _output_names(images: Sequence[Path]) -> list[str]:
    """A name without suffix for each image; images whose names differ only by their suffix keep it."""
    stems = Counter(path.stem.casefold() for path in images)
    names = [path.stem if stems[path.stem.casefold()] == 1 else path.name for path in images]
    differ = len({name.casefold() for name in names}) == len(names)
    return names if differ else [path.name for path in images]


def _check_suffix(path: Path, suffixes: Sequence[str]) -> None:
    if path.suffix.lower() not in suffixes:
        raise InputError(f"{path} must end in {' or '.join(suffixes)}.")
