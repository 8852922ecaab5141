import runpy
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from answerbook.approximation.bounds import source_bound, tight_bound
from answerbook.approximation.network import ReLUNetwork
from answerbook.classification.contrasts import KINDS

SCRIPTS = Path(__file__).parents[2] / "workflow" / "scripts"


def test_random_networks_make_one_row_each_the_same_every_time():
    count = runpy.run_path(SCRIPTS / "count_random_networks.py")["count"]
    table = count([4, 8], [1, 3], [0, 1, 2])
    assert list(table) == ["initialisation", "width", "depth", "units", "seed", "kinks"]
    assert len(table.drop_duplicates(["initialisation", "width", "depth", "seed"])) == 24
    assert (table["units"] == table["width"] * table["depth"]).all()
    shallow = table[(table["depth"] == 1) & (table["initialisation"] == "he")]
    assert (shallow["kinks"] == shallow["units"]).all()
    assert count([4, 8], [1, 3], [0, 1, 2]).equals(table)


def test_constructions_make_one_row_each_with_their_bounds():
    count = runpy.run_path(SCRIPTS / "count_constructions.py")["count"]
    table = count([3, 4], 300)
    sizes = list(zip(table["width"], table["depth"], strict=True))
    assert table["tight_bound"].tolist() == [tight_bound(*size) - 1 for size in sizes]
    assert table["source_bound"].tolist() == [source_bound(*size) for size in sizes]
    assert (table["kinks"] <= table["proved_bound"]).all()
    assert (table["proved_bound"] <= table["tight_bound"]).all()
    wide = table[table["construction"] == "attaining"]
    assert [size for size in sizes if size[0] > 2] == [
        *[(3, depth) for depth in range(1, 5)],
        *[(4, depth) for depth in range(1, 4)],
    ]
    assert wide["attained"].all()
    assert wide["largest"].all()
    assert not table["attained"][(table["width"] == 2) & (table["depth"] > 1)].any()
    best = table[table["construction"] == "best known"].set_index(["width", "depth"])
    assert best.loc[(2, 3), "largest"]
    assert not best.loc[(2, 4), "largest"]


def test_lines_are_counted_of_the_runs_that_are_named(tmp_path):
    script = runpy.run_path(str(SCRIPTS / "count_lines.py"))
    weights = {"layers.0.weight": np.ones((2, 3)), "layers.0.bias": np.zeros(2)}
    runs = [{"experiment": "b", "seed": 1}, {"experiment": "a", "seed": 0}]
    paths = [tmp_path / "first", tmp_path / "second"]
    for path in paths:
        save_file(weights, path)
    found = script["read_networks"](paths, runs, [4])
    assert [(*run, network.widths) for run, network in found.items()] == [
        *[("untrained", 0, (4,)), ("untrained", 1, (4,))],
        *[("b", 1, ()), ("a", 0, ())],
    ]


def test_first_layers_are_measured_at_the_baseline_s_seeds_before_and_after_training():
    measure = runpy.run_path(str(SCRIPTS / "count_lines.py"))["measure_first_layers"]
    one = ReLUNetwork([np.ones((1, 2))], [np.zeros(1)])
    runs = [("untrained", 0), ("untrained", 1), ("baseline", 1), ("augmented", 0)]
    segments = [(kind, 0, (np.ones(2), -np.ones(2))) for kind in KINDS]
    table = measure(dict.fromkeys(runs, one), segments)
    assert table["experiment"].tolist() == ["untrained"] * len(KINDS) + ["baseline"] * len(KINDS)
    assert table["kind"].tolist() == [*KINDS, *KINDS] and set(table["seed"]) == {1}
    assert set(table["change"]) == {4} and set(table["switches"]) == {1}
