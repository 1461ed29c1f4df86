"""A sequence of figures as an animated GIF, or as numbered PNG files."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image

from pan.figures.explanation import STYLE, save_figure
from pan.figures.size import check_resolution
from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.quiet import no_warnings

COLOURS = 256
LAST = 2.5
"""The last frame is shown longer than the others by this factor."""


def save_animation(figures: Sequence[Figure], path: Path, dpi: int, seconds: float) -> None:
    """Write a looping .gif, or for .png a numbered file for each figure: `name-0.png` and so on.

    Args:
        figures: Figures of one size.
        path: The file; its suffix decides the format.
        dpi: Resolution.
        seconds: Duration of each frame.

    Raises:
        InputError: If the suffix is another, the resolution is out of range, the frames of a GIF have too many pixels,
            or a file cannot be written.
    """
    match path.suffix.lower():
        case ".gif":
            check_resolution(figures[0], dpi, len(figures))
            _save_gif([_frame(figure, dpi) for figure in figures], path, seconds)
        case ".png":
            for number, figure in enumerate(figures):
                save_figure(figure, path.with_stem(f"{path.stem}-{number}"), dpi)
        case _:
            raise InputError(f"{path} must end in .gif, or in .png for a picture of each layer.")


def _save_gif(frames: Sequence[Image.Image], path: Path, seconds: float) -> None:
    first, *others = frames
    times = [round(1000 * seconds)] * len(others) + [round(1000 * seconds * LAST)]
    write_whole(path, lambda beside: first.save(beside, save_all=True, append_images=others, duration=times, loop=0))


def _frame(figure: Figure, dpi: int) -> Image.Image:
    drawn = BytesIO()
    with rc_context(STYLE), no_warnings():  # a letter that no font has is drawn as a box
        figure.savefig(drawn, format="png", dpi=dpi, facecolor="white")
    return Image.open(drawn).convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT)
