"""What a report's folder holds, and whether its numbers are those of the evaluation."""

from __future__ import annotations

import csv
import re

import pytest
from PIL import Image

from pan.recipes.paper_numbers import PAPER_ACCURACY, PAPER_TPR

pytestmark = pytest.mark.xdist_group("report")  # its fixture takes the time of a hundred tests

FIGURES = {
    "figure-1", "figure-1-measured", "figure-4", "figure-6a", "figure-6a-covering", "figure-6b", "figure-layers",
    "figure-6a-own", "figure-6a-covering-own", "figure-6b-own", "figure-layers-own", "figure-scenes",
    "figure-7-mref", "figure-7-mbg",
    "figure-10-mref", "figure-10-mref-others", "figure-11-mbg", "figure-12-mref", "figure-12-mbg",
}  # fmt: skip
PICTURED = {"table-1a", "table-1b", "table-own", "scenes", "ablation", "seeds"}
TABLES = PICTURED | {"covering", "scales", "layers", "oracle", "networks"}


def records(folder, name):
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cells(folder, name):
    """The rows of a Markdown table, its header first."""
    lines = (folder / f"{name}.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [rows[0], *rows[2:]]


def test_all_files_are_there_and_none_besides(written):
    expected = {f"{name}.{suffix}" for name in FIGURES | PICTURED for suffix in ("png", "pdf")}
    expected |= {f"{name}.{suffix}" for name in TABLES for suffix in ("md", "csv")} | {"report.md"}
    assert {path.name for path in written.iterdir()} == expected


def test_pictures_are_whole(written):
    for name in FIGURES | PICTURED:
        with Image.open(written / f"{name}.png") as image:
            image.load()
            assert min(image.size) > 200
        assert (written / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_the_text_shows_every_picture_and_table_and_twice_five_sentences(written):
    text = (written / "report.md").read_text(encoding="utf-8")
    assert set(re.findall(r"!\[[^]]*\]\(([^)]*)\.png\)", text)) == FIGURES
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == list("1234512345")
    assert "Table 1a" in text
    assert "Table 1b" in text


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_are_rectangular(written, name):
    header, *rows = cells(written, name)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_table_1a_holds_the_accuracies_of_the_evaluation(written, results):
    rows = {(row["model"], row["data"]): row for row in records(written, "table-1a")}
    for result in results.all:
        if result.model == "pan-ctx-hard":  # the paper has none
            continue
        row = rows[result.model, result.kind]
        low, high = result.evaluation.accuracy_interval
        numbers = [float(row[column]) for column in ("accuracy", "low", "high", "paper")]
        paper = PAPER_ACCURACY[f"{result.kind}/{result.model}"] / 100
        assert numbers == pytest.approx([result.evaluation.accuracy, low, high, paper], rel=1e-4)
    header, *readable = cells(written, "table-1a")
    kinds, columns = ("MREF", "MDIST", "MBG"), ("here", "authors", "literal", "paper")
    assert header == ["network", *(f"{kind} {column}" for kind in kinds for column in columns)]
    san = next(row for row in readable if row[0] == "SAN")
    assert san[1].startswith(f"{100 * results.get('mref', 'san').evaluation.accuracy:.2f} ± ")
    assert san[2:5] == ["70.00 ± 10.00", "70.00 ± 10.00", "82.94"]


def test_a_network_that_was_not_measured_is_a_dash(written):
    rows = {(row["model"], row["data"]): row for row in records(written, "table-1a")}
    assert rows["pan", "mref"]["accuracy"] == rows["san", "mbg"]["accuracy"] == ""
    stn = next(row for row in cells(written, "table-1a") if row[0] == "STN-M")
    assert stn[0] == "STN-M"
    assert stn[4::4] == ["93.89", "85.09", "52.25"]
    assert set(stn[1::4]) == {"–"}


def test_table_1b_holds_three_readings_of_attention(written, results):
    rows = {(row["model"], row["reading"], row["data"]): row for row in records(written, "table-1b")}
    measured = results.get("mref", "pan-ctx").evaluation
    for reading in ("tpr", "tpr_nearest", "tpr_accumulated"):
        row = rows["pan-ctx", reading, "mref"]
        assert float(row["tpr"]) == pytest.approx(getattr(measured, reading), rel=1e-4)
        assert float(row["low"]) < float(row["tpr"]) < float(row["high"])
    assert float(rows["pan-ctx", "tpr", "mref"]["paper"]) == pytest.approx(PAPER_TPR["mref/pan-ctx"] / 100)
    assert 0.01 < float(rows["uniform", "", "mref"]["tpr"]) < 0.05
    assert rows["uniform", "", "mdist"]["tpr"] == ""


def test_layers_are_named_by_their_pools_and_only_gates_are_open(written, results):
    rows = [row for row in records(written, "layers") if row["model"] == "pan-ctx"]
    measured = results.get("mref", "pan-ctx").evaluation
    assert [row["layer"] for row in rows] == ["2", "3", "4"]
    assert [float(row["tpr_accumulated"]) for row in rows] == pytest.approx(measured.tpr_by_layer, rel=1e-4)
    opened = [float(row["open_target"]) for row in rows[:2]]
    assert opened == pytest.approx([each.target for each in measured.open_by_layer[:2]], rel=1e-4)
    assert rows[2]["open_target"] == ""


def test_accuracy_over_scale_asks_about_the_first_digit_of_each_scene(results, settings):
    result = results.all[0]
    assert sum(each.examples for each in result.by_scale) == settings.scenes


def test_networks_of_our_own_stand_apart_from_the_papers(written, results):
    assert "PAN-CTX (hard)" not in {row[0] for row in cells(written, "table-1a")}
    rows = {(row["model"], row["data"], row["measure"]): row for row in records(written, "table-own")}
    measured = results.get("mref", "pan-ctx-hard").evaluation
    assert float(rows["pan-ctx-hard", "mref", "accuracy"]["share"]) == pytest.approx(measured.accuracy, rel=1e-4)


def test_the_ablation_has_a_row_for_each_thing_changed(written):
    header, base, *others = cells(written, "ablation")
    assert header == ["changed", "MREF PAN-CTX", "MREF SAN", "MREF HAN"]
    assert base == ["nothing changed", *["70.0 · 50.0"] * 3]
    answers = next(row for row in others if row[0] == "gates do not answer, nor cover")
    assert answers[1:] == ["70.0 · 50.0", "", ""]
    rows = {(row["model"], row["variant"]): row for row in records(written, "ablation")}
    assert rows["pan-ctx", "standard"]["open_target"] == "90.0"


def test_over_seeds_stand_the_mean_and_its_interval(written):
    rows = {(row["model"], row["measure"]): row for row in records(written, "seeds")}
    assert float(rows["han", "accuracy"]["mean"]) == pytest.approx(0.8)
    assert float(rows["han", "accuracy"]["reach"]) == pytest.approx(4.303 * 0.1 / 3**0.5, rel=1e-4)


@pytest.mark.usefixtures("outlined_letters")
def test_a_report_without_studies_leaves_their_tables_out(networks, settings, tmp_path, monkeypatch):
    from pan.report.digits import writing
    from tests.pan.conftest import drained

    for name in ("number_pictures", "scene_pictures"):
        monkeypatch.setattr(writing, name, lambda _: ())
    text = drained(writing.write_report(networks[2:3], tmp_path, settings)).read_text(encoding="utf-8")
    assert "What each part contributes" not in text
    assert not (tmp_path / "ablation.png").exists()
