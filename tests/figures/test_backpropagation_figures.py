from matplotlib.colors import to_hex
from tests.figures.figure_inputs import load


def test_the_graph_has_the_values_of_every_node():
    _, table = load("backpropagation_graph").draw()
    values = dict(zip(table["node"], table["value"], strict=True))
    assert [values[f"v_{i}"] for i in (1, 2)] == [2, 4]
    assert values[r"\mathcal{L}"] == 10 == len(values) + 1


def test_the_lit_edges_are_those_by_which_the_entry_reaches_the_loss():
    script = load("backpropagation_graph")
    lit = {(start, end) for start, end, _, is_lit, _ in script._edges() if is_lit}
    assert lit == {
        ((0, 1), (1, 0)),
        ((1, 0), (2, 0)),
        ((2, 0), (3, 0)),
        ((2, 0), (3, 1)),
        ((2, 1), (3, 0)),
        ((3, 0), script.LOSS),
        ((3, 1), script.LOSS),
    }
    figure, _ = script.draw()
    coloured = [p for p in figure.axes[0].patches if to_hex(p.get_edgecolor()) == "#d55e00"]
    assert len(coloured) == len(lit) + 1  # from u₁ to v₁ there are two
