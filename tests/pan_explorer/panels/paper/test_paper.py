"""The page of the paper: its numbers, ours beside them, and the examples behind them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from pan.evaluation.answer_file import Evaluated
from pan.evaluation.answer_table import AnswerTable
from pan_explorer.background import paper as paper_work
from pan_explorer.panels.paper.panel import PaperPage
from pan_explorer.panels.paper.rows import accuracy_rows, genome_rows, genome_title, tpr_rows
from pan_explorer.session.session import Session
from pan_explorer.state.evaluation import Finished
from pan_explorer.state.paper import Network, PaperState
from pan_explorer.widgets.figure_plot import FigurePlot

NETWORKS = (
    Network("mine", "mref", "san", {"accuracy": 0.9, "accuracy_interval": [0.88, 0.92], "tpr": 0.2, "questions": 7000}),
    Network("mref/han", "mref", "han", {}),
    Network("vg-tiny/san", "vg-tiny", "san", {"mean_average_precision": 0.25, "tpr": 0.125}),
)


@pytest.fixture
def page(begun: Session, qtbot, sample_sets: Path, monkeypatch: pytest.MonkeyPatch) -> PaperPage:
    """The page with the networks that are shipped in tests, and their samples as test scenes."""
    monkeypatch.setattr(paper_work, "SCENES", 4)
    page = PaperPage(begun)
    qtbot.addWidget(page)
    page.resize(1280, 640)
    begun.pages.show("paper")
    qtbot.waitUntil(lambda: len(begun.paper.state.networks) == 9)
    qtbot.waitUntil(lambda: not begun.paper._jobs.is_busy())
    return page


def cell(rows, name: str, column: int):
    return next(row for row in rows if row.name == name).cells[column]


def test_our_number_stands_beside_the_papers_with_its_source() -> None:
    rows = accuracy_rows(PaperState(networks=NETWORKS))
    san = cell(rows, "SAN", 0)
    assert (san.paper, san.ours, san.known) == ("82.94", "90.00", True)
    assert "mine" in san.hint
    assert "7,000 test questions" in san.hint
    assert "88.0 to 92.0 %" in san.hint
    assert [row.name for row in rows] == ["STN-S", "STN-M", "SAN", "HAN", "PAN", "PAN-CTX"]


def test_a_network_without_a_number_is_evaluated_by_a_click_and_a_missing_one_says_so() -> None:
    rows = accuracy_rows(PaperState(networks=NETWORKS))
    assert cell(rows, "HAN", 0).ours == "evaluate"
    assert cell(rows, "PAN-CTX", 0).ours == ""
    assert "no PAN-CTX trained on MREF" in cell(rows, "PAN-CTX", 0).hint


def test_numbers_come_from_a_report_then_the_checkpoint_then_an_own_measurement() -> None:
    measured = {"mref/han": {"accuracy": 0.5, "examples": 30}, "mine": {"tpr": 0.3}}
    state = PaperState(networks=NETWORKS, measured=measured)
    assert cell(accuracy_rows(state), "HAN", 0).ours == "50.00"
    assert cell(tpr_rows(state), "SAN", 0).ours == "20.00"
    report = replace(state, report={"mref/han": {"accuracy": 0.25}}, report_folder=Path("out"))
    assert cell(accuracy_rows(report), "HAN", 0).ours == "25.00"
    assert "report out" in cell(accuracy_rows(report), "HAN", 0).hint


def test_visual_genome_has_the_papers_numbers_and_those_a_file_tells() -> None:
    rows = genome_rows(PaperState(networks=NETWORKS))
    assert [(each.paper, each.ours) for each in rows[0].cells] == [("27.62", "25.00"), ("15.01", "12.50")]
    assert genome_title(PaperState(networks=NETWORKS)).endswith("ours of composed photographs")
    assert genome_title(PaperState()) == "Table 2: Visual Genome, %"
    assert rows[-1].name == "PAN-CTX + prior"
    assert [each.paper for each in rows[-1].cells] == ["32.50", "20.17"]


def test_networks_are_not_called_missing_before_the_list_has_been_read(session: Session, qtbot) -> None:
    page = PaperPage(session)
    qtbot.addWidget(page)
    told: list[str] = []
    session.paper.failed.connect(told.append)
    session.paper.evaluate("mref")
    assert [each.text() for each in page.findChildren(QLabel) if "etworks" in each.text()] == ["Looking for networks …"]
    assert told == []


def test_networks_are_evaluated_on_test_scenes_and_the_figures_drawn(page: PaperPage, begun: Session, qtbot) -> None:
    evaluate = next(each for each in page.findChildren(QPushButton) if each.text() == "evaluate")
    evaluate.click()
    qtbot.waitUntil(lambda: begun.paper.state.progress is None, timeout=60_000)
    assert set(begun.paper.state.measured) == {"mref/pan-ctx", "mref/san", "mref/han"}
    assert cell(accuracy_rows(begun.paper.state), "SAN", 0).known
    assert not cell(accuracy_rows(begun.paper.state), "SAN", 1).known
    figures = page.findChildren(QLabel)
    assert any("test scenes" in label.text() for label in figures)
    page.grab()
    assert (paper_work.test_set("mref") / "index.csv").is_file()


def test_a_number_measured_here_stays_with_a_network_that_is_renamed(session: Session) -> None:
    session.paper._change(networks=(Network("old", "mref", "han", {}),), looked_up=True,
                          measured={"old": {"accuracy": 0.5, "examples": 30}})
    session.library.moved.emit("old", "new")
    assert cell(accuracy_rows(session.paper.state), "HAN", 0).ours == "50.00"
    assert session.paper.state.network("mref", "han").name == "new"
    session.library.moved.emit("new", "")
    assert not cell(accuracy_rows(session.paper.state), "HAN", 0).known


def test_measured_numbers_are_kept_for_the_next_start(page: PaperPage, begun: Session, qtbot) -> None:
    begun.paper.evaluate("mdist")
    qtbot.waitUntil(lambda: begun.paper.state.progress is None, timeout=60_000)
    other = Session()
    other.paper.look_up(())
    qtbot.waitUntil(lambda: len(other.paper.state.measured) == 3)
    other.close()


def test_a_number_opens_the_questions_that_the_network_answers_wrongly(
    page: PaperPage, begun: Session, qtbot, sample_sets: Path
) -> None:
    target = paper_work.test_set("mbg")
    shutil.copytree(sample_sets / "mbg", target)
    begun.paper.find_examples("mbg", "san")
    qtbot.waitUntil(lambda: begun.browser.state.folder == target and "mbg/san" in begun.browser.state.evaluated,
                    timeout=60_000)
    qtbot.waitUntil(lambda: begun.browser.state.progress is None)
    state = begun.browser.state
    assert (begun.state.page, begun.state.kind, state.open) == ("explore", "mbg", True)
    assert "mbg/san" in {model.name for model in begun.state.models}
    wrong = ~state.tables["mbg/san"].right(state.questions)
    assert sorted(state.rows) == wrong.nonzero()[0].tolist()
    assert len(state.rows)
    assert state.current == 0
    assert begun.state.query == state.questions.query[state.rows[0]]


def test_a_click_on_a_number_asks_for_its_examples(page: PaperPage, begun: Session, qtbot) -> None:
    table = AnswerTable(*(begun.browser.state.questions.query,) * 1, *(begun.browser.state.questions.scale,) * 2)
    begun.paper._on_progress((Finished(Path(), "mref/san", Evaluated(table, {"accuracy": 0.125, "examples": 4})),))
    drawn = QSignalSpy(begun.paper.examples_drawn)
    next(each for each in page.findChildren(QPushButton) if each.text() == "12.50").click()
    qtbot.waitUntil(lambda: drawn.count() == 1, timeout=30_000)
    assert drawn.at(0)[:2] == ["mref", "mref/san"]
    qtbot.waitUntil(lambda: begun.browser.state.open and begun.browser.state.progress is None, timeout=60_000)


def test_an_evaluation_can_be_left(page: PaperPage, begun: Session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(kind: str, networks: list[str]):
        done = 0
        while True:
            done += 1
            yield paper_work.Progress("evaluating", done, 10**9)

    monkeypatch.setattr("pan_explorer.session.paper.measure", measure)
    begun.paper.evaluate("mref")
    qtbot.waitUntil(lambda: begun.paper.state.progress.done > 3)
    next(each for each in page.findChildren(QPushButton) if each.text() == "Cancel").click()
    assert begun.paper.state.progress is None
    assert begun.paper.close(5_000)


def test_a_report_is_opened_like_any_folder_and_closed_again(
    page: PaperPage, begun: Session, tmp_path: Path, qtbot
) -> None:
    (tmp_path / "table-1a.csv").write_text("model,data,accuracy,low,high,paper\nsan,mref,0.625,,,0.8294\n")
    (tmp_path / "table-1b.csv").write_text("model,reading,data,tpr,low,high,paper\nsan,tpr,mref,0.5,,,0.1361\n")
    begun.files.open(tmp_path)
    assert begun.state.page == "paper"
    assert {"62.50", "50.00"} <= {each.text() for each in page.findChildren(QPushButton)}
    page._report.click()
    assert begun.paper.state.report_folder is None
    failed = QSignalSpy(begun.failed)
    (tmp_path / "table-1a.csv").write_text("nothing\n")
    begun.files.open(tmp_path)
    assert "not a table" in failed.at(0)[0]


def test_the_tab_key_stops_at_no_part_of_a_figure(qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    row = QHBoxLayout(owner)
    before, after = QPushButton("before"), QPushButton("after")
    for each in (before, FigurePlot("accuracy by scale", "scale", "right answers, %"), after):
        row.addWidget(each)
    owner.show()
    owner.activateWindow()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert owner.focusWidget() is after
