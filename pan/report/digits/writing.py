"""Writes the folder of the report."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from pan.checkpoints.file import Checkpoint
from pan.evaluation.oracle import measure_oracle
from pan.report.digits.document import Parts, document
from pan.report.digits.figure_12 import find_failures
from pan.report.digits.figures import (
    distractor_pictures,
    failure_picture,
    number_pictures,
    scene_pictures,
    study_pictures,
)
from pan.report.digits.figures_4_10_11 import shown
from pan.report.digits.numbers import regimes
from pan.report.digits.results import Results, Settings, measure_all
from pan.report.digits.studies import ablation_table, by_scenes, scene_table, seed_table
from pan.report.digits.table_1 import accuracy_table, own_table, tpr_table
from pan.report.digits.tables import covering_table, layer_table, network_table, oracle_table, scale_table
from pan.report.style import save_pictured, save_pictures
from pan.report.table import REPORT, Table, ruled_table, write_text
from pan.studies import Record
from pan.system.steps import Preparing, counted
from pan.system.together import together

ORACLE_SCENES = 300  # about 2,000 questions, which are enough
ORACLE_POOLS = 8


def write_report(
    checkpoints: Sequence[Checkpoint], folder: Path, settings: Settings, records: Sequence[Record] = ()
) -> Generator[Preparing, None, Path]:
    """Evaluate the networks, and write tables, figures and the text; yields progress.

    Args:
        checkpoints: The networks, from `load_networks`.
        folder: The folder; files of the same names are replaced together, other files are kept.
        settings: The settings of the evaluation.
        records: The records of studies.

    Returns:
        The path of `report.md`.

    Raises:
        InputError: If a source of the scenes is missing, or the folder cannot be written.
    """
    results = yield from measure_all(checkpoints, settings)
    with together(folder) as beside:
        yield from _write(results, beside, settings, records)
    return folder / REPORT


def _write(
    results: Results, folder: Path, settings: Settings, records: Sequence[Record]
) -> Generator[Preparing, None, None]:
    trained, scenes = regimes(results, records), by_scenes(records)
    main = _present(accuracy_table(trained), tpr_table(results, trained), own_table(trained.here))
    studies = _present(scene_table(scenes), ablation_table(records), seed_table(records))
    oracle = yield from _oracle(results)
    layers = [covering_table(results), scale_table(results, trained), layer_table(results), oracle]
    networks = network_table(results)
    for table in (*main, *studies, *layers, networks):
        table.save(folder)
    for table in (*main, *studies):
        save_pictured(folder, table.name, ruled_table(table))
    drawn = chain(number_pictures(results), distractor_pictures(results), study_pictures(scenes))
    numbers = yield from save_pictures(drawn, folder)
    seen = yield from save_pictures(scene_pictures(results), folder)
    for kind in results.kinds:
        attending = shown([result for result in results.of_kind(kind) if result.pools])
        if attending:
            failures = failure_picture((yield from find_failures(attending)))
            if failures is not None:
                seen += yield from save_pictures([failures], folder)
    parts = Parts(main, layers, studies, networks, numbers, seen)
    write_text(folder / REPORT, document(results, settings, trained, scenes, parts))


def _oracle(results: Results) -> Generator[Preparing, None, Table]:
    """The table of oracle maps on the first scenes of the first kind; it is the same for the other kinds."""
    questions = results.all[0].questions
    chosen = questions.of_images(np.arange(min(ORACLE_SCENES, len(questions.images))))
    oracle = yield from counted(measure_oracle(chosen), "oracle maps", ORACLE_POOLS)
    return oracle_table(oracle, len(chosen))


def _present(*tables: Table | None) -> list[Table]:
    return [table for table in tables if table is not None]
