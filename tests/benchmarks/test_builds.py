"""Builds of the pipeline as benchmarks: what is measured, recorded and told of them."""

import copy
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from made_up import rows, synthetic

from benchmarks import (
    PROJECT,
    __main__,
    figure_costs,
    growth,
    pipeline,
    tables,
)


def test_only_a_failure_of_this_library_is_an_error():
    data = synthetic()
    assert __main__.failures(data) == []
    ours = next(one for one in data["measurements"] if one["solver"] == "sparse")
    worse = copy.deepcopy(data)
    worse["measurements"][data["measurements"].index(ours)]["deviation"] = 1e-8
    assert __main__.failures(worse) == [f"steady_state, sparse, N = {ours['n_atoms']}: **off by 1e-08**"]


def test_a_build_of_the_pipeline_is_measured(tmp_path):
    """One table of the quick configuration, in a private copy."""
    pipeline.copy(tmp_path)
    quick = ("--configfile", "config/quick.yaml")
    measured = pipeline.build(tmp_path, "runs/quick/results/mean_field/dicke.parquet", 1, quick)
    assert measured["outcome"] == "solved", measured
    assert (measured["jobs"], measured["checksum"]) == (1, None)
    assert 0 < measured["job_seconds"] < measured["seconds"]
    assert measured["peak_megabytes"] > 20


def test_a_build_that_fails_is_recorded(tmp_path, monkeypatch):
    monkeypatch.setattr(
        pipeline.subprocess,
        "run",
        lambda command, **more: subprocess.CompletedProcess(command, 1, "", "one\nMissingRuleException: no such rule"),
    )
    failed = pipeline.build(tmp_path, "no_such_rule", 2)
    assert (failed["outcome"], failed["n_atoms"]) == ("raised", 2)
    assert failed["error"] == "Snakemake ended with 1: MissingRuleException: no such rule"


def test_bytes_of_builds_are_compared():
    data = synthetic()
    data["measurements"][-1]["checksum"] = "abd"
    assert rows(tables.pipeline_table(data))[3][-1] == "**other bytes**"


@pytest.mark.parametrize("outcome", ["solved", "raised"])
def test_costs_that_cannot_be_made_do_not_end_the_run(tmp_path, monkeypatch, capsys, outcome):
    """No page at all, and a build that failed."""
    monkeypatch.setattr(pipeline, "copy", lambda folder: None)
    monkeypatch.setattr(pipeline, "build", lambda folder, target, cores: {"outcome": outcome, "n_atoms": cores})
    monkeypatch.setattr(figure_costs, "figures", lambda build: [])
    options = __main__.parse(["--into", str(tmp_path), "--cores", "1", "2"])
    assert [record["n_atoms"] for record in __main__.measure_pipeline(options)] == [1, 2]
    assert ("stay as they are" in capsys.readouterr().err) == (outcome == "solved")


def test_the_checksum_of_a_build_follows_its_files(tmp_path):
    for number, files in enumerate([{"a": "1"}, {"a": "1"}, {"a": "2"}]):
        folder = tmp_path / str(number) / "results"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"files": files, "versions": number}))
    first, same, other = (pipeline.checksum(tmp_path / str(number)) for number in range(3))
    assert first == same != other


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.234e-5, "12.3 µs"), (0.0123, "12.3 ms"), (0.9996, "1.00 s"), (1.5, "1.50 s"), (123.4, "123 s")],
)
def test_durations_have_three_digits(seconds, text):
    assert tables.duration(seconds) == text


def test_times_are_shared_among_the_work():
    assert growth.work_seconds({"set_up": [1.0], "solve": [3.0], "amount": 8.0}) == [0.5]
    assert np.isclose(growth.median([1.0, 5.0, 2.0]), 2.0)


# The costs of every figure --------------------------------------------------------------------------------------------


@pytest.fixture
def finished_build(tmp_path, monkeypatch):
    """Two figures that were built and one that was not, with Snakemake's benchmark files."""
    needs = {
        "fig2": ["steady_state/N18", "steady_state/N64", "mean_field/branches", "figures/fig02"],
        "fig10": ["critical_point/critical_point", "figures/fig10"],
        "ext1": ["critical_point_limit/limit", "figures/ext1"],
    }
    needs["all"], needs["extensions"] = needs["fig2"] + needs["fig10"], needs["ext1"]
    measured = {
        "steady_state/N18": (1.4, 150.0),
        "steady_state/N64": (4.2, 210.25),
        "mean_field/branches": (2.0, 120.0),
        "figures/fig02": (3.0, 180.0),
        "critical_point/critical_point": (6.0, 234.0),
        "figures/fig10": (2.0, 170.0),
    }
    rules = tmp_path / "workflow/rules"
    rules.mkdir(parents=True)
    (rules / "figures.smk").write_text('DRAWINGS["fig10"] = drawing(\nDRAWINGS["fig2"] = drawing(\n')
    (rules / "ext1_limit.smk").write_text('DRAWINGS["ext1"] = drawing(\nrule limit:\n')
    for name, (seconds, megabytes) in measured.items():
        path = tmp_path / f"logs/benchmarks/{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"s\th:m:s\tmax_rss\n{seconds}\t0:00:01\t{megabytes}\n")
    monkeypatch.setattr(
        figure_costs, "needed_logs", lambda build, figure: [Path(f"logs/{name}.log") for name in needs[figure]]
    )
    return tmp_path


def test_costs_split_the_studies_and_leave_out_what_was_not_built(finished_build, capsys):
    page = finished_build / "costs.md"
    former = ["| `fig2` | 1 | x | 9 s | 9 s | 9 MB |", "| `extensions` | 7 | y | 8 s | 8 s | 8 MB |"]
    page.write_text("\n".join(["<!-- costs: begin -->", *former, "<!-- costs: end -->", ""]))
    figure_costs.renew(finished_build, page)
    assert rows(page.read_text())[2:] == [
        ["`fig2`", "4", "mean_field 2 s, steady_state 6 s", "3 s", "11 s", "210 MB"],
        ["`fig10`", "2", "critical_point 6 s", "2 s", "8 s", "234 MB"],
        ["`all`", "6", "everything of the paper", "5 s", "19 s", "234 MB"],
        ["`extensions`", "7", "y", "8 s", "8 s", "8 MB"],
    ]
    said = capsys.readouterr().err
    assert "ext1: not built, left out" in said
    assert "extensions: not built, left as it was" in said


def test_every_figure_of_the_project_has_its_costs():
    assert figure_costs.figures(figure_costs.PROJECT)[:14] == [f"fig{number}" for number in range(1, 15)]
    assert "ext12" in figure_costs.figures(figure_costs.PROJECT)


def test_costs_find_the_logs_behind_a_figure(monkeypatch):
    """Snakemake's summary has a line per file, and a dash for the log of a job that has not run."""
    lines = [
        "output_file\tlog-file(s)",
        "b.png\tlogs/figures/fig01.log",
        "b.pdf\tlogs/figures/fig01.log",
        "a\tlogs/a.log",
    ]
    monkeypatch.setattr(
        figure_costs.subprocess,
        "run",
        lambda command, **more: subprocess.CompletedProcess(command, 0, "\n".join(lines), ""),
    )
    assert figure_costs.needed_logs(PROJECT, "fig1") == [Path("logs/a.log"), Path("logs/figures/fig01.log")]
    lines.append("c\t-")
    with pytest.raises(FileNotFoundError, match="fig1 has not been built"):
        figure_costs.needed_logs(PROJECT, "fig1")
