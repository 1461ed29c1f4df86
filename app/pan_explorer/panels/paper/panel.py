"""The paper's page: its tables and Figure 6, beside the results of the available networks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.panels.file_dialogs import choose_report
from pan_explorer.panels.paper.figures import PaperFigures
from pan_explorer.panels.paper.rows import accuracy_rows, genome_rows, genome_title, tpr_rows
from pan_explorer.panels.paper.table import PaperTable
from pan_explorer.session.session import Session
from pan_explorer.state.paper import KIND_TITLES
from pan_explorer.values.view import Page
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.scroll_areas import scrolled

NOTE = "Click a number to see examples that the network gets wrong."


class PaperPage(QWidget):
    """Compares the available networks with the paper's numbers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        kinds = list(KIND_TITLES.values())
        self._accuracy = PaperTable("Table 1a: right answers, %", kinds)
        self._tpr = PaperTable("Table 1b: attention on the queried digit (TPR), %", kinds)
        self._genome = PaperTable(genome_title(session.paper.state), ["mAP", "TPR"])
        for table in (self._accuracy, self._tpr):
            table.clicked.connect(self._open)
        self._genome.clicked.connect(self._compare)
        self._note = ElidedLabel(NOTE)
        self._note.setProperty("quiet", True)
        self._report = button("Open report …", "Show the numbers of a folder that pan report wrote")
        self._report.clicked.connect(self._open_or_close_report)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._note, 1)
        head.addWidget(self._report)
        tables = QWidget()
        column = QVBoxLayout(tables)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for table in (self._accuracy, self._tpr, self._genome):
            column.addWidget(table)
        column.addStretch()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(head)
        left.addWidget(scrolled(tables, along=Qt.Orientation.Vertical), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(24)
        row.addLayout(left, 5)
        row.addWidget(PaperFigures(session), 4)
        session.page_changed.connect(self._look_up)
        session.models_changed.connect(self._look_up)
        session.paper.state_changed.connect(self._refresh)
        self._look_up()
        self._refresh()

    @Slot()
    def _look_up(self) -> None:
        page: Page = self._session.state.page
        if page == "paper":
            self._session.paper.look_up([model.name for model in self._session.state.models])

    @Slot()
    def _refresh(self) -> None:
        state = self._session.paper.state
        self._accuracy.show_rows(accuracy_rows(state))
        self._tpr.show_rows(tpr_rows(state))
        self._genome.show_title(genome_title(state))
        self._genome.show_rows(genome_rows(state))
        self._report.setText("Open report …" if state.report_folder is None else "Close report")
        self._note.setText(NOTE if state.report_folder is None else f"Numbers of the report {state.report_folder}")

    @Slot(str, str, bool)
    def _open(self, kind: str, model: str, known: bool) -> None:
        if known:
            self._session.paper.find_examples(kind, model)
        else:
            self._session.paper.evaluate(kind)

    @Slot(str, str, bool)
    def _compare(self, kind: str, model: str) -> None:
        network = self._session.paper.state.network(kind, model)
        if network is not None:
            self._session.comparison.add(network.name)
            self._session.pages.show("explore")

    @Slot()
    def _open_or_close_report(self) -> None:
        if self._session.paper.state.report_folder is None:
            choose_report(self, self._session)
        else:
            self._session.paper.close_report()
