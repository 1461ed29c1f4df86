"""`pan data import`: converts annotations of COCO, CLEVR, VAW or labelme to a set of questions."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.built_set import tell_built
from pan.cli.progress import ProgressBar
from pan.cli.terminal import STANDARD_OUTPUT, check_output
from pan.data.formats import build_set, open_format
from pan.data.formats.known import image_folders


def run(arguments: Namespace) -> None:
    """Convert the annotations and print a summary."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    folders = image_folders(arguments.files, arguments.images)
    annotations = open_format(arguments.format, arguments.files, folders, arguments.answer or "")
    with closing(ProgressBar()) as progress:
        account = progress.run(build_set(annotations, folders, arguments.out))
    answers = f"{account.labels:,} answers" if account.several else "one answer each"
    tell_built(account, arguments.out, arguments.json, answers, beside=f", {account.masks:,} with a mask")
