"""How the parts of a network's pane share its room: the picture first, then its layers and answers."""

from __future__ import annotations

from dataclasses import dataclass

HEAD, GAP = 24, 8
FILM_WORDS, FILM_GAP, FILM_EDGE = 38, 7, 3
LEAST_FILM, MOST_FILM, FILM_SHARE = 46, 120, 0.155
"""Sides of small pictures, and the share of the pane's width they take beside the lines of the measures."""
LINE_WIDTH, LEAST_LINE, MOST_LINE = 106, 76, 100
"""Pixels of the lines of the measures: of the width beside the small pictures, of the height under them."""
LEAST_ROW, MOST_ROW = 19, 24
ASIDE = 320
"""Width of layers and answers beside the picture."""
LEAST_PICTURE = 120


@dataclass(frozen=True)
class PaneFit:
    """How a pane is laid out.

    Attributes:
        aside: Whether layers and answers stand beside the picture instead of under it.
        line: The height of the lines of the measures under the small pictures, in pixels; 0 beside them.
        film: The side of a small picture, in pixels.
        row: The height of an answer's bar, in pixels.
    """

    aside: bool
    line: int
    film: int
    row: int

    def film_width(self, layers: int) -> int:
        """Pixels of all small pictures in a row."""
        return layers * (self.film + FILM_GAP) - FILM_GAP + 2 * FILM_EDGE


def least_height(rows: int) -> int:
    """Pixels below a pane's heading lines in which everything has room, whichever way it is laid out.

    What is higher than its place makes Qt resize the place, which may lay the pane out in another way, and so for ever.

    Args:
        rows: Answers.
    """
    return LEAST_PICTURE + 2 * GAP + LEAST_FILM + FILM_WORDS + LEAST_ROW * rows


def fit_pane(width: int, height: int, layers: int, rows: int) -> PaneFit:
    """Lay a pane out so that its picture is as large as can be; room that is left makes the other parts larger.

    Args:
        width: Of the pane, in pixels.
        height: Of what lies below its heading lines, in pixels; at least `least_height`.
        layers: Small pictures.
        rows: Answers.
    """
    layers = max(1, layers)
    room = height - 2 * GAP - FILM_WORDS - LEAST_ROW * rows
    beside = min(round(width * FILM_SHARE), (width - LINE_WIDTH) // layers)
    picture = min(width, room - min(beside, LEAST_FILM))
    if min(width - ASIDE - 2 * GAP, height) > picture:
        spare = room - LEAST_LINE
        film = min(_whole(ASIDE, layers), spare)
        return _with_line_under(film, spare - film, rows, aside=True)
    spare = room - picture
    widest = min(_whole(width, layers), spare - LEAST_LINE - GAP)
    if widest >= max(beside, LEAST_FILM):
        return _with_line_under(widest, spare - widest - LEAST_LINE - GAP, rows, aside=False)
    film = max(min(beside, spare), min(beside, LEAST_FILM))
    return PaneFit(aside=False, line=0, film=film, row=_row(spare - film, rows))


def _with_line_under(film: int, left: int, rows: int, *, aside: bool) -> PaneFit:
    """What is left makes the bars higher first, and then the line."""
    row = _row(left, rows)
    line = min(max(LEAST_LINE, LEAST_LINE + left - (row - LEAST_ROW) * rows), MOST_LINE)
    return PaneFit(aside=aside, line=line, film=film, row=row)


def _row(left: int, rows: int) -> int:
    return min(max(LEAST_ROW + left // max(1, rows), LEAST_ROW), MOST_ROW)


def _whole(width: int, layers: int) -> int:
    return min((width - 2 * FILM_EDGE + FILM_GAP) // layers - FILM_GAP, MOST_FILM)
