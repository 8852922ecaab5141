"""What figures on gradients and images compute in the page, held against the library."""

import numpy as np
import pandas as pd
import pytest
import torch
from tests.report.interactive.conftest import (
    bird,
    examples_of,
    many_images,
    networks,
    scaled_networks,
)
from tests.report.interactive.node import compute

from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.network import ReLUNetwork
from answerbook.backpropagation import gradient
from answerbook.classification.calibration import halves, measures, reliability
from answerbook.classification.lines import flattened
from answerbook.classification.rounding import round_network
from answerbook.classification.views import all_views, examples
from answerbook.report.live_data import augmentation, classifier, temperature


def test_backpropagation_is_the_library_s_and_agrees_with_a_finite_difference():
    generator = torch.Generator().manual_seed(0)
    drawn = (torch.randn(300, *size, generator=generator).double() for size in ((2, 2), (2,)))
    cases = list(zip(*drawn, strict=True))
    found = compute(
        "backpropagation",
        "given.map(([W, x]) => ({ ...forward(W, x), gradient: gradient(W, x),"
        " difference: W.map((row, i) => row.map((_, j) => difference(W, x, i, j))) }))",
        [(weight.tolist(), x.tolist()) for weight, x in cases],
    )
    largest = {"loss": 0.0, "v": 0.0, "gradient": 0.0, "difference": 0.0}
    for (weight, x), here in zip(cases, found, strict=True):
        library = {
            "loss": gradient.loss(weight, x),
            "v": gradient.forward(weight, x)[1],
            "gradient": gradient.gradient_by_matrices(weight, x),
        }
        if (weight @ x).abs().min() > 2 * x.abs().max() / 64:  # no ReLU switches in between
            library["difference"] = library["gradient"]
        for name, value in library.items():
            apart = float((torch.tensor(here[name], dtype=torch.float64) - value).abs().max())
            largest[name] = max(largest[name], apart)
    assert max(largest["loss"], largest["v"], largest["gradient"]) < 1e-13
    assert 0 < largest["difference"] < 1e-9


def test_normalised_views_are_those_that_training_draws():
    data = augmentation(bird(), pd.DataFrame({"index": [0]}))
    views = [(0, 0, False), (3, 3, True), (6, 1, True), (2, 6, False)]
    found = compute(
        "augmentation", "given[1].map(view => augment(given[0], ...view))", [data, views]
    )
    exact = all_views(bird())[0].reshape(7, 7, 2, 3, 32, 32)
    for (row, column, flip), here in zip(views, found, strict=True):
        assert np.abs(np.array(here) - exact[row, column, int(flip)]).max() < 1e-6


def test_logits_in_the_page_are_those_of_the_rounded_network():
    images, labels = examples_of()
    data = classifier(networks(), images, labels, typical=images)
    found = compute(
        "classifier",
        """(async () => {
          const image = { ...given, pixels: bytes(given.pixels) };
          const all = views(given.padding).slice(0, 20);
          const networks = await Promise.all(Object.values(given.networks).map(unpack));
          return networks.map(network => given.labels.map((_, i) =>
            all.map(view => normalise(image, pixelsOf(image, i, view)))
              .map(pixels => [...logits(network, spectrum(pixels))])));
        })()""",
        data,
    )
    views = all_views(images[examples(labels)])[:, :20]
    rounded = [round_network(network, flattened(images))(views) for network in networks().values()]
    assert np.abs(np.array(found) - np.stack(rounded)).max() < 1e-5
    exact = np.stack([network(views) for network in networks().values()])
    assert np.abs(np.array(found) - exact).max() <= data["deviation"]["largest"] + 1e-5


def test_what_networks_are_worth_at_a_temperature_is_the_library_s():
    images, labels = many_images()
    data = temperature(scaled_networks(), images, labels)
    at = [0.7, 1, 3.3]
    found = compute(
        "temperature",
        """unpack(given[0]).map(network => ({
          logits: [...network.lacking].map(value => -value),
          measures: given[1].map(t => measures(network, t)),
        }))""",
        [data, at],
    )
    _, half = halves(len(labels))
    truth = labels[half][::4]
    for here, network in zip(found, scaled_networks().values(), strict=True):
        logits = np.array(here["logits"]).reshape(-1, 10)
        exact = network(flattened(images[half][::4]))
        largest = (exact.max(axis=1) - exact.min(axis=1)).max()
        assert np.abs(logits - exact + exact.max(axis=1, keepdims=True)).max() < largest / 255
        assert measures(logits, truth)["loss"] == pytest.approx(
            measures(exact, truth)["loss"], abs=data["deviation"] + 1e-12
        )
        for t, measured in zip(at, here["measures"], strict=True):
            bins = pd.DataFrame(measured.pop("bins"))
            assert measured == pytest.approx(measures(logits / t, truth), rel=1e-9)
            expected = reliability(logits / t, truth)[list(bins)]
            np.testing.assert_allclose(bins.astype(float), expected.astype(float), rtol=1e-9)


def test_kinks_and_classes_between_two_inputs_are_the_library_s():
    generator = np.random.default_rng(4)
    sizes = [(40, 5), (30, 40), (10, 30)]
    weights = [generator.normal(size=size) for size in sizes]
    network = ReLUNetwork(weights, [generator.normal(size=size[0]) for size in sizes])
    layers = [
        {"weight": weight.T.ravel().tolist(), "bias": bias.tolist()}
        for weight, bias in zip(weights, network.biases, strict=True)
    ]
    start, end = 3 * generator.normal(size=(2, 5))
    found, bands = compute(
        "segment",
        "(pieces => [kinks(pieces), bands(pieces)])(follow(...given))",
        [layers, start.tolist(), end.tolist()],
    )
    kinks = count_kinks(network, start, end - start, (0, 1))
    assert [kink["from"] for kink in found] == pytest.approx(kinks.positions, abs=1e-9)
    first = np.stack([start, end]) @ weights[0].T + network.biases[0] > 0
    assert sum(kink["layer"] == 1 for kink in found) == (first[0] != first[1]).sum()
    assert len(bands) > 2 and (bands[0]["from"], bands[-1]["to"]) == (0, 1)
    assert [band["to"] for band in bands[:-1]] == [band["from"] for band in bands[1:]]
    for band in bands:
        t = np.linspace(band["from"], band["to"], 101)[1:-1, None]
        assert (network(start + t * (end - start)).argmax(axis=1) == band["label"]).all()
