"""Claims on the baseline's training curve: Question 12."""

import math

from answerbook.claims.claim import Finding, Judgement, checked, depends_where_holds, judged
from answerbook.classification.claims.histories import (
    Histories,
    claim_on_runs,
    difference,
    numbers,
    percents,
    runs_of,
)
from answerbook.statistics import LATE

GUESSING = math.log(10)  # the loss of equal probabilities for ten classes


@claim_on_runs(
    "q12-loss-declines",
    "The running training loss falls from each epoch to the next.",
    domain=runs_of("baseline"),
    source="“The training loss shows a consistent decline …”",
)
def loss_falls(runs: Histories) -> Finding:
    """Whether every step of every seed goes down."""
    loss = runs.curves("baseline", "train_loss")
    falls = (loss.diff() < 0).sum()
    evidence = f"{numbers(loss.iloc[0])} in epoch 1, {numbers(loss.iloc[-1])} in epoch"
    evidence += f" {loss.index[-1]}; it falls in {numbers(falls, 0)} of {len(loss) - 1}"
    return checked(bool((falls == len(loss) - 1).all()), f"{evidence} steps")


@claim_on_runs(
    "q12-loss-converges",
    "The training loss has not converged at the end of the baseline: it still falls over the last"
    f" {LATE} epochs, and training on takes it to less than a tenth.",
    domain=runs_of("baseline", "interpolating"),
)
def loss_goes_on_falling(runs: Histories) -> Finding:
    """The slope at the end, and the loss after training on against that at the end."""
    slope = runs.late_slope("baseline", "train_loss")
    before, after = (runs.at_end(e, "train_loss") for e in ("baseline", "interpolating"))
    before = before[after.index]
    epochs = runs.curves("interpolating", "train_loss").index[-1]
    evidence = f"running loss, per epoch at the end: {numbers(slope, 3)}; at the end"
    evidence += f" {numbers(before)}, in epoch {epochs} {numbers(after, 4)}"
    return checked(bool((slope < 0).all() and (after < before / 10).all()), evidence)


@loss_goes_on_falling.source(
    "“… and converges in the end, indicating the model is effectively learning.”"
)
def loss_converges(runs: Histories) -> Judgement:
    """The contrary of what the book says."""
    finding = loss_goes_on_falling(runs)
    return judged(checked(finding.holds is False, finding.evidence))


@claim_on_runs(
    "q12-accuracies",
    f"Over the last {LATE} epochs the network classifies 90 % of the training images correctly, to"
    " 6 points, and 55 % of the validation images, to 4.",
    domain=runs_of("baseline"),
    source="“The training accuracy reaches approximately 90%, suggesting the success of classifying"
    " training data. … the validation accuracy … reaching 55% in the end.”",
)
def ends_near(runs: Histories) -> Finding:
    """Both accuracies of the network against the source's."""
    training, validation = (runs.late("baseline", f"{q}_accuracy") for q in ("clean_train", "val"))
    near = ((training - 0.90).abs() < 0.06).all() and ((validation - 0.55).abs() < 0.04).all()
    return checked(bool(near), f"training {percents(training)}, validation {percents(validation)}")


@claim_on_runs(
    "q12-flat-validation",
    f"From a third of the epochs to the last {LATE}, the validation accuracy moves by less than 4"
    " points, the training accuracy by more than 15.",
    domain=runs_of("baseline"),
    source="“Despite improvements in training accuracy, the validation accuracy remains relative"
    " flat and much slower …”",
)
def validation_is_flat(runs: Histories) -> Finding:
    """Both accuracies from a third of the epochs on to the mean of the last ones."""
    changes = []
    for quantity in ("val_accuracy", "clean_train_accuracy"):
        curve = runs.curves("baseline", quantity)
        epoch = max(1, curve.index[-1] // 3)
        changes.append(runs.late("baseline", quantity) - curve.loc[epoch])
    validation, training = changes
    evidence = f"since epoch {epoch}: validation {difference(validation)}; training"
    holds = (validation.abs() < 0.04).all() and (training > 0.15).all()
    return checked(bool(holds), f"{evidence} {difference(training)}")


@claim_on_runs(
    "q12-overfitting",
    f"Over the last {LATE} epochs the training accuracy is more than 30 points above the"
    " validation accuracy.",
    domain=runs_of("baseline"),
    source="“The substantial gap between high training accuracy and significantly lower validation"
    " accuracy suggests that the model is overfitting the training data.”",
)
def gap_is_wide(runs: Histories) -> Finding:
    """Training less validation accuracy of the network."""
    gap = runs.late_gap("baseline")
    return checked(bool((gap > 0.30).all()), difference(gap))


@claim_on_runs(
    "q12-validation-loss",
    "The validation loss is least in the first half of the training and then rises, over"
    rf" the last {LATE} epochs to within 15 % of $\ln 10$, the loss of guessing. The"
    " validation accuracy is then within 3 points of the best of any epoch.",
    domain=runs_of("baseline"),
)
def validation_loss_turns(runs: Histories) -> Finding:
    """Where the validation loss is least, and where both measures end."""
    loss, end = runs.curves("baseline", "val_loss"), runs.late("baseline", "val_loss")
    best = loss.idxmin()
    short = runs.curves("baseline", "val_accuracy").max() - runs.late("baseline", "val_accuracy")
    holds = (best <= loss.index[-1] / 2).all() and ((end / GUESSING - 1).abs() < 0.15).all()
    evidence = f"least in epochs {numbers(best, 0)}: {numbers(loss.min())}; at the end"
    evidence += f" {numbers(end)}, guessing {GUESSING:.2f}; accuracy {numbers(100 * short, 1)}"
    return checked(bool(holds and (short < 0.03).all()), f"{evidence} points below its best")


@validation_loss_turns.source(
    "“The model learns details and noise from the training data, therefore it can not generalize"
    " well on unseen data, as reflected by the validation accuracy.”"
)
def cannot_generalise(runs: Histories) -> Judgement:
    """By which of both measures it is so."""
    evidence = "by the validation loss it gets worse, by the accuracy it does not: see the claim"
    return depends_where_holds(validation_loss_turns(runs), evidence)


@claim_on_runs(
    "q12-jagged",
    "In the second half of the training the running accuracy rises from each epoch to the next;"
    " the training accuracy of the network at an epoch's end falls more than once.",
    domain=runs_of("baseline"),
)
def end_is_jagged(runs: Histories) -> Finding:
    """How often each training accuracy falls in the second half of the epochs."""
    accuracies = (runs.curves("baseline", f"{of}train_accuracy") for of in ("", "clean_"))
    running, clean = ((a.iloc[len(a) // 2 :].diff() < 0).sum() for a in accuracies)
    evidence = f"the running accuracy falls {numbers(running, 0)} times, at the epoch's end"
    holds = bool((running == 0).all() and (clean > 1).all())
    return checked(holds, f"{evidence} {numbers(clean, 0)} times")
