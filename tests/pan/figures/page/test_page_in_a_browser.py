"""The page as its reader meets it: keys, pointer, what is seen and what is said, in a real browser."""

from __future__ import annotations

import numpy as np
import pytest

from pan.attention.surgery import LayerEdit, Surgery
from pan.models.geometry import ReceptiveField
from tests.pan.figures.page.conftest import SIZE, explained, layer

pytestmark = pytest.mark.xdist_group("browser")  # one is started for all

LEFT, RIGHT, HOME, END, SHIFT = "\ue012", "\ue014", "\ue011", "\ue010", "\ue008"


def at_pixels(layer, *, smooth):
    """A layer's map at the pixels, written from where its cells' centres lie."""
    cells = len(layer.attention)
    centres = layer.field.start + layer.field.stride * np.arange(cells) + layer.field.size / 2
    middles = np.arange(SIZE) + 0.5
    if not smooth:
        nearest = np.abs(middles[:, None] - centres).argmin(1)
        return layer.attention[np.ix_(nearest, nearest)]
    columns = np.array([np.interp(middles, centres, row) for row in layer.attention])
    return np.array([np.interp(middles, centres, column) for column in columns.T]).T


def value(page):
    text = page.texts(".value b")[0].replace(" · 10⁻", "e-")
    return float(text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def test_the_page_makes_no_requests_and_logs_no_errors(show):
    page = show(explained(), explained(model="san"))
    for key in ("h", "n", "a", LEFT, LEFT):
        page.press(key)
    page.point(3, 4)
    assert page.texts(".title") == ["PAN-CTX", "SAN"]
    assert page.requests() == []
    assert page.console() == []


def test_arrow_keys_step_through_the_layers_and_stop_at_the_ends(show):
    page = show(explained())
    seen = []
    for key in (RIGHT, LEFT, LEFT, LEFT, RIGHT, END, HOME):
        page.press(key)
        seen.append(page.texts(".stops .here")[0])
    assert seen == ["att2", "att1", "input", "input", "att1", "att2", "input"]
    assert page.all("#step")[0].get_attribute("aria-valuetext") == "the picture alone"


def test_the_slider_and_the_film_go_to_a_layer_too(show):
    page = show(explained())
    page.all("#step")[0].send_keys(LEFT)
    assert page.texts(".stops .here") == ["att1"]
    page.all(".frame")[1].click()
    assert page.texts(".stops .here") == ["att2"]
    assert page.all("#step")[0].get_property("value") == "2"


def test_playing_ends_at_the_last_layer(show):
    page = show(explained())
    page.press(" ")
    assert page.texts(".stops .here") == ["input"]
    page.browser.implicitly_wait(10)
    try:
        assert page.browser.find_element("css selector", ".stops .here:last-child").text == "att2"
        assert page.browser.find_element("css selector", "#play[aria-label=Play]")
    finally:
        page.browser.implicitly_wait(0)


@pytest.mark.parametrize("smooth", [True, False])
def test_the_value_under_the_pointer_is_the_product_of_the_maps_there(show, smooth):
    said = explained()
    page = show(said)
    if not smooth:
        page.press("n")
    own = [at_pixels(layer, smooth=smooth) for layer in said.layers]
    for x, y in ((0, 0), (7, 8), (15, 3), (10, 15)):
        page.point(x, y)
        assert f"x {x}, y {y}" in page.texts(".value")[0]
        assert value(page) == pytest.approx(own[0][y, x] * own[1][y, x], rel=0.06)  # two digits are told
        page.press("a")
        assert value(page) == pytest.approx(own[1][y, x], rel=0.06)
        page.press("a")


def test_the_pointer_is_seen_on_every_network(show):
    page = show(explained(), explained(model="han"))
    page.point(5, 6)
    assert [text[:8] for text in page.texts(".value")] == ["x 5, y 6"] * 2


def test_shift_and_arrows_move_the_pointer_without_a_mouse(show):
    page = show(explained())
    page.browser.execute_script("document.querySelector('.view').focus()")
    page.press(SHIFT, RIGHT)
    page.press(SHIFT, RIGHT)
    assert page.texts(".value")[0].startswith(f"x {SIZE // 2 + 2}, y {SIZE // 2}")
    assert page.texts(".stops .here") == ["att2"]


def test_unattended_places_are_darkened_and_the_most_attended_is_left_as_it_is(show):
    page = show(explained())
    assert max(page.colour(0, 0)) < 80
    assert min(page.colour(15, 15)) > 190


def test_brightness_follows_the_square_root_of_attention(show):
    quarter = layer("att1", [[0.25, 1], [1, 1]], ReceptiveField(8, 8, 0))
    page = show(explained(layers=(quarter,)))
    assert page.colour(0, 0) == pytest.approx([200 * (1 - 0.9 / 2)] * 3, abs=3)


def test_the_heat_map_ends_in_the_brightest_colour_of_the_map(show):
    page = show(explained(level=0))
    page.press("h")
    red, green, blue = page.colour(15, 15)
    assert (red, green, blue) == pytest.approx((252 * 0.65, 255 * 0.65, 164 * 0.65), abs=6)


def test_at_the_input_the_picture_is_left_as_it_is(show):
    page = show(explained())
    page.press(HOME)
    assert page.colour(0, 0) == [200, 200, 200]
    assert page.texts(".answer") == ["no answer here"]


def test_each_layer_shows_the_answer_after_it(show):
    page = show(explained())
    assert page.texts(".said") == ["blue", "red"]
    assert page.texts(".answer") == ["red 70 %"]
    page.press(LEFT)
    assert page.texts(".answer") == ["blue 60 %"]
    assert page.texts(".share") == ["10.0 %", "30.0 %", "60.0 %"]


def test_a_network_without_attention_at_a_layer_shows_the_picture_and_says_so(show):
    whole = explained()
    page = show(whole, explained(model="san", layers=whole.layers[1:]))
    page.press(LEFT)
    assert page.texts(".note") == ["", "no attention at this layer"]
    assert page.colour(0, 0, 1) == [200, 200, 200]


def test_the_key_of_a_digit_chooses_the_query_and_the_answer_is_said_aloud(show):
    page = show(explained("7"), explained("3", probabilities=(0.0, 0.1, 0.9)))
    page.press("3")
    assert page.texts(".answer") == ["blue 90 %"]
    assert page.all("#spoken")[0].get_property("textContent") == "3, att2. PAN-CTX: blue 90 %"


def test_each_picture_has_its_own_queries_and_a_network_may_not_have_been_asked(show):
    page = show(explained("7"), explained("3", level=90), explained("3", "san", level=90), pictures=("a", "b", "b"))
    assert page.texts("#queries label") == ["7"]
    assert page.texts(".note") == ["", "not asked about this"]
    page.choose("picture", 1)
    assert page.texts("#queries label") == ["3"]
    assert page.texts("#about") == [f"b, {SIZE} × {SIZE} pixels"]
    assert min(page.colour(15, 15)) > 80
    assert page.console() == []


def test_the_right_answer_is_marked_by_more_than_colour(show):
    page = show(explained(), right=[("green",)])
    assert [text.replace("\n", " ") for text in page.texts(".right")] == ["green✓ (right) 20.0 %"]


def test_what_was_changed_is_told_and_drawn_where_it_was(show):
    closed = Surgery({"att2": LayerEdit(closed=frozenset({(0, 0)}))})
    page = show(explained(), explained(surgery=closed))
    assert page.texts(".name") == ["mref/pan-ctx", "mref/pan-ctx, changed"]
    assert page.texts(".changed") == ["", "Changed: att2: 1 cell closed"]
    assert max(page.colour(1, 1, 1)) > max(page.colour(1, 1, 0)) + 100


def test_light_or_dark_follows_the_system_until_the_button_is_pressed(show):
    ground = "return getComputedStyle(document.body).backgroundColor"
    page = show(explained(), dark=True)
    dark = page.browser.execute_script(ground)
    page.all("#theme")[0].click()
    light = page.browser.execute_script(ground)
    assert light != dark
    assert show(explained()).browser.execute_script(ground) == light


@pytest.mark.parametrize("width", [320, 390, 1280, 3840])
def test_nothing_is_wider_than_the_screen(show, width):
    networks = ("pan-ctx", "san", "han", "pan", "stn-m")
    page = show(*(explained(query, model) for model in networks for query in "0123456789"), width=width)
    assert page.browser.execute_script("return document.documentElement.scrollWidth") == width
    for each in page.all(".controls label, .view, #play, .answers li"):
        frame = each.rect
        assert frame["x"] >= 0
        assert frame["x"] + frame["width"] <= width


def test_every_control_has_a_name(show):
    page = show(explained("7"), explained("3"), explained("3", level=9))
    for each in page.all("button, input, canvas.view"):
        assert each.accessible_name, each.get_attribute("outerHTML")


def test_a_note_is_seen_with_its_picture_and_so_are_only_the_networks_asked_about_it(show):
    page = show(explained(level=100), explained(model="san", level=200), pictures=["one", "two"],
                notes={"one": "# First", "two": "# Second"})
    assert (page.texts("#notes h1"), page.texts(".title")) == (["First", ""], ["PAN-CTX", ""])
    page.choose("picture", 1)
    assert (page.texts("#notes h1"), page.texts(".title")) == (["", "Second"], ["", "SAN"])
