"""The precisions a recipe may ask for; without torch, which `pan.system.device` needs to choose one."""

from __future__ import annotations

from typing import Literal, get_args

Precision = Literal["auto", "float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
