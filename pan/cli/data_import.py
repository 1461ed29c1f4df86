"""`pan data import`: annotations of COCO, CLEVR, VAW or labelme as a set of questions."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.terminal import STANDARD_OUTPUT, Progress, check_output, note, say, write_json
from pan.data.formats import Account, build_set, open_format
from pan.data.formats.known import image_folders


def run(arguments: Namespace) -> None:
    """Read, draw and write, and say what became of every object."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    folders = image_folders(arguments.files, arguments.images)
    annotations = open_format(arguments.format, arguments.files, folders, arguments.answer or "")
    with closing(Progress()) as progress:
        account = progress.follow_steps(build_set(annotations, folders, arguments.out))
    if account.missing:
        images = "images have" if len(account.missing) > 1 else "image has"
        note(f"{len(account.missing):,} {images} no file that can be read, and what is about them is left out: "
             f"{', '.join(account.missing[:3])}{', …' if len(account.missing) > 3 else ''}")  # fmt: skip
    if arguments.json is not None:
        write_json(arguments.json, account.to_json())
    else:
        say(_told(arguments.out, account))


def _told(folder: Path, account: Account) -> str:
    parts = ", ".join(f"{count:,} {part}" for part, count in account.parts.items()) or "not split"
    dropped = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in account.dropped.items() if count)
    answers = f"{account.labels:,} answers" if account.several else "one answer each"
    return (
        f"{folder}: {account.rows:,} questions with {answers} about {account.images:,} images ({parts}), "
        f"{account.masks:,} with a mask\n"
        f"{account.queries:,} words to ask, {account.answers:,} to answer\n"
        f"{account.objects:,} objects read, {account.kept:,} kept, the others dropped: {dropped or 'none'}\n"
        f"look at it by pan data check {folder}"
    )
