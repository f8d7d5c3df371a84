"""The benchmarks at tiny sizes: both sides give the same numbers, failures are recorded, pages follow the record.

No time is asserted.
"""

import copy
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import linregress

from benchmarks import (
    PROJECT,
    __main__,
    figure,
    figure_costs,
    growth,
    launch,
    machine,
    markers,
    pages,
    pipeline,
    spectrum,
    steady_state,
    tables,
    worker,
)
from benchmarks import record as records
from benchmarks.solver import Solver
from benchmarks.topics import SOLVERS, find

SHIPPED = [solver for solvers in SOLVERS.values() for solver in solvers if tables._is_shipped(solver)]
TINY = {"steady_state": [2, 3, 4], "spectrum": [4], "trajectories": [4]}
CASES = [
    (solver, n_atoms)
    for topic, solvers in SOLVERS.items()
    for solver in solvers
    if solver not in SHIPPED
    for n_atoms in TINY[topic]
]


def name_of(case):
    return f"{case.topic}-{case.name}" if isinstance(case, Solver) else str(case)


@pytest.mark.parametrize(("solver", "n_atoms"), CASES, ids=name_of)
def test_every_method_gives_the_right_numbers(solver, n_atoms):
    measured = worker.measure(solver, n_atoms, 1, 0.0)
    assert measured["outcome"] == "solved", measured
    assert len(measured["set_up"]) == len(measured["solve"]) == len(measured["validation"]) == 1
    assert min(measured["set_up"] + measured["solve"] + measured["validation"]) > 0
    if solver.tolerance is not None:
        assert measured["deviation"] <= solver.tolerance
    if measured["residual"] is not None:
        assert measured["residual"] < 1e-9
    if "mode_deviation" in measured:
        assert measured["mode_deviation"] <= 1e-4


@pytest.mark.parametrize("module", [steady_state, spectrum], ids=lambda module: module.__name__)
def test_a_wrong_result_is_seen(module):
    """Every comparison notices a solution at another drive."""
    for solver in module.SOLVERS:
        if solver.tolerance is None or solver in SHIPPED or solver.name == "davidson":
            continue

        def elsewhere(n_atoms, run, set_up=solver.set_up):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(module, "DRIVE", 0.9)
                return set_up(n_atoms, run)

        measured = worker.measure(replace(solver, set_up=elsewhere), 4, 1, 0.0)
        assert measured["outcome"] == "solved", measured
        assert measured["deviation"] > 1e-2 > solver.tolerance
        assert not tables.is_right(solver, measured)


def test_averages_of_another_drive_are_seen():
    solver = find("trajectories", "spin_resolved_averages")
    samples = solver.solve(4)
    assert solver.compare(4, samples)["deviation"] <= solver.tolerance < solver.compare(4, 1.2 * samples)["deviation"]


@pytest.mark.parametrize("solver", SHIPPED, ids=name_of)
def test_solvers_as_shipped_are_recorded_whatever_they_do(solver):
    """What they do is QuTiP's business and depends on the version; that it is told is ours."""
    measured = worker.measure(solver, 4, 1, 0.0)
    if measured["outcome"] == "raised":
        assert re.match(r"\w+Error", measured["error"])
        assert tables.verdict(solver, measured).startswith("**raises** `")
    else:
        assert measured["value"] is not None
        assert measured["exact"] == pytest.approx(-1.7742283 if solver.topic == "steady_state" else 0.7981382, abs=1e-6)


def test_phases_inside_a_solver_are_clocked(monkeypatch):
    """Each phase gets the time of the calls that belong to it, and nothing is patched afterwards."""
    from driven_dicke.generator import liouvillian, stationary

    clock = iter(range(100))
    monkeypatch.setattr(worker.time, "perf_counter", lambda: float(next(clock)))
    before = liouvillian.generator, stationary.nested_dissection, stationary.certify
    seconds, _, residual = worker.run_once(find("steady_state", "sparse"), 4, 0)
    assert (liouvillian.generator, stationary.nested_dissection, stationary.certify) == before
    # Ticks: 0 set-up 1 | generator 2-3, ordering 4-5, certificate 6-7 | 8, 9. Each tick is one second.
    assert seconds == {"set_up": 1 + 2, "solve": 7 - 3, "validation": 1 + 1}
    assert residual < 1e-12


def test_a_process_of_its_own():
    measured = launch.launch(find("steady_state", "sparse"), 6, launch.Limits(3, 5.0, 100.0, 8.0))
    assert measured["outcome"] == "solved", measured
    assert len(measured["solve"]) == 3
    assert measured["deviation"] < 1e-9
    assert measured["peak_megabytes"] >= measured["megabytes_before"] > 20


