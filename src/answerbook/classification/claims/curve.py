"""Claims on the baseline's training curve: Question 12."""

import math
from functools import partial

import pandas as pd

from answerbook.claims.claim import Claim, Finding, Judgement, checked, depends, judged
from answerbook.classification.claims.histories import (
    LATE,
    at_end,
    curves,
    domain,
    late,
    late_slope,
    numbers,
    percents,
)

GUESSING = math.log(10)  # the loss of equal probabilities for ten classes


def claims(runs: pd.DataFrame) -> list[Claim]:
    """The claims in the book's order, on the runs of the baseline; see `histories`."""
    Baseline = partial(Claim, domain=domain(runs, "baseline"))
    return [
        Baseline(
            "q12-loss-declines",
            "The running training loss falls from each epoch to the next.",
            lambda: loss_falls(runs),
            source_statement="The training loss shows a consistent decline.",
        ),
        Claim(
            "q12-loss-converges",
            "The training loss has not converged at the end of the baseline: it still falls over"
            f" the last {LATE} epochs, and training on takes it to less than a tenth.",
            lambda: loss_goes_on_falling(runs),
            domain=domain(runs, "baseline", "interpolating"),
            source_statement="The training loss converges in the end.",
            judge_source=lambda: opposite(loss_goes_on_falling(runs)),
        ),
        Baseline(
            "q12-accuracies",
            "At the end the network classifies 90 % of the training images correctly, to 6 points,"
            " and 55 % of the validation images, to 3.",
            lambda: ends_near(runs),
            source_statement="The training accuracy reaches approximately 90 %, the validation"
            " accuracy 55 %.",
        ),
        Baseline(
            "q12-flat-validation",
            f"From a third of the epochs to the last {LATE}, the validation accuracy moves by less"
            " than 3 points, the training accuracy by more than 20.",
            lambda: validation_is_flat(runs),
            source_statement="The validation accuracy remains relatively flat.",
        ),
        Baseline(
            "q12-overfitting",
            "At the end the training accuracy is more than 30 points above the validation"
            " accuracy.",
            lambda: gap_is_wide(runs),
            source_statement="The substantial gap suggests that the model overfits.",
        ),
        Baseline(
            "q12-validation-loss",
            "The validation loss is least in the first half of the training and then rises, to"
            r" within 10 % of $\ln 10$, the loss of guessing. The validation accuracy of the last"
            f" {LATE} epochs is within 2 points of the best of any epoch.",
            lambda: validation_loss_turns(runs),
            source_statement="The model cannot generalise well on unseen data.",
            judge_source=lambda: in_one_sense(validation_loss_turns(runs)),
        ),
        Baseline(
            "q12-jagged",
            f"Over the last {LATE} epochs the accuracy of the network at an epoch's end ranges over"
            " more points, on the same training images, than the whole rise of the running figure.",
            lambda: end_is_jagged(runs),
        ),
    ]


def opposite(finding: Finding) -> Judgement:
    """The judgement of a source that says the contrary of what the finding is on."""
    return judged(checked(finding.holds is False, finding.evidence))


def in_one_sense(finding: Finding) -> Judgement:
    """The source's statement depends on the measure where ours, of two measures, holds."""
    by = "by the loss it fails to, by the accuracy it does not get worse"
    return depends(f"{by}: see the claim") if finding.holds else judged(finding)


def loss_falls(runs: pd.DataFrame) -> Finding:
    """Whether every step of every seed goes down."""
    loss = curves(runs, "baseline", "train_loss")
    falls = (loss.diff().dropna() < 0).sum()
    evidence = f"{numbers(loss.iloc[0])} in epoch 1, {numbers(loss.iloc[-1])} in epoch"
    evidence += f" {loss.index[-1]}; it falls in {', '.join(map(str, falls))} of {len(loss) - 1}"
    return checked(bool((falls == len(loss) - 1).all()), f"{evidence} steps")


def loss_goes_on_falling(runs: pd.DataFrame) -> Finding:
    """The slope at the end, and the loss after training on against that at the end."""
    slope = late_slope(runs, "baseline", "train_loss")
    before, after = (at_end(runs, e, "train_loss") for e in ("baseline", "interpolating"))
    before = before[after.index]
    epochs = curves(runs, "interpolating", "train_loss").index[-1]
    evidence = f"running loss, per epoch at the end: {numbers(slope, 3)}; at the end"
    evidence += f" {numbers(before)}, in epoch {epochs} {numbers(after, 4)}"
    return checked(bool((slope < 0).all() and (after < before / 10).all()), evidence)


def ends_near(runs: pd.DataFrame) -> Finding:
    """Both accuracies of the network at the end against the source's."""
    training, validation = (
        at_end(runs, "baseline", q) for q in ("clean_train_accuracy", "val_accuracy")
    )
    near = ((training - 0.90).abs() < 0.06).all() and ((validation - 0.55).abs() < 0.03).all()
    return checked(bool(near), f"training {percents(training)}, validation {percents(validation)}")


def validation_is_flat(runs: pd.DataFrame) -> Finding:
    """Both accuracies from a third of the epochs on to the mean of the last ones."""
    changes = []
    for quantity in ("val_accuracy", "clean_train_accuracy"):
        curve = curves(runs, "baseline", quantity)
        epoch = max(1, curve.index[-1] // 3)
        changes.append(late(runs, "baseline", quantity) - curve.loc[epoch])
    validation, training = changes
    evidence = f"since epoch {epoch}: validation {percents(validation)} of the images, training"
    holds = (validation.abs() < 0.03).all() and (training > 0.20).all()
    return checked(bool(holds), f"{evidence} {percents(training)}")


def gap_is_wide(runs: pd.DataFrame) -> Finding:
    """Training less validation accuracy of the network in the last epoch."""
    gap = at_end(runs, "baseline", "clean_train_accuracy") - at_end(
        runs, "baseline", "val_accuracy"
    )
    return checked(bool((gap > 0.30).all()), f"{numbers(100 * gap, 1)} points")


def validation_loss_turns(runs: pd.DataFrame) -> Finding:
    """Where the validation loss is least, and where both measures end."""
    loss = curves(runs, "baseline", "val_loss")
    best, end = loss.idxmin(), loss.iloc[-1]
    short = curves(runs, "baseline", "val_accuracy").max() - late(runs, "baseline", "val_accuracy")
    holds = (best <= loss.index[-1] / 2).all() and ((end / GUESSING - 1).abs() < 0.10).all()
    evidence = f"least in epochs {', '.join(map(str, best))}: {numbers(loss.min())}; at the end"
    evidence += f" {numbers(end)}, guessing {GUESSING:.2f}; accuracy {numbers(100 * short, 1)}"
    return checked(bool(holds and (short < 0.02).all()), f"{evidence} points below its best")


def end_is_jagged(runs: pd.DataFrame) -> Finding:
    """The range of the clean accuracy over the last epochs, on the images of every epoch."""
    clean, running = (
        curves(runs, "baseline", q).tail(LATE) for q in ("clean_train_accuracy", "train_accuracy")
    )
    ranges, rise = clean.max() - clean.min(), running.max() - running.min()
    evidence = f"{numbers(100 * ranges, 1)} points, running {numbers(100 * rise, 1)}"
    return checked(bool((ranges > rise).all()), evidence)
