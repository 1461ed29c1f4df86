"""An explanation for notebooks: it shows itself as a picture, and saves itself to files."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from os import PathLike
from pathlib import Path

from matplotlib.figure import Figure

from pan.explaining.explain import Explanation, LayerExplanation
from pan.explaining.maps_npz import SUFFIX as ARRAYS
from pan.explaining.maps_npz import save_maps
from pan.figures.explanation import SUFFIXES as FIGURES
from pan.figures.explanation import explanation_figure, save_figure
from pan.figures.page.writing import SUFFIX as PAGE
from pan.figures.page.writing import save_page
from pan.system.errors import InputError

NOTEBOOK_DPI = 110


@dataclass(frozen=True, eq=False, repr=False)
class ShownExplanation(Explanation):
    """What `TrainedNetwork.explain` returns: an `Explanation` that draws and saves itself.

    `explanation["att2"]` is a layer, with `.attention` (one value per cell), `.accumulated` (at the network's input
    size) and `.probabilities`.
    """

    def __getitem__(self, layer: str) -> LayerExplanation:
        """The attended layer of that name.

        Raises:
            KeyError: If the network has no attention at that layer.
        """
        found = self.layer(layer)
        if found is None:
            raise KeyError(f"{layer}; {self.model} attends at {', '.join(self._names()) or 'no layer'}")
        return found

    def figure(self) -> Figure:
        """The layers side by side, as in Fig. 10.

        The upper row shows the image faded by the accumulated attention, the lower row that attention itself,
        rescaled to [0, 1].
        """
        return explanation_figure([self])

    def save(self, path: str | PathLike[str]) -> None:
        """Save in the format of the suffix: `.npz` the maps, `.html` a page, `.png`, `.pdf`, `.svg` the figure.

        Raises:
            InputError: If the suffix is unknown, or the file cannot be written.
        """
        file = Path(path)
        match file.suffix.lower():
            case suffix if suffix == ARRAYS:
                save_maps(file, [self])
            case suffix if suffix == PAGE:
                save_page([self], file)
            case suffix if suffix in FIGURES:
                save_figure(self.figure(), file)
            case _:
                raise InputError(f"{file} must end in one of {', '.join((ARRAYS, PAGE, *FIGURES))}.")

    def __repr__(self) -> str:
        layers = f", {', '.join(self._names())}" if self.layers else ""
        changed = f", changed {self.surgery.in_words()}" if self.surgery else ""
        return f"<{self.checkpoint}: {self.query} → {self.answer} {self.probabilities.max():.0%}{layers}{changed}>"

    def _names(self) -> list[str]:
        return [layer.name for layer in self.layers]

    def _repr_png_(self) -> bytes:
        drawn = BytesIO()
        self.figure().savefig(drawn, format="png", dpi=NOTEBOOK_DPI, facecolor="white")
        return drawn.getvalue()
