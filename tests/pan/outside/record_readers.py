"""Kept answers, records of studies and reports."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pan.evaluation.answer_file import Evaluated, load_evaluated, save_evaluated
from pan.evaluation.answer_table import AnswerTable
from pan.report.digits.numbers import of_study
from pan.report.digits.studies import ablation_table, seed_table
from pan.report.saved_numbers import read_report
from pan.studies.record import RESULTS, read_record
from tests.pan.outside.fuzzing import Reader


def _evaluation(folder: Path) -> None:
    answers = AnswerTable(np.array(["red", "blue"]), np.array([0.5, 0.25]), np.array([np.nan, 0.5]))
    save_evaluated(folder / "e.npz", Evaluated(answers, {"accuracy": 0.5, "tpr": None, "tpr_by_layer": [0.1]}))


def _record(folder: Path) -> None:
    source = next(path for path in sorted(RESULTS.glob("*.json")) if path.name.startswith("ablation"))
    (folder / "r.json").write_bytes(source.read_bytes())


def _tables(folder: Path) -> None:
    record = read_record(folder / "r.json")
    for table in (ablation_table([record]), seed_table([record])):
        if table is not None:
            table.markdown(), table.csv()
    for numbers in of_study([record], record.study):
        numbers.share("accuracy"), numbers.by_layer("pxap"), numbers.worst_bin


def _report(folder: Path) -> None:
    (folder / "table-1a.csv").write_text("data,model,accuracy\nmref,san,0.5\n")
    (folder / "table-1b.csv").write_text("data,model,reading,tpr\nmref,san,tpr,0.25\n")


RECORDS = (
    Reader("kept answers", _evaluation, ("e.npz",), lambda folder: load_evaluated(folder / "e.npz")),
    Reader("a record", _record, ("r.json",), _tables),
    Reader("a report", _report, ("*.csv",), read_report),
)  # fmt: skip
