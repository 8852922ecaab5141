"""Each figure's script, and small data for it."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

SCRIPTS = Path(__file__).parents[2] / "figures"
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.py"))
EPOCHS = 8  # more than those that a mean is over


def load(name: str):
    """The script of a figure as a module, whatever the working directory."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def runs(experiment: str, seeds: int = 3, best: float = 0.9) -> pd.DataFrame:
    """Histories whose mean training accuracy ends at `best`; they are 0.01 an epoch apart."""
    epoch = np.arange(1, EPOCHS + 1)
    means = {
        "train_loss": 2.0 / epoch,
        "train_accuracy": np.linspace(0.2, best - 0.05, EPOCHS),
        "clean_train_loss": 1.9 / epoch,
        "clean_train_accuracy": np.linspace(0.3, best, EPOCHS),
        "val_loss": 1 + epoch / 5,
        "val_accuracy": np.linspace(0.35, 0.55, EPOCHS),
    }
    apart = [0.01 * epoch * (seed - (seeds - 1) / 2) for seed in range(seeds)]
    histories = [pd.DataFrame(means).add(by, axis=0) for by in apart]
    named = {"experiment": experiment, "epoch": epoch}
    return pd.concat(h.assign(seed=seed, **named) for seed, h in enumerate(histories))


def ways() -> pd.DataFrame:
    """A short run of each of the experiments of Question 13, and one seed more of the baseline."""
    script = load("ways_to_fit")
    each = [runs("baseline", 2), *(runs(name, 1) for name in [*script.WAYS, *script.LONGER])]
    epoch = np.arange(1, EPOCHS + 1)
    accuracies = [0.1 + 0.02 * epoch * (i + 1) / EPOCHS for i in range(len(each))]
    return pd.concat(
        one.assign(train_accuracy=np.resize(accuracy, len(one)))
        for one, accuracy in zip(each, accuracies, strict=True)
    )


def lines(*experiments: str) -> pd.DataFrame:
    generator = np.random.default_rng(0)
    rows = [
        (experiment, "6-4", seed, kind, line, int(generator.integers(2, 12)))
        for experiment in experiments or ("untrained", "baseline", "augmented")
        for seed in (0, 1)
        for kind in ("same class", "different class", "flipped", "random")
        for line in range(5)
    ]
    return pd.DataFrame(rows, columns=["experiment", "widths", "seed", "kind", "line", "kinks"])


def calibration() -> pd.DataFrame:
    """Losses that are least at each experiment's own temperature, of two seeds."""
    own = {"baseline": 3.3, "interpolating": 5.2, "augmented": 1.1}
    rows = [
        (experiment, seed, temperature, chosen, 1.2 + seed / 10 + np.log(temperature / best) ** 2)
        for experiment, best in own.items()
        for seed in (0, 1)
        for temperature, chosen in ((0.5, False), (1, False), (8, False), (best, True))
    ]
    return pd.DataFrame(rows, columns=["experiment", "seed", "temperature", "chosen", "loss"])


def reliability() -> pd.DataFrame:
    """Three bins of each network, the last of few images."""
    rows = [
        (experiment, seed, chosen, at, images, (at + 0.5) / 10, (at + chosen + seed) / 10)
        for experiment in ("baseline", "interpolating", "augmented")
        for chosen in (False, True)
        for seed in (0, 1)
        for at, images in ((4, 300), (7, 100 + 200 * seed), (8, 20))
    ]
    columns = ["experiment", "seed", "chosen", "bin", "images", "confidence", "accuracy"]
    return pd.DataFrame(rows, columns=columns)


def regions() -> dict:
    """A square cut into 8 × 8 smaller ones, two classes."""
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    polygons = [((corners + np.array([i, j])) / 8).tolist() for i in range(8) for j in range(8)]
    return {
        "polygons": polygons,
        "classes": ["cat" if polygon[0][0] < 0.5 else "ship" for polygon in polygons],
        "points": [[0.2, 0.2], [0.8, 0.2], [0.5, 0.8]],
        "labels": ["cat", "ship", "ship"],
        "predicted": ["cat", "ship", "cat"],
    }


def networks(sizes: list[tuple[int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(sizes, columns=["width", "depth", "kinks"])


def inputs(name: str) -> dict:
    """What the `draw` of the figure is called with."""
    generator = np.random.default_rng(0)
    return {
        "training_curve_baseline": lambda: {"histories": runs("baseline")},
        "training_curve_augmented": lambda: {"histories": runs("augmented", best=0.56)},
        "training_curve_interpolating": lambda: {"histories": runs("interpolating", 1, best=1.0)},
        "generalisation_gap": lambda: {
            "histories": pd.concat([runs("baseline"), runs("augmented", best=0.56)])
        },
        "ways_to_fit": lambda: {"histories": ways()},
        "augmentation_samples": lambda: {
            "images": generator.integers(0, 256, (30, 3, 32, 32), dtype=np.uint8),
            "labels": np.arange(30, dtype=np.uint8) % 10,
        },
        "views_of_images": lambda: {
            "views": pd.DataFrame(
                [
                    (experiment, 0, image, image % 10, 7 * image % 99, 98)
                    for experiment in ("baseline", "augmented")
                    for image in range(12)
                ],
                columns=["experiment", "seed", "image", "label", "right", "views"],
            ),
            "images": generator.integers(0, 256, (12, 3, 32, 32), dtype=np.uint8),
        },
        "gradient_check": lambda: {
            "gradients": pd.DataFrame(
                {
                    "network": ["Linear", "ReLU", "Linear"],
                    "quantity": ["weight", "input", "bias"],
                    "referee": "autograd",
                    "difference": [3e-16, 0.0, 2e-9],
                }
            )
        },
        "kinks_bounds": lambda: {
            "random": networks([(8, 2, 15), (8, 4, 30), (16, 4, 66)]),
            "constructions": networks([(2, 2, 5), (3, 1, 3), (3, 2, 15), (10, 2, 120)]),
        },
        "temperature": lambda: {"calibration": calibration(), "reliability": reliability()},
        "kinks_along_lines": lambda: {"lines": lines()},
        "kink_changes": lambda: {
            "lines": lines("untrained", "baseline", "augmented", "interpolating")
        },
        "linear_regions": lambda: {"regions": regions()},
    }.get(name, dict)()


def is_drawn(figure: Figure, x, y) -> bool:
    """Whether some line of the figure goes through exactly these points."""
    lines = [line.get_xydata() for axes in figure.axes for line in axes.lines]
    return any(np.array_equal(line, np.column_stack([x, y])) for line in lines)


def writing(figure: Figure) -> set[str]:
    """Every text written into the panels of the figure."""
    return {text.get_text() for axes in figure.axes for text in axes.texts}
