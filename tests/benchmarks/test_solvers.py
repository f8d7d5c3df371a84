"""The benchmarks at tiny sizes: both sides give the same numbers, failures are recorded. No time is asserted."""

import re
import sys
from dataclasses import replace

import pytest
from made_up import SHIPPED

from benchmarks import (
    __main__,
    launch,
    spectrum,
    steady_state,
    tables,
    worker,
)
from benchmarks.solver import Solver
from benchmarks.topics import SOLVERS, find

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
