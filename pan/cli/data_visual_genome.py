"""`pan data visual-genome`: the official annotations as a set of questions with several answers."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.built_set import tell_built
from pan.cli.terminal import STANDARD_OUTPUT, Progress, check_output
from pan.data.visual_genome import MISSING, Sources, build_visual_genome


def run(arguments: Namespace) -> None:
    """Read, select and write, and say what became of every object."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    sources = Sources(arguments.annotations, arguments.image_data, arguments.aliases, tuple(arguments.images))
    work = build_visual_genome(sources, arguments.out, min_count=arguments.min_count, seed=arguments.seed)
    with closing(Progress()) as progress:
        summary = progress.follow_steps(work)
    answers, listed = f"{summary.labels:,} answers", str(arguments.out / MISSING)
    tell_built(summary, arguments.out, arguments.json, answers, listed=listed)
