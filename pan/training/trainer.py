"""A run in memory: training steps, validation, and the files written after each epoch."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Int

from pan.checkpoints.file import BEST, LAST, STATE, load_checkpoint, save_checkpoint, take_weights
from pan.data.questions import ask
from pan.data.sources import Prepared
from pan.models.build import build_model
from pan.models.trunks.pretrained import read_trunk_weights
from pan.models.trunks.vgg import begin_from
from pan.recipes.recipe import Recipe
from pan.system.device import choose_precision, to_device
from pan.system.errors import InputError
from pan.training.batch_norm import synchronize_batch_norm
from pan.training.cuda_graph import GraphedUpdate
from pan.training.distributed import process_group
from pan.training.events import Epoch, Event, Finished, Probe, Saved, Started, Step, Validating
from pan.training.optimizer import build_optimizer, learning_rate, set_learning_rate
from pan.training.runs.folder import append_epoch, keep_epochs, read_metrics
from pan.training.runs.probes import save_probe
from pan.training.runs.state import restore_state, save_state
from pan.training.schedule import one_cycle, ramp, steps
from pan.training.update import Batch, EagerUpdate, Update
from pan.training.validation import Validation, probe, validate

READ_EVERY = 50
"""Interval in steps at which the loss is read from the device."""

STATE_SECONDS = 5.0
"""Smallest interval between two saved states; a crash loses about this much training."""


class Trainer:
    """The state of a run in memory, and its training.

    Args:
        run: The folder from `create_run`; if it has a saved state, the run is resumed.
        recipe: The recipe.
        prepared: The data.
        device: The device.

    Raises:
        InputError: If initial weights cannot be read, or the saved state is damaged.
    """

    def __init__(self, run: Path, recipe: Recipe, prepared: Prepared, device: torch.device) -> None:
        self.run = run
        self.recipe = recipe
        self.prepared = prepared
        self.device = device
        self.precision = choose_precision(recipe.hardware.precision, device)
        self.group = process_group()
        model = build_model(recipe, prepared.task)
        self.taken = ""
        begins = not (run / STATE).exists()  # a resumed run needs neither, and they may be gone
        if recipe.network.weights and begins:
            begin_from(model, read_trunk_weights(recipe.network.weights))
        if recipe.start and begins:
            self.taken = "{} of {} tensors".format(*take_weights(model, load_checkpoint(recipe.start)))
        self.model = (model if self.group.size == 1 else synchronize_batch_norm(model)).to(device)
        self.optimizer = build_optimizer(self.model, recipe, device)
        self.progress = restore_state(run, self.model, self.optimizer)
        self.network = self.group.averaging_gradients(self.model)
        self.covering_share = torch.zeros((), device=device)
        eager = EagerUpdate(self.network, self.optimizer, recipe, prepared.task, self.precision, self.covering_share)
        alone_on_cuda = device.type == "cuda" and self.group.size == 1
        self.update: Update = GraphedUpdate(eager, device) if alone_on_cuda else eager
        self.sums = torch.tensor([self.progress.loss_sum, self.progress.right], device=device)
        self.saved = time.monotonic()

    def events(self) -> Iterator[Event]:
        """Train until the last epoch or early stopping."""
        first_step, first_second = self.progress.step, self.progress.seconds
        yield self._started()
        if first_step == 0:
            yield self._probe(0)
        while self.progress.step < self.recipe.steps and not self._out_of_patience():
            epoch = self.progress.step // self.recipe.steps_per_epoch + 1
            self.model.train()
            for rows in self._rows_left(epoch):
                loss, accuracy = self._step(rows)
                yield Step(
                    self.progress.step, self.recipe.steps, epoch,
                    questions=(self.progress.step - first_step) * self.recipe.data.batch_questions,
                    seconds=self.progress.seconds - first_second, loss=loss, accuracy=accuracy,
                )  # fmt: skip
            ended, seen = yield from self._end_epoch(epoch)
            yield ended
            yield Saved(self.run / (BEST if ended.best else LAST), ended.best)
            yield seen
        yield Finished(self.run, self.run / BEST, self.progress.best, self.progress.seconds)

    def _out_of_patience(self) -> bool:
        return 0 < self.recipe.optimization.patience <= self.progress.epochs_without_better

    def _started(self) -> Started:
        done = self.progress.step // self.recipe.steps_per_epoch
        history = tuple(epoch for epoch in read_metrics(self.run) if epoch.epoch <= done)
        keep_epochs(self.run, history)  # epochs after the saved state are trained again
        return Started(
            self.run, self.recipe, self.prepared.task, self.prepared.source,
            device=str(self.device),
            precision=str(self.precision).removeprefix("torch."),
            parameters=sum(weight.numel() for weight in self.model.parameters()),
            taken=self.taken, step=self.progress.step, steps=self.recipe.steps, history=history,
            guesses=self.prepared.guesses,
        )  # fmt: skip

    def _rows_left(self, epoch: int) -> Iterator[Int[np.ndarray, "B Q"]]:
        """The questions of each remaining step of an epoch, drawn by the epoch's own random generator."""
        done = self.progress.step - (epoch - 1) * self.recipe.steps_per_epoch
        rng = np.random.default_rng([self.recipe.seed, epoch])
        images = [rows for rows in self.prepared.training.rows if len(rows)]
        size, steps = self.recipe.data.images_per_batch, self._steps_of(epoch)
        order = np.concatenate([rng.permutation(len(images)) for _ in range(-(-size * steps // len(images)))])
        for step in range(steps):
            rows = ask([images[number] for number in order[step * size : (step + 1) * size]],
                       self.recipe.data.questions_per_image, rng)
            if step >= done:
                yield rows

    def _steps_of(self, epoch: int) -> int:
        """Number of steps in an epoch, counted from 1; the last epoch may be shorter."""
        whole = self.recipe.steps_per_epoch
        return min(whole, self.recipe.steps - (epoch - 1) * whole)

    def _step(self, rows: Int[np.ndarray, "B Q"]) -> tuple[float, float] | tuple[None, None]:
        """Do a step; at intervals, save the state and return the loss and accuracy since the last interval."""
        began = time.perf_counter()
        recipe = self.recipe
        share = (self.progress.step + 0.5) / recipe.steps  # the middle of the step: the first rate is above 0
        epoch = self.progress.step // recipe.steps_per_epoch + 1
        scheduled = one_cycle(share) if recipe.optimization.schedule == "one-cycle" else steps(epoch)
        set_learning_rate(self.optimizer, recipe.optimization.learning_rate * scheduled)
        self.covering_share.fill_(ramp(share, recipe.objective.covering_from))
        parts = [self._batch(self.group.part(part)) for part in np.array_split(rows, recipe.hardware.accumulation)]
        self.sums += self.group.total(self.update(parts))
        self.progress.step += 1
        self.progress.seconds += time.perf_counter() - began
        if self.progress.step % READ_EVERY:
            return None, None
        before = self.progress.loss_sum, self.progress.right
        self.progress.loss_sum, self.progress.right = self.sums.tolist()  # waits for the device
        self._check_loss(self.progress.loss_sum)
        ends = self.progress.step in (epoch * recipe.steps_per_epoch, recipe.steps)
        if not ends and time.monotonic() - self.saved > STATE_SECONDS:  # at an epoch's end it is saved after validation
            save_state(self.run, self.model, self.optimizer, self.progress)
            self.saved = time.monotonic()
        read = min(READ_EVERY, (self.progress.step - 1) % recipe.steps_per_epoch + 1)  # the sums begin with an epoch
        return ((self.progress.loss_sum - before[0]) / read,
                (self.progress.right - before[1]) / (read * recipe.data.batch_questions))

    def _check_loss(self, loss: float) -> None:
        """Stop if the loss is not finite, before weights are saved."""
        if not math.isfinite(loss):
            raise InputError(f"the loss is no number any more after {self.progress.step:,} steps; begin again with a "
                             "lower learning_rate.")

    def _batch(self, rows: Int[np.ndarray, "B Q"]) -> Batch:
        training, words = self.prepared.training, len(self.prepared.task.answers)
        return Batch(
            to_device(training.images[training.image[rows[:, 0]]], self.device),
            to_device(training.query[rows], self.device),
            to_device(training.right_answers(rows, words), self.device),
            to_device(training.known_answers(rows, words), self.device),
        )

    def _validate(self) -> Generator[Validating, None, Validation]:
        """Validate; pauses between batches are not counted as training time."""
        batches = validate(self.model, self.prepared.validation, self.prepared.task, self.device, self.precision)
        while True:
            began = time.perf_counter()
            try:
                answered = next(batches)
            except StopIteration as done:
                result: Validation = done.value
                return result
            finally:
                self.progress.seconds += time.perf_counter() - began
            yield answered

    def _end_epoch(self, number: int) -> Generator[Validating, None, tuple[Epoch, Probe]]:
        """Validate, and write metrics, weights, probe and state."""
        recipe, progress = self.recipe, self.progress
        validation = yield from self._validate()
        done = self._steps_of(number)
        counted = torch.tensor([1.0, recipe.data.batch_questions]).to(self.sums) * done
        mean_loss, accuracy = (self.sums / counted).tolist()
        self._check_loss(mean_loss)
        epoch = Epoch(
            number, recipe.epochs,
            loss=mean_loss, accuracy=accuracy,
            validation_loss=validation.loss, validation_accuracy=validation.accuracy,
            accuracy_by_layer=validation.accuracy_by_layer, tpr_by_layer=validation.tpr_by_layer,
            learning_rate=learning_rate(self.optimizer), seconds=progress.seconds,
            best=validation.merit >= progress.best,  # of equal epochs the latest
            mean_average_precision=validation.mean_average_precision,
            pxap_by_layer=validation.pxap_by_layer,
        )  # fmt: skip
        append_epoch(self.run, epoch)
        metrics = {
            "validation": validation._asdict(),
            "questions_trained": progress.step * recipe.data.batch_questions,
        }
        for name in (LAST, BEST) if epoch.best else (LAST,):
            save_checkpoint(self.run / name, self.model, recipe, self.prepared.task, metrics)
        seen = self._probe(number)
        better = validation.merit > progress.best
        progress.best = max(progress.best, validation.merit)
        progress.epochs_without_better = 0 if better else progress.epochs_without_better + 1
        progress.loss_sum = progress.right = 0.0
        self.sums.zero_()
        save_state(self.run, self.model, self.optimizer, progress)
        return epoch, seen

    def _probe(self, epoch: int) -> Probe:
        seen = probe(self.model, self.prepared.validation, self.prepared.task, self.device, epoch)
        save_probe(self.run, seen)
        return seen