@pytest.mark.parametrize(
    ("action", "error"),
    [
        ("import time; time.sleep(60)", "no answer within 0.5 s"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "killed by SIGKILL"),
        ("raise SystemExit('no such thing')", "ended with 1: no such thing"),
    ],
)
def test_a_process_that_does_not_end_well_is_recorded(monkeypatch, action, error):
    run = launch.subprocess.run
    monkeypatch.setattr(launch.subprocess, "run", lambda command, **more: run([sys.executable, "-c", action], **more))
    limits = launch.Limits(1, 1.0, 0.5 if "sleep" in action else 60.0, 8.0)
    measured = launch.launch(find("steady_state", "full"), 4, limits)
    assert (measured["outcome"], measured["error"]) == ("stopped", error)
    assert tables.verdict(find("steady_state", "full"), measured) == f"**{error}**"


def test_too_much_memory_is_an_answer():
    limits = launch.Limits(1, 1.0, 100.0, 1.5)
    measured = launch.launch(find("steady_state", "closed_form_moments"), 10**9, limits)
    assert (measured["outcome"], measured["error"]) == ("stopped", "needs more than 1.5 GB")


def test_larger_sizes_are_left_out_after_a_stop(monkeypatch):
    solver = find("steady_state", "full")
    monkeypatch.setattr(
        __main__, "launch", lambda solver, n_atoms, limits: {"outcome": "stopped" if n_atoms > 3 else "raised"}
    )
    assert len(list(__main__.measure_solver(solver, __main__.parse([])))) == 2


def test_sizes_follow_caps_and_options():
    solver = find("steady_state", "piqs_blocks")
    assert __main__.sizes(solver, [])[-1] == solver.cap == 64
    assert __main__.sizes(solver, ["piqs_blocks=80"])[-1] == 80
    assert __main__.sizes(solver, ["18"]) == __main__.sizes(solver, ["full=8", "20"]) == [6, 18]
    with pytest.raises(SystemExit):
        __main__.parse(["--max-atoms", "piqs_block=80"])
    for solvers in SOLVERS.values():
        for one in solvers:
            assert one.cap in one.sizes
            assert list(one.sizes) == sorted(one.sizes)


# The record and its pages ---------------------------------------------------------------------------------------------


def synthetic():
    """A record with planted times: 0.002 N^2.5 s for this library, 1e-4 * 3^N s for the rest; one method fails."""
    measurements = []
    for topic, solvers in SOLVERS.items():
        for solver in solvers:
            for number, n_atoms in enumerate(solver.sizes):
                seconds = 2e-3 * n_atoms**2.5 if solver.growth == "power" else 1e-4 * 3.0 ** min(n_atoms, 20)
                amount = solver.amount(n_atoms)
                measurements.append(
                    {
                        "topic": topic,
                        "solver": solver.name,
                        "n_atoms": n_atoms,
                        "unknowns": solver.unknowns(min(n_atoms, 100)),
                        "amount": amount,
                        "megabytes_before": 100.0,
                        "peak_megabytes": 100.0 + 10.0 * (number + 1),
                        "residual": 1e-17,
                        "set_up": [0.25 * seconds * amount] * 3,
                        "solve": [0.5 * seconds * amount, 0.75 * seconds * amount, 1.5 * seconds * amount],
                        "validation": [1e-3] * 3,
                        "outcome": "solved",
                        "deviation": 1e-12,
                        "value": -1.25,
                        "exact": -1.5,
                        "warnings": [],
                    }
                )
    broken = next(one for one in measurements if one["solver"] == "piqs_direct")
    broken |= {"outcome": "raised", "error": "ValueError: Matrix is singular", "set_up": [], "solve": []}
    for cores, seconds in ((1, 261.4), (2, 157.0)):
        whole = {"topic": "pipeline", "solver": "all", "n_atoms": cores, "seconds": seconds, "outcome": "solved"}
        measurements.append(whole | {"jobs": 70, "job_seconds": 250.0, "peak_megabytes": 436.0, "checksum": "abc"})
    return {"environment": machine.environment(), "measurements": measurements}


