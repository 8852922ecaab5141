import pytest

from answerbook.errors import AnswerbookError
from answerbook.workflow.requirements import check_installed, dependencies


def test_the_jobs_need_what_the_project_names_without_versions_or_extras(tmp_path):
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(
        '[project]\ndependencies = ["numpy >= 2", "a-b[c]~=1; os_name", "z"]\n'
        '[project.optional-dependencies]\ntest = ["pytest"]\n'
    )
    assert dependencies(pyproject) == ["a-b", "numpy", "z"]


def test_what_is_missing_is_named_with_the_ways_on():
    check_installed(["numpy", "snakemake"])
    with pytest.raises(AnswerbookError, match=r"lacks no-such, nor-such, which .*make setup.*sdm"):
        check_installed(["numpy", "no-such", "nor-such"])
