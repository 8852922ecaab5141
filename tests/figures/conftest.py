import pytest
from tests.figures.figure_inputs import NAMES, Drawn, drawn_and_saved


@pytest.fixture(scope="session", params=NAMES)
def drawn(request, tmp_path_factory) -> Drawn:
    return drawn_and_saved(request.param, tmp_path_factory.mktemp("drawn"))


@pytest.fixture(scope="session")
def again(drawn, tmp_path_factory) -> Drawn:
    return drawn_and_saved(drawn.name, tmp_path_factory.mktemp("again"))
