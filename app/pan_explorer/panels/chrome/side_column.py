"""The right column: the display settings, or the tools during surgery."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from pan_explorer.panels.explore.display import DisplayPanel
from pan_explorer.panels.surgery.panel import SurgeryPanel
from pan_explorer.session.session import Session
from pan_explorer.state.surgery import SurgeryState


class SideColumn(QStackedWidget):
    """Shows one of two panels."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._display, self._surgery = DisplayPanel(session), SurgeryPanel(session)
        for panel in (self._display, self._surgery):
            self.addWidget(panel)
        self.setFixedWidth(self._display.width())
        session.surgery.state_changed.connect(self._show)
        self._show(session.surgery.state)

    @Slot(object)
    def _show(self, surgery: SurgeryState) -> None:
        self.setCurrentWidget(self._surgery if surgery.operating else self._display)
