"""`pan data import`: converts annotations of COCO, CLEVR, VAW or labelme to a set of questions."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.built_set import tell_built
from pan.cli.outputs import check_json_output, resolved
from pan.cli.progress import ProgressBar
from pan.data.formats import build_set, open_format
from pan.data.formats.known import image_folders


def run(arguments: Namespace) -> None:
    """Convert the annotations and print a summary."""
    check_json_output(arguments.json, resolved(arguments.files))
    folders = image_folders(arguments.files, arguments.images)
    annotations = open_format(arguments.format, arguments.files, folders, arguments.answer or "")
    with closing(ProgressBar()) as progress:
        account = progress.run(build_set(annotations, folders, arguments.out))
    answers = f"{account.labels:,} answers" if account.several else "one answer each"
    tell_built(account, arguments.out, arguments.json, answers, beside=f", {account.masks:,} with a mask")
