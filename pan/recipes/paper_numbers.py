"""The paper's numbers (Tables 1 and 2), by `KIND/MODEL`, in percent."""

from __future__ import annotations

PAPER_ACCURACY = {
    "mref/stn-s": 39.10, "mdist/stn-s": 38.32, "mbg/stn-s": 32.27,
    "mref/stn-m": 93.89, "mdist/stn-m": 85.09, "mbg/stn-m": 52.25,
    "mref/san": 82.94, "mdist/san": 75.73, "mbg/san": 53.77,
    "mref/han": 81.84, "mdist/han": 78.49, "mbg/han": 55.84,
    "mref/pan": 95.92, "mdist/pan": 91.65, "mbg/pan": 69.46,
    "mref/pan-ctx": 98.51, "mdist/pan-ctx": 96.02, "mbg/pan-ctx": 85.55,
}  # fmt: skip
"""Table 1a, in percent."""

PAPER_TPR = {
    "mref/uniform": 2.34, "mdist/uniform": 2.35, "mbg/uniform": 2.39,
    "mref/san": 13.61, "mdist/san": 12.56, "mbg/san": 6.73,
    "mref/han": 13.95, "mdist/han": 13.81, "mbg/han": 7.64,
    "mref/pan": 17.39, "mdist/pan": 13.10, "mbg/pan": 8.62,
    "mref/pan-ctx": 22.59, "mdist/pan-ctx": 22.80, "mbg/pan-ctx": 11.01,
}  # fmt: skip
"""Table 1b, in percent; `uniform` is uniform attention."""

PAPER_VISUAL_GENOME = {
    "san": (27.62, 15.01), "han": (27.72, 17.24), "pan-ctx": (29.38, 18.01),
    "san-prior": (31.84, 17.65), "han-prior": (31.93, 19.70), "pan-ctx-prior": (32.50, 20.17),
}  # fmt: skip
"""Table 2: weighted mAP and TPR, in percent, without and with the object-class prior."""

PAPER_ORDER = ("stn-s", "stn-m", "san", "han", "pan", "pan-ctx")
"""The networks in the order of Table 1."""
