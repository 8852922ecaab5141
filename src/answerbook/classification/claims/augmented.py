"""Claims on the training curve with augmentation: Question 15. Differences are paired by seed."""

import pandas as pd

from answerbook.claims.claim import Finding, Judgement, checked, depends, judged
from answerbook.classification.claims.histories import (
    Histories,
    claim_on_runs,
    difference,
    numbers,
    percents,
    runs_of,
)
from answerbook.statistics import LATE, roughness, smoother

TRAINING, VALIDATION = "clean_train_accuracy", "val_accuracy"
BOTH = runs_of("augmented", "baseline")


@claim_on_runs(
    "q15-narrower-gap",
    f"With augmentation the gap between training and validation accuracy over the last {LATE}"
    " epochs is narrower, by more than 20 points.",
    domain=BOTH,
)
def gap_is_narrower(runs: Histories) -> Finding:
    """The gaps with and without, and their difference."""
    with_it, without = runs.late_gap("augmented"), runs.late_gap("baseline")
    narrower = (with_it - without).dropna()
    evidence = f"{numbers(100 * with_it, 1)} points against {numbers(100 * without, 1)}"
    return checked(bool((narrower < -0.20).all()), f"{evidence}: {difference(narrower)}")


@gap_is_narrower.source(
    "“Narrower Gap Between Training and Validation Accuracy: Both accuracies are now hovering"
    " around 60%.”"
)
def gap_near_60(runs: Histories) -> Judgement:
    """What the source adds: where both accuracies are."""
    return judged(both_near_60(runs, gap_is_narrower(runs)))


def both_near_60(runs: Histories, finding: Finding) -> Finding:
    """The finding, and that with augmentation both accuracies are near 60 %."""
    ends = [runs.late("augmented", quantity) for quantity in (TRAINING, VALIDATION)]
    near = all(((end - 0.60).abs() < 0.06).all() for end in ends)
    evidence = f"training {percents(ends[0])}, validation {percents(ends[1])}"
    return checked(bool(near and finding.holds), evidence)


@claim_on_runs(
    "q15-running-gap",
    "With augmentation the running training accuracy lies below the validation accuracy in more"
    " than half of the epochs; the training accuracy of the network at the epoch's end in no more"
    " than one of five.",
    domain=runs_of("augmented"),
)
def running_gap(runs: Histories) -> Finding:
    """In how many epochs each training accuracy lies below the validation accuracy."""
    validation = runs.curves("augmented", VALIDATION)
    below = [
        (runs.curves("augmented", quantity) < validation).sum()
        for quantity in ("train_accuracy", TRAINING)
    ]
    n, (running, clean) = len(validation), (numbers(counts, 0) for counts in below)
    evidence = f"running below in {running} of {n} epochs, at the epoch's end in {clean}"
    return checked(bool((below[0] > n / 2).all() and (below[1] <= n / 5).all()), evidence)


@claim_on_runs(
    "q15-training-accuracy",
    f"With augmentation the training accuracy of the last {LATE} epochs is lower, by more than 20"
    " points.",
    domain=BOTH,
)
def fits_less(runs: Histories) -> Finding:
    """Training accuracy of both, and the difference."""
    with_it, without = (percents(runs.late(e, TRAINING)) for e in ("augmented", "baseline"))
    lower = runs.gain(TRAINING, "augmented")
    return checked(bool((lower < -0.20).all()), f"{with_it} against {without}: {difference(lower)}")


@fits_less.source(
    "“The training accuracy has dropped significantly compared to the earlier scenario (from about"
    " 90% to around 60%).”"
)
def drops_to_60(runs: Histories) -> Judgement:
    """What the source adds: where both accuracies are."""
    return judged(both_near_60(runs, fits_less(runs)))


@claim_on_runs(
    "q15-validation-accuracy",
    f"With augmentation the validation accuracy of the last {LATE} epochs is higher, and the"
    " validation loss is lower.",
    domain=BOTH,
    source="“This suggests that the model is generalizing better than before, where there was a"
    " significant discrepancy (training accuracy around 90% and validation accuracy around 55%).”",
)
def generalises_better(runs: Histories) -> Finding:
    """Validation by both measures."""
    accuracy, loss = (runs.gain(quantity, "augmented") for quantity in (VALIDATION, "val_loss"))
    evidence = f"accuracy {difference(accuracy)}; loss {difference(loss, scale=1, unit='nats')}"
    return checked(bool((accuracy > 0).all() and (loss < 0).all()), evidence)


@claim_on_runs(
    "q15-underfitting",
    f"With augmentation training and validation accuracy still rise over the last {LATE} epochs.",
    domain=runs_of("augmented"),
    source="“The improved generalization is at the cost of potential underfitting.”",
)
def still_rises(runs: Histories) -> Finding:
    """The slopes over the last epochs."""
    training, validation = (runs.late_slope("augmented", q) for q in (TRAINING, VALIDATION))
    evidence = f"training {numbers(100 * training)}, validation {numbers(100 * validation)}"
    holds = bool((training > 0).all() and (validation > 0).all())
    return checked(holds, f"points in an epoch: {evidence}")


@claim_on_runs(
    "q15-smoother-loss",
    "The roughness of the running training loss, by its second differences and relative to its"
    " mean decline in an epoch, is larger with augmentation.",
    domain=BOTH,
)
def rougher_for_its_decline(runs: Histories) -> Finding:
    """Whether the curve with augmentation is the rougher one, relative to its decline."""
    with_it, without = (relative_roughness(loss) for loss in losses(runs))
    evidence = f"{numbers(with_it)} times the decline against {numbers(without)}"
    return checked(bool(((with_it - without).dropna() > 0).all()), evidence)


@rougher_for_its_decline.source(
    "“The training loss curve appears smoother and more stable across epochs compared to the"
    " previous curve, which showed more fluctuation.”"
)
def smoother_by(runs: Histories) -> Judgement:
    """In how many seeds the curve is smoother, by the second differences as they are."""
    with_it, without = map(roughness, losses(runs))
    seeds = smoother(*losses(runs))
    evidence = f"{numbers(1000 * with_it, 1)} thousandths against {numbers(1000 * without, 1)}"
    evidence += f": smoother in {seeds.sum()} of {len(seeds)} seeds by the second differences"
    if seeds.any() and rougher_for_its_decline(runs).holds:
        return depends(f"{evidence}, in none relative to the decline")
    return judged(checked(bool(seeds.all()), evidence))


def losses(runs: Histories) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The running training loss with augmentation and without."""
    return runs.curves("augmented", "train_loss"), runs.curves("baseline", "train_loss")


def relative_roughness(loss: pd.DataFrame) -> pd.Series:
    """`roughness` divided by the mean decline of the loss from epoch to epoch."""
    rest = loss.iloc[len(loss) // 6 :]
    return roughness(loss) / ((rest.iloc[0] - rest.iloc[-1]) / max(1, len(rest) - 1))
