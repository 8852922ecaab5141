import os
import platform
from importlib import metadata

import pytest
from answerbook.provenance import covered, hardware, origin, record


def made_from(**config):
    packages = {"pyyaml": "0", "elsewhere": "1.2"}
    return origin(commit="", config=config, data={"synthetic": True}, packages=packages)


def test_the_origin_does_not_tell_where_the_results_lie():
    first, second = (made_from(device="cpu", pathvars={"results": at}) for at in ("a", "b"))
    assert first == second
    assert first == {
        "commit": "unknown: not made in a git checkout",
        "config": {"device": "cpu"},
        "data": {"synthetic": True},
        "versions": first["versions"],
    }


def test_versions_are_those_installed_and_else_those_pinned_for_another_environment():
    assert made_from()["versions"] == {
        "python": platform.python_version(),
        "pyyaml": metadata.version("pyyaml"),
        "elsewhere": "1.2",
    }


def test_hardware_names_the_machine():
    machine = hardware()
    assert machine["cores"] >= 1
    assert machine["memory_gib"] >= 1
    assert machine["processor"]


def test_jobs_side_by_side_count_once_and_the_time_between_calls_does_not():
    jobs = [(100, 110), (105, 108), (108, 114), (89_998, 90_000)]
    assert covered(jobs) == 14 + 2
    assert covered([]) == 0


@pytest.fixture
def benchmark(tmp_path):
    """The file that Snakemake leaves of a job."""

    def write(name, seconds, memory, end):
        path = tmp_path / f"{name}.tsv"
        path.write_text(f"s\th:m:s\tmax_rss\tmax_vms\n{seconds}\t0:00:01\t{memory}\t10\n")
        os.utime(path, (end, end))
        return path

    return write


def test_the_record_has_machine_places_and_jobs_with_memory_where_it_was_measured(benchmark):
    provenance = record(
        made_from(device="cpu"),
        places={"results": "elsewhere"},
        runs=[{"device": "cuda", "name": "GPU"}] * 2,
        benchmarks={
            "long": benchmark("long", 12.34, 567.8, 100),
            "short": benchmark("short", 0.04, "-", 95),
        },
    )
    assert provenance["rules"] == [
        {"name": "long", "seconds": 12.3, "max_rss_mb": 568},
        {"name": "short", "seconds": 0.0, "max_rss_mb": None},
    ]
    assert provenance["seconds_at_work"] == 12.3
    assert provenance["hardware"]["training"] == ["cuda (GPU)"]
    assert provenance["config"] == {"device": "cpu", "pathvars": {"results": "elsewhere"}}
    assert provenance["commit"].startswith("unknown")
