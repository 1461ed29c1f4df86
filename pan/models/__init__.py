"""The networks of the paper, and the one function that builds them by name."""

from pan.models.blocks import Layer, Output
from pan.models.build import MODELS, build_model

__all__ = ["MODELS", "Layer", "Output", "build_model"]
