"""One pass over a set of questions: how often a network is right, and how much of its attention is on the target."""

from pan.evaluation.answers import ScaleBin
from pan.evaluation.evaluate import evaluate, evaluation_precision
from pan.evaluation.results import Evaluation

__all__ = ["Evaluation", "ScaleBin", "evaluate", "evaluation_precision"]
