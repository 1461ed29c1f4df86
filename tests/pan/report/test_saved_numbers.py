"""The numbers of a report that was written before."""

import pytest

from pan.report.saved_numbers import is_report, read_report
from pan.report.table import Table
from pan.system.errors import InputError


@pytest.fixture
def report(tmp_path):
    accuracy = Table("table-1a", "", [], [], ["model", "data", "accuracy", "low", "high", "paper"],
                     [["san", "mref", 0.75, 0.7, 0.8, 0.8294], ["han", "mref", None, None, None, 0.8184]])  # fmt: skip
    tpr = Table("table-1b", "", [], [], ["model", "reading", "data", "tpr", "low", "high", "paper"],
                [["uniform", "", "mref", 0.02, None, None, 0.0234], ["san", "tpr", "mref", 0.25, 0.2, 0.3, 0.1361],
                 ["san", "tpr_accumulated", "mref", 0.5, None, None, None]])  # fmt: skip
    for table in (accuracy, tpr):
        table.save(tmp_path)
    return tmp_path


def test_what_was_measured_is_read_and_what_was_not_is_left_out(report):
    assert is_report(report)
    assert read_report(report) == {
        "mref/san": {"accuracy": 0.75, "tpr": 0.25, "tpr_accumulated": 0.5}, "mref/uniform": {"tpr": 0.02},
    }  # fmt: skip


def test_a_folder_without_a_report_is_refused(tmp_path):
    assert not is_report(tmp_path)
    with pytest.raises(InputError, match=r"holds no table-1a\.csv"):
        read_report(tmp_path)


@pytest.mark.parametrize("text", ["model,data\nsan,mref\n", "model,data,accuracy\nsan,mref,good\n"])
def test_tables_of_another_form_are_refused(report, text):
    (report / "table-1a.csv").write_text(text)
    with pytest.raises(InputError, match="not a table of pan report"):
        read_report(report)
