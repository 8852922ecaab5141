"""Claims on how sure the networks are: Question 13, and what augmentation does to it.

They read `calibration`, the table of calibration.csv: each network at many temperatures and at its
own, which was chosen on one half of the validation images; all was measured on the other.
"""

from collections.abc import Callable

import pandas as pd

from answerbook.claims.claim import Finding, checked
from answerbook.classification.claims.histories import at_seeds, claim_on_runs, numbers, percents

BOTH = ("baseline", "interpolating")


def states(calibration: pd.DataFrame, experiment: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the networks do as trained, and each at its own temperature, by seed."""
    rows = calibration[calibration.experiment == experiment].set_index("seed")
    return rows[~rows.chosen & (rows.temperature == 1)], rows[rows.chosen]


def networks(*experiments: str) -> Callable[[pd.DataFrame], str]:
    """A claim's domain: these networks, at the seeds that all have, and the images measured on."""
    images = "{}; {:,} validation images"
    return lambda calibration: images.format(
        at_seeds(calibration, *experiments), calibration.images.iloc[0]
    )


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
        before, after = states(calibration, name)
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
    pairs = zip(*(states(calibration, name) for name in BOTH), strict=True)
    trained, own = ((after.loss - before.loss).dropna() for before, after in pairs)
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
    before, after = (states(calibration, name)[0] for name in BOTH)
    before = before.loc[after.index]
    holds = (after.loss > before.loss).all() and (after.median_loss < before.median_loss).all()
    holds &= min(before.worst_tenth.min(), after.worst_tenth.min()) > 0.4
    holds &= (after.wrong_confidence > before.wrong_confidence).all()
    evidence = f"median {numbers(before.median_loss)}, then {numbers(after.median_loss)}; worst"
    evidence += f" tenth {percents(before.worst_tenth)}, then {percents(after.worst_tenth)};"
    evidence += f" confidence where wrong {percents(before.wrong_confidence)}, then"
    return checked(bool(holds), f"{evidence} {percents(after.wrong_confidence)}")


@claim_on_runs(
    "q15-temperature",
    "The network trained on augmented images needs hardly any temperature: less than 1.25, which"
    " takes less than 2 % off its loss. That is below the loss of the other two at theirs.",
    domain=networks("augmented", *BOTH),
)
def augmented_is_honest(calibration: pd.DataFrame) -> Finding:
    """The temperature of the augmented networks, and all losses at theirs."""
    before, after = states(calibration, "augmented")
    others = [states(calibration, name)[1].loss for name in BOTH]
    holds = (after.temperature < 1.25).all() and (after.loss > 0.98 * before.loss).all()
    holds &= after.loss.max() < min(loss.min() for loss in others)
    evidence = f"temperature {numbers(after.temperature)}; loss {numbers(before.loss, 3)}, then"
    evidence += f" {numbers(after.loss, 3)}; baseline {numbers(others[0], 3)}, interpolating"
    return checked(bool(holds), f"{evidence} {numbers(others[1], 3)}")
