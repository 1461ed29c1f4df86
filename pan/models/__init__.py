"""The networks of the paper, and the one function that builds them by name."""

from pan.models.blocks import Layer, Output, View
from pan.models.build import MODELS, build_model, learning_shares

__all__ = ["MODELS", "Layer", "Output", "View", "build_model", "learning_shares"]
