"""The summary of a run's data before it begins, in the background."""

from __future__ import annotations

from collections.abc import Generator

from pan.data.sources import Sources
from pan_explorer.background.latest_job import LatestJob


class TrainingSurvey(LatestJob):
    """Summarises the data; `found` emits a sentence."""

    def look(self, kind: str, sources: Sources) -> None:
        """Summarise these data instead of any earlier ones."""
        def work() -> Generator[str, None, None]:
            from pan.data.survey import survey  # this reads files, for which the window does not wait

            yield survey(kind, sources)

        self.look_up(work)
