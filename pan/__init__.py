"""Progressive attention networks for visual attribute prediction: the science, without a window.

The names a notebook needs are in `pan.recipes.by_name` (find_recipe), `pan.training.loop` (train, resume),
`pan.checkpoints.file` (load_checkpoint), `pan.explaining.explain` (explain) and `pan.evaluation.evaluate`.
"""
