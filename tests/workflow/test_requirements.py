from pathlib import Path

from workflow.support.requirements import pinned_dependencies


def test_the_jobs_need_what_the_project_names_at_the_versions_of_the_lock(tmp_path):
    (tmp_path / "envs").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["numpy >= 2", "a_b[c]~=1; os_name", "z"]\n'
        '[project.optional-dependencies]\ntest = ["pytest"]\n'
    )
    lock = "a-b==1.5 \\\n    --hash=sha256:0\nnumpy==2.4\npytest==9\nz==3 ; os_name\n"
    (tmp_path / "envs/requirements.lock").write_text(lock)
    pins = {"a_b": "1.5", "numpy": "2.4", "z": "3"}
    assert pinned_dependencies(tmp_path) == pins
    assert pinned_dependencies(Path(__file__).parents[2]).keys() > {"scipy", "snakemake", "torch"}
