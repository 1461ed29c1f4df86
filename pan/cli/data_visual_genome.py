"""`pan data visual-genome`: converts the official annotations to a set of questions with several answers."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.built_set import tell_built
from pan.cli.outputs import check_json_output, resolved
from pan.cli.progress import ProgressBar
from pan.data.visual_genome import MISSING, Sources, build_visual_genome


def run(arguments: Namespace) -> None:
    """Convert the annotations and print a summary."""
    given = filter(None, (arguments.annotations, arguments.image_data, arguments.aliases))
    check_json_output(arguments.json, resolved(given))
    sources = Sources(arguments.annotations, arguments.image_data, arguments.aliases, tuple(arguments.images))
    work = build_visual_genome(sources, arguments.out, min_count=arguments.min_count, seed=arguments.seed)
    with closing(ProgressBar()) as progress:
        summary = progress.run(work)
    answers, listed = f"{summary.labels:,} answers", str(arguments.out / MISSING)
    tell_built(summary, arguments.out, arguments.json, answers, listed=listed)
