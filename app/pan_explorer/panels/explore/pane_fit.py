"""How the parts of a network's pane share its room: the picture first, then its layers and answers."""

from __future__ import annotations

from dataclasses import dataclass

GAP, FILM_GAP, FILM_EDGE = 8, 7, 3
LEAST_FILM, MOST_FILM, FILM_SHARE = 46, 120, 0.155
"""Sides of small pictures, and the share of the pane's width they take beside the lines of the measures."""
LINE_WIDTH, LEAST_LINE, MOST_LINE = 106, 76, 100
"""Pixels of the lines of the measures: of the width beside the small pictures, of the height under them."""
MORE_ROW = 5
"""Pixels that an answer's bar may become higher than its words need."""
ASIDE = 320
"""Width of layers and answers beside the picture."""
LEAST_PICTURE = 100


@dataclass(frozen=True)
class Letters:
    """What words take in the user's size of letters, in pixels.

    Attributes:
        head: The pane's heading.
        film: The two lines under a small picture, with all about it.
        row: An answer's bar.
    """

    head: int = 24
    film: int = 38
    row: int = 19


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


def least_height(rows: int, letters: Letters) -> int:
    """Pixels below a pane's heading lines in which everything has room, whichever way it is laid out.

    What is higher than its place makes Qt resize the place, which may lay the pane out in another way, and so for ever.

    Args:
        rows: Answers.
        letters: The size of words.
    """
    return LEAST_PICTURE + 2 * GAP + LEAST_FILM + letters.film + letters.row * rows


def fit_pane(width: int, height: int, layers: int, rows: int, letters: Letters) -> PaneFit:
    """Lay a pane out so that its picture is as large as can be; room that is left makes the other parts larger.

    Args:
        width: Of the pane, in pixels.
        height: Of what lies below its heading lines, in pixels; at least `least_height`.
        layers: Small pictures.
        rows: Answers.
        letters: The size of words.
    """
    layers = max(1, layers)
    room = height - 2 * GAP - letters.film - letters.row * rows
    beside = min(round(width * FILM_SHARE), (width - LINE_WIDTH) // layers)
    picture = min(width, room - min(beside, LEAST_FILM))
    if min(width - ASIDE - 2 * GAP, height) > picture:
        spare = room - LEAST_LINE
        film = min(_whole(ASIDE, layers), spare)
        return _with_line_under(film, spare - film, rows, letters.row, aside=True)
    spare = room - picture
    widest = min(_whole(width, layers), spare - LEAST_LINE - GAP)
    if widest >= max(beside, LEAST_FILM):
        return _with_line_under(widest, spare - widest - LEAST_LINE - GAP, rows, letters.row, aside=False)
    film = max(min(beside, spare), min(beside, LEAST_FILM))
    return PaneFit(aside=False, line=0, film=film, row=_row(spare - film, rows, letters.row))


def _with_line_under(film: int, left: int, rows: int, least: int, *, aside: bool) -> PaneFit:
    """What is left makes the bars higher first, and then the line."""
    row = _row(left, rows, least)
    line = min(max(LEAST_LINE, LEAST_LINE + left - (row - least) * rows), MOST_LINE)
    return PaneFit(aside=aside, line=line, film=film, row=row)


def _row(left: int, rows: int, least: int) -> int:
    return min(max(least + left // max(1, rows), least), least + MORE_ROW)


def _whole(width: int, layers: int) -> int:
    return min((width - 2 * FILM_EDGE + FILM_GAP) // layers - FILM_GAP, MOST_FILM)
