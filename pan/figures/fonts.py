"""System fonts for scripts that Matplotlib's DejaVu Sans does not cover."""

from __future__ import annotations

import logging

from matplotlib.font_manager import fontManager

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it logs every font without a bold face

FIRST = "DejaVu Sans"
"""Comes with Matplotlib, so that figures look the same on every machine."""

FURTHER = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK KR", "Source Han Sans",
    "Hiragino Sans", "PingFang SC", "Apple SD Gothic Neo", "Arial Unicode MS", "Yu Gothic", "Meiryo", "MS Gothic",
    "Microsoft YaHei", "SimHei", "Malgun Gothic", "IPAexGothic", "IPAGothic", "TakaoGothic", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Emoji",
    "Segoe UI Emoji", "Segoe UI Symbol", "Symbola",
)  # fmt: skip
"""Chinese, Japanese and Korean fonts, then others, then symbols, as installed on Linux, macOS and Windows."""


def families() -> list[str]:
    """The font families in order of preference; only those that are installed."""
    installed = {font.name for font in fontManager.ttflist}
    return [FIRST, *(name for name in FURTHER if name in installed)]