@pytest.fixture
def project(tmp_path):
    """A folder with the page and a README that has the marks."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/benchmarks.md").write_text((PROJECT / "docs/benchmarks.md").read_text())
    (tmp_path / "README.md").write_text("before\n" + "\n".join(markers.marks("benchmarks")) + "\nafter\n")
    return tmp_path


def rows(text):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_the_tables_hold_the_numbers_of_the_record():
    data = synthetic()
    for topic in SOLVERS:
        lines = rows(tables.PAGE[topic](data))[2:]
        kept = [one for one in tables.measurements(data, topic) if find(topic, one["solver"]) not in SHIPPED]
        kept = [one for one in kept if not one["solver"].endswith("_averages")]
        assert len(lines) == len(kept) > 10
        for line, one in zip(lines, kept, strict=True):
            assert int(line[1].replace(" ", "")) == one["n_atoms"]
            assert line[2] == str(one["unknowns"])
            solve = [value / one["amount"] for value in one["solve"]]
            assert line[4] == f"{tables.duration(solve[1])} ({tables.duration(solve[0])} … {tables.duration(solve[2])})"
            assert line[6] == f"{one['peak_megabytes'] - one['megabytes_before']:.0f} MB"
    lines = rows(tables.shipped(data))[2:]
    assert [line for line in lines if "ValueError" in line[-1]] == [
        ["`direct`", "4", "–", "⟨S_z⟩ = -1.25", "-1.5", "**raises** `ValueError: Matrix is singular`"]
    ]
    assert rows(tables.pipeline_table(data))[2:] == [
        ["`all`", "1", "4 min 21 s", "70", "250 s", "436 MB", "–"],
        ["`all`", "2", "2 min 37 s", "70", "250 s", "436 MB", "the same bytes"],
    ]


def test_the_short_table_takes_the_largest_size_that_both_solved():
    data = synthetic()
    line = next(row for row in rows(tables.summary(data)) if row[0] == "gap and slow mode")
    seconds = 2e-3 * 80**2.5
    assert line[2] == "80"
    assert line[3] == line[4] == f"{tables.duration(seconds)}, 70 MB"
    assert line[5] == "1"
    for one in data["measurements"]:
        if (one["topic"], one["solver"]) == ("spectrum", "piqs_blocks"):
            if one["n_atoms"] == 80:
                one["outcome"], one["error"] = "stopped", "no answer within 180 s"
            one["solve"], one["set_up"] = [1.0, 7.0, 30.0], [0.0] * 3
    line = next(row for row in rows(tables.summary(data)) if row[0] == "gap and slow mode")
    assert (line[2], line[4].split(",")[0]) == ("64", "7.00 s")
    assert float(line[5]) == pytest.approx(7.0 / (2e-3 * 64**2.5), rel=0.05)


def test_fits_recover_planted_growth():
    sizes = [8, 16, 32, 64]
    law = growth.fit("power", sizes, [3e-4 * n**2.75 for n in sizes])
    assert (law.parameter, law.error, law.first, law.last) == (pytest.approx(2.75), pytest.approx(0, abs=1e-9), 8, 64)
    base = growth.fit("exponential", [4, 5, 6, 8], [1e-3 * 3.5**n for n in (4, 5, 6, 8)])
    assert base.parameter == pytest.approx(3.5)
    # One time 10 % too long: the exponent moves, and the error says by how much it may have.
    off = growth.fit("power", sizes, [3e-4 * n**2.75 * (1.1 if n == 64 else 1.0) for n in sizes])
    assert 0 < abs(off.parameter - 2.75) < 2 * off.error < 0.1
    bases = growth.fit("exponential", [4, 5, 6, 8], [1.0, 3.0, 11.0, 90.0])
    line = linregress([4, 5, 6, 8], np.log([1.0, 3.0, 11.0, 90.0]))
    assert (bases.parameter, bases.error) == pytest.approx((np.exp(line.slope), np.exp(line.slope) * line.stderr))
    assert growth.fit("power", [8, 16], [1.0, 2.0]) is None
    with pytest.raises(ValueError, match="'power' or 'exponential'"):
        growth.fit("linear", sizes, sizes)


def test_growth_of_the_record_is_fitted_in_its_range():
    fits = tables.growths(synthetic())
    for (topic, name), law in fits.items():
        solver = find(topic, name)
        assert law.parameter == pytest.approx(2.5 if law.law == "power" else 3.0)
        assert (law.first, law.last) == (solver.fit_from, solver.sizes[-1])
    assert {name for _, name in fits} >= {"sparse", "piqs_blocks", "full", "davidson", "atom_resolved", "mcsolve"}


def test_pages_are_made_from_the_record_alone(project):
    data = synthetic()
    first = {path: path.read_bytes() for path in pages.renew(data, project)}
    assert {path.name for path in first} == {"benchmarks.md", "README.md", "benchmarks.png", "benchmarks.svg"}
    page = (project / "docs/benchmarks.md").read_text()
    for make in tables.PAGE.values():
        assert make(data) in page
    assert (project / "README.md").read_text() == "\n".join(
        ["before", markers.marks("benchmarks")[0], tables.summary(data), markers.marks("benchmarks")[1], "after", ""]
    )
    assert {path: path.read_bytes() for path in pages.renew(data, project)} == first


def test_a_wrong_result_is_crossed_out_in_the_plot(tmp_path):
    data = synthetic()
    figure.draw(data, [tmp_path / "right.svg"])
    for one in data["measurements"]:
        if one["solver"] == "piqs_blocks":
            one["deviation"] = 0.5
    figure.draw(data, [tmp_path / "wrong.svg"])
    assert (tmp_path / "right.svg").read_bytes() != (tmp_path / "wrong.svg").read_bytes()


def test_an_empty_record_makes_empty_tables(project):
    pages.renew({"environment": machine.environment(), "measurements": []}, project)
    assert len(rows(markers_between((project / "docs/benchmarks.md").read_text(), "growth"))) == 2


def markers_between(text, name):
    begin, end = markers.marks(name)
    return text.split(begin)[1].split(end)[0]


@pytest.mark.parametrize("text", ["no marks", "<!-- a: end --> <!-- a: begin -->", "<!-- a: begin --> " * 2])
def test_a_page_without_marks_is_refused(text):
    with pytest.raises(ValueError, match="each once"):
        markers.replace(text, "a", "content")


def test_the_record_replaces_and_keeps(tmp_path):
    path, environment = tmp_path / "new/record.json", {"processor": "this one", "numpy": "2"}
    record = records.Record(path, environment)
    one = {"topic": "steady_state", "solver": "full", "n_atoms": 4, "solve": [1 / 3, float("nan")]}
    record.add(one)
    record.add(one | {"n_atoms": 5})
    record.add(one | {"solve": [2.0]})
    again = records.Record(path, environment)
    again.add(one | {"n_atoms": 6, "solve": [1 / 3, float("nan")]})
    found = {m["n_atoms"]: m["solve"] for m in json.loads(path.read_text())["measurements"]}
    assert found == {4: [2.0], 5: [0.333333, None], 6: [0.333333, None]}
    with pytest.raises(records.OtherMachineError, match="numpy: 2 -> 3"):
        records.Record(path, environment | {"numpy": "3"})
    assert records.Record(path, environment | {"numpy": "3"}, fresh=True).data["measurements"] == []


def test_stopping_keeps_what_was_measured(project, monkeypatch, capsys):
    data = synthetic()

    def measure_solver(solver, options):
        yield from (one for one in data["measurements"] if one["solver"] == solver.name)
        if solver.name == "sparse":
            raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "measure_solver", measure_solver)
    monkeypatch.setattr(figure, "draw", lambda record, paths: None)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--into", str(project)])
    assert __main__.main() == 130
    kept = json.loads((project / "benchmarks/record.json").read_text())["measurements"]
    assert {one["solver"] for one in kept} == {"closed_form_moments", "closed_form", "sparse"}
    assert "sparse solve" in (project / "docs/benchmarks.md").read_text()
    assert "what was measured is kept" in capsys.readouterr().err


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
    """No README at all, and a build that failed."""
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


# The README's costs ---------------------------------------------------------------------------------------------------


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
    (rules / "figures.smk").write_text("rule fig10:\n    input:\nrule fig2:\n")
    (rules / "ext1_limit.smk").write_text("rule ext1:\nrule limit:\n")
    for name, (seconds, megabytes) in measured.items():
        path = tmp_path / f"logs/benchmarks/{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"s\th:m:s\tmax_rss\n{seconds}\t0:00:01\t{megabytes}\n")
    monkeypatch.setattr(
        figure_costs, "needed_logs", lambda build, figure: [Path(f"logs/{name}.log") for name in needs[figure]]
    )
    return tmp_path


def test_costs_split_the_studies_and_leave_out_what_was_not_built(finished_build, capsys):
    readme = finished_build / "README.md"
    former = ["| `fig2` | 1 | x | 9 s | 9 s | 9 MB |", "| `extensions` | 7 | y | 8 s | 8 s | 8 MB |"]
    readme.write_text("\n".join(["<!-- costs: begin -->", *former, "<!-- costs: end -->", ""]))
    figure_costs.renew(finished_build, readme)
    assert rows(readme.read_text())[2:] == [
        ["`fig2`", "4", "mean_field 2 s, steady_state 6 s", "3 s", "11 s", "210 MB"],
        ["`fig10`", "2", "critical_point 6 s", "2 s", "8 s", "234 MB"],
        ["`all`", "6", "everything of the paper", "5 s", "19 s", "234 MB"],
        ["`extensions`", "7", "y", "8 s", "8 s", "8 MB"],
    ]
    said = capsys.readouterr().err
    assert "ext1: not built, left out" in said
    assert "extensions: not built, left as it was" in said


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
