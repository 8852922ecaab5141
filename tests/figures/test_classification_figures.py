import numpy as np
import pandas as pd
import pytest
from tests.figures.figure_inputs import inputs, is_drawn, load, runs, writing

from answerbook.drawing.training_curves import ACCURACIES, LOSSES, percent
from answerbook.errors import AnswerbookError


def bands(axes):
    """Lower and upper edges of the bands in the axes, of each one row an epoch."""
    found = []
    for collection in axes.collections:
        x, y = collection.get_paths()[0].vertices.T
        found.append([(y[x == epoch].min(), y[x == epoch].max()) for epoch in np.unique(x)])
    return found


def test_training_curve_draws_the_means_over_the_seeds_of_the_experiment():
    data = runs("baseline")
    figure, table = load("training_curve_baseline").draw(pd.concat([data, runs("wider")]))
    for quantity in (*LOSSES, *ACCURACIES):
        rows = table[table["quantity"] == quantity]
        assert is_drawn(figure, rows["epoch"], rows["mean"])
        assert (rows["n"] == 3).all()
        np.testing.assert_allclose(rows["mean"], data.loc[data["seed"] == 1, quantity])
        np.testing.assert_allclose(rows["std"], 0.01 * rows["epoch"])
    late = data[data["seed"] == 1].tail(5).mean(numeric_only=True)
    for name, of in {"running": "train", "training": "clean_train", "validation": "val"}.items():
        assert f"{name} {100 * late[f'{of}_accuracy']:.1f} %" in writing(figure)
        assert f"{name} {late[f'{of}_loss']:.2f}" in writing(figure)


def test_bands_are_one_standard_deviation_to_either_side():
    figure, table = load("training_curve_baseline").draw(runs("baseline"))
    drawn = [band for axes in figure.axes for band in bands(axes)]
    for band, q in zip(drawn, (*LOSSES, *ACCURACIES), strict=True):
        rows = table[table["quantity"] == q]
        mean, std = rows["mean"], rows["std"]
        np.testing.assert_allclose(band, np.column_stack([mean - std, mean + std]))
    assert "mean ± s.d. of 3 seeds" in writing(figure)


def test_one_seed_has_no_band():
    figure, _ = load("training_curve_baseline").draw(runs("baseline", 1))
    assert all(len(axes.collections) == 0 for axes in figure.axes)
    assert "one seed" in writing(figure)


def test_on_a_logarithmic_axis_there_is_a_line_for_each_seed_and_no_band():
    data = runs("interpolating", best=0.9)
    figure, table = load("training_curve_interpolating").draw(data)
    rows = table[table["quantity"] == "val_loss"]
    for seed in range(3):
        assert (rows[f"seed {seed}"].values == data.val_loss[data.seed == seed].values).all()
        assert is_drawn(figure, rows["epoch"], rows[f"seed {seed}"])
    assert not figure.axes[0].collections
    assert "mean and each of 3 seeds" in writing(figure)


def test_interpolation_is_marked_where_it_is_reached():
    figure, _ = load("training_curve_interpolating").draw(**inputs("training_curve_interpolating"))
    assert "above 99.9 % at epoch 8" in writing(figure)
    assert figure.axes[0].get_yscale() == "log"
    figure, _ = load("training_curve_interpolating").draw(runs("interpolating", best=0.99))
    assert not any("99.9" in text for text in writing(figure))


def test_what_falls_short_of_all_is_not_rounded_up_to_it():
    assert [percent(share) for share in (0.9994, 0.9996, 1)] == ["99.9 %", "> 99.9 %", "100.0 %"]


def test_gap_is_training_less_validation_accuracy_over_the_last_epochs_in_points():
    given = inputs("generalisation_gap")
    figure, table = load("generalisation_gap").draw(**given)
    gaps = table[table["quantity"] == "gap"].set_index("experiment")["mean"]
    for name, data in given["histories"].groupby("experiment"):
        between = data["clean_train_accuracy"] - data["val_accuracy"]
        late = data["epoch"] > data["epoch"].max() - 5
        assert gaps[name] == pytest.approx(between[late].mean())
        assert f"gap {100 * gaps[name]:.1f} points".replace("-", "−") in writing(figure)
    left, right = figure.axes
    assert left.get_ylim() == right.get_ylim() and left.get_xlim() == right.get_xlim()


