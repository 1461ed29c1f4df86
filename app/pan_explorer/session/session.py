"""The session of the window, with the commands that concern several of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from pan.evaluation.answer_selection import Order, Selection
from pan.recipes.task import suggestion
from pan_explorer import settings
from pan_explorer.answering.requests import Listing
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import is_reference_set
from pan_explorer.session.connections import Connections
from pan_explorer.session.parts import Parts
from pan_explorer.session.restoring import Restoring
from pan_explorer.state.compared import ALL_TASKS, models_of_task, with_model
from pan_explorer.values.view import INPUT, Model


class Session(Parts):
    """All state changes are commands of the session or of its parts; widgets only call them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Connections(self)
        Restoring(self)
        self.paper.examples_drawn.connect(self._show_examples)

    @property
    def asked_picture(self) -> Picture | None:
        """The image that the networks are asked about: the chosen one, or the composed scene."""
        return self.composer.state.composed.picture if self.state.page == "compose" else self.state.picture

    def begin(self, query: str = "", models: Sequence[tuple[str, str]] = (), image: Path | None = None) -> None:
        """Fill the empty window at the start of the program.

        Args:
            query: The first query; if empty, one whose object the image shows.
            models: Checkpoints with their architectures; by default the shipped ones of the task. If all are shipped
                for the same task, the window opens with this task.
            image: An image, set or session to open; by default the first of the task's samples.
        """
        chosen: tuple[Model, ...] = ()
        for name, network in models:
            chosen = with_model(chosen, name, network)
        kinds = {name.partition("/")[0] for name, _ in models}
        kind = kinds.pop() if len(kinds) == 1 and kinds <= set(ALL_TASKS) else self.state.kind
        self.inference.first_query = query
        self.change(kind=kind, models=chosen or models_of_task(kind, ()))
        if image is None or not is_reference_set(image):
            self.files.open_samples(kind)
        if image is not None:
            self.files.open(image)
        self.answering.request(Listing())

    def choose_task(self, kind: str) -> None:
        """Open a task's samples and shipped networks; networks that the user added stay."""
        if kind == self.state.kind and self.files.shows_samples(kind):
            return
        own = [model for model in self.state.models if model.name not in self.state.shipped
               and not model.name.startswith(f"{self.state.kind}/")]
        self.change(kind=kind, models=models_of_task(kind, own))
        settings.keep_kind(kind)
        if self.state.page == "compose":
            self.composer.enter(kind)
        self.files.open_samples(kind)

    def step_picture(self, steps: int) -> None:
        """Show the image or question this many places further in the strip."""
        if not self.browser.step(steps):
            self.strip.step(steps)

    def ask(self, query: str) -> None:
        """Ask another query; an unknown one is reported by `failed`."""
        if query not in self.state.queries:
            self.failed.emit(f"“{query}” cannot be asked; {suggestion(query, self.state.queries)}.")
        else:
            self.inference.ask_about(query)

    def operate(self) -> None:
        """Start or stop painting on attention maps; changes stay."""
        self.surgery.toggle()
        if self.surgery.state.operating:
            self.pages.show("explore")
            self.change(view="panes")
            if self.state.layer == INPUT:
                self.layers.go_to(self.state.layers[-1])

    def undo(self) -> None:
        """Undo the last edit of this page: of the scene, or of attention."""
        (self.composer if self.state.page == "compose" else self.surgery).undo()

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        (self.composer if self.state.page == "compose" else self.surgery).redo()

    def explore_composed(self) -> None:
        """Add the composed scene to the strip, with its ground truth, and show it there."""
        picture = self.composer.state.composed.picture
        earlier = sum(each.name.startswith(picture.name) for each in self.state.pictures)
        self.strip.add(replace(picture, name=f"{picture.name} {earlier + 1}"))
        self.pages.show("explore")

    @Slot(str, str, object)
    def _show_examples(self, kind: str, network: str, folder: Path) -> None:
        """List the questions about a task's test scenes that a network answers wrongly."""
        self.pages.show("explore")
        if kind != self.state.kind:
            self.choose_task(kind)
        self.comparison.add(network)
        wrong = Selection({network: False}), Order("confidence", network)
        self.browser.await_set(folder, *wrong, self.state.asked)
        self.files.open(folder)
