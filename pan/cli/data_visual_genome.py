"""`pan data visual-genome`: the official annotations as a set of questions with several answers."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.terminal import STANDARD_OUTPUT, Progress, check_output, note, say, write_json
from pan.data.visual_genome import MISSING, Sources, Summary, build_visual_genome


def run(arguments: Namespace) -> None:
    """Read, select and write, and say what became of every object."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    sources = Sources(arguments.annotations, arguments.image_data, arguments.aliases, tuple(arguments.images))
    work = build_visual_genome(sources, arguments.out, min_count=arguments.min_count, seed=arguments.seed)
    with closing(Progress()) as progress:
        summary = progress.follow_steps(work)
    if summary.missing:
        images = "images have" if len(summary.missing) > 1 else "image has"
        note(f"{len(summary.missing):,} {images} no file or an empty one and are left out: {_some(summary.missing)}; "
             f"all are listed in {arguments.out / MISSING}")  # fmt: skip
    if arguments.json is not None:
        write_json(arguments.json, summary.to_json())
    else:
        say(_told(arguments.out, summary))


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _told(folder: Path, summary: Summary) -> str:
    parts = ", ".join(f"{count:,} {part}" for part, count in summary.parts.items())
    dropped = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in summary.dropped.items() if count)
    return (
        f"{folder}: {summary.rows:,} questions with {summary.labels:,} answers about {summary.images:,} images "
        f"({parts})\n"
        f"{summary.queries:,} words to ask, {summary.answers:,} to answer\n"
        f"{summary.objects:,} objects read, {summary.kept:,} kept, the others dropped: {dropped or 'none'}"
    )
