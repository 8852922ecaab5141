import platform
from importlib import metadata

from answerbook.provenance import hardware, record, times, versions

BENCHMARK = "s\th:m:s\tmax_rss\tmax_vms\n{seconds}\t0:00:01\t{memory}\t10\n"


def benchmark(path, seconds, memory):
    path.write_text(BENCHMARK.format(seconds=seconds, memory=memory))
    return path


def test_versions_are_those_installed():
    assert versions(["numpy"]) == {
        "python": platform.python_version(),
        "numpy": metadata.version("numpy"),
    }


def test_hardware_names_the_machine():
    machine = hardware()
    assert machine["cores"] >= 1
    assert machine["memory_gib"] >= 1
    assert machine["processor"]


def test_a_job_has_its_seconds_and_its_memory(tmp_path):
    path = benchmark(tmp_path / "job.tsv", 12.34, 567.8)
    assert times("job", path) == {"name": "job", "seconds": 12.3, "max_rss_mb": 568}


def test_a_job_too_short_to_be_measured_has_no_memory(tmp_path):
    path = benchmark(tmp_path / "job.tsv", 0.04, "-")
    assert times("job", path) == {"name": "job", "seconds": 0.0, "max_rss_mb": None}


def test_the_record_leaves_out_jobs_without_a_measurement(tmp_path):
    benchmarks = {
        "here": benchmark(tmp_path / "here.tsv", 1, 2),
        "gone": tmp_path / "gone.tsv",
    }
    provenance = record(
        commit="",
        config={"device": "cpu"},
        data={"synthetic": True},
        packages=["numpy"],
        runs={name: {"device": "cuda", "name": "GPU"} for name in "ab"},
        benchmarks=benchmarks,
    )
    assert [rule["name"] for rule in provenance["rules"]] == ["here"]
    assert provenance["hardware"]["training"] == ["cuda (GPU)"]
    assert provenance["commit"].startswith("unknown")
