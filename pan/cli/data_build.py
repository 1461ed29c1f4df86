"""`pan data build`: scenes as a reference set on disk."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, say
from pan.data.digits.mnist import SPLITS
from pan.data.digits.scenes import drawing_processes
from pan.data.digits.writing import write_reference_set
from pan.data.objects.writing import write_collages
from pan.data.sources import Sources, collage_renderer, renderer
from pan.system.errors import InputError


def run(arguments: Namespace) -> None:
    """Draw the scenes of one part and write them."""
    kind, split, count, out = arguments.kind, arguments.split, arguments.count, arguments.out
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    if kind == "vg-tiny":
        if arguments.stratify_scale:
            raise InputError("--stratify-scale is for scenes of digits; leave it out for composed photographs.")
        collages = collage_renderer(split, sources).collages((arguments.seed, SPLITS.index(split)), count)
        writing, source = write_collages(out, collages, split), "composed by this program"
    else:
        drawing = renderer(kind, split, sources)
        scenes = drawing.scenes((arguments.seed, SPLITS.index(split)), count, drawing_processes(count))
        writing = write_reference_set(out, scenes, every_digit=not arguments.stratify_scale)
        source = drawing.digits.source
    try:
        with closing(ProgressBar()) as progress:
            for done in writing:
                progress.show(f"{kind} {split} images", done, count)
    except KeyboardInterrupt:
        note(f"stopped; run the same command again to build the set in {out}")
        raise
    say(f"{out}: {count:,} {kind} images of the {split} part ({source})")
