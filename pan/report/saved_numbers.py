"""Reads the numbers of an existing report."""

from __future__ import annotations

import csv
from pathlib import Path

from pan.system.errors import InputError
from pan.system.names import is_file
from pan.system.outside import lines_of, open_text

ACCURACY_FILE, TPR_FILE = "table-1a.csv", "table-1b.csv"


def is_report(folder: Path) -> bool:
    """Whether a folder has a report of `pan report`."""
    return is_file(folder / ACCURACY_FILE) and is_file(folder / TPR_FILE)


def read_report(folder: Path) -> dict[str, dict[str, float]]:
    """Read the measures `accuracy`, `tpr` and `tpr_accumulated`, 0 to 1, by `KIND/MODEL`; missing ones are left out.

    Raises:
        InputError: If the folder has no report, or its tables have another format.
    """
    numbers: dict[str, dict[str, float]] = {}
    for name, value in ((ACCURACY_FILE, "accuracy"), (TPR_FILE, "tpr")):
        path = folder / name
        try:
            with open_text(path) as file:
                records = csv.DictReader(lines_of(file), strict=True)
                if missing := {"model", "data", value} - set(records.fieldnames or ()):
                    raise InputError(f"{path} is not a table of pan report: it has no {', '.join(sorted(missing))}.")
                for record in records:
                    if record[value]:
                        measured = numbers.setdefault(f"{record['data']}/{record['model']}", {})
                        measured[record.get("reading") or value] = float(record[value])
        except OSError as error:
            raise InputError(f"{folder} holds no {name}; write a report with pan report.") from error
        except (csv.Error, ValueError, TypeError) as error:
            raise InputError(f"{path} is not a table of pan report: {error}.") from error
    return numbers
