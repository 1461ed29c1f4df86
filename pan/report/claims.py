"""Five sentences: which of the paper's claims hold in these numbers, each on each kind of data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from pan.data.sources import KINDS
from pan.evaluation.intervals import Interval
from pan.palette import model_title
from pan.report.results import Result, Results
from pan.report.table import percent

SUBJECT, WITHOUT_CONTEXT, AT_THE_TOP = "pan-ctx", "pan", ("san", "han")


class Verdict(Enum):
    """What a kind's numbers say to a claim."""

    HOLDS = "it holds on"
    OPEN = "it is within the intervals, and so undecided, on"
    FAILS = "it does not hold on"


class Finding(NamedTuple):
    """One kind's numbers on a claim.

    Attributes:
        kind: The kind.
        verdict: What they say.
        numbers: The numbers, in words.
    """

    kind: str
    verdict: Verdict
    numbers: str


class Claim(NamedTuple):
    """One of the paper's claims.

    Attributes:
        says: The claim.
        check: What a kind says to it, None where a network is missing.
    """

    says: str
    check: Callable[[Results, str], Finding | None]


class Measure(NamedTuple):
    """A number with its interval, and what it is of."""

    name: str
    share: float
    interval: Interval


def sentences(results: Results) -> list[str]:
    """One for each claim."""
    return [_sentence(claim, results) for claim in CLAIMS]


def _sentence(claim: Claim, results: Results) -> str:
    findings = [finding for kind in KINDS if (finding := claim.check(results, kind)) is not None]
    parts = []
    for verdict in Verdict:
        named = [f"{each.kind.upper()} ({each.numbers})" for each in findings if each.verdict is verdict]
        if named:
            parts.append(f"{verdict.value} {_listed(named)}")
    unknown = [kind.upper() for kind in KINDS if kind not in {each.kind for each in findings}]
    if unknown:
        parts.append(f"it was not measured on {_listed(unknown)}")
    return f"{claim.says}: {'; '.join(parts)}."


def _most_accurate(results: Results, kind: str) -> Finding | None:
    measures = {each.model: _accuracy(each) for each in results.of_kind(kind)}
    return _ahead(kind, measures.pop(SUBJECT, None), list(measures.values()))


def _context_helps(results: Results, kind: str) -> Finding | None:
    one, other = (results.get(kind, model) for model in (SUBJECT, WITHOUT_CONTEXT))
    if one is None or other is None:
        return None
    return _ahead(kind, _accuracy(one), [_accuracy(other)])


def _robust_to_scale(results: Results, kind: str) -> Finding | None:
    """By the bin in which each network does worst: that is what the extremes of scale can spoil."""
    subject = results.get(kind, SUBJECT)
    rivals = [result for model in AT_THE_TOP if (result := results.get(kind, model)) is not None]
    return _ahead(kind, None if subject is None else _worst_bin(subject), [_worst_bin(each) for each in rivals])


def _sharpest(results: Results, kind: str) -> Finding | None:
    measures = {each.model: measure for each in results.of_kind(kind) if (measure := _tpr(each)) is not None}
    finding = _ahead(kind, measures.pop(SUBJECT, None), list(measures.values()))
    precision = {each.model: each.evaluation.average_precision or 0.0 for each in results.of_kind(kind) if each.pools}
    if finding is None:
        return None
    own = precision.pop(SUBJECT)
    return finding._replace(
        numbers=f"{finding.numbers}, average precision {own:.2f} against {max(precision.values()):.2f} at best"
    )


def _closes_in(results: Results, kind: str) -> Finding | None:
    subject = results.get(kind, SUBJECT)
    if subject is None or len(subject.pools) < 2:
        return None
    tpr = [share or 0.0 for share in subject.evaluation.tpr_by_layer or []]
    verdict = Verdict.HOLDS if all(before < after for before, after in pairwise(tpr)) else Verdict.FAILS
    numbers = f"{' → '.join(percent(share, 1) for share in tpr)} %"
    rivals = [each.evaluation.tpr or 0.0 for each in results.of_kind(kind) if len(each.pools) == 1]
    if rivals:
        numbers += f", where the best single map of the others has {percent(max(rivals), 1)} %"
    return Finding(kind, verdict, numbers)


CLAIMS = (
    Claim("PAN-CTX answers rightly more often than every other network", _most_accurate),
    Claim("Local context makes progressive attention more accurate (PAN-CTX against PAN)", _context_helps),
    Claim("PAN-CTX is less sensitive to scale than SAN and HAN, each in its worst bin of scale", _robust_to_scale),
    Claim("PAN-CTX's last map lies on the queried digit more than that of every other network (TPR)", _sharpest),
    Claim("PAN-CTX's attention closes in on the digit from layer to layer (accumulated TPR rises)", _closes_in),
)


def _ahead(kind: str, subject: Measure | None, rivals: Sequence[Measure]) -> Finding | None:
    """Whether the subject is ahead of its best rival by more than their intervals."""
    if subject is None or not rivals:
        return None
    rival = max(rivals, key=lambda each: each.share)
    if subject.interval[0] > rival.interval[1]:
        verdict = Verdict.HOLDS
    elif subject.interval[1] < rival.interval[0]:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.OPEN
    return Finding(kind, verdict, f"{percent(subject.share, 1)} % against {percent(rival.share, 1)} % of {rival.name}")


def _accuracy(result: Result) -> Measure:
    return Measure(model_title(result.model), result.evaluation.accuracy, result.evaluation.accuracy_interval)


def _tpr(result: Result) -> Measure | None:
    tpr, interval = result.evaluation.tpr, result.evaluation.tpr_interval
    return None if tpr is None or interval is None else Measure(model_title(result.model), tpr, interval)


def _worst_bin(result: Result) -> Measure:
    bins = [(each.accuracy, each.interval) for each in result.by_scale]
    known = [(accuracy, interval) for accuracy, interval in bins if accuracy is not None and interval is not None]
    return Measure(model_title(result.model), *min(known))


def _listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
