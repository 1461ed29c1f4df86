"""The line above the panes that names the changes by surgery."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button, toggle
from pan_explorer.widgets.labels import ElidedLabel

BEGIN = "Surgery: paint on a map, and see the later layers and the answer change"
HOLDS = "The changes hold for every image, scene and query until they are reset."


class SurgeryStrip(QWidget):
    """The changes in the compared networks; hidden if there are none and no map is being painted."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("surface", "warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = ElidedLabel()
        self._bypass = toggle("Show unchanged", "Show the answers without the changes, to compare (X)")
        self._bypass.clicked.connect(session.surgery.toggle_bypass)
        self._reset = button("Reset all", "Remove all changes; Ctrl+Z restores them")
        self._reset.clicked.connect(session.surgery.reset_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._bypass)
        row.addWidget(self._reset)
        session.surgery.state_changed.connect(self._refresh)
        session.models_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        surgery = self._session.surgery.state
        changed = [f"{model.title} {surgery.edits[model.name].in_words()}"
                   for model in self._session.state.models if model.shown and model.name in surgery.edits]
        words = " · ".join(changed)
        self.setVisible(bool(changed) or surgery.operating)
        self._text.setText(f"Unchanged answers; left out: {words}" if surgery.bypassed else
                           f"Under surgery: {words}" if changed else BEGIN)
        self._text.setToolTip(f"{self._text.text()}\n{HOLDS}")
        self._bypass.setChecked(surgery.bypassed)
        for each in (self._bypass, self._reset):
            each.setEnabled(bool(changed))
