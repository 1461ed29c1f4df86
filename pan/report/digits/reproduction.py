"""The reproduction of the paper's Table 1 and the explanation of its numbers, in five answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import mean

from pan.figures.palette import model_title
from pan.recipes.digits import KINDS
from pan.recipes.paper_numbers import PAPER_ACCURACY, PAPER_ORDER, PAPER_TPR
from pan.report.digits.numbers import Numbers, Regimes, find
from pan.report.digits.studies import AUTHORS_SCENES, ByScenes
from pan.report.table import percent

UNKNOWN = "it was not measured"
AS_OF_0_4 = "as implemented in version 0.4.0, which asked about the first placed digit of each training scene"
SUBJECT, RIVALS = "pan-ctx", ("san", "han")
BLIND = 0.45
"""Accuracy below which a network is not better than one that ignores the query (41 %)."""


def reproduction(trained: Regimes, scenes: ByScenes) -> list[str]:
    """Answers about the order of Table 1, its numbers, their cause, longer training, and the literal text."""
    order = f"Is the order of Table 1 reproduced by the authors' regime{_budget(trained.authors)}?"
    return [
        f"{order} {_joined(_orders(trained.authors))}",
        f"Are its numbers reproduced? {_joined(_distances(trained.authors))}",
        f"Did the paper's networks lack images or questions? {_cause(scenes)}",
        f"Do SAN and HAN reach the paper's PAN-CTX with our training? {_joined(_well_trained(trained.here))}",
        f"What does the paper's literal text give? {_literal(trained.literal)}",
    ]


def _budget(authors: Sequence[Numbers]) -> str:
    counts = sorted({each.recipe.optimization.questions for each in authors})
    if not counts:
        return ""
    told = " to ".join(f"{count:,}" for count in dict.fromkeys((counts[0], counts[-1])))
    return f" ({told} questions; the released code trains with up to 9,000,000)"


def _joined(parts: Iterator[str]) -> str:
    return _sentence("; ".join(parts) or UNKNOWN)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _accuracies(numbers: Sequence[Numbers], kind: str) -> dict[str, float]:
    """Accuracies of the paper's networks on a kind, in the paper's order, in percent."""
    found = ((model, find(numbers, kind, model)) for model in PAPER_ORDER)
    return {model: 100 * share for model, each in found if each and (share := each.share("accuracy")[0]) is not None}


def _orders(authors: Sequence[Numbers]) -> Iterator[str]:
    for kind in KINDS:
        ours = _accuracies(authors, kind)
        if len(ours) < 2:
            continue
        paper = {model: PAPER_ACCURACY[f"{kind}/{model}"] for model in ours}
        pairs = list(combinations(ours, 2))
        kept = sum((ours[one] > ours[other]) == (paper[one] > paper[other]) for one, other in pairs)
        verdict = "it does" if kept == len(pairs) else f"in {kept} of {len(pairs)} pairs of networks"
        yield f"on {kind.upper()} {verdict} ({_ranked(ours)}; the paper: {_ranked(paper)})"


def _ranked(accuracies: dict[str, float]) -> str:
    ranked = sorted(accuracies, key=lambda model: -accuracies[model])
    return " > ".join(f"{model_title(model)} {accuracies[model]:.1f}" for model in ranked)


def _distances(authors: Sequence[Numbers]) -> Iterator[str]:
    """Differences of accuracy and TPR from the paper's, in points."""
    for kind in KINDS:
        off = {model: ours - PAPER_ACCURACY[f"{kind}/{model}"] for model, ours in _accuracies(authors, kind).items()}
        if not off:
            continue
        most = max(off, key=lambda model: abs(off[model]))
        text = (
            f"on {kind.upper()} accuracies are {mean(map(abs, off.values())):.1f} points from the paper's on average, "
            f"at most {abs(off[most]):.1f} ({model_title(most)}, {'above' if off[most] > 0 else 'below'})"
        )
        attended = [100 * share - PAPER_TPR[f"{kind}/{each.model}"] for each in authors
                    if each.kind == kind and (share := each.share("tpr")[0]) is not None]  # fmt: skip
        yield text + (f", TPR {mean(map(abs, attended)):.1f}" if attended else "")


def _cause(scenes: ByScenes) -> str:
    """The lead of PAN-CTX over its better rival with the paper's number of scenes and with the most."""
    rivals = [scenes[model] for model in RIVALS if model in scenes]
    own = scenes.get(SUBJECT, {})
    shared = sorted(count for count in own if rivals and all(count in each for each in rivals))
    if len(shared) < 2:
        return _sentence(UNKNOWN)
    best = {count: max(_accuracy(each[count]) for each in rivals) for count in shared}
    leads = {count: _accuracy(own[count]) - best[count] for count in shared}
    few, many = AUTHORS_SCENES if AUTHORS_SCENES in shared else shared[0], shared[-1]
    told = ", ".join(f"{leads[count]:+.1f} with {count:,}" for count in shared)
    gained = best[many] - best[few]
    cause = "images" if gained > 0 and leads[many] < leads[few] / 2 else "not images alone"
    return _sentence(
        f"{cause}: at equal questions the better of SAN and HAN goes from {best[few]:.1f} % with {few:,} scenes to "
        f"{best[many]:.1f} % with {many:,}, and PAN-CTX is ahead of it by {told} scenes (points)"
    )


def _accuracy(numbers: Numbers) -> float:
    return 100 * (numbers.share("accuracy")[0] or 0.0)


def _well_trained(here: Sequence[Numbers]) -> Iterator[str]:
    for kind in KINDS:
        ours = _accuracies(here, kind)
        rivals = {model: ours[model] for model in RIVALS if model in ours}
        if not rivals:
            continue
        paper = PAPER_ACCURACY[f"{kind}/{SUBJECT}"]
        above = [model for model, share in rivals.items() if share > paper]
        own = f", our PAN-CTX {ours[SUBJECT]:.1f}" if SUBJECT in ours else ""
        told = "both are" if len(above) == len(rivals) == 2 else f"{len(above)} of {len(rivals)} is"
        yield f"on {kind.upper()} {told} above the paper's PAN-CTX of {paper:.1f} % ({_ranked(rivals)}{own})"


def _literal(literal: Sequence[Numbers]) -> str:
    known = [each for each in literal if each.share("accuracy")[0] is not None]
    if not known:
        return _sentence(UNKNOWN)
    blind = [f"{model_title(each.model)} on {each.kind.upper()} ({percent(each.share('accuracy')[0], 1)} %)"
             for each in known if (each.share("accuracy")[0] or 0.0) < BLIND]  # fmt: skip
    best = max(known, key=_accuracy)
    old = f", {AS_OF_0_4}" if any(each.measured_by_0_4 for each in known) else ""
    budget = max(each.recipe.optimization.questions for each in known)
    guessing = (
        f"{len(blind)} of {len(known)} trainings are no better than a query-blind guess: {', '.join(blind)}" if blind
        else "all trainings are better than a query-blind guess"
    )  # fmt: skip
    return _sentence(
        f"with {budget:,} questions{old}, {guessing}; the best is {model_title(best.model)} on {best.kind.upper()} "
        f"with {_accuracy(best):.1f} %"
    )
