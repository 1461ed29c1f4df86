"""`pan data build`: scenes as a reference set on disk."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.terminal import Progress, note, say
from pan.data.digits import SPLITS
from pan.data.reference_set import write_reference_set
from pan.data.sources import Sources, renderer


def run(arguments: Namespace) -> None:
    """Draw the scenes of one part and write them."""
    kind, split, count = arguments.kind, arguments.split, arguments.count
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    drawing = renderer(kind, split, sources)
    scenes = drawing.scenes((arguments.seed, SPLITS.index(split)), count)
    try:
        with closing(Progress()) as progress:
            for done in write_reference_set(arguments.out, scenes, every_digit=not arguments.stratify_scale):
                progress.show(f"{kind} {split} scenes", done, count)
    except KeyboardInterrupt:
        note(f"stopped; what is in {arguments.out} is no whole set and can be deleted")
        raise
    say(f"{arguments.out}: {count:,} {kind} images of the {split} part ({drawing.digits.source})")
