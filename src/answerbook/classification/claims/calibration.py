"""Claims on how sure the networks are: Question 13, and what augmentation does to it.

They read `calibration`, the table of calibration.csv: each network at many temperatures and at its
own, which was chosen on one half of the validation images; all was measured on the other.
"""

from collections.abc import Callable

import pandas as pd

from answerbook.claims.claim import Finding, checked
from answerbook.classification.claims.histories import claim_on_runs, listed, numbers, percents

BOTH = ("baseline", "interpolating")


def as_trained(calibration: pd.DataFrame, experiment: str) -> pd.DataFrame:
    """What the networks do without a temperature, by seed."""
    rows = calibration[(calibration.experiment == experiment) & ~calibration.chosen]
    return rows[rows.temperature == 1].set_index("seed")


def scaled(calibration: pd.DataFrame, experiment: str) -> pd.DataFrame:
    """What each network does at its own temperature, by seed."""
    rows = calibration[(calibration.experiment == experiment) & calibration.chosen]
    return rows.set_index("seed")


def networks(*experiments: str) -> Callable[[pd.DataFrame], str]:
    """A claim's domain: these networks, at the seeds that all have, and the images measured on."""

    def domain(calibration: pd.DataFrame) -> str:
        seeds = (set(scaled(calibration, name).index) for name in experiments)
        named = f"{' and '.join(experiments)}, {listed(set.intersection(*seeds))}"
        return f"{named}; {calibration.images.iloc[0]:,} validation images"

    return domain


@claim_on_runs(
    "q13-temperature",
    "As trained, a network is on average more than 25 points surer than it is right. One"
    " temperature, chosen on other images, brings confidence and accuracy to within 3 points of"
    " each other and takes more than a third off the loss; the accuracy stays.",
    domain=networks(*BOTH),
)
def one_temperature_mends(calibration: pd.DataFrame) -> Finding:
    """Confidence less accuracy, and the loss, as trained and at the temperature."""
    holds, parts = True, []
    for name in BOTH:
        before, after = (of(calibration, name) for of in (as_trained, scaled))
        excess = [rows.confidence - rows.accuracy for rows in (before, after)]
        holds &= (excess[0] > 0.25).all() and (excess[1].abs() < 0.03).all()
        holds &= (after.loss < before.loss * 2 / 3).all() and before.accuracy.equals(after.accuracy)
        surer = " then ".join(numbers(100 * each, 1) for each in excess)
        parts.append(
            f"{name}, at {numbers(after.temperature)}: {surer} points surer than right, loss"
            f" {numbers(before.loss)} then {numbers(after.loss)}"
        )
    return checked(bool(holds), "; ".join(parts))


@claim_on_runs(
    "q13-scaled-loss",
    "As trained, the network that was trained on has a higher loss than the baseline of its seed;"
    " each at its own temperature, a lower one.",
    domain=networks(*BOTH),
)
def scaled_loss_is_lower(calibration: pd.DataFrame) -> Finding:
    """The loss of the interpolating networks less that of the baseline, seed by seed."""
    trained, own = (
        (of(calibration, "interpolating").loss - of(calibration, "baseline").loss).dropna()
        for of in (as_trained, scaled)
    )
    evidence = f"as trained {numbers(trained)} more, at their temperatures {numbers(own)}"
    return checked(bool((trained > 0).all() and (own < 0).all()), evidence)


@claim_on_runs(
    "q13-few-images",
    "Training on raises the mean of the loss and lowers its median; the worst tenth of the images"
    " has more than two fifths of all loss, before and after. On misclassified images the"
    " network gets surer.",
    domain=networks(*BOTH),
)
def few_images_carry_it(calibration: pd.DataFrame) -> Finding:
    """Both networks as trained, seed by seed."""
    before, after = (as_trained(calibration, name) for name in BOTH)
    before = before.loc[after.index]
    holds = (after.loss > before.loss).all() and (after.median_loss < before.median_loss).all()
    holds &= min(before.worst_tenth.min(), after.worst_tenth.min()) > 0.4
    holds &= (after.wrong_confidence > before.wrong_confidence).all()
    told = {"median": ("median_loss", numbers), "worst tenth": ("worst_tenth", percents)}
    told |= {"confidence where wrong": ("wrong_confidence", percents)}
    parts = [
        f"{name} {write(before[column])}, then {write(after[column])}"
        for name, (column, write) in told.items()
    ]
    return checked(bool(holds), "; ".join(parts))


@claim_on_runs(
    "q15-temperature",
    "The network trained on augmented images needs hardly any temperature: less than 1.25, which"
    " takes less than 2 % off its loss. That is below the loss of the other two at theirs.",
    domain=networks("augmented", *BOTH),
)
def augmented_is_honest(calibration: pd.DataFrame) -> Finding:
    """The temperature of the augmented networks, and all losses at theirs."""
    before, after = (of(calibration, "augmented") for of in (as_trained, scaled))
    others = [scaled(calibration, name).loss for name in BOTH]
    holds = (after.temperature < 1.25).all() and (after.loss > 0.98 * before.loss).all()
    holds &= after.loss.max() < min(loss.min() for loss in others)
    evidence = f"temperature {numbers(after.temperature)}; loss {numbers(before.loss, 3)}, then"
    evidence += f" {numbers(after.loss, 3)}; baseline {numbers(others[0], 3)}, interpolating"
    return checked(bool(holds), f"{evidence} {numbers(others[1], 3)}")
