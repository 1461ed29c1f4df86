"""Visual Genome (Krishna et al., 2016): converts the official annotations to a labelled set."""

from pan.data.visual_genome.build import MISSING, Sources, Summary, build_visual_genome

__all__ = ["MISSING", "Sources", "Summary", "build_visual_genome"]
