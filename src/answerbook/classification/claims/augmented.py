"""Claims on the training curve with augmentation: Question 15."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from answerbook.claims.claim import Claim, Finding, Judgement, checked, depends, judged
from answerbook.classification.claims.histories import (
    LATE,
    Histories,
    difference,
    numbers,
    paired,
    percents,
)
from answerbook.statistics import roughness

Measure = Callable[[pd.DataFrame], pd.Series]
TRAINING, VALIDATION = "clean_train_accuracy", "val_accuracy"


def claims(runs: Histories) -> list[Claim]:
    """The claims in the book's order. Differences are paired by seed."""
    Paired = partial(Claim, domain=runs.domain("augmented", "baseline"))
    return [
        Paired(
            "q15-narrower-gap",
            "With augmentation the gap between training and validation accuracy over the last"
            f" {LATE} epochs is narrower, by more than 20 points.",
            lambda: gap_is_narrower(runs),
            source_statement="The gap is narrower: both accuracies hover around 60 %.",
            judge_source=lambda: judged(both_near(runs, gap_is_narrower(runs))),
        ),
        Claim(
            "q15-running-gap",
            "With augmentation the running training accuracy lies below the validation accuracy in"
            " more than half of the epochs; the training accuracy of the network at the epoch's end"
            " in no more than one of five.",
            lambda: running_gap(runs),
            domain=runs.domain("augmented"),
        ),
        Paired(
            "q15-training-accuracy",
            "With augmentation the training accuracy of the last"
            f" {LATE} epochs is lower, by more than 20 points.",
            lambda: fits_less(runs),
            source_statement="The training accuracy drops from about 90 % to around 60 %.",
            judge_source=lambda: judged(both_near(runs, fits_less(runs))),
        ),
        Paired(
            "q15-validation-accuracy",
            f"With augmentation the validation accuracy of the last {LATE} epochs is higher, and"
            " the validation loss is lower.",
            lambda: generalises_better(runs),
            source_statement="The model generalises better than before.",
        ),
        Claim(
            "q15-underfitting",
            f"With augmentation training and validation accuracy still rise over the last {LATE}"
            " epochs.",
            lambda: still_rises(runs),
            domain=runs.domain("augmented"),
            source_statement="The better generalisation comes at the cost of potential"
            " underfitting.",
        ),
        Paired(
            "q15-smoother-loss",
            "The roughness of the running training loss, by its second differences and relative to"
            " its mean decline in an epoch, is larger with augmentation.",
            lambda: relative_smoothness(runs),
            source_statement="The training loss curve appears smoother with augmentation.",
            judge_source=lambda: smoother_by(runs),
        ),
    ]


def gap(runs: Histories, experiment: str) -> pd.Series:
    """Training less validation accuracy of the network over the last epochs, by seed."""
    return runs.late(experiment, TRAINING) - runs.late(experiment, VALIDATION)


def gap_is_narrower(runs: Histories) -> Finding:
    """The gaps with and without, and their difference."""
    with_it, without = gap(runs, "augmented"), gap(runs, "baseline")
    narrower = paired(with_it, without)
    evidence = f"{numbers(100 * with_it, 1)} points against {numbers(100 * without, 1)}"
    return checked(bool((narrower < -0.20).all()), f"{evidence}: {difference(narrower)}")


def both_near(runs: Histories, finding: Finding) -> Finding:
    """What the source adds to the finding: with augmentation both accuracies near 60 %."""
    ends = [runs.late("augmented", quantity) for quantity in (TRAINING, VALIDATION)]
    near = all(((end - 0.60).abs() < 0.06).all() for end in ends)
    evidence = f"training {percents(ends[0])}, validation {percents(ends[1])}"
    return checked(bool(near and finding.holds), evidence)


def running_gap(runs: Histories) -> Finding:
    """In how many epochs each training accuracy lies below the validation accuracy."""
    validation = runs.curves("augmented", VALIDATION)
    below = [
        (runs.curves("augmented", quantity) < validation).sum()
        for quantity in ("train_accuracy", TRAINING)
    ]
    running, clean = (numbers(counts, 0) for counts in below)
    holds = bool((below[0] > len(validation) / 2).all() and (below[1] <= len(validation) / 5).all())
    evidence = f"running below in {running} of {len(validation)} epochs, at the epoch's end"
    return checked(holds, f"{evidence} in {clean}")


def fits_less(runs: Histories) -> Finding:
    """Training accuracy of both, and the difference."""
    with_it, without = (runs.late(e, TRAINING) for e in ("augmented", "baseline"))
    lower = paired(with_it, without)
    evidence = f"{percents(with_it)} against {percents(without)}: {difference(lower)}"
    return checked(bool((lower < -0.20).all()), evidence)


def generalises_better(runs: Histories) -> Finding:
    """Validation by both measures."""
    accuracy, loss = (
        paired(*(runs.late(e, quantity) for e in ("augmented", "baseline")))
        for quantity in (VALIDATION, "val_loss")
    )
    told = f"accuracy {difference(accuracy)}; loss {difference(loss, scale=1, unit='nats')}"
    return checked(bool((accuracy > 0).all() and (loss < 0).all()), told)


def still_rises(runs: Histories) -> Finding:
    """The slopes over the last epochs."""
    training, validation = (runs.late_slope("augmented", q) for q in (TRAINING, VALIDATION))
    evidence = f"points in an epoch: training {numbers(100 * training)}, validation"
    holds = bool((training > 0).all() and (validation > 0).all())
    return checked(holds, f"{evidence} {numbers(100 * validation)}")


def both_trainings(runs: Histories, measure: Measure) -> tuple[pd.Series, pd.Series]:
    """The measure of the running loss with augmentation and without, by seed."""
    with_it, without = (measure(runs.curves(e, "train_loss")) for e in ("augmented", "baseline"))
    return with_it, without


def relative_smoothness(runs: Histories) -> Finding:
    """Whether the curve with augmentation is the rougher one, relative to its decline."""
    with_it, without = both_trainings(runs, relative_roughness)
    evidence = f"{numbers(with_it)} times the decline against {numbers(without)}"
    return checked(bool((paired(with_it, without) > 0).all()), evidence)


def smoother_by(runs: Histories) -> Judgement:
    """In how many seeds the curve is smoother, by the second differences as they are."""
    with_it, without = both_trainings(runs, roughness)
    smoother = paired(with_it, without) < 0
    told = f"{numbers(1000 * with_it, 1)} thousandths against {numbers(1000 * without, 1)}"
    told += f": smoother in {smoother.sum()} of {len(smoother)} seeds by the second differences"
    if smoother.any() and relative_smoothness(runs).holds:
        return depends(f"{told}, in none relative to the decline")
    return judged(checked(bool(smoother.all()), told))


def relative_roughness(loss: pd.DataFrame) -> pd.Series:
    """The same, divided by the mean decline of the loss from epoch to epoch."""
    rest = loss.iloc[len(loss) // 6 :]
    return roughness(loss) / ((rest.iloc[0] - rest.iloc[-1]) / max(1, len(rest) - 1))
