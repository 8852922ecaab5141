"""Claims on the trained networks' histories: Questions 12, 13 and 15.

`runs` is one table of all histories: the columns of history.csv, with `experiment` and `seed`.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from answerbook.claims.claim import Claim, Finding, Verdict, checked, judged, measured
from answerbook.statistics import mean_and_spread, rank_sum_p, roughness, two_proportion_z

FITTED = 0.999  # a training accuracy above this fits practically every image


def claims(runs: pd.DataFrame, training_images: int, validation_images: int) -> list[Claim]:
    """The claims in the book's order; both counts are of images in the data set."""
    last = runs.sort_values("epoch").groupby(["experiment", "seed"]).tail(1)
    last = last.assign(gap=last.train_accuracy - last.val_accuracy)  # as a fraction
    names = "baseline", "augmented", "interpolating"
    baseline, augmented, fitted = (last[last.experiment == name] for name in names)
    interpolating = runs[runs.experiment == "interpolating"]
    both = f"{named(augmented)}; {named(baseline)}"
    return [
        Claim(
            "q12-loss-declines",
            "The baseline's training loss, from the first epoch to the last, and the share of"
            " steps from one epoch to the next in which it fell.",
            lambda: loss_steps(runs[runs.experiment == "baseline"]),
            domain="the runs named",
            source_statement="The training loss declines consistently and converges in the end.",
        ),
        Claim(
            "q12-training-accuracy",
            "Training and validation accuracy of the baseline after its last epoch.",
            lambda: measured(
                f"training {percent(baseline.train_accuracy)}, validation"
                f" {percent(baseline.val_accuracy)} ({named(baseline)})"
            ),
            domain="the runs named",
            source_statement="Training accuracy reaches about 90 %, validation accuracy 55 %.",
        ),
        Claim(
            "q12-overfitting",
            "The gap between the baseline's training and validation accuracy at the last epoch;"
            " two-proportion $z$-test in each run.",
            lambda: overfitting(baseline, training_images, validation_images),
            domain="the runs named",
            source_statement="The gap suggests that the model overfits the training data.",
        ),
        Claim(
            "q13-capacity",
            "The same network, trained on, classifies practically all training images correctly:"
            f" training accuracy above {FITTED} after the last epoch.",
            lambda: fits_in_the_end(fitted),
            domain="the runs named",
            source_statement="A simple MLP lacks the capacity for perfect training accuracy.",
            judge_source=lambda: judged(lacks_capacity(interpolating)),
        ),
        Claim(
            "q13-validation",
            "What the longer training did to validation accuracy: from the epoch at which the"
            " baseline ends to the last.",
            lambda: longer_training(interpolating, int(baseline.epoch.max())),
            domain="the runs named",
            source_statement="Perfect training accuracy typically results in poor generalisation.",
        ),
        Claim(
            "q15-narrower-gap",
            "The gap between training and validation accuracy at the last epoch, with augmentation"
            " and without; exact rank-sum test.",
            lambda: with_augmentation(augmented.gap, baseline.gap, both, unit="points"),
            domain="the runs named",
            source_statement="The gap is narrower: both accuracies are around 60 %.",
        ),
        Claim(
            "q15-training-accuracy",
            "Training accuracy at the last epoch, with augmentation and without; exact rank-sum"
            " test.",
            lambda: with_augmentation(augmented.train_accuracy, baseline.train_accuracy, both),
            domain="the runs named",
            source_statement="Training accuracy drops from about 90 % to around 60 %.",
        ),
        Claim(
            "q15-validation-accuracy",
            "Validation accuracy at the last epoch, with augmentation and without; exact rank-sum"
            " test.",
            lambda: with_augmentation(
                augmented.val_accuracy, baseline.val_accuracy, both, lower=False
            ),
            domain="the runs named",
            source_statement="The model generalises better than before.",
        ),
        Claim(
            "q15-smoother-loss",
            "The roughness of the training loss over the epochs, with augmentation and without:"
            " the standard deviation of its second difference, which is blind to a linear trend,"
            " with the first sixth of the epochs left out.",
            lambda: smoothness(runs, both),
            domain="the runs named",
            source_statement="The training loss curve is smoother with augmentation.",
        ),
    ]


