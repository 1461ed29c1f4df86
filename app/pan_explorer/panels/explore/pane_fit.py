"""The layout of a network's pane: the picture takes its room first, then the layers and the answers."""

from __future__ import annotations

from dataclasses import dataclass

GAP, FILM_GAP, FILM_EDGE = 8, 7, 3
LEAST_FILM, MOST_FILM, FILM_SHARE = 46, 120, 0.155
"""Smallest and largest side of a thumbnail, and its share of the pane's width if the sparklines are beside it."""
LINE_WIDTH, LEAST_LINE, MOST_LINE = 106, 76, 100
"""Pixels of the sparklines: their width beside the thumbnails, their smallest and largest height under them."""
MORE_ROW = 5
"""Largest extra height of an answer's bar, in pixels."""
ASIDE = 320
"""Width of the layers and answers beside the picture, in pixels."""
LEAST_PICTURE = 100


@dataclass(frozen=True)
class TextHeights:
    """Heights of the texts in the user's font size, in pixels.

    Attributes:
        head: The pane's heading.
        film: The two lines under a thumbnail, with their margins.
        row: An answer's bar.
    """

    head: int = 24
    film: int = 38
    row: int = 19


@dataclass(frozen=True)
class PaneFit:
    """The layout of a pane.

    Attributes:
        aside: Whether the layers and answers are beside the picture instead of under it.
        line: The height of the sparklines under the thumbnails, in pixels; 0 if they are beside them.
        film: The side of a thumbnail, in pixels.
        row: The height of an answer's bar, in pixels.
    """

    aside: bool
    line: int
    film: int
    row: int

    def film_width(self, layers: int) -> int:
        """Width of the row of thumbnails, in pixels."""
        return layers * (self.film + FILM_GAP) - FILM_GAP + 2 * FILM_EDGE


def least_height(rows: int, heights: TextHeights) -> int:
    """The height below a pane's heading that is enough for both layouts, in pixels.

    A pane higher than its place makes Qt resize the place. That could change the layout again, without end.

    Args:
        rows: The number of answers.
        heights: The heights of the texts.
    """
    return LEAST_PICTURE + 2 * GAP + LEAST_FILM + heights.film + heights.row * rows


def fit_pane(width: int, height: int, layers: int, rows: int, heights: TextHeights) -> PaneFit:
    """The layout with the largest picture; the room left over makes the other parts larger.

    Args:
        width: The width of the pane, in pixels.
        height: The height below its heading, in pixels; at least `least_height`.
        layers: The number of thumbnails.
        rows: The number of answers.
        heights: The heights of the texts.
    """
    layers = max(1, layers)
    room = height - 2 * GAP - heights.film - heights.row * rows
    beside = min(round(width * FILM_SHARE), (width - LINE_WIDTH) // layers)
    picture = min(width, room - min(beside, LEAST_FILM))
    if min(width - ASIDE - 2 * GAP, height) > picture:
        spare = room - LEAST_LINE
        film = min(_whole(ASIDE, layers), spare)
        return _with_line_under(film, spare - film, rows, heights.row, aside=True)
    spare = room - picture
    widest = min(_whole(width, layers), spare - LEAST_LINE - GAP)
    if widest >= max(beside, LEAST_FILM):
        return _with_line_under(widest, spare - widest - LEAST_LINE - GAP, rows, heights.row, aside=False)
    film = max(min(beside, spare), min(beside, LEAST_FILM))
    return PaneFit(aside=False, line=0, film=film, row=_row(spare - film, rows, heights.row))


def _with_line_under(film: int, left: int, rows: int, least: int, *, aside: bool) -> PaneFit:
    """The layout with the sparklines under the thumbnails; the room left goes to the bars first, then to the lines."""
    row = _row(left, rows, least)
    line = min(max(LEAST_LINE, LEAST_LINE + left - (row - least) * rows), MOST_LINE)
    return PaneFit(aside=aside, line=line, film=film, row=row)


def _row(left: int, rows: int, least: int) -> int:
    return min(max(least + left // max(1, rows), least), least + MORE_ROW)


def _whole(width: int, layers: int) -> int:
    return min((width - 2 * FILM_EDGE + FILM_GAP) // layers - FILM_GAP, MOST_FILM)
