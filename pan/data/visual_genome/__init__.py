"""Visual Genome (Krishna et al., 2016): from its official annotations to a set of questions with several answers."""

from pan.data.visual_genome.build import MISSING, Sources, Summary, build_visual_genome

__all__ = ["MISSING", "Sources", "Summary", "build_visual_genome"]
