"""A note below a finished figure that names the attention surgery of each network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from matplotlib import rc_context
from matplotlib.figure import Figure

from pan.explaining.explain import Explanation
from pan.figures.explanation import LINE, STYLE
from pan.figures.palette import model_title

EDGE = 0.08  # inches
LETTER = 0.055  # average width of a letter, in inches


def note_changes(figure: Figure, explanations: Sequence[Explanation]) -> None:
    """Extend the figure below by lines that name each network's surgery; without surgery, leave it unchanged.

    Args:
        figure: The figure; its pictures keep their sizes.
        explanations: The explanations that it shows.
    """
    width, height = map(float, figure.get_size_inches())
    room = max(20, int((width - 2 * EDGE) / LETTER))
    lines = [line for words in _changes(explanations) for line in wrap(words, room, subsequent_indent="    ")]
    if not lines:
        return
    foot = LINE * len(lines) + EDGE
    figure.set_size_inches(width, height + foot)
    for axes in figure.axes:
        left, bottom, wide, high = axes.get_position(original=True).bounds
        axes.set_position((left, _raised(bottom, height, foot), wide, high * height / (height + foot)))
    for text in figure.texts:
        text.set_y(_raised(text.get_position()[1], height, foot))
    with rc_context(STYLE):
        figure.text(EDGE / width, EDGE / (height + foot), "\n".join(lines), va="bottom", ha="left", color="#444444")


def _raised(share: float, height: float, foot: float) -> float:
    return (share * height + foot) / (height + foot)


def _changes(explanations: Sequence[Explanation]) -> Iterator[str]:
    titles = [model_title(each.model) for each in explanations]
    for title, each in zip(titles, explanations, strict=True):
        if each.surgery:
            name = f"{title} ({Path(each.checkpoint).name})" if titles.count(title) > 1 else title
            yield f"changed in {name}: {each.surgery.in_words()}"
