"""Figures: what stands in them, and that they are written whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from pan.checkpoints.file import load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import explain
from pan.figures.explanation import explanation_figure, faded, save_figure, show_cells
from pan.figures.size import set_width
from pan.models.geometry import of_pool
from pan.system.errors import InputError


@pytest.fixture
def explanations(make_checkpoint, questions):
    image = fit_image(Image.fromarray(questions.images[0]), 100)
    return [explain(load_checkpoint(str(make_checkpoint(model))), image, "3") for model in ("pan-ctx", "san", "han")]


def words(figure):
    texts = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        texts += [axes.get_title(), axes.get_xlabel(), *(text.get_text() for text in axes.texts)]
    return texts


def test_a_comparison_names_query_answer_networks_and_layers(explanations):
    texts = words(explanation_figure(explanations, "blue"))
    assert {"query: 3", "answer: blue", "PAN-CTX", "SAN", "HAN", "attention 2", "attention 4"} <= set(texts)
    assert sum(text.endswith(("✓", "✗")) for text in texts) == 5  # a layer of SAN and HAN, three of PAN-CTX


def test_a_right_answer_has_a_tick_and_a_wrong_one_a_cross(explanations):
    _, san, _ = explanations
    other = next(word for word in san.answers if word != san.answer)
    for truth, mark in ((san.answer, "✓"), (other, "✗")):
        (said,) = (text for text in words(explanation_figure([san], truth)) if text.endswith(("✓", "✗")))
        assert said.startswith(san.answer)
        assert said.endswith(mark)


def test_without_the_truth_nothing_is_judged(explanations):
    assert not any("✓" in text or "✗" in text or "answer:" in text for text in words(explanation_figure(explanations)))


def test_of_several_answers_the_most_probable_stand_beside_the_pictures(make_labelled_checkpoint, questions):
    image = fit_image(Image.fromarray(questions.images[0]), 32)
    said = explain(load_checkpoint(str(make_labelled_checkpoint("san"))), image, "dog")
    texts = words(explanation_figure([said]))
    shares = {word: f"{word} {100 * share:.0f} %" for word, share in zip(said.answers, said.probabilities, strict=True)}
    assert f"SAN: {shares.pop(said.answer)}" in texts
    assert set(shares.values()) <= set(texts)


@pytest.mark.parametrize("dpi", [50, 150])
def test_a_png_has_the_size_that_its_dpi_says(explanations, dpi, tmp_path):
    figure = explanation_figure(explanations)
    save_figure(figure, tmp_path / "figure.png", dpi)
    with Image.open(tmp_path / "figure.png") as image:
        np.testing.assert_allclose(image.size, figure.get_size_inches() * dpi, atol=1)


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_vectors_are_written(explanations, suffix, start, tmp_path):
    save_figure(explanation_figure(explanations), tmp_path / f"figure.{suffix}")
    assert (tmp_path / f"figure.{suffix}").read_bytes().startswith(start)


def test_a_pdf_has_the_fonts_that_its_words_are_written_in(explanations, tmp_path):
    save_figure(explanation_figure(explanations), tmp_path / "figure.pdf")
    assert b"/FontFile2" in (tmp_path / "figure.pdf").read_bytes()


@pytest.mark.parametrize(("name", "dpi", "sentence"), [
    ("figure.bmp", 100, "must end in one of .png, .pdf, .svg"), ("figure.png", 5, "dpi must be from 20 to 1200"),
])  # fmt: skip
def test_an_unknown_suffix_and_a_wild_dpi_are_refused(explanations, name, dpi, sentence, tmp_path):
    with pytest.raises(InputError, match=sentence):
        save_figure(explanation_figure(explanations), tmp_path / name, dpi)


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg"])
def test_a_figure_larger_than_memory_is_refused_before_it_is_drawn(explanations, suffix, tmp_path):
    figure = explanation_figure(explanations)
    set_width(figure, 100.0)
    with pytest.raises(InputError, match=r"would have 120,000 × .* choose a smaller width or fewer dots per inch"):
        save_figure(figure, tmp_path / f"figure.{suffix}", 1200)
    assert not list(tmp_path.glob("figure*"))


def test_a_full_disk_keeps_the_figure_that_was_there(explanations, tmp_path, monkeypatch):
    (tmp_path / "figure.png").write_text("the old one")
    figure = explanation_figure(explanations)

    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(figure, "savefig", full)
    with pytest.raises(InputError, match="No space left"):
        save_figure(figure, tmp_path / "figure.png")
    assert [path.read_text() for path in tmp_path.glob("figure*")] == ["the old one"]


def test_fading_keeps_the_brightest_and_blackens_the_least():
    image = np.full((100, 100, 3), 200, np.uint8)
    attention = np.linspace(0.2, 0.7, 10_000, dtype=np.float32).reshape(100, 100)
    shown = faded(image, attention)
    assert shown[0, 0].tolist() == [0, 0, 0]
    assert shown[-1, -1].tolist() == [200, 200, 200]


def test_cells_are_drawn_where_they_lie_in_the_image():
    axes = Figure().add_subplot()
    show_cells(axes, np.eye(10), of_pool(3, padding=0), 100, "gray")  # ten cells of 8 pixels, from the 7th on
    assert axes.images[0].get_extent() == [6.5, 86.5, 86.5, 6.5]
    assert (axes.get_xlim(), axes.get_ylim()) == ((-0.5, 99.5), (99.5, -0.5))
