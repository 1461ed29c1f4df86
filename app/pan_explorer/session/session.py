"""The one document of the window, with the verbs that change it; what has a life of its own is a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Signal, Slot

from pan.evaluation.answer_selection import Order, Selection
from pan.recipes.task import suggestion
from pan.system.names import exists
from pan_explorer import settings
from pan_explorer.answering.requests import Listing
from pan_explorer.answering.restoring import Restored
from pan_explorer.answering.thread import Answering
from pan_explorer.background.exports import Shown
from pan_explorer.background.set_check import SetCheck
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import PictureSet, is_reference_set
from pan_explorer.pictures.stored import StoredPicture
from pan_explorer.pictures.thumbnails import Thumbnails
from pan_explorer.session.asking import Asking
from pan_explorer.session.browser import BrowserSession
from pan_explorer.session.comparison import ComparisonSession
from pan_explorer.session.composer.session import ComposerSession
from pan_explorer.session.document import Document
from pan_explorer.session.exports import ExportSession
from pan_explorer.session.files import FileSession
from pan_explorer.session.layer import LayerSession
from pan_explorer.session.library import LibrarySession
from pan_explorer.session.paper import PaperSession
from pan_explorer.session.query_table import QueryTable
from pan_explorer.session.strip import StripSession
from pan_explorer.session.surgery import SurgerySession
from pan_explorer.session.training import TrainingSession
from pan_explorer.session.view import ViewSession
from pan_explorer.session.walk import Before, WalkSession
from pan_explorer.state.compared import ALL_TASKS, models_of_session, models_of_task, with_model
from pan_explorer.state.step_file import SUFFIX as STEP
from pan_explorer.state.window import State, query_among
from pan_explorer.values.view import INPUT, Model, Page

LONGEST_MS = 15_000
"""A run that is stopped ends after its current step, and then writes its state; a file is written to its end."""


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
        self._explored = ""  # asked when the composer was entered
        self.thumbnails = Thumbnails(self)
        self.surgery = SurgerySession(self)
        self._asking = Asking(self, self._answering, self.surgery)
        self.strip = StripSession(self, self._answering, self._asking)
        self.comparison = ComparisonSession(self, self._answering, self._asking)
        self.layers = LayerSession(self)
        self.view = ViewSession(self, self.layers)
        self.table = QueryTable(self._answering, self)
        self.exports = ExportSession(self._answering, self._shown, self)
        self.browser = BrowserSession(self)
        self.check = SetCheck(self)
        self.paper = PaperSession(self)
        self.training = TrainingSession(self)
        self.library = LibrarySession(self.training, self)
        self.composer = ComposerSession(self._answering, self)
        self.walk = WalkSession(self._answering, self._before_walk, self)
        self.files = FileSession(
            self, self._answering, self.strip, self.surgery, self.composer, self.browser, self.paper
        )
        self._connect()

    def _connect(self) -> None:
        for part in (self._answering, self.exports, self.browser, self.paper, self.training, self.library,
                     self.composer, self.files, self.walk):
            part.failed.connect(self.failed)
        for teller in (self.exports, self.library, self.composer, self.files):
            teller.succeeded.connect(self.succeeded)
        for leader in (self.view, self.files):
            leader.page_wanted.connect(self.show_page)
        self.surgery.force_changed.connect(self._follow_surgery)
        self.browser.question_chosen.connect(self.strip.ask_about)
        self.paper.examples_drawn.connect(self._show_examples)
        self.picture_changed.connect(self._follow_in_browser)
        self.query_changed.connect(self._follow_in_browser)
        for changed in (self.view_changed, self.picture_changed, self.models_changed, self.queries_changed,
                        self.surgery.force_changed):
            changed.connect(self._fill_table)
        self.training.finished_run.connect(self._take_run)
        self.library.moved.connect(self._rename_checkpoint)
        self.composer.query_changed.connect(self._follow_composer)
        self.models_changed.connect(self.composer.asking.compare)
        self.query_changed.connect(self.composer.ask)
        self.files.walk_wanted.connect(self.walk.begin)
        self.walk.left.connect(self._come_back)

    @property
    def asked_picture(self) -> Picture | None:
        """What the page is about: the chosen image, or the composed scene."""
        return self.composer.state.composed.picture if self.state.page == "compose" else self.state.picture

    def begin(self, query: str = "", models: Sequence[tuple[str, str]] = (), image: Path | None = None) -> None:
        """Fill the empty window: a set, or else the samples and an image or the first of them; and the networks.

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
        kind = kinds.pop() if len(kinds) == 1 and kinds <= set(ALL_TASKS) else self.state.kind
        self._asking.first_query = query
        self.change(kind=kind, models=chosen or models_of_task(kind, ()))
        if image is None or not is_reference_set(image):
            self.files.open_samples(kind)
        if image is not None:
            self.files.open(image)
        self._answering.request(Listing())

    def choose_task(self, kind: str) -> None:
        """Take the samples and the shipped networks of a task; networks that the user added stay."""
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
        """Show the image, or the question, so many places further in the strip."""
        if not self.browser.step(steps):
            self.strip.step(steps)

    def ask(self, query: str) -> None:
        """Ask the networks something else."""
        if query not in self.state.queries:
            self.failed.emit(f"“{query}” cannot be asked; {suggestion(query, self.state.queries)}.")
        else:
            self._asking.ask_about(query)

    def operate(self) -> None:
        """Begin to paint on the networks' attention, or end that; what was painted stays."""
        self.surgery.toggle()
        if self.surgery.state.operating:
            self.show_page("explore")
            self.change(view="panes")
            if self.state.layer == INPUT:
                self.layers.go_to(self.state.layers[-1])

    @Slot(str)
    def show_page(self, page: Page) -> None:
        """Use the centre of the window for something else."""
        left = self.state.page
        self.change(page=page)
        if page == "compose":
            if left != page:
                self._explored = self.state.query
            self.composer.enter(self.state.kind)
        else:
            self.composer.asking.end()
        picture = self.state.picture
        if left == "compose" and page != left and picture is not None and picture.lacks(self.state.query):
            self._asking.ask_about(query_among(self._explored, self.state.queries))

    def undo(self) -> None:
        """Take back the last change on this page: of the scene, or of attention."""
        (self.composer if self.state.page == "compose" else self.surgery).undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        (self.composer if self.state.page == "compose" else self.surgery).redo()

    def explore_composed(self) -> None:
        """Put the composed scene into the strip, with all that is true of it, and look at it there."""
        picture = self.composer.state.composed.picture
        earlier = sum(each.name.startswith(picture.name) for each in self.state.pictures)
        self.strip.add(replace(picture, name=f"{picture.name} {earlier + 1}"))
        self.show_page("explore")

    def close(self) -> bool:
        """End the threads; the session is of no use afterwards. False if a run does not end in time."""
        parts = (self._answering, self.thumbnails, self.training, self.composer, self.library, self.browser, self.check,
                 self.paper, self.exports, self.files)
        for part in parts:
            part.close(0)  # they end side by side
        patience = QDeadlineTimer(LONGEST_MS)
        ended = [part.close(patience.remainingTime()) for part in parts]
        self.layers.close()
        self._asking.close()  # last, for a run that ends asks once more
        return all(ended)

    @Slot(str, str, object)
    def _show_examples(self, kind: str, network: str, folder: Path) -> None:
        """List what a network gets wrong of a kind's test scenes."""
        self.show_page("explore")
        if kind != self.state.kind:
            self.choose_task(kind)
        self.comparison.add(network)
        wrong = Selection({network: False}), Order("confidence", network)
        self.browser.await_set(folder, *wrong, self.state.asked)
        self.files.open(folder)

    @Slot()
    def _follow_in_browser(self) -> None:
        self.browser.follow(self.state.picture, self.state.query)

    @Slot()
    def _follow_surgery(self) -> None:
        self.composer.asking.operate_on(self.surgery.state.in_force)
        self._asking.ask_next()

    @Slot(object)
    def _take_run(self, run: Path) -> None:
        """Compare a run's network; what was answered before it had these weights is forgotten."""
        self.browser.forget(str(run))
        self.paper.forget(str(run))
        self.composer.asking.ask_again()
        self._fill_table()
        self.comparison.add_run(run)

    @Slot(str, str)
    def _rename_checkpoint(self, old: str, new: str) -> None:
        """A checkpoint is called something else now, or is gone."""
        self.training.rename(Path(old), Path(new) if new else None)
        if self.training.choices is not None:
            self.training.look_up()
        self.surgery.rename(old, new)
        if new:
            self.comparison.rename(old, new)
        else:
            self.comparison.remove(old)

    def _shown(self) -> Shown | None:
        composed = self.composer.state.answers if self.state.page == "compose" else None
        return Shown.of(self.state, composed, self.table.rows)

    @Slot()
    def _fill_table(self) -> None:
        self.table.fill(self.state, self.state.asked, self.surgery.state.in_force)

    @Slot(object)
    def _take_pictures(self, read: PictureSet) -> None:
        self.thumbnails.forget()
        self.browser.take_set(read)
        self.strip.take_set(read)

    @Slot(object)
    def _take_session(self, restored: Restored) -> None:
        saved, is_step = restored.saved, restored.path.suffix.lower() == STEP
        if is_step and not self.walk.takes(restored.path):
            return
        self.thumbnails.forget()
        self.browser.take_set(restored.pictures)
        self.surgery.restore(saved.surgery)
        if saved.scene is not None:
            self.composer.restore(saved.scene)
        self._asking.first_query = saved.query  # of the networks' words, which may be others than the set's
        brought = self._brought_to_walk() if is_step else ()
        models = models_of_session(saved.models, restored.networks)
        self.change(models=(*models, *brought), **restored.fields())
        if not is_step:
            settings.keep_kind(saved.kind)
            settings.keep_recent_file(restored.path)
        self.show_page(saved.page)
        self._asking.ask()
        self.browser.browse(saved.browsed, self.state.asked)
        if restored.missing:
            what = "step" if is_step else "session"
            self.failed.emit(f"Of this {what} something is gone, the rest is shown: {' '.join(restored.missing)}")

    def _before_walk(self) -> Before:
        composer = None if self.composer.scene is None else self.composer.state
        return Before(self.state, self.surgery.state, composer, self.browser.state)

    def _brought_to_walk(self) -> tuple[Model, ...]:
        """The networks of the user's own that were added or trained while walking."""
        before = self.walk.before
        known = {model.name for model in before.state.models} if before else set()
        return tuple(model for model in self.state.models if model.name not in known and exists(Path(model.name)))

    @Slot(object)
    def _come_back(self, before: Before) -> None:
        """Show what was shown before the walk, with the images and networks that came in between."""
        now, then = self.state, before.state
        if now.playing:
            self.layers.toggle_play()
        opened = [each for each in now.pictures if not isinstance(each, StoredPicture) and each not in then.pictures]
        brought = self._brought_to_walk()
        self.thumbnails.forget()
        self.browser.come_back(before.browser)
        self.surgery.come_back(before.surgery)
        if before.composer is not None:
            self.composer.come_back(before.composer)
        kept = {field.name: getattr(then, field.name) for field in fields(State)
                if field.name not in ("page", "playing", "pointer", "shipped")}
        self.change(**kept | {"pictures": (*opened, *then.pictures), "models": (*then.models, *brought)})
        self.view.show(then.display)
        self.show_page(then.page)
        self._asking.ask()

    @Slot(object)
    def _follow_composer(self, query: str) -> None:
        if query in self.state.queries:
            self.ask(query)

    @Slot(object)
    def _take_shipped(self, names: tuple[str, ...]) -> None:
        self.change(shipped=names)
