"""The paper's claims, each checked by the numbers for every preset and data set, as five sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from pan.figures.palette import model_title
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ORDER
from pan.report.digits.numbers import RISING, Numbers, Share, find
from pan.report.table import percent

SUBJECT, WITHOUT_CONTEXT, AT_THE_TOP = "pan-ctx", "pan", ("san", "han")
MOST_OF_THE_RISE = 0.7
"""Largest share of the rise that one layer may have, so that the others contribute too."""


class Verdict(Enum):
    """The result of checking a claim on one kind of data."""

    HOLDS = "it holds on"
    OPEN = "it is undecided, because intervals overlap, on"
    FAILS = "it does not hold on"


class Finding(NamedTuple):
    """The result of checking a claim on one kind of data.

    Attributes:
        kind: The kind.
        verdict: The verdict.
        numbers: The numbers, in words.
    """

    kind: str
    verdict: Verdict
    numbers: str


class Claim(NamedTuple):
    """One of the paper's claims.

    Attributes:
        says: The claim, in words.
        check: Checks the claim on one kind of data; None if a network is missing.
    """

    says: str
    check: Callable[[Sequence[Numbers], str], Finding | None]


class Measure(NamedTuple):
    """A network's share with its interval."""

    name: str
    share: float
    low: float
    high: float


def sentences(settings: Mapping[str, Sequence[Numbers]]) -> list[str]:
    """A sentence for each claim, about the paper's networks only.

    Args:
        settings: The numbers, by the preset of the networks' training.
    """
    measured = {name: [each for each in numbers if each.model in PAPER_ORDER] for name, numbers in settings.items()}
    return [_sentence(claim, measured) for claim in CLAIMS]


def _sentence(claim: Claim, settings: Mapping[str, Sequence[Numbers]]) -> str:
    parts = [_clause(claim, name, numbers) for name, numbers in settings.items()]
    return f"{claim.says}: {'; '.join(parts)}."


def _clause(claim: Claim, setting: str, numbers: Sequence[Numbers]) -> str:
    findings = [finding for kind in KINDS if (finding := claim.check(_on(numbers, kind), kind)) is not None]
    parts = []
    for verdict in Verdict:
        named = [f"{each.kind.upper()} ({each.numbers})" for each in findings if each.verdict is verdict]
        if named:
            parts.append(f"{verdict.value} {_listed(named)}")
    unknown = [kind.upper() for kind in KINDS if kind not in {each.kind for each in findings}]
    if unknown:
        parts.append(f"it was not measured on {_listed(unknown)}")
    return f"under `{setting}` {', '.join(parts)}"


def _on(numbers: Sequence[Numbers], kind: str) -> list[Numbers]:
    return [each for each in numbers if each.kind == kind]


def _most_accurate(numbers: Sequence[Numbers], kind: str) -> Finding | None:
    return _ahead(kind, numbers, lambda each: each.share("accuracy"))


def _context_helps(numbers: Sequence[Numbers], kind: str) -> Finding | None:
    pair = [each for each in numbers if each.model in (SUBJECT, WITHOUT_CONTEXT)]
    return _ahead(kind, pair, lambda each: each.share("accuracy"))


def _robust_to_scale(numbers: Sequence[Numbers], kind: str) -> Finding | None:
    """Compare the networks by accuracy in their worst bin of scale."""
    chosen = [each for each in numbers if each.model in (SUBJECT, *AT_THE_TOP)]
    return _ahead(kind, chosen, lambda each: each.worst_bin)


def _sharpest(numbers: Sequence[Numbers], kind: str) -> Finding | None:
    finding = _ahead(kind, numbers, lambda each: each.share("tpr"))
    if finding is None:
        return None
    precision = {each.model: each.values.get("average_precision") or 0.0 for each in numbers if each.by_layer("tpr")}
    own = precision.pop(SUBJECT)
    return finding._replace(
        numbers=f"{finding.numbers}, average precision {own:.2f} against {max(precision.values()):.2f} at best"
    )


def _closes_in(numbers: Sequence[Numbers], kind: str) -> Finding | None:
    subject = find(numbers, kind, SUBJECT)
    if subject is None or len(subject.by_layer("tpr")) < 2:
        return None
    rising = {name: shares for key, name in RISING.items() if (shares := subject.by_layer(key))}
    verdict = Verdict.HOLDS if all(map(_rises_in_steps, rising.values())) else Verdict.FAILS
    text = ", ".join(f"{name} {' → '.join(percent(share, 1) for share in shares)} %" for name, shares in rising.items())
    rivals = [each.by_layer("tpr")[0] for each in numbers if len(each.by_layer("tpr")) == 1]
    if rivals:
        text += f", where the best single map of the others has a TPR of {percent(max(rivals), 1)} %"
    return Finding(kind, verdict, text)


def _rises_in_steps(shares: Sequence[float]) -> bool:
    """Whether every layer contributes, and none of them nearly everything."""
    steps = [after - before for before, after in pairwise(shares)]
    return min(steps) > 0 and max(steps) <= MOST_OF_THE_RISE * sum(steps)


CLAIMS = (
    Claim("PAN-CTX is more accurate than every other network", _most_accurate),
    Claim("Local context makes progressive attention more accurate (PAN-CTX against PAN)", _context_helps),
    Claim("PAN-CTX is more accurate in its worst bin of scale than SAN and HAN in theirs", _robust_to_scale),
    Claim("PAN-CTX has more of its last map on the queried digit than every other network (TPR)", _sharpest),
    Claim("PAN-CTX's attention is refined layer by layer (accumulated TPR and PxAP rise at every layer, and no layer "
          f"has more than {percent(MOST_OF_THE_RISE, 0)} % of the rise)", _closes_in),
)


def _ahead(kind: str, numbers: Sequence[Numbers], share: Callable[[Numbers], Share]) -> Finding | None:
    """Whether PAN-CTX and its best rival differ, with separate intervals."""
    measures = {each.model: measure for each in numbers if (measure := _measure(each, share(each))) is not None}
    subject = measures.pop(SUBJECT, None)
    if subject is None or not measures:
        return None
    rival = max(measures.values(), key=lambda each: each.share)
    if subject.low > rival.high:
        verdict = Verdict.HOLDS
    elif subject.high < rival.low:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.OPEN
    return Finding(kind, verdict, f"{percent(subject.share, 1)} % against {percent(rival.share, 1)} % of {rival.name}")


def _measure(numbers: Numbers, share: Share) -> Measure | None:
    value, interval = share
    return None if value is None or interval is None else Measure(model_title(numbers.model), value, *interval)


def _listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
