"""Figures on gradients, training and images, driven by keyboard and by pointer."""

import math
import re

import numpy as np
import yaml
from tests.report.interactive.conftest import Live, examples_of, networks, press
from tests.report.interactive.node import INTERACTIVE

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.cifar10 import CLASSES
from answerbook.classification.lines import flattened
from answerbook.classification.rounding import round_network, spectrum
from answerbook.classification.views import all_views, examples


def test_backpropagation_follows_an_entry_and_agrees_with_a_finite_difference(live):
    figure = live("backpropagation")
    said = figure.said
    assert said.startswith("L = 10. ∂L/∂W₁₂ = 4 + 4 + 4 = 12; a finite difference is off by")
    assert "as in the source, it would be 10" in said
    strands = [
        figure.find(f'path[style*="--{colour}"]').count() for colour in ("note", "warning", "tip")
    ]
    assert strands == [4, 2, 6]  # past the matrix, its second use, through it
    press(figure.find("input[type=radio]:checked"), "ArrowUp")
    assert "∂L/∂W₁₁" in figure.said
    field = figure.find("input[type=number]").first
    field.fill("-1")
    assert figure.said.startswith("L = 8. ∂L/∂W₁₁ = 0 + 0 + 0 = 0")
    assert figure.find('svg path[style*="--tip"]').count() == 0
    field.fill("")
    assert field.get_attribute("aria-invalid") == "true"
    assert figure.said.startswith("L = 8.")
    figure.find("tr.row").last.locator("input").check()
    assert "∂L/∂W₂₂ = 8 + 8 + 8 = 24" in figure.said


def test_curves_are_read_by_pointer_and_along_the_epochs(live):
    figure = live("curves")
    assert figure.said == (
        "Epoch 4, accuracy: baseline 27.0 % in training, 12.5 % in validation (mean of 2 seeds)."
    )
    others = Live(figure.page, "others").said
    assert "augmented 37.0 %" in others and "Epoch 3" in others
    figure.slide("epoch", "Home")
    assert figure.said.startswith("Epoch 1, accuracy: baseline 12.0 %")
    figure.find(".toggle", has_text="seed 1").locator("input").press("Space")
    assert "baseline 7.0 % in training, 2.5 % in validation (one seed)" in figure.said
    figure.find("select").last.select_option("running")
    figure.find("select").first.select_option("loss")
    assert "loss: baseline 1.950 in training, 1.500 in validation" in figure.said
    figure.find(".legend input").last.check()
    assert "augmented 1.750" in figure.said
    plot = figure.find("svg").first
    plot.hover(position={"x": plot.bounding_box()["width"] - 12, "y": 40})
    assert figure.said.startswith("Epoch 4, loss: baseline 1.800")
    figure.find(".legend input").first.uncheck()
    assert "Epoch 3, loss: augmented" in figure.said


def test_every_curve_has_the_colour_of_its_experiment(live):
    """Those of the page, and there is one for each that the book is to have."""
    swatches = live("curves").find(".swatch")
    shown = [s.evaluate("s => getComputedStyle(s).borderTopColor") for s in swatches.all()]
    assert shown == ["rgb(0, 114, 178)", "rgb(213, 94, 0)"]
    settings = yaml.safe_load((INTERACTIVE.parents[1] / "config/config.yaml").read_text("utf-8"))
    coloured = re.findall(r"--of-(\w+):", (INTERACTIVE / "figures.css").read_text("utf-8"))
    assert settings["experiments"].keys() <= set(coloured)


def test_augmentation_moves_its_window_and_shows_what_the_network_is_given(live):
    figure = live("augmentation")
    assert figure.said.startswith("Row 3, column 3, not flipped: one of 98")
    figure.slide("row", "Home")
    figure.find(".toggle input").press("Space")
    assert figure.said.startswith("Row 0, column 3, flipped")
    figure.drag(figure.find("canvas").first, (0.5, 0.5), (0.99, 0.99))
    assert figure.said.startswith("Row 6, column 6, flipped")
    figure.find("canvas").last.hover(position={"x": 1, "y": 1})
    assert "Pixel (0, 0)" in figure.said
    seen = set()
    for _ in range(12):
        figure.whole.get_by_role("button", name="draw").press("Enter")
        seen.add(figure.said.partition(":")[0])
    assert len(seen) > 3


def test_temperature_changes_how_sure_networks_are_and_not_how_often_they_are_right(live):
    figure = live("temperature")

    def told():
        return re.findall(r"is (\d+) % sure on average and right about (\d+) %", figure.said)

    assert figure.said.startswith("Temperature 1.00: baseline is")
    (_, right), (sure, larger_right) = told()
    figure.slide("temperature", *["ArrowRight"] * 16)
    assert figure.said.startswith("Temperature 2.00: baseline is")
    (_, same), (less_sure, larger_same) = told()
    assert (same, larger_same) == (right, larger_right) and int(less_sure) < int(sure)
    assert figure.find("tr.row").count() == 6
    assert "NaN" not in figure.whole.inner_html()


