"""The report on objects with several attributes: Table 2, Figures 8, 13 and 14."""
