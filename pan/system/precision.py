"""The precisions that a recipe may name. `pan.system.device` chooses one, and imports torch for that."""

from __future__ import annotations

from typing import Literal, get_args

Precision = Literal["auto", "float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
