"""The counter for networks of others, as a command."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from safetensors.torch import save_file

from answerbook.approximation.__main__ import main
from answerbook.approximation.conversion import from_sequential, read_network
from answerbook.approximation.exact import count_kinks_exactly

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def model(tmp_path, monkeypatch):
    """A model whose weights, and two points, lie in the working directory."""
    monkeypatch.chdir(tmp_path)
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(12, 16), torch.nn.ReLU(), torch.nn.Linear(16, 2))
    save_file(model.state_dict(), "weights.safetensors")
    np.save("a.npy", np.full((3, 2, 2), -2, np.float32))
    np.save("b.npy", np.arange(12).reshape(3, 2, 2))
    return model


COMMAND = ["weights.safetensors", "--from", "a.npy", "--to", "b.npy"]


def test_each_kink_between_the_points_is_a_row_as_the_referee_finds_it(model, capsys):
    assert main(COMMAND) == 0
    out, err = capsys.readouterr()
    table = pd.read_csv(io.StringIO(out))
    start, end = (np.load(name).astype(float).ravel() for name in ("a.npy", "b.npy"))
    exact = count_kinks_exactly(from_sequential(model), start, end - start, (0, 1))
    assert len(table) == len(exact) > 3
    assert err == f"{len(exact)} kinks\n"
    np.testing.assert_allclose(table.t, np.array(exact.positions, float))
    left = np.array(exact.slopes_left, dtype=float)
    np.testing.assert_allclose(table[["left_0", "left_1"]], left, rtol=1e-9)


def test_table_and_figure_go_where_they_are_asked_for(model, capsys):
    assert main([*COMMAND, "--csv", "kinks.csv", "--figure", "kinks.png"]) == 0
    assert capsys.readouterr().out == ""
    assert len(pd.read_csv("kinks.csv")) > 3
    assert Path("kinks.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("replaced", "message"),
    [
        ({"a.npy": "weights.safetensors"}, "weights.safetensors cannot be read as one array"),
        ({"a.npy": "b.npy"}, "two different points"),
        ({"a.npy": "short.npy"}, "A has 5 numbers, B has 12"),
        ({"a.npy": "short.npy", "b.npy": "short1.npy"}, "point has 5 coordinates.*takes 12"),
        ({"weights.safetensors": "a.npy"}, "a.npy cannot be read as safetensors"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence(model, replaced, message, capsys):
    np.save("short.npy", np.zeros(5))
    np.save("short1.npy", np.ones(5))
    assert main([replaced.get(argument, argument) for argument in COMMAND]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(f"ERROR: .*{message}.*\n", err)


def test_the_example_of_the_readme_runs(tmp_path):
    (code,) = re.findall(r"```sh\n(python -c .*?)```", README.read_text(), re.DOTALL)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    run = subprocess.run(
        code, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    exact = count_kinks_exactly(
        read_network(tmp_path / "weights.safetensors"), (-3, -3), (6, 6), (0, 1)
    )
    assert run.stderr == f"{len(exact)} kinks\n"
    assert len(pd.read_csv(io.StringIO(run.stdout))) == len(exact) > 10


def test_nobody_needs_torch_for_it(model):
    program = (
        "import sys; sys.modules['torch'] = None\n"
        f"from answerbook.approximation.__main__ import main; sys.exit(main({COMMAND}))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
