"""A table that is written twice: to be read (Markdown) and to be computed with (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pan.evaluation.intervals import Interval
from pan.system.files import write_whole

DASH = "–"

Cell = str | int | float | None


class Table(NamedTuple):
    """Rows twice over.

    Attributes:
        name: Of its files, without a suffix.
        title: Above it in the report.
        header: Of the readable form.
        rows: The readable form.
        columns: Of the CSV.
        records: The CSV, a number to a cell; None is left empty.
        groups: What stands above several columns of the readable form: its words, and how many columns.
        apart: Rows of the readable form above which a rule is drawn.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Sequence[str]
    records: Sequence[Sequence[Cell]]
    groups: Sequence[tuple[str, int]] = ()
    apart: Sequence[int] = ()

    def markdown(self) -> str:
        """The table as Markdown, the first column to the left and the others to the right."""
        ruler = [":---", *["---:"] * (len(self.header) - 1)]
        above = [words for words, columns in self.groups for _ in range(columns)] or [""] * len(self.header)
        header = [f"{group} {cell}".strip() for group, cell in zip(above, self.header, strict=True)]
        return "".join(f"| {' | '.join(cells)} |\n" for cells in (header, ruler, *self.rows))

    def csv(self) -> str:
        """The table as CSV; shares are 0 to 1 in it, as in all that programs read."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([[_plain(cell) for cell in record] for record in self.records])
        return text.getvalue()

    def save(self, folder: Path) -> None:
        """Write `name.md` and `name.csv`."""
        for suffix, text in ((".md", f"{self.title}\n\n{self.markdown()}"), (".csv", self.csv())):
            write_text(folder / f"{self.name}{suffix}", text)


def write_text(path: Path, text: str) -> None:
    """A text file, whole."""
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8", newline="\n"))


def percent(share: float | None, digits: int = 2) -> str:
    """A share in percent, a dash where it has no meaning."""
    return DASH if share is None else f"{100 * share:.{digits}f}"


def with_interval(share: float | None, interval: Interval | None) -> str:
    """A share in percent with half the width of its interval: `97.62 ± 0.41`."""
    if share is None or interval is None:
        return percent(share)
    low, high = interval
    return f"{percent(share)} ± {percent((high - low) / 2)}"


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)
