"""The networks of the paper, and the one function that builds them by name."""

from pan.models.build import MODELS, build_model, context_reach, learning_shares
from pan.models.output import Layer, Output, View

__all__ = ["MODELS", "Layer", "Output", "View", "build_model", "context_reach", "learning_shares"]
