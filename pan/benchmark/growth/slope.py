"""How the cost of a step grows between two sizes of a set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pan.benchmark.growth.measuring import Cost


@dataclass(frozen=True)
class Slope:
    """The same step on a small and on a large set.

    Attributes:
        small: Its cost on the small set.
        large: Its cost on the large set.
    """

    small: Cost
    large: Cost

    @property
    def ratio(self) -> float:
        """The large set's time relative to the small one's; a constant part, such as the start, makes it smaller."""
        return self.large.seconds / self.small.seconds

    @property
    def question_ms(self) -> float:
        """Milliseconds for each question that the large set has more."""
        return 1e3 * (self.large.seconds - self.small.seconds) / (self.large.questions - self.small.questions)


def find_slopes(costs: Sequence[Cost], small: int, large: int) -> Iterator[Slope]:
    """Each step that was measured with both numbers of questions."""
    for cost in costs:
        for other in costs:
            if (cost.kind, cost.step, cost.questions, other.questions) == (other.kind, other.step, small, large):
                yield Slope(cost, other)
