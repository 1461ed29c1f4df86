"""The report as one page: pictures inside, tables as tables, and nothing that leads to a file beside it."""

from __future__ import annotations

import pytest
from PIL import Image

from pan.report.page.writing import write_report_page

REPORT = """\
# Networks, measured

See [the paper](https://arxiv.org/abs/1606.02393), and <script>alert(1)</script>.

## Tables

| network | right, % |
| :--- | ---: |
| SAN | 97.62 ± 0.41 |

[As a picture: PNG](table.png), [PDF](table.pdf)

## Figures & more

![Figure 6a](figure.png)

**Figure 6a.** Accuracy over scale. [PDF](figure.pdf)
"""


@pytest.fixture
def page(tmp_path):
    Image.new("RGB", (3, 2)).save(tmp_path / "figure.png")
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    page = write_report_page(tmp_path / "report.md")
    assert page == tmp_path / "report.html"
    return page.read_text(encoding="utf-8")


def test_pictures_are_in_the_page_and_say_what_they_show(page):
    assert 'src="data:image/png;base64,' in page
    assert 'alt="Figure 6a"' in page
    assert "figure.png" not in page


def test_tables_are_tables_with_their_numbers_to_the_right(page):
    assert '<td style="text-align:right">97.62 ± 0.41</td>' in page


def test_links_to_other_files_are_left_out_of_the_page(page):
    assert ".pdf" not in page
    assert "As a picture" not in page
    assert "Accuracy over scale." in page
    assert '<a href="https://arxiv.org/abs/1606.02393">the paper</a>' in page


def test_chapters_are_reached_from_the_top(page):
    assert '<a href="#chapter-2">Figures &amp; more</a>' in page
    assert '<h2 id="chapter-2">Figures &amp; more</h2>' in page
    assert "<title>Networks, measured</title>" in page


def test_text_stays_text(page):
    assert "&lt;script&gt;alert(1)" in page
