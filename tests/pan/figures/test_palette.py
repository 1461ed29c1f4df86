"""The colours of networks, in figures as in the window."""

from __future__ import annotations

from pan.figures.palette import MODEL_COLOURS, OKABE_ITO, distinct_colour


def test_a_network_wears_the_colour_it_has_in_figures() -> None:
    for model, colour in MODEL_COLOURS.items():
        assert distinct_colour(model, []) == colour


def test_no_two_networks_wear_one_colour_as_long_as_there_are_enough() -> None:
    taken: list[str] = []
    for _ in OKABE_ITO:
        taken.append(distinct_colour("san", taken))
    assert len(set(taken)) == len(OKABE_ITO)
    assert distinct_colour("san", taken) in OKABE_ITO
