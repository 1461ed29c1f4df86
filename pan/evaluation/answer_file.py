"""A network's answers to a set as a file, so that what took minutes need not be asked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from pan.evaluation.answer_table import AnswerTable
from pan.system.errors import InputError
from pan.system.files import write_whole


@dataclass(frozen=True, eq=False)
class Evaluated:
    """A network on a set.

    Attributes:
        answers: Its answers, question by question.
        measures: What was measured of all of them: the JSON values of `Evaluation.to_json`.
    """

    answers: AnswerTable
    measures: Mapping[str, Any]


def save_evaluated(path: Path, evaluated: Evaluated) -> None:
    """Write an .npz file without objects.

    Raises:
        InputError: If the file cannot be written.
    """
    measures = np.array(json.dumps(dict(evaluated.measures)))

    def write(beside: Path) -> None:
        with beside.open("wb") as file:
            np.savez_compressed(file, measures=measures, **asdict(evaluated.answers))

    write_whole(path, write)


def load_evaluated(path: Path) -> Evaluated:
    """Read what `save_evaluated` wrote.

    Raises:
        InputError: If the file is missing, cut short or of another form.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            answers = AnswerTable(file["predicted"], file["probability"], file["tpr"])
            return Evaluated(answers, json.loads(str(file["measures"])))
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}.") from error
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise InputError(f"{path} cannot be read as kept answers; evaluate the network again.") from error
