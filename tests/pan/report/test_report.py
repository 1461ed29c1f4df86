"""What a report's folder holds, and whether its numbers are those of the evaluation."""

from __future__ import annotations

import csv
import re

import pytest
from PIL import Image

from pan.recipes import PAPER_ACCURACY, PAPER_TPR

FIGURES = {
    "figure-4", "figure-6a", "figure-6b", "figure-layers", "figure-7-mref", "figure-7-mbg", "figure-10-mref",
    "figure-11-mbg", "figure-12-mref", "figure-12-mbg",
}  # fmt: skip
TABLES = {"table-1a", "table-1b", "layers", "networks"}


def records(folder, name):
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cells(folder, name):
    """The rows of a Markdown table, its header first."""
    lines = (folder / f"{name}.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [rows[0], *rows[2:]]


def test_all_files_are_there_and_none_besides(written):
    expected = {f"{name}.{suffix}" for name in FIGURES for suffix in ("png", "pdf")}
    expected |= {f"{name}.{suffix}" for name in TABLES for suffix in ("md", "csv")} | {"report.md"}
    assert {path.name for path in written.folder.iterdir()} == expected


def test_pictures_are_whole(written):
    for name in FIGURES:
        with Image.open(written.folder / f"{name}.png") as image:
            image.load()
            assert min(image.size) > 300
        assert (written.folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_the_text_shows_every_picture_and_table_and_five_sentences(written):
    text = (written.folder / "report.md").read_text(encoding="utf-8")
    assert set(re.findall(r"!\[[^]]*\]\(([^)]*)\.png\)", text)) == FIGURES
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == list("12345")
    assert "Table 1a" in text
    assert "Table 1b" in text


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_are_rectangular(written, name):
    header, *rows = cells(written.folder, name)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_table_1a_holds_the_accuracies_of_the_evaluation(written, results):
    rows = {(row["model"], row["data"]): row for row in records(written.folder, "table-1a")}
    for result in results.all:
        row = rows[result.model, result.kind]
        low, high = result.evaluation.accuracy_interval
        numbers = [float(row[column]) for column in ("accuracy", "low", "high", "paper")]
        paper = PAPER_ACCURACY[f"{result.kind}/{result.model}"] / 100
        assert numbers == pytest.approx([result.evaluation.accuracy, low, high, paper], rel=1e-4)
    header, *readable = cells(written.folder, "table-1a")
    assert header == ["network", "MREF", "paper", "MDIST", "paper", "MBG", "paper"]
    san = next(row for row in readable if row[0] == "SAN")
    assert san[1].startswith(f"{100 * results.get('mref', 'san').evaluation.accuracy:.2f} (")
    assert san[2] == "82.94"


def test_a_network_that_was_not_measured_is_a_dash(written):
    rows = {(row["model"], row["data"]): row for row in records(written.folder, "table-1a")}
    assert rows["pan", "mref"]["accuracy"] == rows["san", "mbg"]["accuracy"] == ""
    stn = next(row for row in cells(written.folder, "table-1a") if row[0] == "STN-M")
    assert stn == ["STN-M", "–", "93.89", "–", "85.09", "–", "52.25"]


def test_table_1b_holds_three_readings_of_attention(written, results):
    rows = {(row["model"], row["reading"], row["data"]): row for row in records(written.folder, "table-1b")}
    measured = results.get("mref", "pan-ctx").evaluation
    for reading in ("tpr", "tpr_nearest", "tpr_accumulated"):
        row = rows["pan-ctx", reading, "mref"]
        assert float(row["tpr"]) == pytest.approx(getattr(measured, reading), rel=1e-4)
        assert float(row["low"]) < float(row["tpr"]) < float(row["high"])
    assert float(rows["pan-ctx", "tpr", "mref"]["paper"]) == pytest.approx(PAPER_TPR["mref/pan-ctx"] / 100)
    assert 0.01 < float(rows["uniform", "", "mref"]["tpr"]) < 0.05
    assert rows["uniform", "", "mdist"]["tpr"] == ""


def test_layers_are_named_by_their_pools_and_only_gates_are_open(written, results):
    rows = [row for row in records(written.folder, "layers") if row["model"] == "pan-ctx"]
    measured = results.get("mref", "pan-ctx").evaluation
    assert [row["layer"] for row in rows] == ["2", "3", "4"]
    assert [float(row["tpr_accumulated"]) for row in rows] == pytest.approx(measured.tpr_by_layer, rel=1e-4)
    opened = [float(row["open_target"]) for row in rows[:2]]
    assert opened == pytest.approx([each.target for each in measured.open_by_layer[:2]], rel=1e-4)
    assert rows[2]["open_target"] == ""


def test_accuracy_over_scale_asks_about_the_first_digit_of_each_scene(results, settings):
    result = results.all[0]
    alone = result.questions.one_question_an_image()
    assert sum(each.examples for each in result.by_scale) == len(alone) == settings.scenes
