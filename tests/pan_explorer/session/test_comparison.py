"""Which networks are compared, and what they are called."""

from __future__ import annotations

from pan_explorer.state.compared import moved, renamed, with_model
from pan_explorer.values.view import Model

RUN = "/runs/mref-san-20250102-140500"


def networks() -> tuple[Model, ...]:
    models: tuple[Model, ...] = ()
    for name, network in (("mref/san", "san"), (RUN, "san"), ("mref/han", "han")):
        models = with_model(models, name, network)
    return models


def titles(models: tuple[Model, ...]) -> list[str]:
    return [model.title for model in models]


def test_equal_networks_have_their_origin_in_the_title() -> None:
    assert titles(networks()) == ["SAN", "SAN · 14:05", "HAN"]


def test_the_same_checkpoint_is_not_compared_twice() -> None:
    assert with_model(networks(), "mref/han", "han") == networks()


def test_a_title_that_tells_the_origin_follows_a_new_name() -> None:
    assert titles(renamed(networks(), RUN, "/runs/better.safetensors")) == ["SAN", "SAN · better", "HAN"]
    assert titles(renamed(networks(), "mref/han", "/runs/better")) == titles(networks())


def test_a_network_keeps_its_colour_wherever_it_is_moved() -> None:
    first, second, third = networks()
    assert moved(networks(), "mref/han", 0) == (third, first, second)
    assert moved(networks(), "mref/san", 99) == (second, third, first)


def test_a_run_is_called_by_its_hour() -> None:
    models = with_model((), "mref/san", "san")
    models = with_model(models, "/runs/mref-san-20260102-134501", "san")
    assert [model.title for model in models] == ["SAN", "SAN · 13:45"]


def test_titles_differ_though_files_or_times_are_alike() -> None:
    names = ("/old/x.safetensors", "/a/best.safetensors", "/b/best.safetensors",
             "/r/mref-san-20260101-101500", "/r/mref-san-20260102-101559", "/r/mref-san-20260102-101530")  # fmt: skip
    models = ()
    for name in names:
        models = with_model(models, name, "san")
    assert titles(models) == [
        "SAN", "SAN · best", "SAN · b/best", "SAN · 10:15", "SAN · 2026-01-02 10:15", f"SAN · {names[-1]}",
    ]  # fmt: skip
    assert titles(renamed(models, "/b/best.safetensors", "/b/x.safetensors"))[2] == "SAN · x"
