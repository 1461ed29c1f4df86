"""The part of the session for the paper's page: networks beside the paper's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from pan.report.saved_numbers import read_report
from pan.system.errors import InputError
from pan.system.renaming import with_name
from pan_explorer.background.jobs import Jobs
from pan_explorer.background.paper import Drawn, Found, draw, look_up, measure, test_set
from pan_explorer.state.evaluation import Finished, Progress, Refused
from pan_explorer.state.paper import PaperState


class PaperSession(QObject):
    """Collects the networks' metrics, and draws test scenes to measure them.

    Args:
        parent: Owner.
    """

    state_changed = Signal(object)  # PaperState
    examples_drawn = Signal(str, str, object)  # kind, network, the folder of the test scenes
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = PaperState()
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.failed.connect(self.failed)
        for ended in (self._jobs.finished, self._jobs.failed):
            ended.connect(self._on_ended)
        self._wanted = ""

    @property
    def state(self) -> PaperState:
        """The present state."""
        return self._state

    def is_evaluating(self) -> bool:
        """Whether scenes are being drawn or networks evaluated."""
        return self._state.progress is not None

    def look_up(self, names: Sequence[str]) -> None:
        """Read the metrics of these networks and of the shipped ones."""
        if not self._jobs.is_busy():
            measured = frozenset(self._state.measured)
            self._jobs.add(lambda: look_up(names, measured))

    def forget(self, network: str) -> None:
        """Remove the metrics of a network whose weights have changed."""
        measured = self._state.measured
        if network in measured:
            self._change(measured={name: values for name, values in measured.items() if name != network})

    def rename(self, old: str, new: str) -> None:
        """Give a network its new name; without a new name it is removed."""
        self._change(
            networks=tuple(each._replace(name=new) if each.name == old else each for each in self._state.networks
                           if each.name != old or new),
            measured=with_name(self._state.measured, old, new),
        )  # fmt: skip

    def show_kind(self, kind: str) -> None:
        """Show the figures of a task."""
        self._change(kind=kind)

    def evaluate(self, kind: str) -> None:
        """Evaluate all networks of a task on test scenes, which are drawn first if needed."""
        if not self._state.looked_up:
            return
        networks = [each.name for each in self._state.of_kind(kind)]
        if not networks:
            self.failed.emit(f"There is no network trained on {kind}; train one, or add a checkpoint.")
            return
        self.cancel()
        self._change(kind=kind, progress=Progress("beginning"))
        self._jobs.replace(lambda: measure(kind, networks))

    def find_examples(self, kind: str, model: str) -> None:
        """Draw a task's test scenes, so that a network's wrong answers can be shown."""
        if not self._state.looked_up:
            return
        network = self._state.network(kind, model)
        if network is None:
            self.failed.emit(f"There is no {model} trained on {kind}; train one, or add a checkpoint.")
            return
        self.cancel()
        self._wanted = network.name
        self._change(progress=Progress("beginning"))
        self._jobs.replace(lambda: draw(kind))

    def open_report(self, folder: Path) -> None:
        """Show the numbers of a report made by `pan report`."""
        try:
            self._change(report=read_report(folder), report_folder=folder)
        except InputError as error:
            self.failed.emit(str(error))

    def close_report(self) -> None:
        """Show the networks' own numbers instead of the report's."""
        self._change(report={}, report_folder=None)

    def cancel(self) -> None:
        """Cancel the evaluation after the present batch; finished networks keep their metrics."""
        self._jobs.drop()
        self._wanted = ""
        self._change(progress=None)

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self.cancel()
        return self._jobs.close(timeout_ms)

    def _change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        self._state = replace(self._state, **fields)
        self.state_changed.emit(self._state)

    @Slot(object)
    def _on_progress(self, events: tuple[object, ...]) -> None:
        measured, progress = dict(self._state.measured), self._state.progress
        networks, looked_up = self._state.networks, self._state.looked_up
        drawn: Drawn | None = None
        for event in events:
            match event:
                case Progress():
                    progress = event
                case Found(found):
                    networks, looked_up = found, True
                case Drawn():
                    drawn = event
                case Finished(_, network, evaluated):
                    measured[network] = evaluated.measures
                case Refused(_, sentence):
                    self.failed.emit(sentence)
        self._change(networks=networks, looked_up=looked_up, measured=measured, progress=progress)
        if drawn and self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.examples_drawn.emit(drawn.kind, wanted, test_set(drawn.kind))

    @Slot()
    def _on_ended(self) -> None:
        self._change(progress=None)
