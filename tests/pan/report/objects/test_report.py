"""Table 2 and the pages of Figures 8, 13 and 14, of tiny untrained networks."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from PIL import Image

from pan.checkpoints.file import load_checkpoint
from pan.report.objects.figures_8_13_14 import BOX, ask, first_rows, label_page
from pan.report.objects.results import measure_labels
from pan.report.objects.tables import table_2
from pan.report.set_report import write_set_report
from pan.system.errors import InputError
from tests.pan.conftest import LABELLED, drained

pytestmark = pytest.mark.usefixtures("outlined_letters")


@pytest.fixture
def networks(make_labelled_checkpoint):
    return [load_checkpoint(str(make_labelled_checkpoint(name))) for name in ("pan-ctx", "san", "han", "san-prior")]


@pytest.fixture
def results(networks, labelled_set):
    return drained(measure_labels(networks, labelled_set))


def test_table_2_has_our_numbers_beside_the_paper_s(results):
    table = table_2(results)
    assert [row[0] for row in table.rows] == ["SAN", "HAN", "PAN-CTX"]
    own = results.get("san", prior=False).evaluation
    assert table.rows[0][1] == f"{100 * own.mean_average_precision:.2f}"
    assert table.rows[0][3] == f"{100 * own.tpr:.2f}"
    assert table.rows[0][2] == "27.62"
    assert table.rows[0][5] != "–"  # with prior
    assert table.rows[1][5] == "–"  # HAN with prior was not measured
    assert table.rows[2][8] == "20.17"
    record = dict(zip(table.columns, table.records[0], strict=True))
    assert (record["model"], record["prior"], record["paper_tpr"]) == ("san", "no", pytest.approx(0.1501))
    assert record["tpr_low"] <= record["tpr"] <= record["tpr_high"]


def test_even_attention_has_the_share_that_boxes_cover(results):
    questions = results.questions
    shares = [questions.masks(np.array([row])).mean() for row in range(len(questions))]
    assert results.covered() == pytest.approx(np.mean(shares))


def test_everything_is_written_and_what_the_text_names_is_there(networks, labelled_set, tmp_path):
    report = drained(write_set_report(networks, tmp_path / "report", labelled_set))
    text = report.read_text()
    for name in ("table-2", "attributes", "figure-8", "figure-13", "figure-14"):
        assert f"({name}.png)" in text
        with Image.open(report.parent / f"{name}.png") as image:
            assert min(image.size) > 100
        assert (report.parent / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    for name in ("table-2", "table-2-readings", "attributes", "networks"):
        assert (report.parent / f"{name}.md").exists()
    with (report.parent / "table-2.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert "10 questions about 4 images" in text


def test_a_page_has_every_box_and_each_network_s_probability_of_the_right_answer(results):
    row = first_rows(results, 1, fewest_boxes=2)[0]
    example = ask(results, results.without_prior(), row)
    assert len(example.boxes) == 2
    page = label_page([example])
    texts = [each.get_text() for part in page.subfigs for axes in part.axes for each in axes.texts]
    for explanation in example.explanations:
        share = explanation.probabilities[LABELLED.answers.index(example.answer)]
        assert any(f"{100 * share:.2f} %" in text for text in texts)
    frames = [
        patch for part in page.subfigs for axes in part.axes for patch in axes.patches
        if patch.get_edgecolor()[:3] == pytest.approx(tuple(int(BOX[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    ]  # fmt: skip
    assert len(frames) == 2 * 3  # in the final attended image of each of three networks
    assert frames[0].get_x() == pytest.approx(example.boxes[0][0] - 0.5)


def test_networks_that_do_not_belong_together_are_refused(networks, make_checkpoint, labelled_set):
    digits = load_checkpoint(str(make_checkpoint("san")))
    for wrong, said in (([digits], "gives one answer"), ([networks[0], networks[0]], "are both")):
        with pytest.raises(InputError, match=said):
            drained(measure_labels(wrong, labelled_set))
