"""Fonts of the system for words that DejaVu Sans, which comes with Matplotlib, has no letters for."""

from __future__ import annotations

import logging

from matplotlib.font_manager import fontManager

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # else it tells which of them have no bold

FIRST = "DejaVu Sans"
"""The same on every machine."""

FURTHER = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK KR", "Source Han Sans",
    "Hiragino Sans", "PingFang SC", "Apple SD Gothic Neo", "Arial Unicode MS", "Yu Gothic", "Meiryo", "MS Gothic",
    "Microsoft YaHei", "SimHei", "Malgun Gothic", "IPAexGothic", "IPAGothic", "TakaoGothic", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Emoji",
    "Segoe UI Emoji", "Segoe UI Symbol", "Symbola",
)  # fmt: skip
"""Chinese, Japanese, Korean, then others, then signs: what Linux, macOS and Windows come with."""


def families() -> list[str]:
    """The families in which a letter is looked for, one after the other; those that are installed."""
    installed = {font.name for font in fontManager.ttflist}
    return [FIRST, *(name for name in FURTHER if name in installed)]
