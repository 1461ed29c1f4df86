"""Titles and colours of the networks, in figures and in the window."""

from __future__ import annotations

from collections.abc import Collection

OKABE_ITO = ("#E69F00", "#56B4E9", "#CC79A7", "#009E73", "#0072B2", "#D55E00", "#999999", "#F0E442")
"""The palette of Okabe and Ito, which is safe for colour blindness; grey replaces black to be visible on dark."""

OTHER = "#666666"
"""The colour of a network that is not listed."""

MODEL_TITLES = {
    "pan-ctx": "PAN-CTX", "san": "SAN", "han": "HAN", "pan": "PAN", "stn-s": "STN-S", "stn-m": "STN-M",
    "pan-ctx-hard": "PAN-CTX (hard)", "pan-ctx-best": "PAN-CTX (best)",
}  # fmt: skip
"""As in the paper."""

MODEL_COLOURS = dict(zip(MODEL_TITLES, OKABE_ITO, strict=False))
"""The same in every figure and in the window."""


PRIOR = "-prior"
"""The suffix of networks with the object-class prior, which have the colour of the network without it."""


def model_title(model: str) -> str:
    """A network's title, as in the paper."""
    base = model.removesuffix(PRIOR)
    return MODEL_TITLES.get(base, base.upper()) + (" with prior" if base != model else "")


def model_colour(model: str) -> str:
    """A network's colour, `#RRGGBB`; grey for one that is not listed."""
    return MODEL_COLOURS.get(model.removesuffix(PRIOR), OTHER)


def distinct_colour(model: str, taken: Collection[str]) -> str:
    """A network's own colour, or the first one that no other shown network has."""
    own = MODEL_COLOURS.get(model.removesuffix(PRIOR))
    spare = OKABE_ITO[len(MODEL_COLOURS):] + OKABE_ITO  # first those that no listed network has
    free = [colour for colour in ((own,) if own else ()) + spare if colour not in taken]
    return free[0] if free else OKABE_ITO[len(taken) % len(OKABE_ITO)]