def test_every_way_is_drawn_at_the_baselines_seed_and_named():
    data = inputs("ways_to_fit")["histories"]
    figure, table = load("ways_to_fit").draw(data)
    labels = {"baseline": "baseline", "higher_rate": "larger rate", "momentum": "momentum"}
    labels |= {"wider": "wider", "deeper": "deeper", "convolutional": "convolutions"}
    labels |= {"interpolating": "true labels", "random_labels": "random labels"}
    for name, label in labels.items():
        rows = data[(data["experiment"] == name) & (data["seed"] == 0)]
        assert is_drawn(figure, rows["epoch"], rows["train_accuracy"])
        mean = rows["train_accuracy"].tail(5).mean()
        assert f"{label} {100 * mean:.1f} %" in writing(figure)
    assert set(table["experiment"]) == set(labels)
    assert set(table["seed"]) == {0}


def test_every_network_has_its_curve_over_the_temperature_and_a_ring_at_its_own():
    given = inputs("temperature")
    figure, _ = load("temperature").draw(**given)
    for _, rows in given["calibration"].groupby(["experiment", "seed"]):
        curve, own = rows[~rows["chosen"]], rows[rows["chosen"]]
        assert is_drawn(figure, curve["temperature"], curve["loss"])
        assert is_drawn(figure, own["temperature"], own["loss"])
    assert {"baseline", "interpolating", "augmented", "as trained"} <= writing(figure)


def test_reliability_is_over_the_images_of_all_seeds_and_leaves_out_bins_of_few():
    figure, _ = load("temperature").draw(**inputs("temperature"))
    for chosen in (0, 1):
        first, second = (4 + chosen) / 10, (7 + chosen) / 10
        accuracies = [first + 0.05, second + 0.075]  # half, and three quarters, have 0.1 more
        lines = figure.axes[1].lines
        assert sum(np.allclose(line.get_xydata()[:, 1], accuracies) for line in lines) == 3


def test_samples_are_the_crops_and_flips_that_the_table_names_of_the_framed_original():
    data = inputs("augmentation_samples")
    figure, table = load("augmentation_samples").draw(**data)
    original, *samples = figure.axes
    image = data["images"][table["index"].iloc[0]]
    padded = np.pad(image, ((0, 0), (3, 3), (3, 3)), mode="reflect")
    assert (data["labels"][table["index"]] == 2).all()  # birds
    assert list(table["sample"]) == ["original", 1, 2, 3, 4, 5, 6]
    for axes, row in zip(samples, table.iloc[1:].itertuples(), strict=True):
        crop = padded[:, row.row : row.row + 32, row.column : row.column + 32]
        crop = crop[:, :, ::-1] if row.flipped else crop
        shown = axes.images[0].get_array()[::12, ::12]
        np.testing.assert_array_equal(shown, crop.transpose(1, 2, 0))
        flipped = "flipped" if row.flipped else "not flipped"
        assert axes.get_xlabel() == f"bird, {flipped}\nrow {row.row}, column {row.column}"
    shown = original.images[0].get_array()[::12, ::12]
    np.testing.assert_array_equal(shown, padded.transpose(1, 2, 0))
    frame = original.patches[0]
    assert (*frame.get_xy(), frame.get_width(), frame.get_height()) == (3, 3, 32, 32)


def test_too_few_birds_are_a_clear_mistake():
    data = inputs("augmentation_samples") | {"labels": np.zeros(30, dtype=np.uint8)}
    with pytest.raises(AnswerbookError, match="which has 0"):
        load("augmentation_samples").draw(**data)


def test_gradients_are_sorted_by_network_and_held_against_the_tolerance():
    figure, table = load("gradient_check").draw(**inputs("gradient_check"))
    assert list(table["network"]) == ["Linear", "Linear", "ReLU"]
    assert (table["tolerance"] == 1e-10).all()
    exact, within, beyond = (line.get_xdata() for line in figure.axes[0].lines[:3])
    assert list(within) == [3e-16] and list(beyond) == [2e-9]
    assert len(exact) == 1 and exact[0] < 3e-17


def test_views_of_images_has_a_bar_for_each_network_as_long_as_its_share():
    given = inputs("views_of_images")
    figure, table = load("views_of_images").draw(**given)
    bars = [line for axes in figure.axes for line in axes.lines if line.get_linewidth() > 1]
    shares = [bar.get_xdata()[1] / 32 for bar in bars]
    by_image = table.sort_values("image", kind="stable")
    assert shares == pytest.approx(by_image["right"] / by_image["views"])
    assert [axes.get_title() for axes in figure.axes[:2]] == ["airplane", "automobile"]
