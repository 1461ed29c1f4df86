"""The one document of the window, with the verbs that change it; what has a life of its own is a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Signal, Slot

from pan.evaluation.answer_selection import Order, Selection
from pan.recipes.task import suggestion
from pan.report.saved_numbers import is_report
from pan_explorer import settings
from pan_explorer.answering.exports import Shown
from pan_explorer.answering.requests import Listing, Opening, Writing
from pan_explorer.answering.restoring import Restored
from pan_explorer.answering.thread import Answering
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import PictureSet, picture_of, samples_folder
from pan_explorer.pictures.thumbnails import Thumbnails
from pan_explorer.session.asking import Asking
from pan_explorer.session.browser import BrowserSession
from pan_explorer.session.comparison import ComparisonSession
from pan_explorer.session.composer import ComposerSession
from pan_explorer.session.document import Document
from pan_explorer.session.exports import ExportSession
from pan_explorer.session.layer import LayerSession
from pan_explorer.session.library import LibrarySession
from pan_explorer.session.paper import PaperSession
from pan_explorer.session.query_table import QueryTable
from pan_explorer.session.strip import StripSession
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.compared import ALL_TASKS, models_of_session, models_of_task, with_model
from pan_explorer.state.session_file import SUFFIX, save_session
from pan_explorer.state.window import State, query_among
from pan_explorer.values.display import Display
from pan_explorer.values.view import INPUT, Model, Page, Pointer, View, Viewport

LAST_STEP_MS = 15_000
"""A run that is stopped ends after its current step, and then writes its state."""


class Session(Document):
    """Changes its state by verbs; no widget changes anything by itself."""

    failed = Signal(str)
    succeeded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(State(settings.kind(tuple(ALL_TASKS)), display=settings.display()), parent)
        self._answering = Answering(self)
        self._answering.pictures_read.connect(self._take_pictures)
        self._answering.restored.connect(self._take_session)
        self._answering.listed.connect(self._take_shipped)
        self._answering.exported.connect(self._keep_saved)
        self._answering.failed.connect(self.failed)
        self._explored = ""  # asked when the composer was entered
        self.thumbnails = Thumbnails(self)
        self.surgery = SurgerySession(self)
        self.surgery.force_changed.connect(self._follow_surgery)
        self._asking = Asking(self, self._answering, self.surgery)
        self.strip = StripSession(self, self._answering, self._asking)
        self.comparison = ComparisonSession(self, self._answering, self._asking)
        self.layers = LayerSession(self)
        self.exports = ExportSession(self._answering, self._shown, self)
        self.exports.failed.connect(self.failed)
        self.exports.succeeded.connect(self.succeeded)
        self.browser = BrowserSession(self)
        self.browser.question_chosen.connect(self.strip.ask_about)
        self.browser.failed.connect(self.failed)
        self.paper = PaperSession(self)
        self.paper.failed.connect(self.failed)
        self.paper.examples_drawn.connect(self._show_examples)
        self.picture_changed.connect(self._follow_in_browser)
        self.query_changed.connect(self._follow_in_browser)
        self.table = QueryTable(self._answering, self)
        for changed in (self.view_changed, self.picture_changed, self.models_changed, self.queries_changed,
                        self.surgery.force_changed):
            changed.connect(self._fill_table)
        self.training = TrainingSession(self)
        self.training.finished_run.connect(self._take_run)
        self.library = LibrarySession(self.training, self)
        self.library.moved.connect(self._follow)
        self.composer = ComposerSession(self)
        self.composer.failed.connect(self.failed)
        self.composer.succeeded.connect(self.succeeded)
        self.composer.query_changed.connect(self._follow_composer)
        self.models_changed.connect(self.composer.compare)
        self.query_changed.connect(self.composer.ask)

    @property
    def asked_picture(self) -> Picture | None:
        """What the page is about: the chosen image, or the composed scene."""
        return self.composer.state.composed.picture if self._state.page == "compose" else self._state.picture

    def begin(self, query: str = "", models: Sequence[tuple[str, str]] = (), image: Path | None = None) -> None:
        """Fill the empty window: the samples, an image or else the first sample, and the networks.

        Args:
            query: Asked first; without one, something the image has.
            models: Checkpoints with their networks' names; without them, the task's shipped ones. Where all are
                shipped ones of one task, it is that task.
            image: Opened first.
        """
        chosen: tuple[Model, ...] = ()
        for name, network in models:
            chosen = with_model(chosen, name, network)
        kinds = {name.partition("/")[0] for name, _ in models}
        kind = kinds.pop() if len(kinds) == 1 and kinds <= set(ALL_TASKS) else self._state.kind
        self._asking.first_query = query
        self.change(kind=kind, models=chosen or models_of_task(kind, ()))
        self._answering.request(Opening(samples_folder(kind)))
        if image is not None:
            self.open(image)
        self._answering.request(Listing())

    def open(self, path: Path) -> None:
        """Open an image file, or a reference set or a report from its folder."""
        if is_report(path):
            self.paper.open_report(path)
            self.show_page("paper")
            return
        self._answering.request(Opening(path))
        self.show_page("explore")

    def paste(self, image: Image.Image) -> None:
        """Take an image from the clipboard."""
        self.show_page("explore")
        self.strip.add(picture_of(image, "pasted image"))

    def choose_task(self, kind: str) -> None:
        """Take the samples and the shipped networks of a task; networks that the user added stay."""
        if kind == self._state.kind and self._state.folder == samples_folder(kind):
            return
        own = [model for model in self._state.models if model.name not in self._state.shipped
               and not model.name.startswith(f"{self._state.kind}/")]
        self.change(kind=kind, models=models_of_task(kind, own))
        settings.keep_kind(kind)
        if self._state.page == "compose":
            self.composer.enter(kind)
        self._answering.request(Opening(samples_folder(kind)))

    def toggle_browser(self) -> None:
        """List the questions of the set instead of its images, or its images again."""
        if self.browser.state.open:
            self.browser.hide()
        else:
            self.browser.show(self._state.asked)

    def evaluate(self) -> None:
        """Ask the shown networks all questions of the set."""
        self.browser.evaluate(self._state.asked)

    def step_picture(self, steps: int) -> None:
        """Show the image, or the question, so many places further in the strip."""
        if not self.browser.step(steps):
            self.strip.step(steps)

    def ask(self, query: str) -> None:
        """Ask the networks something else."""
        if query not in self._state.queries:
            self.failed.emit(f"“{query}” cannot be asked; {suggestion(query, self._state.queries)}.")
        else:
            self._asking.ask_about(query)

    def view_as(self, view: View) -> None:
        """Compare in that way, or side by side again if that is seen already."""
        seen = self._state.seen
        self.show_page("explore")
        self.change(view="panes" if view == seen else view)

    def ask_in_panes(self, query: str) -> None:
        """Leave the table of all queries for one of them."""
        self.change(view="panes")
        self.ask(query)

    def toggle_grid(self) -> None:
        """Show all layers at once, or one."""
        self.view_as("layers")

    def look_into(self, layer: str) -> None:
        """Leave the grid for one of its layers."""
        self.change(view="panes")
        self.layers.go_to(layer)

    def operate(self) -> None:
        """Begin to paint on the networks' attention, or end that; what was painted stays."""
        self.surgery.toggle()
        if self.surgery.state.operating:
            self.show_page("explore")
            self.change(view="panes")
            if self._state.layer == INPUT:
                self.layers.go_to(self._state.layers[-1])

    def show(self, display: Display) -> None:
        """Show attention in another way."""
        self.change(display=display)

    def look_at(self, viewport: Viewport) -> None:
        """Show a part of the image in all panes."""
        self.change(viewport=viewport)

    def point_at(self, pointer: Pointer | None) -> None:
        """Tell which pixel is under the pointer."""
        self.change(pointer=pointer)

    def show_page(self, page: Page) -> None:
        """Use the centre of the window for something else."""
        left = self._state.page
        self.change(page=page)
        if page == "compose":
            if left != page:
                self._explored = self._state.query
            self.composer.enter(self._state.kind)
        else:
            self.composer.leave()
        picture = self._state.picture
        if left == "compose" and page != left and picture is not None and picture.lacks(self._state.query):
            self._asking.ask_about(query_among(self._explored, self._state.queries))

    def undo(self) -> None:
        """Take back the last change on this page: of the scene, or of attention."""
        (self.composer if self._state.page == "compose" else self.surgery).undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        (self.composer if self._state.page == "compose" else self.surgery).redo()

    def explore_composed(self) -> None:
        """Put the composed scene into the strip, with all that is true of it, and look at it there."""
        picture = self.composer.state.composed.picture
        earlier = sum(each.name.startswith(picture.name) for each in self._state.pictures)
        self.strip.add(replace(picture, name=f"{picture.name} {earlier + 1}"))
        self.show_page("explore")

    def save_session(self, path: Path) -> None:
        """Write what the window shows into a session file."""
        state, folder = self._state, self._state.folder
        own = None if _is_shipped(folder) else folder
        surgery, scene = self.surgery.to_json(), self.composer.scene
        self._answering.request(Writing(path, lambda beside: save_session(beside, state, own, surgery, scene)))

    def close(self) -> bool:
        """End the threads; the session is of no use afterwards. False if a run does not end in time."""
        self.layers.close()
        self._asking.close()
        self._answering.close()
        self.thumbnails.close()
        parts = (self.composer, self.library, self.browser, self.paper, self.training)
        ended = [part.close(LAST_STEP_MS) for part in parts]
        return all(ended)

    @Slot(str, str, object)
    def _show_examples(self, kind: str, network: str, folder: Path) -> None:
        """List what a network gets wrong of a kind's test scenes."""
        self.show_page("explore")
        if kind != self._state.kind:
            self.choose_task(kind)
        self.comparison.add(network)
        wrong = Selection({network: False}), Order("confidence", network)
        self.browser.await_set(folder, *wrong, self._state.asked)
        self.open(folder)

    @Slot()
    def _follow_in_browser(self) -> None:
        self.browser.follow(self._state.picture, self._state.query)

    @Slot()
    def _follow_surgery(self) -> None:
        self.composer.operate_on(self.surgery.state.in_force)
        self._asking.follow()

    @Slot(object)
    def _take_run(self, run: Path) -> None:
        """Compare a run's network; what was answered before it had these weights is forgotten."""
        self.browser.forget(str(run))
        self.paper.forget(str(run))
        self.composer.ask_again()
        self._fill_table()
        self.comparison.add_run(run)

    @Slot(str, str)
    def _follow(self, old: str, new: str) -> None:
        """A checkpoint is called something else now, or is gone."""
        if self.training.choices is not None:
            self.training.look_up()
        self.surgery.follow(old, new)
        if new:
            self.comparison.rename(old, new)
        else:
            self.comparison.remove(old)

    def _shown(self) -> Shown | None:
        composed = self.composer.state.answers if self._state.page == "compose" else None
        return Shown.of(self._state, composed, self.table.rows)

    @Slot()
    def _fill_table(self) -> None:
        self.table.fill(self._state, self._state.asked, self.surgery.state.in_force)

    @Slot(object)
    def _take_pictures(self, read: PictureSet) -> None:
        self.thumbnails.forget()
        self.browser.take_set(read)
        self.strip.take_set(read)
        if not _is_shipped(read.folder):
            settings.keep_recent_file(read.folder)

    @Slot(object)
    def _take_session(self, restored: Restored) -> None:
        saved = restored.saved
        self.thumbnails.forget()
        self.browser.take_set(restored.pictures)
        self.surgery.restore(saved.surgery)
        if saved.scene is not None:
            self.composer.restore(saved.scene)
        self._asking.first_query = saved.query  # of the networks' words, which may be others than the set's
        self.change(models=models_of_session(saved.models, restored.networks), **restored.fields())
        settings.keep_kind(saved.kind)
        settings.keep_recent_file(restored.path)
        self.show_page(saved.page)
        self._asking.ask()
        if restored.missing:
            self.failed.emit(f"Of this session something is gone, the rest is shown: {' '.join(restored.missing)}")

    @Slot(object)
    def _keep_saved(self, path: Path) -> None:
        if path.suffix.lower() == SUFFIX:
            settings.keep_recent_file(path)

    @Slot(object)
    def _follow_composer(self, query: str) -> None:
        if query in self._state.queries:
            self.ask(query)

    @Slot(object)
    def _take_shipped(self, names: tuple[str, ...]) -> None:
        self.change(shipped=names)


def _is_shipped(folder: Path | None) -> bool:
    """Whether a set is one of the samples that come with the program."""
    return folder in [samples_folder(kind) for kind in ALL_TASKS]
