"""Scenes of digits: MNIST Reference (MREF), with distractors (MDIST) and with photographs (MBG) (section 4.1)."""
