"""What a network is called and which colour it wears, in figures as in the window."""

from __future__ import annotations

from collections.abc import Collection

OKABE_ITO = ("#E69F00", "#56B4E9", "#CC79A7", "#009E73", "#0072B2", "#D55E00", "#999999", "#F0E442")
"""The palette of Okabe and Ito, told apart by the colour-blind too; a grey, seen on dark too, stands for its black."""

OTHER = "#666666"
"""Of a network that has no colour of its own."""

MODEL_TITLES = {
    "pan-ctx": "PAN-CTX", "san": "SAN", "han": "HAN", "pan": "PAN", "stn-s": "STN-S", "stn-m": "STN-M",
    "pan-ctx-hard": "PAN-CTX (hard)", "pan-ctx-best": "PAN-CTX (best)",
}  # fmt: skip
"""As the paper writes them."""

MODEL_COLOURS = dict(zip(MODEL_TITLES, OKABE_ITO, strict=False))
"""A network keeps its colour everywhere."""


PRIOR = "-prior"
"""Ends the name of a network with the object-class prior, which wears the colour of the one without."""


def model_title(model: str) -> str:
    """A network's name as the paper writes it."""
    base = model.removesuffix(PRIOR)
    return MODEL_TITLES.get(base, base.upper()) + (" with prior" if base != model else "")


def model_colour(model: str) -> str:
    """A network's colour, `#RRGGBB`; grey for one that has none."""
    return MODEL_COLOURS.get(model.removesuffix(PRIOR), OTHER)


def distinct_colour(model: str, taken: Collection[str]) -> str:
    """The colour of a network: its own, or the first that no other shown network has."""
    own = MODEL_COLOURS.get(model.removesuffix(PRIOR))
    spare = OKABE_ITO[len(MODEL_COLOURS):] + OKABE_ITO  # first those that are no network's own
    free = [colour for colour in ((own,) if own else ()) + spare if colour not in taken]
    return free[0] if free else OKABE_ITO[len(taken) % len(OKABE_ITO)]
