"""Kept answers, predictions, records of studies and reports."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.reference.index import read_index
from pan.evaluation.answer_file import Evaluated, load_evaluated, save_evaluated
from pan.evaluation.answer_table import PREDICTIONS, AnswerTable, read_predictions
from pan.report.digits.numbers import of_study
from pan.report.digits.studies import ablation_table, seed_table
from pan.report.saved_numbers import read_report
from pan.studies.record import RESULTS, read_record
from tests.pan.outside.fuzzing import Reader
from tests.pan.outside.picture_readers import noise


def _evaluation(folder: Path) -> None:
    answers = AnswerTable(np.array(["red", "blue"]), np.array([0.5, 0.25]), np.array([np.nan, 0.5]))
    save_evaluated(folder / "e.npz", Evaluated(answers, {"accuracy": 0.5, "tpr": None, "tpr_by_layer": [0.1]}))


def _predictions(folder: Path) -> None:
    Image.fromarray(noise()).save(folder / "x.png")
    asked = [("x.png", "3", "red"), ("x.png", "7", "blue")]
    rows = [("image", "query", "answer"), *asked]
    (folder / "index.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    rows = [PREDICTIONS, *((*row, "red", "0.5") for row in asked)]
    (folder / "p.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")


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
    Reader("predictions", _predictions, ("p.csv",),
           lambda folder: read_predictions(folder / "p.csv", read_index(folder))),
    Reader("a record", _record, ("r.json",), _tables),
    Reader("a report", _report, ("*.csv",), read_report),
)  # fmt: skip
