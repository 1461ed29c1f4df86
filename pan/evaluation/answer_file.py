"""Files with a network's answers to a set, which cache an evaluation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pan.checkpoints.measures import checked_measures
from pan.evaluation.answer_table import AnswerTable
from pan.system.arrays_file import Array, read_arrays
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import parse_json

ARRAYS = {"predicted": Array("U", 1), "probability": Array("f", 1), "tpr": Array("f", 1), "measures": Array("U", 0)}


@dataclass(frozen=True, eq=False)
class Evaluated:
    """The evaluation of a network on a set.

    Attributes:
        answers: The answer to each question.
        measures: The measures, as JSON values from `Evaluation.to_json`.
    """

    answers: AnswerTable
    measures: Mapping[str, Any]


def save_evaluated(path: Path, evaluated: Evaluated) -> None:
    """Write an .npz file without pickled objects.

    Raises:
        InputError: If the file cannot be written.
    """
    measures = np.array(json.dumps(dict(evaluated.measures)))

    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            np.savez_compressed(file, measures=measures, **asdict(evaluated.answers))

    write_whole(path, write)


def load_evaluated(path: Path) -> Evaluated:
    """Read a file from `save_evaluated`.

    Raises:
        InputError: If the file is missing, cut short or of another form.
    """
    try:
        file = read_arrays(path, ARRAYS)
        predicted, probability, tpr = file["predicted"], file["probability"], file["tpr"]
        measures = checked_measures(parse_json(str(file["measures"]), dict))
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as kept answers ({error}); evaluate the network again.") from error
    if len({len(predicted), len(probability), len(tpr)}) > 1:
        raise InputError(f"{path} cannot be read as kept answers (its columns differ in length); evaluate the network "
                         "again.")  # fmt: skip
    return Evaluated(AnswerTable(predicted, probability, tpr), measures)
