"""Looks at the data of a run before it begins."""

from __future__ import annotations

from collections.abc import Generator

from pan.data.sources import Sources
from pan_explorer.background.latest import Latest


class TrainingSurvey(Latest):
    """Finds what the data are, in words."""

    def look(self, kind: str, sources: Sources) -> None:
        """Look at these and at nothing else."""
        def work() -> Generator[str, None, None]:
            from pan.data.survey import survey  # this reads files, for which the window does not wait

            yield survey(kind, sources)

        self.look_up(work)
