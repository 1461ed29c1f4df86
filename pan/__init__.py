"""Progressive attention networks for visual attribute prediction: the science, without a window.

The names a notebook needs are in `pan.recipes` (find_recipe), `pan.training.loop` (train, resume), `pan.checkpoint`
(load_checkpoint), `pan.explain` (explain) and `pan.evaluation`.
"""