def test_the_trained_networks_name_what_the_library_says_in_every_view(live):
    figure = live("classifier")
    figure.whole.scroll_into_view_if_needed()
    figure.find(".state", has_text="rightly").wait_for()
    images, labels = examples_of()
    views = all_views(images[examples(labels)])
    typical = flattened(images)
    rounded = {name: round_network(n, typical) for name, n in networks().items()}
    named = {name: network(views).argmax(axis=-1) for name, network in rounded.items()}

    def expected(image, row, column, flip):
        view = 2 * (7 * row + column) + flip
        says = [CLASSES[classes[image, view]] for classes in named.values()]
        right = [(classes[image] == image // 2).sum() for classes in named.values()]
        return says, f"baseline names {right[0]}, augmented names {right[1]} rightly"

    for image, row, column, flip in ((0, 3, 3, 0), (3, 0, 3, 1)):
        figure.find(".thumbnails input").nth(image).check()
        if row == 0:
            figure.slide("row", "Home")
        figure.find(".toggle input").set_checked(bool(flip))
        says, counts = expected(image, row, column, flip)
        figure.find(".state", has_text=counts).wait_for()
        assert f"the baseline network says {says[0]}" in figure.said
        assert f"the augmented network says {says[1]}" in figure.said
        assert figure.find("td.chosen").count() == 2


def counted_kinks(network, start, end):
    """The library's, of a rounded network; the page has its weights in single precision."""
    weights = [np.float32(layer.levels.T * layer.step) for layer in network.layers]
    start, end = spectrum(np.stack([start, end]))[:, network.frequencies]
    biases = [layer.bias for layer in network.layers]
    return len(count_kinks(ReLUNetwork(weights, biases), start, end - start, (0, 1)))


def choose(figure, network, *ends):
    figure.find("select").select_option(label=network)
    for thumbnails, image in zip(figure.find(".thumbnails").all(), ends, strict=True):
        thumbnails.locator("input").nth(image).check()


def test_between_two_photographs_there_are_the_kinks_that_the_library_counts(live):
    figure = live("segment")
    figure.whole.scroll_into_view_if_needed()
    images, labels = examples_of()
    shown = images[examples(labels)]
    inputs, mirrored = flattened(shown), flattened(shown[:, :, :, ::-1])
    baseline, augmented = (round_network(n, flattened(images)) for n in networks().values())

    def expect(kinks, said):
        assert f"of the way from the {said}" in figure.said
        assert int(figure.find(".counts dd").first.inner_text()) == kinks > 0
        assert figure.find("path.kinks").get_attribute("d").count("M") == kinks

    figure.find(".state", has_text="From end to end").wait_for()
    choose(figure, "baseline", 1, 3)
    expect(
        counted_kinks(baseline, inputs[1], inputs[3]), "airplane to the automobile, the baseline"
    )
    most = math.prod(len(layer.bias) + 1 for layer in baseline.layers[:-1]) - 1
    assert figure.find(".counts dd").last.inner_text() == f"{most:,}"
    figure.find("select").select_option(label="augmented")
    press(figure.find(".thumbnails").first.locator("input:checked"), "ArrowRight")
    expect(
        counted_kinks(augmented, inputs[2], inputs[3]),
        "automobile to the other automobile, the augmented",
    )
    choose(figure, "augmented", 2, 2)
    expect(counted_kinks(augmented, inputs[2], mirrored[2]), "automobile to its mirror image")


def test_the_way_between_two_photographs_is_walked_and_magnified(live):
    figure = live("segment")
    figure.whole.scroll_into_view_if_needed()
    figure.find(".state", has_text="From end to end").wait_for()
    choose(figure, "baseline", 1, 3)
    images = flattened(examples_of()[0])
    logits = round_network(networks()["baseline"], images)(images)
    for key, image in (("Home", 2), ("End", 3)):
        figure.slide("way", key)
        texts = figure.find(".chances li span:nth-child(2)").all_inner_texts()
        shown = [float(text.replace("−", "-")) for text in texts]
        assert np.abs(shown - logits[image]).max() < 0.006
        named = CLASSES[logits[image].argmax()]
        assert figure.find(".chances li.on").inner_text().startswith(named)
    plot, strokes = figure.find("svg"), figure.find("path.kinks")
    every = strokes.get_attribute("d").count("M")
    width = plot.bounding_box()["width"]
    plot.hover(position={"x": 40 + (width - 44) / 4, "y": 100})
    assert figure.said.startswith("0.25")
    figure.slide("magnify", "End")
    figure.slide("way", "End")  # of the thirty-second that is seen
    assert re.match(r"0\.26[4-7] ", figure.said)
    assert (strokes.get_attribute("d") or "").count("M") < every / 4
    assert "NaN" not in figure.whole.inner_html()
