from matplotlib.colors import to_hex
from tests.figures.figure_inputs import load

from answerbook.backpropagation.gradient import gradient_by_matrices


def test_the_graph_has_the_values_of_every_node_and_of_each_term():
    script = load("backpropagation_graph")
    _, table = script.draw()
    values = dict(zip(table["node"], table["value"], strict=True))
    assert [values[f"v_{i}"] for i in (1, 2)] == [2, 4]
    assert values[r"\mathcal{L}"] == 10
    terms = list(table["value"])[-3:]
    assert terms == [4, 4, 4]
    assert sum(terms) == gradient_by_matrices(script.WEIGHT, script.X)[script.ENTRY]


def test_each_term_has_the_edges_of_its_path_in_its_colour():
    script = load("backpropagation_graph")
    paths = {term: set() for term in script.TERMS}
    for start, end, _, terms, bend in script._edges():
        for term in terms:
            paths[term].add((start, end, bend != 0))
    first, relu = ((0, 1), (1, 0), False), ((1, 0), (2, 0), False)
    end = ((3, 0), script.LOSS, False)
    through = {((2, 0), (3, m), False) for m in (0, 1)}
    assert paths == {
        "past": {first, relu, ((2, 0), (3, 0), True), end},
        "use": {((2, 1), (3, 0), False), end},
        "through": {first, relu, *through, end, ((3, 1), script.LOSS, False)},
    }
    figure, _ = script.draw()
    for term, (colour, *_) in script.TERMS.items():
        strands = [p for p in figure.axes[0].patches if to_hex(p.get_edgecolor()) == colour.lower()]
        assert len(strands) == len(paths[term])
