"""Progressive attention networks for visual attribute prediction: the science, without a window.

These names are for notebooks. Each is imported at its first use, so that `import pan` does not load torch:

| | |
|---|---|
| `pan.load(name_or_path)` | a trained network, with `.explain(image, query)` |
| `pan.evaluate(net, data)` | its accuracy and attention on a reference set |
| `pan.train(recipe, run)` | a training run |
| `pan.recipes()` | the names that `pan.train` accepts |
| `pan.checkpoints()` | the names that `pan.load` accepts |
| `pan.scenes(kind, count, seed)` | scenes of digits with their masks |

`pan.recipes` and `pan.checkpoints` are packages too: `from pan.recipes.recipe import Recipe` works.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes longer to import than the rest of this module
if TYPE_CHECKING:
    from pan.api.evaluating import evaluate
    from pan.api.scenes import scenes
    from pan.api.trained_network import load
    from pan.api.training import train
    from pan.checkpoints import names as checkpoints
    from pan.recipes import names as recipes

__all__ = ["checkpoints", "evaluate", "load", "recipes", "scenes", "train"]

_PLACES = {
    "checkpoints": "pan.checkpoints",
    "evaluate": "pan.api.evaluating:evaluate",
    "load": "pan.api.trained_network:load",
    "recipes": "pan.recipes",
    "scenes": "pan.api.scenes:scenes",
    "train": "pan.api.training:train",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module “pan” has no attribute “{name}”")
    from importlib import import_module

    module, _, attribute = _PLACES[name].partition(":")
    found: object = import_module(module)
    if attribute:
        found = getattr(found, attribute)
        globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
