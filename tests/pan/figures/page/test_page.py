"""The page as a file: what it may not hold, how large it is, and what is refused."""

from __future__ import annotations

import json
import re

import pytest
from PIL import Image

from pan.attention.surgery import LayerEdit, Surgery
from pan.checkpoints.file import load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import explain_queries
from pan.figures.page.writing import save_page
from pan.system.errors import InputError
from tests.pan.figures.page.conftest import explained

MOST_BYTES = 3_000_000


@pytest.fixture
def written(tmp_path):
    def written(*explanations, **about):
        save_page(explanations, tmp_path / "page.html", **about)
        return (tmp_path / "page.html").read_text(encoding="utf-8")

    return written


def test_all_queries_to_three_networks_take_less_than_three_megabytes(written, make_checkpoint, questions):
    image = fit_image(Image.fromarray(questions.images[0]), 100)
    networks = [load_checkpoint(str(make_checkpoint(model))) for model in ("pan-ctx", "pan", "han")]
    text = written(*(each for network in networks for each in explain_queries(network, image, network.task.queries)))
    assert len(text.encode()) < MOST_BYTES


def test_a_picture_is_held_once_however_many_networks_saw_it(written):
    assert written(explained("7"), explained("3"), explained("3", "san")).count("data:image/webp") == 1


def test_explanations_of_equal_pixels_stand_together_unless_their_pictures_are_named(written):
    def names(text):
        content = re.search(r'<script type="application/json" id="data">(.*?)</script>', text).group(1)
        return [picture["name"] for picture in json.loads(content)["pictures"]]

    pair = explained("7"), explained("3", level=7)
    assert names(written(*pair)) == ["picture 1", "picture 2"]
    assert names(written(*pair, pictures=("a.png", "a.png"))) == ["a.png"]


def test_two_changes_that_sound_alike_stand_apart(written):
    changes = [Surgery({"att2": LayerEdit(closed=frozenset({cell}))}) for cell in ((0, 0), (3, 3))]
    text = written(*(explained(surgery=change) for change in changes))
    assert text.count('"changed": "att2: 1 cell closed"') == 2


def test_a_name_cannot_end_the_script_or_become_a_part_of_the_page(written):
    text = written(explained(), pictures=("</script><img src=x onerror=alert(1)>",))
    assert "<img src=x" not in text


def test_the_answers_stand_in_a_table_that_needs_no_script(written):
    text = written(explained(), explained("3"), right=[("red",), ("blue",)])
    cells = [re.sub(r"\s+", " ", cell) for cell in re.findall(r"<td>(.*?)</td>", text, re.DOTALL)]
    assert cells == ["red", "red 70 % ✓", "blue", "red 70 % ✗"]


def test_an_empty_page_and_another_suffix_are_refused(tmp_path):
    with pytest.raises(InputError, match="ask a network first"):
        save_page([], tmp_path / "page.html")
    with pytest.raises(InputError, match=r"must end in \.html"):
        save_page([explained()], tmp_path / "page.htm")


def test_a_note_is_written_above_its_picture_and_holds_no_markup_of_its_own(written):
    text = written(explained("7"), pictures=["scene"], notes={"scene": "# Title\n\n> Look <script>alert(1)</script>"})
    assert "<h1>Title</h1>" in text
    assert "<blockquote>" in text
    assert "<script>alert" not in text
    assert "id=\"notes\"" not in written(explained("7"))
