"""`pan data check`: what a set holds, what is odd about it, and what a guess would reach."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from pan.cli.terminal import STANDARD_OUTPUT, Progress, check_output, percent, say, write_json
from pan.data.check import Checked, check_set

SHOWN = 5
"""Words and remarks of each kind that are shown; JSON has all."""


def run(arguments: Namespace) -> None:
    """Read the set and tell."""
    if arguments.json not in (None, STANDARD_OUTPUT):
        check_output(Path(arguments.json))
    with closing(Progress()) as progress:
        checked = progress.follow_steps(check_set(arguments.data))
    if arguments.json is not None:
        write_json(arguments.json, checked.to_json())
    else:
        say("\n".join(_lines(checked)))


def _lines(checked: Checked) -> list[str]:
    masks = checked.masks
    kind = "several answers" if checked.several else "one answer"
    parts = ", ".join(f"{count:,} {part}" for part, count in checked.parts.items())
    faults = {"empty": masks.empty, "the whole image": masks.whole, "unreadable": masks.unreadable}
    odd = ", ".join(f"{count:,} {what}" for what, count in faults.items() if count)
    return [
        f"{checked.data}: {checked.questions:,} questions with {kind} about {checked.images:,} images",
        f"asked     {_counted(checked.queries)}",
        f"answered  {_counted(checked.answers)}",
        f"parts     {parts or 'none: every tenth image is kept for validation'}",
        f"masks     {masks.known:,} known, {masks.missing:,} missing{f'; {odd}' if odd else ''}",
        f"guesses   {percent(checked.image_blind)} % by each query's commonest answer (the image unseen)",
        f"          {percent(checked.query_blind)} % at most by each image's commonest answer (the query unknown)",
        *_remarks("contradictions", checked.contradictions),
        *_remarks("duplicates", checked.duplicates),
        *_remarks("remarks", checked.remarks),
        f"train     {checked.train}",
        f"evaluate  {checked.evaluate}",
    ]


def _counted(words: Mapping[str, int]) -> str:
    shown = ", ".join(f"{word} {count:,}" for word, count in [*words.items()][:SHOWN])
    more = len(words) - SHOWN
    return f"{len(words):,}: {shown}{f', and {more:,} more' if more > 0 else ''}"


def _remarks(kind: str, remarks: Sequence[str]) -> list[str]:
    more = len(remarks) - SHOWN
    return [f"{kind}: {len(remarks):,}", *(f"  {each}" for each in remarks[:SHOWN]),
            *([f"  and {more:,} more (--json has all)"] if more > 0 else [])] if remarks else []
