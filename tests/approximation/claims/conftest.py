import pandas as pd
import pytest

from answerbook.approximation.claims import CLAIMS
from answerbook.approximation.constructions import attaining_network, best_known_network
from answerbook.approximation.kinks import count_kinks
from answerbook.claims.claim import given


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
def inputs(random_networks, constructions):
    """All that the chapter's claims read."""
    return {"random_networks": random_networks, "constructions": constructions}


@pytest.fixture(scope="session")
def verdicts(inputs):
    """The verdicts on the claims of those names, in that order, where some inputs are others."""
    claims = {claim.id: claim for claim in CLAIMS}

    def examine(*names, **others):
        return [given(claims[name].verify, inputs | others).verdict for name in names]

    return examine
