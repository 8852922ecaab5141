"""Two runs on one machine give the same bytes, wherever they lie and whatever their hash seed."""

from dataclasses import replace

import pytest

from answerbook.reproduction.__main__ import main


@pytest.mark.slow
def test_a_run_in_another_place_gives_the_same_bytes(finished, fresh, tmp_path, capsys):
    elsewhere = replace(fresh, path=fresh.path.rename(tmp_path / "a place with a longer name"))
    run = elsewhere.snakemake(PYTHONHASHSEED="7")
    assert run.returncode == 0, run.stdout
    places = [str(checkout.path / "results") for checkout in (elsewhere, finished)]
    same = main([*places, "--bytes"]) == 0
    told = capsys.readouterr().out
    assert same, told
    for name in ("answerbook.html", "answerbook.pdf", "claims.json", "report/origin.json"):
        assert (elsewhere.path / "results" / name).exists()


def test_a_finished_run_is_confirmed_by_its_own_small_record(finished, tmp_path, capsys):
    results, record = str(finished.path / "results"), tmp_path / "record"
    assert main([results, results, "--record", str(record)]) == 0
    assert main([results, str(record), "--bytes"]) == 0
    assert "runs/baseline" in capsys.readouterr().out
    assert sum(file.stat().st_size for file in record.iterdir()) < 200_000
