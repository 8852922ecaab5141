"""Claims on what the networks can fit, and what helps them to: Question 13."""

from answerbook.claims.claim import (
    Claim,
    Finding,
    Judgement,
    Verdict,
    checked,
    depends_where_holds,
    judged,
    together,
    unseen,
)
from answerbook.classification.claims.histories import (
    Histories,
    claim_on_runs,
    difference,
    numbers,
    percents,
    runs_of,
)
from answerbook.statistics import LATE

FITTED = 0.999  # a training accuracy above this fits practically every image
NAMES = {"train_accuracy": "running", "val_accuracy": "validation"}


@claim_on_runs(
    "q13-capacity",
    "The network of Question 12, trained on, classifies more than 99.9 % of the training images"
    " correctly.",
    domain=runs_of("interpolating"),
)
def fits_the_images(runs: Histories) -> Finding:
    """At the end of every run."""
    return fits(runs, "interpolating", FITTED)


@fits_the_images.source(
    "“The model may not have achieved perfect training accuracy primarily because the complexity"
    " of a simple MLP is often insufficient to capture the intricate patterns and spatial"
    " hierarchies present in image data.”"
)
def lacks_capacity(runs: Histories) -> Judgement:
    """What a network that fits the images says of another; that none does would say nothing."""
    reached = runs.at_end("interpolating", "clean_train_accuracy")
    if (reached > FITTED).any():
        best = f"{percents([reached.max()], 2)}, seed {reached.idxmax()}"
        return unseen(
            f"of its network nothing is known, and one with accuracies like its has the capacity"
            f" ({best}), so that a want of it need not be the reason"
        )
    unknown = "the accuracy that a training reaches bounds no capacity from above"
    return judged(Finding(Verdict.UNDECIDED, unknown))


@claim_on_runs(
    "q13-random-labels",
    "The network of Question 12 also fits labels that were drawn at random: more than 97 % of"
    " them.",
    domain=runs_of("random_labels"),
)
def fits_random_labels(runs: Histories) -> Finding:
    """At the end of every run."""
    return fits(runs, "random_labels", 0.97)


def fits(runs: Histories, experiment: str, threshold: float) -> Finding:
    """Whether the network at the end of every run is above the threshold on its training labels."""
    accuracy, loss = (runs.at_end(experiment, f"clean_train_{q}") for q in ("accuracy", "loss"))
    epoch = runs.curves(experiment, "train_loss").index[-1]
    evidence = f"{percents(accuracy, 2)} in epoch {epoch}, at a loss of {numbers(loss, 4)}"
    return checked(bool((accuracy > threshold).all()), evidence)


def way(experiment: str, change: str, *, higher: bool = True) -> Claim:
    """The claim on what the experiment changes: it raises the training accuracy, or lowers it."""

    @claim_on_runs(
        f"q13-{experiment.replace('_', '-')}",
        f"{change} has a {'higher' if higher else 'lower'} running accuracy than the baseline of"
        f" whatever seed, on the mean of the last {LATE} of as many epochs.",
        domain=runs_of(experiment),
    )
    def compared(runs: Histories) -> Finding:
        return fits_better(runs, experiment, higher=higher)

    return compared


higher_rate = way("higher_rate", "A learning rate twice as large")
momentum = way("momentum", "Momentum, at a smaller rate,")
wider = way("wider", "A wider network")
deeper = way("deeper", "A deeper network", higher=False)


@deeper.source(
    "“To increase the training accuracy we could consider … Adding more layers to the MLP could"
    " help increase its capacity to learn more complex features from the data.”"
)
def deeper_could_help(runs: Histories) -> Judgement:
    """What the trial of one network shows, and what it does not."""
    finding = fits_better(runs, "deeper")
    if finding.holds:
        return judged(finding)
    return unseen("in as many epochs, at the same rate, its accuracy is lower; no other was tried")


@claim_on_runs(
    "q13-convolutional",
    "A network with convolutions has a higher running accuracy than the baseline of whatever seed,"
    f" and a higher validation accuracy, on the means of the last {LATE} of as many epochs.",
    domain=runs_of("convolutional"),
    source="“Incorporating convolutional layers can significantly enhance the model's ability to"
    " process image data by utilizing its spatial relationships.”",
)
def convolutions_help(runs: Histories) -> Finding:
    """By both accuracies."""
    return together(*(fits_better(runs, "convolutional", quantity) for quantity in NAMES))


def fits_better(
    runs: Histories, experiment: str, quantity: str = "train_accuracy", *, higher: bool = True
) -> Finding:
    """An accuracy against that of all the baseline's seeds, and less that of the same seed."""
    reached, others = (runs.late(e, quantity) for e in (experiment, "baseline"))
    holds = (reached > others.max()).all() if higher else (reached < others.min()).all()
    evidence = f"{NAMES[quantity]} {percents(reached)} against {percents(others)}"
    return checked(bool(holds), f"{evidence}: {difference(runs.gain(quantity, experiment))}")


@claim_on_runs(
    "q13-goal",
    "The network trained on augmented images fits the images more than 30 points less well than the"
    f" one that was trained on, and generalises better: over the last {LATE} epochs its validation"
    " accuracy is higher, and its validation loss is less than half.",
    domain=runs_of("augmented", "interpolating"),
    source="“Achieving perfect training accuracy is not the ultimate goal …”",
)
def fits_less_and_generalises_better(runs: Histories) -> Finding:
    """The augmented runs less the interpolating ones."""
    training, validation = (
        runs.gain(f"{of}_accuracy", "augmented", "interpolating") for of in ("clean_train", "val")
    )
    loss, other = (runs.late(e, "val_loss") for e in ("augmented", "interpolating"))
    holds = (training < -0.30).all() and (validation > 0).all() and (loss < other / 2).all()
    evidence = f"training {difference(training)}; validation {difference(validation)}; loss"
    return checked(bool(holds), f"{evidence} {numbers(loss)} against {numbers(other)}")


@claim_on_runs(
    "q13-validation",
    "Training on to more than 99.9 % of the training images raises the validation accuracy of the"
    f" last {LATE} epochs, and raises the validation loss by more than a quarter.",
    domain=runs_of("interpolating", "baseline"),
)
def training_on(runs: Histories) -> Finding:
    """Validation at the end of the interpolating runs against that at the baseline's end."""
    accuracy = runs.gain("val_accuracy", "interpolating")
    before, after = (runs.late(e, "val_loss") for e in ("baseline", "interpolating"))
    before = before[after.index]
    holds = bool((accuracy > 0).all() and (after > 1.25 * before).all())
    evidence = f"accuracy {difference(accuracy)}; loss {numbers(before)}, then {numbers(after)}"
    return checked(holds, evidence)


@training_on.source(
    "“… it often leads to overfitting, where the model learns the training data, including its"
    " noise and outliers, too well. This overfitting typically results in poor generalization to"
    " new, unseen data, making the model less effective in practical applications. Therefore, a"
    " balance between high training accuracy and the ability to generalize well is crucial for"
    " creating robust machine learning models.”"
)
def generalises_poorly(runs: Histories) -> Judgement:
    """By which of both measures it is so."""
    evidence = "by the loss it is so; by the accuracy, along this training, both rise"
    return depends_where_holds(training_on(runs), evidence)
