"""The export dialog: figures, animations, a web page or raw maps, with size and resolution."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pan_explorer import settings
from pan_explorer.panels.file_dialogs import choose_file
from pan_explorer.session.session import Session
from pan_explorer.values.figure_order import LAYOUTS, FigureOrder
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.opened_dialogs import show_again
from pan_explorer.widgets.segmented import Segmented

ANIMATION, PAGE, MAPS = "animation", "page", "maps"
CONTENTS = (
    ("attention", "All layers of attention (Fig. 10)", "The image faded by accumulated attention, and the maps"),
    ("features", "Features before and after (Fig. 7)", "What attention does to the features of the last layers"),
    ("last", "Attended features (Fig. 8)", "Magnitude of the last layers' attended features, the object in red"),
    ("shown", "This layer, as shown", "All networks at the chosen layer, in the window's colours"),
    ("queries", "All queries", "A row for each query of the table (Q), a column for each network"),
    (ANIMATION, "Layers one after the other", "An animation of the layers as shown, or a picture of each"),
    (PAGE, "Web page", "Every query and layer of the image in one file, for any browser"),
    (MAPS, "Raw attention maps", "All maps and probabilities as NumPy arrays"),
)  # fmt: skip
FORMATS: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(LAYOUTS, (("png", "PNG picture"), ("pdf", "PDF document"), ("svg", "SVG drawing"))),
    ANIMATION: (("gif", "Animated GIF"), ("png", "PNG for each layer")),
    PAGE: (("html", "Web page"),),
    MAPS: (("npz", "NumPy arrays"),),
}  # fmt: skip
CM = 2.54
OWN, IN_CM, IN_PIXELS = "own", "cm", "px"


def show_export(parent: QWidget, session: Session) -> None:
    """Show the export dialog, or bring it to the front; the window stays usable behind it."""
    window = parent.window()
    if not show_again(window, ExportDialog):
        ExportDialog(window, session).show()


class ExportDialog(QDialog):
    """Chooses what to export; starts with the last choice."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self._session, self._owner = session, parent
        order = settings.figure_order()
        self._content = Chooser(name="what to export", hint="Layouts of the paper, animations, and numbers")
        self._format = Chooser(name="format", hint="PDF and SVG stay sharp at any size")
        for word, label, _ in CONTENTS:
            self._content.addItem(label, word)
        self._hint = quiet()
        self._hint.setWordWrap(True)
        self._hint.setMinimumHeight(34)
        self._unit = Segmented([(OWN, "as it is"), (IN_CM, "cm"), (IN_PIXELS, "pixels")], name="width in")
        self._width = QDoubleSpinBox(decimals=1, minimum=2.0, maximum=200.0, value=17.4)
        self._pixels = QSpinBox(minimum=200, maximum=20_000, value=1600, singleStep=100)
        self._dpi = QSpinBox(minimum=20, maximum=1200, singleStep=50, value=order.dpi)
        for box, name, hint in (
            (self._width, "width in cm", "The height follows; a column of a journal is 8 to 9 cm, a page some 17 cm"),
            (self._pixels, "width in pixels", "The height follows"),
            (self._dpi, "dots per inch", "Resolution of pictures; 300 for print"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(hint)
            box.lineEdit().setTextMargins(7, 0, 7, 0)  # the style sheet's padding leaves out the text
        self._copy, self._save = button("Copy"), button("Save …", primary=True)
        self._copy.setToolTip("Puts the figure into the clipboard")
        self._save.setToolTip("Choose the file")
        self._save.setDefault(True)
        self._layout()
        self._content.currentIndexChanged.connect(self._show_content)
        for changed in (session.view_changed, session.page_changed):
            changed.connect(self._show_whether_seen)
        self._format.currentIndexChanged.connect(self._show_size)
        self._unit.chosen.connect(self._show_size)
        self._copy.clicked.connect(self._copy_figure)
        self._save.clicked.connect(self._choose_file)
        self._unit.choose(OWN if order.width is None else IN_CM)
        if order.width is not None:
            self._width.setValue(order.width * CM)
        tabled = session.state.seen == "queries"
        layout = "queries" if tabled else "attention" if order.layout == "queries" else order.layout
        self._content.setCurrentIndex(self._content.findData(layout))
        self._show_content()

    def _layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        width = QHBoxLayout()
        for widget in (self._unit, self._width, self._pixels):
            width.addWidget(widget)
        width.addStretch()
        grid.addWidget(QLabel("What"), 0, 0)
        grid.addWidget(self._content, 0, 1)
        grid.addWidget(self._hint, 1, 1)
        grid.addWidget(QLabel("Format"), 2, 0)
        grid.addWidget(self._format, 2, 1)
        grid.addWidget(QLabel("Width"), 3, 0)
        grid.addLayout(width, 3, 1)
        grid.addWidget(QLabel("dpi"), 4, 0)
        grid.addWidget(self._dpi, 4, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._copy)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addLayout(buttons)
        self.setMinimumWidth(440)

    @property
    def _what(self) -> str:
        return str(self._content.currentData())

    def order(self) -> FigureOrder:
        """The chosen figure."""
        dpi = self._dpi.value()
        layout = next((each for each in LAYOUTS if each == self._what), FigureOrder().layout)
        if self._unit_chosen() == OWN:
            return FigureOrder(layout, dpi)
        inches = self._width.value() / CM if self._unit_chosen() == IN_CM else self._pixels.value() / dpi
        return FigureOrder(layout, dpi, inches)

    def _unit_chosen(self) -> str:
        return next(unit for unit in (OWN, IN_CM, IN_PIXELS) if self._unit.button(unit).isChecked())

    @Slot()
    def _show_content(self) -> None:
        self._format.clear()
        for suffix, label in FORMATS[self._what]:
            self._format.addItem(label, suffix)
        self._show_whether_seen()
        self._show_size()

    @Slot()
    def _show_whether_seen(self) -> None:
        """Offer what the window shows; the table of all queries may be hidden meanwhile."""
        empty = self._what == "queries" and self._session.state.seen != "queries"
        hint = next(hint for word, _, hint in CONTENTS if word == self._what)
        self._hint.setText("Show the table of all queries first (Q)." if empty else hint)
        self._save.setEnabled(not empty)
        self._copy.setEnabled(self._what in LAYOUTS and not empty)

    @Slot()
    def _show_size(self) -> None:
        drawn, unit = self._what not in (PAGE, MAPS), self._unit_chosen()
        for word in (OWN, IN_CM, IN_PIXELS):
            self._unit.button(word).setEnabled(drawn)
        self._width.setVisible(unit == IN_CM)
        self._pixels.setVisible(unit == IN_PIXELS)
        for box in (self._width, self._pixels, self._dpi):
            box.setEnabled(drawn)

    @Slot()
    def _copy_figure(self) -> None:
        settings.keep_figure_order(self.order())
        self._session.exports.copy(self.order())
        self.accept()

    @Slot()
    def _choose_file(self) -> None:
        what, order, session = self._what, self.order(), self._session
        suffix, kind = str(self._format.currentData()), self._format.currentText()
        if what in LAYOUTS:
            settings.keep_figure_order(order)
        acts = {
            ANIMATION: lambda path: session.exports.animation(path, order.dpi, order.width),
            PAGE: session.exports.page,
            MAPS: session.exports.maps,
        }
        act = acts.get(what, lambda path: session.exports.figure(path, order))
        choose_file(self._owner, "Export", f"{what}.{suffix}", kind, act)
        self.accept()
