"""Claims on what the networks can fit, and what helps them to: Question 13."""

import torch
from torch import Tensor

from answerbook.claims.claim import (
    Claim,
    Finding,
    Judgement,
    Verdict,
    checked,
    claim,
    depends,
    depends_where_holds,
    derived,
    judged,
    together,
)
from answerbook.claims.differences import within
from answerbook.classification.claims.histories import (
    LATE,
    Histories,
    claim_on_runs,
    difference,
    numbers,
    percents,
    runs_of,
)
from answerbook.classification.model import MLP

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
    "The complexity of a simple MLP is insufficient for perfect training accuracy."
)
def lacks_capacity(runs: Histories) -> Judgement:
    """One network above the threshold refutes it; that there is none would prove nothing."""
    reached = runs.at_end("interpolating", "clean_train_accuracy")
    if (reached > FITTED).any():
        best = f"this network reaches {percents([reached.max()], 2)}, seed {reached.idxmax()}"
        return judged(checked(False, best))
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
        f"{change} ends at a {'higher' if higher else 'lower'} running accuracy than the baseline,"
        f" of whatever seed (mean of the last {LATE} of as many epochs).",
        domain=runs_of(experiment),
    )
    def compared(runs: Histories) -> Finding:
        return fits_better(runs, experiment, higher=higher)

    return compared


higher_rate = way("higher_rate", "A learning rate twice as large")
momentum = way("momentum", "Momentum")
wider = way("wider", "A wider network")
deeper = way("deeper", "A deeper network", higher=False)


@deeper.source("Adding more layers could increase the training accuracy.")
def deeper_could_help(runs: Histories) -> Judgement:
    """What the trial of one network shows, and what it does not."""
    finding = fits_better(runs, "deeper")
    if finding.holds:
        return judged(finding)
    return depends("with the same epochs, rate and initialisation it fails; no other was tried")


@claim_on_runs(
    "q13-convolutional",
    "A network with convolutions ends at a higher running accuracy than the baseline, and at a"
    f" higher validation accuracy, of whatever seed (means of the last {LATE} of as many epochs).",
    domain=runs_of("convolutional"),
    source="Convolutional layers can significantly enhance the processing of images, and so"
    " increase the training accuracy.",
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


@claim(
    "q13-sinusoidal",
    "With sinusoidal encodings of position as further inputs, a perceptron on images of one size"
    " computes the functions that it computes without them.",
    domain="every perceptron",
)
def encodings_are_biases(cases: int = 100, tolerance: float = 1e-10) -> Finding:
    """Networks with constant inputs p beside the pixels, and those with the bias W′p + b."""
    generator = torch.Generator().manual_seed(0)
    differences = []
    for _ in range(cases):
        n, m, k = torch.randint(1, 20, (3,), generator=generator).tolist()
        encodings = sinusoidal_encodings(m)
        encoded = MLP(n + m, [k, k], 3, generator=generator, dtype=torch.float64)
        plain = MLP(n, [k, k], 3, generator=generator, dtype=torch.float64)
        for ours, theirs in zip(plain.linears, encoded.linears, strict=True):
            ours.weight, ours.bias = theirs.weight, theirs.bias
        first, weight = plain.linears[0], encoded.linears[0].weight
        first.weight, first.bias = weight[:, :n], first.bias + weight[:, n:] @ encodings
        x = torch.randn(20, n, generator=generator, dtype=torch.float64)
        with_them = torch.cat([x, encodings.expand(20, -1)], dim=1)
        differences.append(plain.forward(x) - encoded.forward(with_them))
    evidence = f"{cases} random networks at 20 inputs each, float64"
    return derived("eq-encodings", within(differences, tolerance, evidence))


@encodings_are_biases.source(
    "Sinusoidal positional encodings can help such a network to learn fine-grained details and"
    " patterns."
)
def encodings_can_help() -> Judgement:
    """With the same functions a training may still go another way."""
    evidence = "they add no function (see the claim); what they do to the training was not tried"
    return depends_where_holds(encodings_are_biases(), evidence)


def sinusoidal_encodings(n: int) -> Tensor:
    """sin and cos of growing frequencies at growing positions: n constants, float64."""
    position, frequency = torch.arange(n, dtype=torch.float64), 2.0 ** (torch.arange(n) % 5)
    return torch.where(torch.arange(n) % 2 == 0, position.mul(frequency).sin(), position.cos())


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


@training_on.source("Perfect training accuracy often leads to poor generalisation to unseen data.")
def generalises_poorly(runs: Histories) -> Judgement:
    """By which of both measures it is so."""
    evidence = "by the accuracy it fails, by the loss it holds: see the claim"
    return depends_where_holds(training_on(runs), evidence)
