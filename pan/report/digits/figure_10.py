"""Pages in the manner of Figures 10 to 12: several questions below each other, networks side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from pan.figures.explanation import block_size, draw_block
from pan.report.figure_7 import Example, last_layers
from pan.report.style import drawing


def answer_page(examples: Sequence[Example], headings: Sequence[str] = ()) -> Figure:
    """A block for each question, with a heading over it where one is given."""
    blocks = [[last_layers(each) for each in example.explanations] for example in examples]
    width, height = block_size(blocks[0])
    above = 0.25 if headings else 0.0
    with drawing(width, (height + above) * len(blocks)) as figure:
        ratios = [above or 1e-6, height] * len(blocks)
        parts: np.ndarray = figure.subfigures(len(ratios), 1, height_ratios=ratios, squeeze=False)
        for number, (example, block) in enumerate(zip(examples, blocks, strict=True)):
            if headings:
                parts[2 * number, 0].text(0.012, 0.0, headings[number], weight="bold", va="bottom")
            draw_block(parts[2 * number + 1, 0], block, example.answer)
    return figure
