import pandas as pd
import pytest

from answerbook.approximation.constructions import attaining_network
from answerbook.approximation.kinks import count_kinks
from answerbook.approximation.narrow import best_known_network


@pytest.fixture(scope="session")
def constructions():
    """Those of width 1 and 2 up to depth 4, of width 3 to 10 up to depth 3."""
    networks = [best_known_network(k, depth) for k in (1, 2) for depth in (1, 2, 3, 4)]
    networks += [attaining_network(k, depth) for k in range(3, 11) for depth in (1, 2, 3)]
    counted = [(n.widths[0], n.depth, len(count_kinks(n))) for n in networks]
    return pd.DataFrame(counted, columns=["width", "depth", "kinks"])


@pytest.fixture(scope="session")
def random_networks():
    columns = {"width": [4, 8, 16], "depth": [1, 2, 2], "kinks": [4, 15, 33]}
    return pd.DataFrame(columns | {"initialisation": ["he", "he", "pytorch"]})


@pytest.fixture(scope="session")
def verdicts():
    """The verdicts on the claims of those names, in that order."""

    def examine(claims, *names):
        found = {claim.id: claim.verify().verdict for claim in claims if claim.id in names}
        return [found[name] for name in names]

    return examine
