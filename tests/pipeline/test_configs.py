"""A mistake in a config, in the catalogue or in an import is one message before anything runs."""

import pytest

CONFIG, FIGURES = "config/config.yaml", "figures/catalogue.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            CONFIG,
            "precision: highest",
            "precision: low",
            "  matmul_precision: should be ",
        ),
        (CONFIG, "device: auto", "device: [auto", f"{CONFIG} is not valid YAML: line "),
        (CONFIG, "pathvars:\n", "pathvars: 3\nx:\n", "should hold keys with values; found 3"),
        (FIGURES, "  input:", "  inputs:", ".inputs: unknown key; allowed: chapter, "),
        (
            "figures/relu_vs_tanh.py",
            "import",
            "from .beside import x\nimport",
            "imports .beside.x, ",
        ),
    ],
)
def test_a_mistake_is_one_message(fresh, path, old, new, said):
    text = (fresh.path / path).read_text()
    assert old in text
    (fresh.path / path).write_text(text.replace(old, new, 1))
    run = fresh.snakemake("--dry-run", "results/figures/relu_vs_tanh.svg")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout and '  File "' not in run.stdout
    assert run.stdout.count("ERROR: ") == 1
    assert said in run.stdout[run.stdout.index("ERROR: ") :]


def test_a_config_that_is_not_there_is_one_message(fresh):
    (fresh.path / CONFIG).unlink()
    run = fresh.snakemake("--dry-run")
    assert run.returncode == 1
    assert "Traceback" not in run.stdout
    assert f"ERROR: {fresh.path / CONFIG} cannot be read: " in run.stdout
