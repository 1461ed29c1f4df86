"""The report on scenes of digits: Tables 1a and 1b, Figures 1, 4, 6, 10 and 12."""
