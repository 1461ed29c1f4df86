"""The one document of the window: its state, the verbs that change it, and signals that say what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app import settings, taking_away
from app.answering import Answering
from app.answers import Answers
from app.browser_session import BrowserSession
from app.comparison import ALL_TASKS, models_of_task, with_model
from app.composer_session import ComposerSession
from app.display import Display
from app.figure_order import FigureOrder
from app.labelled_pictures import LabelledPicture
from app.library_session import LibrarySession
from app.look import Look
from app.paper_session import PaperSession
from app.picture import Picture
from app.pictures import PictureSet, picture_of, samples_folder
from app.query_table import QueryTable
from app.requests import Drawing, Listing, Loading, Opening, Writing
from app.restoring import Restored
from app.session_file import save_session
from app.state import State
from app.stored import StoredPicture
from app.surgery_session import SurgerySession
from app.taking_away import Shown
from app.thumbnails import Thumbnails
from app.training_session import TrainingSession
from app.values import INPUT, WHOLE, Model, Page, Pointer, View, Viewport
from pan.report_file import is_report
from pan.selection import Order, Selection
from pan.tasks import suggestion

PATIENCE_MS = 150
"""Until then the window keeps the last answers; a new picture without them comes only after."""
STEP_MS = 900
LAST_STEP_MS = 15_000
"""A run that is stopped ends after its current step, and then writes its state."""


class Session(QObject):
    """Knows the state and changes it; no widget changes anything by itself.

    A signal `NAME_changed` carries the new value of the state's field of that name.
    """

    kind_changed = Signal(object)
    pictures_changed = Signal(object)
    picture_changed = Signal(object)
    folder_changed = Signal(object)
    queries_changed = Signal(object)
    query_changed = Signal(object)
    models_changed = Signal(object)
    shipped_changed = Signal(object)
    answers_changed = Signal(object)
    layers_changed = Signal(object)
    layer_changed = Signal(object)
    display_changed = Signal(object)
    view_changed = Signal(object)
    playing_changed = Signal(object)
    viewport_changed = Signal(object)
    pointer_changed = Signal(object)
    page_changed = Signal(object)
    failed = Signal(str)
    succeeded = Signal(str)
    figure_drawn = Signal(bytes)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = State(settings.kind(tuple(ALL_TASKS)), display=settings.display())
        self._first_query = ""
        self._answering = Answering(self)
        self._answering.answered.connect(self._take_answers)
        self._answering.picture_read.connect(self._take_picture)
        self._answering.pictures_read.connect(self._take_pictures)
        self._answering.restored.connect(self._take_session)
        self._answering.loaded.connect(self._take_model)
        self._answering.listed.connect(self._take_shipped)
        self._answering.exported.connect(self._tell_exported)
        self._answering.figure_drawn.connect(self.figure_drawn)
        self._answering.failed.connect(self.failed)
        self.thumbnails = Thumbnails(self)
        self.surgery = SurgerySession(self)
        self.surgery.force_changed.connect(self._follow_surgery)
        self.browser = BrowserSession(self)
        self.browser.question_chosen.connect(self.ask_about)
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
        self.training.finished_run.connect(self._add_run)
        self.library = LibrarySession(self.training, self)
        self.library.moved.connect(self._follow)
        self.composer = ComposerSession(self)
        self.composer.failed.connect(self.failed)
        self.composer.succeeded.connect(self.succeeded)
        self.composer.query_changed.connect(self._follow_composer)
        self.models_changed.connect(self.composer.compare)
        self.query_changed.connect(self.composer.ask)
        self._impatience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._impatience.timeout.connect(self._show_that_answers_are_awaited)
        self._player = QTimer(self, interval=STEP_MS)
        self._player.timeout.connect(self._play_on)

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    @property
    def asked_picture(self) -> Picture | None:
        """What the page is about: the chosen image, or the composed scene."""
        return self.composer.state.composed.picture if self._state.page == "compose" else self._state.picture

    def begin(self, query: str = "", models: Sequence[tuple[str, str]] = (), image: Path | None = None) -> None:
        """Fill the empty window: the samples, an image or else the first sample, and the networks.

        Args:
            query: Asked first; without one, something the image has.
            models: Checkpoints with their networks' names; without them, the task's shipped ones.
            image: Opened first.
        """
        chosen: tuple[Model, ...] = ()
        for name, network in models:
            chosen = with_model(chosen, name, network)
        self._first_query = query
        self._change(models=chosen or models_of_task(self._state.kind, ()))
        self._answering.request(Opening(samples_folder(self._state.kind)))
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
        self._add_picture(picture_of(image, "pasted image"))

    def choose_task(self, kind: str) -> None:
        """Take the samples and the shipped networks of a task; networks that the user added stay."""
        if kind == self._state.kind and self._state.folder == samples_folder(kind):
            return
        own = [model for model in self._state.models if model.name not in self._state.shipped
               and not model.name.startswith(f"{self._state.kind}/")]
        self._change(kind=kind, models=models_of_task(kind, own))
        settings.keep_kind(kind)
        if self._state.page == "compose":
            self.composer.enter(kind)
        self._answering.request(Opening(samples_folder(kind)))

    def choose_picture(self, picture: Picture) -> None:
        """Show an image of the strip; a query that it is known to lack gives way to one it has."""
        if picture is self._state.picture:
            return
        query = self._state.query
        if self._state.picture is None:
            query = self._first_query or next(iter(picture.truths), query)
        elif picture.lacks(query):
            query = next(iter(picture.truths))
        self._change(picture=picture, queries=picture.queries or self._state.queries, query=query, viewport=WHOLE)
        self._ask()

    @Slot(object, str)
    def ask_about(self, picture: Picture, query: str) -> None:
        """Show an image of the strip and ask about something in it."""
        viewport = self._state.viewport if picture is self._state.picture else WHOLE
        self._change(picture=picture, queries=picture.queries or self._state.queries, query=query, viewport=viewport)
        self._ask()

    def toggle_browser(self) -> None:
        """List the questions of the set instead of its images, or its images again."""
        if self.browser.state.open:
            self.browser.hide()
        else:
            self.browser.show(self._shown_names())

    def evaluate(self) -> None:
        """Ask the shown networks all questions of the set."""
        self.browser.evaluate(self._shown_names())

    def step_picture(self, steps: int) -> None:
        """Show the image, or the question, so many places further in the strip."""
        if self.browser.step(steps):
            return
        pictures = self._state.pictures
        if self._state.picture in pictures:
            place = pictures.index(self._state.picture) + steps
            self.choose_picture(pictures[min(max(place, 0), len(pictures) - 1)])

    def ask(self, query: str) -> None:
        """Ask the networks something else."""
        if query not in self._state.queries:
            self.failed.emit(f"“{query}” cannot be asked; {suggestion(query, self._state.queries)}.")
        elif query != self._state.query:
            self._change(query=query)
            self._ask()

    def go_to(self, layer: str) -> None:
        """Show a layer in all panes."""
        self._change(layer=layer)

    def step(self, steps: int) -> None:
        """Show the layer so many places higher, at most the last, at least the input."""
        layers = self._state.layers
        self.go_to(layers[min(max(layers.index(self._state.layer) + steps, 0), len(layers) - 1)])

    def toggle_play(self) -> None:
        """Let the layers pass by themselves, from the input to the last, or stop that."""
        if self._state.playing:
            self._player.stop()
        else:
            if self._state.layer == self._state.layers[-1]:
                self.go_to(INPUT)
            self._player.start()
        self._change(playing=not self._state.playing)

    def view_as(self, view: View) -> None:
        """Compare in that way, or side by side again if that is so already."""
        self._change(view="panes" if view == self._state.view else view)

    def ask_in_panes(self, query: str) -> None:
        """Leave the table of all queries for one of them."""
        self._change(view="panes")
        self.ask(query)

    def toggle_grid(self) -> None:
        """Show all layers at once, or one."""
        self.view_as("layers")

    def look_into(self, layer: str) -> None:
        """Leave the grid for one of its layers."""
        self._change(layer=layer, view="panes")

    def operate(self) -> None:
        """Begin to paint on the networks' attention, or end that; what was painted stays."""
        self.surgery.toggle()
        if self.surgery.state.operating:
            self.show_page("explore")
            self._change(view="panes")
            if self._state.layer == INPUT:
                self.go_to(self._state.layers[-1])

    def show(self, display: Display) -> None:
        """Show attention in another way."""
        self._change(display=display)
        settings.keep_display(display)

    def look_at(self, viewport: Viewport) -> None:
        """Show a part of the image in all panes."""
        self._change(viewport=viewport)

    def point_at(self, pointer: Pointer | None) -> None:
        """Tell which pixel is under the pointer."""
        self._change(pointer=pointer)

    def show_page(self, page: Page) -> None:
        """Use the centre of the window for something else."""
        self._change(page=page)
        if page == "compose":
            self.composer.enter(self._state.kind)
        else:
            self.composer.leave()

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
        self._add_picture(replace(picture, name=f"{picture.name} {earlier + 1}"))
        self.show_page("explore")

    def add_model(self, name: str) -> None:
        """Compare another checkpoint too, once it is known to be usable."""
        if name not in (model.name for model in self._state.models):
            self._answering.request(Loading(name))

    def remove_model(self, name: str) -> None:
        """Compare a checkpoint no longer."""
        self._change(models=tuple(model for model in self._state.models if model.name != name))
        self._ask()

    def move_model(self, name: str, place: int) -> None:
        """Put a checkpoint at another place in the order of the panes."""
        moved = [model for model in self._state.models if model.name == name]
        models = [model for model in self._state.models if model.name != name]
        place = min(max(place, 0), len(models))
        self._change(models=(*models[:place], *moved, *models[place:]))

    def toggle_model(self, name: str) -> None:
        """Hide a checkpoint's pane, or show it again."""
        self._change(models=tuple(
            replace(model, shown=not model.shown) if model.name == name else model for model in self._state.models
        ))  # fmt: skip
        self._ask()

    def export_figure(self, path: Path, order: FigureOrder) -> None:
        """Draw what the panes explain into a PNG, PDF or SVG file."""
        if shown := self._shown():
            self._answering.request(Writing(path, taking_away.figure(shown, order)))

    def copy_figure(self, order: FigureOrder) -> None:
        """Draw the same for the clipboard; `figure_drawn` brings it."""
        if shown := self._shown():
            self._answering.request(Drawing(taking_away.figure(shown, order)))

    def export_maps(self, path: Path) -> None:
        """Write the attention maps of what the panes explain into an .npz file."""
        if shown := self._shown():
            self._answering.request(Writing(path, taking_away.maps(shown.look.answers.explanations)))

    def export_animation(self, path: Path, dpi: int, width: float | None = None) -> None:
        """Write the layers one after the other, into a .gif or a numbered .png for each."""
        if shown := self._shown():
            self._answering.request(Writing(path, taking_away.animation(shown, dpi, width)))

    def save_session(self, path: Path) -> None:
        """Write what the window shows into a session file."""
        state, folder = self._state, self._state.folder
        own = None if folder in [samples_folder(kind) for kind in ALL_TASKS] else folder
        surgery = self.surgery.to_json()
        self._answering.request(Writing(path, lambda beside: save_session(beside, state, own, surgery)))
        settings.keep_recent_file(path)

    def close(self) -> bool:
        """End the threads; the session is of no use afterwards. False if a run does not end in time."""
        self._player.stop()
        self._impatience.stop()
        self._answering.close()
        self.thumbnails.close()
        parts = (self.composer, self.library, self.browser, self.paper, self.training)
        ended = [part.close(LAST_STEP_MS) for part in parts]
        return all(ended)

    def _shown_names(self) -> tuple[str, ...]:
        return tuple(model.name for model in self._state.models if model.shown)

    @Slot(str, str, object)
    def _show_examples(self, kind: str, network: str, folder: Path) -> None:
        """List what a network gets wrong of a kind's test scenes."""
        self.show_page("explore")
        if kind != self._state.kind:
            self.choose_task(kind)
        self.add_model(network)
        wrong = Selection({network: False}), Order("confidence", network)
        self.browser.await_set(folder, *wrong, self._shown_names())
        self.open(folder)

    @Slot()
    def _follow_in_browser(self) -> None:
        self.browser.follow(self._state.picture, self._state.query)

    def _shown(self) -> Shown | None:
        look = Look.at(self._state)
        if look is not None and self._state.page == "compose" and self.composer.state.answers is not None:
            look = replace(look, answers=self.composer.state.answers)
        if look is None or not look.answers.explanations:
            self.failed.emit("There is nothing to export yet; open an image and add a network.")
            return None
        models = tuple(model for model in self._state.models if model.shown)
        table = self.table.rows if self._state.view == "queries" else ()
        return Shown(look, models, table)

    def _ask(self) -> None:
        if self._state.picture is not None:
            self._impatience.start()
            self._answering.ask(self._state.picture, self._state.query, self._asked(), self.surgery.state.in_force)

    @Slot()
    def _follow_surgery(self) -> None:
        self.composer.operate_on(self.surgery.state.in_force)
        if self._state.picture is not None:
            self._answering.follow(self._state.picture, self._state.query, self._asked(), self.surgery.state.in_force)

    @Slot()
    def _fill_table(self) -> None:
        self.table.fill(self._state, self._asked(), self.surgery.state.in_force)

    def _asked(self) -> tuple[str, ...]:
        return tuple(model.name for model in self._state.models if model.shown)

    def _change(self, **fields: Any) -> None:  # noqa: ANN401 - each field has a type of its own
        changed = {name: value for name, value in fields.items() if getattr(self._state, name) != value}
        if changed:
            self._state = replace(self._state, **changed)
        for name in changed:
            getattr(self, f"{name}_changed").emit(getattr(self._state, name))

    def _add_picture(self, picture: Picture) -> None:
        self._change(pictures=(picture, *self._state.pictures))
        self.choose_picture(picture)

    @Slot(object)
    def _take_answers(self, answers: Answers) -> None:
        self._impatience.stop()
        state = self._state
        layers, queries = answers.layers or state.layers, answers.queries or state.queries
        self._change(
            layers=layers, layer=state.layer if state.layer in layers else layers[-1], queries=queries, answers=answers,
        )  # fmt: skip
        if answers.query not in queries:
            self.ask(self._first_query if self._first_query in queries else queries[0])  # it was of another task

    @Slot()
    def _show_that_answers_are_awaited(self) -> None:
        shown, picture = self._state.answers, self._state.picture
        if picture and (shown is None or shown.picture is not picture or shown.query != self._state.query):
            self._change(answers=Answers(picture, self._state.query))

    @Slot(object)
    def _take_picture(self, picture: Picture) -> None:
        if picture.path:
            settings.keep_recent_file(picture.path)
        self._add_picture(picture)

    @Slot(object)
    def _take_pictures(self, read: PictureSet) -> None:
        self.thumbnails.forget()
        opened = tuple(each for each in self._state.pictures
                       if not isinstance(each, StoredPicture | LabelledPicture))
        query = self._state.query if self._state.query in read.queries else read.queries[0]
        self.browser.take_set(read)
        self._change(folder=read.folder, pictures=(*opened, *read.pictures), queries=read.queries, query=query)
        if read.folder not in map(samples_folder, ALL_TASKS):
            settings.keep_recent_file(read.folder)
        self.choose_picture(read.pictures[0])

    @Slot(object)
    def _take_session(self, restored: Restored) -> None:
        saved, read = restored.saved, restored.pictures
        models: tuple[Model, ...] = ()
        for model in saved.models:
            if model.name in restored.networks:
                models = with_model(models, model.name, restored.networks[model.name])
                models = (*models[:-1], replace(models[-1], shown=model.shown))
        picture = restored.picture or read.pictures[0]
        own = () if picture in read.pictures else (picture,)
        queries = picture.queries or read.queries
        self.surgery.restore(saved.surgery)
        self._change(
            kind=saved.kind, folder=read.folder, pictures=(*own, *read.pictures), picture=picture, models=models,
            queries=queries, query=saved.query, layers=saved.layers, layer=saved.layer, display=saved.display,
            viewport=saved.viewport, view=saved.view,
        )  # fmt: skip
        settings.keep_kind(saved.kind)
        settings.keep_recent_file(restored.path)
        self.show_page(saved.page)
        self._ask()
        if restored.missing:
            self.failed.emit(f"Of this session something is gone, the rest is shown: {' '.join(restored.missing)}")

    @Slot(str, str)
    def _take_model(self, name: str, network: str) -> None:
        self._change(models=with_model(self._state.models, name, network))
        self._ask()

    @Slot(object)
    def _add_run(self, run: Path) -> None:
        if str(run) in (model.name for model in self._state.models):
            self._ask()  # it was resumed, and its weights are new
        self.add_model(str(run))

    @Slot(str, str)
    def _follow(self, old: str, new: str) -> None:
        """A checkpoint is called something else now, or is gone."""
        self.surgery.follow(old, new)
        if not new:
            self.remove_model(old)
            return
        self._change(models=tuple(replace(model, name=new) if model.name == old else model
                                  for model in self._state.models))
        self._ask()

    @Slot(object)
    def _follow_composer(self, query: str) -> None:
        if query in self._state.queries:
            self.ask(query)

    @Slot(object)
    def _take_shipped(self, names: tuple[str, ...]) -> None:
        self._change(shipped=names)

    @Slot(object)
    def _tell_exported(self, path: Path) -> None:
        self.succeeded.emit(f"Saved {path}")

    @Slot()
    def _play_on(self) -> None:
        self.step(1)
        if self._state.layer == self._state.layers[-1]:
            self.toggle_play()
