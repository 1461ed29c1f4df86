"""The form of dataclasses: a field a line, help from the docstring, and only what was changed as a change."""

from dataclasses import dataclass
from typing import Literal

import pytest

from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import FIELDS, GROUPS, Recipe
from pan_explorer.widgets.recipe_form import DataclassForm, as_text, field_helps


@dataclass(frozen=True)
class Cake:
    """What to bake.

    Attributes:
        layers: How many
            there are.
        sweet: With sugar.
        oven: Which heat.
        temperature: In degrees.
        fillings: From below.
    """

    layers: int = 2
    sweet: bool = True
    oven: Literal["fan", "grill"] = "fan"
    temperature: float = 180.0
    fillings: tuple[int, ...] = (1, 2)


@pytest.fixture
def form(qtbot) -> DataclassForm:
    form = DataclassForm([{"Cake": Cake}])
    qtbot.addWidget(form)
    form.set_values(vars(Cake()))
    return form


def test_a_new_form_has_no_changed_fields(form) -> None:
    assert form.changes() == {}


def test_each_kind_of_field_is_edited_as_text(form, qtbot) -> None:
    typed = {"layers": "3", "sweet": "false", "oven": "grill", "temperature": "200.5", "fillings": "1,3"}
    with qtbot.waitSignal(form.edited):
        for name, text in typed.items():
            form.set_text(name, text)
    assert form.changes() == typed


def test_a_field_set_back_is_no_change(form) -> None:
    form.set_text("layers", "3")
    form.set_text("layers", "2")
    assert form.changes() == {}


def test_a_form_marks_fields_that_differ_from_the_default(form) -> None:
    form.change_to(vars(Cake(layers=5)))
    assert form.changes() == {"layers": "5"}


def test_fields_chosen_elsewhere_are_left_out(qtbot) -> None:
    form = DataclassForm([{"": Cake}], without=("layers",))
    qtbot.addWidget(form)
    form.set_values(vars(Cake(layers=5)))
    assert form.changes() == {}


@pytest.mark.parametrize(("value", "text"), [(180.0, "180"), (1e-05, "1e-05"), (0.123456789, "0.123456789")])
def test_a_number_is_shown_with_all_its_digits(form, value: float, text: str) -> None:
    form.set_values(vars(Cake(temperature=value)))
    form.change_to(vars(Cake()))
    assert as_text(value) == text
    form.change_to(vars(Cake(temperature=value)))
    assert form.changes() == {}
    assert float(form._editors["temperature"].text()) == value


def test_help_comes_from_the_docstring() -> None:
    helps = field_helps(Cake.__doc__)
    assert helps["layers"] == "How many there are."
    assert helps["fillings"] == "From below."


def test_every_field_of_a_recipe_has_help() -> None:
    helps = set().union(*(field_helps(group.__doc__) for group in (Recipe, *GROUPS.values())))
    assert helps - set(GROUPS) == set(FIELDS)


def test_texts_of_a_recipe_are_read_back_as_they_were() -> None:
    recipe = find_recipe("mref/pan-ctx", "standard")
    assert recipe.with_settings({name: as_text(value) for name, value in recipe.to_json().items()}) == recipe
