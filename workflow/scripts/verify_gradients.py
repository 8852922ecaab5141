"""Hold every hand-written gradient against autograd and finite differences; fail if one differs."""

from collections.abc import Sequence

import pandas as pd
import torch

from answerbook.backpropagation import TOLERANCE
from answerbook.backpropagation.layers import CrossEntropyLoss
from answerbook.backpropagation.verification import (
    STEP_TOLERANCE,
    verify_convolution,
    verify_layers,
    verify_network,
    verify_question_8,
)
from answerbook.cifar10 import CHANNELS, CLASSES, SIZE
from answerbook.classification.model import MLP
from answerbook.errors import AnswerbookError
from answerbook.jobs.files import replacing
from answerbook.jobs.logs import logged_to


def verify(*, widths: Sequence[int], dimensions: list[int], seed: int) -> pd.DataFrame:
    """One row for each gradient: what, with respect to what, its distance from both referees."""
    generator = torch.Generator().manual_seed(seed)
    b, in_features, classes = 32, CHANNELS * SIZE**2, len(CLASSES)
    model = MLP(in_features, widths, classes, generator=generator, dtype=torch.float64)
    x = torch.randn(b, in_features, generator=generator, dtype=torch.float64)
    target = torch.randint(classes, (b,), generator=generator)
    criterion = CrossEntropyLoss()
    criterion.forward(model.forward(x), target)
    model.backward(criterion.backward())
    rows = [
        *verify_layers(generator),
        *verify_convolution(generator),
        *verify_question_8(generator, dimensions),
        *verify_network(model.parameters(), model.gradients(), x, target),
    ]
    columns = ["network", "quantity", "difference", "slope_difference"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(2, "referee", "autograd")
    return table


def check(table: pd.DataFrame) -> None:
    """Raise `AnswerbookError` naming the gradients that differ by more than the tolerances."""
    right = (table.difference <= TOLERANCE) & (table.slope_difference <= STEP_TOLERANCE)
    wrong = table[~right]
    if len(wrong):
        raise AnswerbookError(
            f"these hand-written gradients differ from autograd's by more than {TOLERANCE:g}, or"
            f" from finite differences by more than {STEP_TOLERANCE:g}:\n"
            f"{wrong.to_string(index=False)}\n"
            "Look at src/answerbook/backpropagation/."
        )


if __name__ == "__main__":
    with logged_to(snakemake.log[0]) as logger:
        torch.set_num_threads(snakemake.threads)
        params = snakemake.params
        gradients = verify(widths=params.widths, dimensions=params.dimensions, seed=params.seed)
        logger.info("\n%s", gradients.to_string(index=False))
        check(gradients)
        with replacing(snakemake.output.gradients) as path:
            gradients.to_csv(path, index=False)