def loss_steps(runs: pd.DataFrame) -> Finding:
    """First and last loss, and how often it fell."""
    losses = [run.sort_values("epoch").train_loss.to_numpy() for _, run in runs.groupby("seed")]
    steps = np.concatenate([np.diff(loss) for loss in losses])
    first, last = (mean_and_spread([loss[i] for loss in losses], 3) for i in (0, -1))
    fell = f"it fell in {(steps < 0).sum()} of {len(steps)} steps"
    return measured(f"{first} in epoch 1, {last} in epoch {len(losses[0])}; {fell} ({named(runs)})")


def overfitting(last: pd.DataFrame, training_images: int, validation_images: int) -> Finding:
    """The gap in percentage points, and the least z of the runs."""
    z = min(
        two_proportion_z(p, training_images, q, validation_images)
        for p, q in zip(last.train_accuracy, last.val_accuracy, strict=True)
    )
    return measured(
        f"gap {mean_and_spread(100 * last.gap)} points ({named(last)}); z at least {z:.1f} in each"
        f" run, {training_images:,} and {validation_images:,} images"
    )


def fits_in_the_end(last: pd.DataFrame) -> Finding:
    """Whether the last epoch of every run is above the threshold."""
    evidence = f"{percent(last.train_accuracy, 3)} in epoch {last.epoch.max()} ({named(last)})"
    return checked(bool((last.train_accuracy > FITTED).all()), evidence)


def lacks_capacity(runs: pd.DataFrame) -> Finding:
    """An epoch of a run above the threshold refutes it; that there is none would prove nothing."""
    reached = runs[runs.train_accuracy > FITTED].sort_values("epoch")
    if reached.empty:
        best = f"training accuracy at most {percent([runs.train_accuracy.max()], 2)}"
        return Finding(Verdict.UNDECIDED, f"{best}, which says nothing of capacity ({named(runs)})")
    first = reached.iloc[0]
    found = f"the run interpolating, seed {first.seed}, reaches"
    found += f" {percent([first.train_accuracy], 2)} training accuracy in epoch {first.epoch}"
    return Finding(Verdict.REFUTED, found)


def longer_training(runs: pd.DataFrame, epoch: int) -> Finding:
    """Validation accuracy at `epoch`, if there were as many, and at the last epoch."""
    last = runs.epoch.max()
    epoch = min(epoch, last)
    then, now = (percent(runs[runs.epoch == e].val_accuracy) for e in (epoch, last))
    return measured(f"{then} in epoch {epoch}, {now} in epoch {last} ({named(runs)})")


def with_augmentation(
    augmented: ArrayLike, baseline: ArrayLike, runs: str, *, unit: str = "%", lower: bool = True
) -> Finding:
    """Fractions, times 100, with the test that those with augmentation are the lower ones.

    runs: their names. Without `lower` the test is that those with augmentation are the higher ones.
    """
    p = rank_sum_p(augmented, baseline) if lower else rank_sum_p(baseline, augmented)
    with_it, without = (mean_and_spread(100 * np.asarray(x)) for x in (augmented, baseline))
    return measured(
        f"{with_it} {unit} with augmentation, {without} {unit} without; one-sided p = {p:.2g}"
        f" ({runs})"
    )


def smoothness(runs: pd.DataFrame, both: str) -> Finding:
    """Roughness of both experiments in thousandths of the loss's unit, and the test as above."""
    augmented, baseline = (
        [10 * roughness(run) for _, run in runs[runs.experiment == name].groupby("seed")]
        for name in ("augmented", "baseline")
    )
    if np.isnan([*augmented, *baseline]).any():
        return measured("the runs have too few epochs for a second difference")
    return with_augmentation(augmented, baseline, both, unit="thousandths")


def percent(fractions: ArrayLike, digits: int = 1) -> str:
    """ "93.4 ± 0.2 %" """
    return f"{mean_and_spread(100 * np.asarray(fractions), digits)} %"


def named(runs: pd.DataFrame) -> str:
    """ "baseline, seeds 0, 1, 2": the runs in the table, which are of one experiment."""
    return f"{runs.experiment.iloc[0]}, {listed(runs.seed)}"


def listed(seeds: Iterable[int]) -> str:
    """ "seeds 0, 1, 2", whatever their order and however often each is there."""
    each = sorted(set(seeds))
    return f"{'seed' if len(each) == 1 else 'seeds'} {', '.join(map(str, each))}"
