"""Quantum trajectories from all atoms down at 0.73 Omega_c, gamma_c = 10 gamma_s: this library against `qutip.mcsolve`.

Times are for SPAN / gamma_s and divided by it. What can be compared exactly is the evolution without jump, to which
`mcsolve` leads in its `improved_sampling`: norm and <S_+S_-> against this library's. What jumps do is compared through
averages of <S_+S_->: those of every method against QuTiP's master equation, in standard errors. (<S_z> will not do:
most trajectories have nearly the same, a few another, and the spread of some hundred hides the error of their mean.)
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import qutip
from numpy.typing import NDArray

from benchmarks.solver import Solver
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.trajectories import atom_resolved, initial_states, record, spin_resolved
from driven_dicke.trajectories.propagator import CollectivePropagator

DRIVE, GAMMA_C = 0.73, 10.0
SPAN = 5.0  # simulated time, in 1 / gamma_s
N_TIMES = 51
TOGETHER = 100  # spin-resolved trajectories side by side
AVERAGED = 200  # trajectories of an average
AVERAGE_TIMES = (0.1, 0.3, 0.6, 1.0)
EXACT = 1e-6  # mcsolve's default integrator has a relative tolerance of 1e-6
STANDARD_ERRORS = 4.5  # one in 37 000 right averages at four times exceeds it
MCSOLVE = {"progress_bar": "", "map": "serial"}

Samples = NDArray[np.float64]


def model_and_drive(n_atoms: int) -> tuple[Model, float]:
    """The model and Omega."""
    model = Model(n_atoms, GAMMA_C)
    return model, model.rabi_frequency(DRIVE)


def dark_time(n_atoms: int) -> float:
    """When the first collective jump is about due: gamma_c <S_+S_-> = gamma_c (N Omega t)^2 adds up to 1."""
    model, rabi_frequency = model_and_drive(n_atoms)
    return float(np.cbrt(3 / (model.gamma_c * (n_atoms * rabi_frequency) ** 2)))


def no_jump(n_atoms: int, times: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """This library's norm at the last of `times`, and <S_+S_-> of the normalised state at each, without any jump."""
    model, rabi_frequency = model_and_drive(n_atoms)
    propagator = CollectivePropagator(model, rabi_frequency)
    state = atom_resolved._State(model, initial_states.all_down(n_atoms))
    intensity = [float(state.observe(propagator.after(time))[0][3].real) for time in times]
    state.evolve(propagator.after(times[-1]))
    return state.norm, np.array(intensity)


# Single trajectories --------------------------------------------------------------------------------------------------


def _ours(initial: Any, n_atoms: int, run: int) -> tuple[Any, ...]:
    model, rabi_frequency = model_and_drive(n_atoms)
    return model, DriveSchedule([rabi_frequency]), initial(n_atoms), np.linspace(0, SPAN, N_TIMES), run


def _lowest(n_atoms: int) -> NDArray[np.float64]:
    """All down as spin N/2."""
    return np.eye(1, n_atoms + 1)[0]


def _together(problem: tuple[Any, ...]) -> list[record.Trajectory]:
    model, schedule, initial, times, run = problem
    return spin_resolved.ensemble(model, schedule, initial, times, record.spawn(run, TOGETHER))


def _count_jumps(n_atoms: int, result: Any) -> Mapping[str, float]:
    trajectories = result if isinstance(result, list) else [result]
    return {"jumps": float(np.mean([one.jumps.time.size for one in trajectories]))}


def _mc_solver(n_atoms: int, **options: Any) -> tuple[qutip.MCSolver, qutip.Qobj, qutip.Qobj]:
    """QuTiP's solver, <S_+S_->, and the start."""
    model, rabi_frequency = model_and_drive(n_atoms)
    operators = qutip_reference.collapse_operators(n_atoms, model.gamma_c, model.gamma_s)
    solver = qutip.MCSolver(
        qutip_reference.hamiltonian(n_atoms, rabi_frequency), operators, options={**MCSOLVE, **options}
    )
    lowering = qutip_reference.collective_lowering(n_atoms)
    return solver, lowering.dag() * lowering, qutip.tensor([qutip_reference.GROUND] * n_atoms)


def _mcsolve(n_atoms: int, run: int) -> tuple[Any, ...]:
    return *_mc_solver(n_atoms), run


def _run_mcsolve(problem: tuple[Any, ...]) -> Any:
    solver, intensity, start, run = problem
    return solver.run(start, np.linspace(0, SPAN, N_TIMES), ntraj=1, e_ops=[intensity], seeds=run)


def _compare_mcsolve(n_atoms: int, result: Any) -> Mapping[str, float]:
    times = np.linspace(0, dark_time(n_atoms), 6)
    solver, intensity, start = _mc_solver(n_atoms, improved_sampling=True, keep_runs_results=True)
    sampled = solver.run(start, times, ntraj=1, e_ops=[intensity], seeds=0)
    norm, exact = no_jump(n_atoms, times)
    theirs = np.asarray(sampled.deterministic_trajectories[0].e_data[0]).real
    deviations = [np.abs(theirs - exact).max() / exact.max(), abs(sampled.deterministic_weights[0] / norm - 1)]
    return {"deviation": float(max(deviations)), "norm": norm, "jumps": float(len(result.col_times[0]))}


# Averages -------------------------------------------------------------------------------------------------------------


def _intensity(trajectories: list[record.Trajectory]) -> Samples:
    """<S_+S_-> of each, shape (n, n_times)."""
    return np.array([one.intensity for one in trajectories])


def _atom_averages(n_atoms: int) -> Samples:
    model, schedule, initial, _, seed = _ours(initial_states.all_down, n_atoms, 1)
    seeds = record.spawn(seed, AVERAGED)
    return _intensity([atom_resolved.trajectory(model, schedule, initial, AVERAGE_TIMES, s) for s in seeds])


def _spin_averages(n_atoms: int) -> Samples:
    model, schedule, initial, _, seed = _ours(_lowest, n_atoms, 2)
    return _intensity(spin_resolved.ensemble(model, schedule, initial, AVERAGE_TIMES, record.spawn(seed, AVERAGED)))


def _mc_averages(n_atoms: int) -> Samples:
    solver, intensity, start = _mc_solver(n_atoms, keep_runs_results=True)
    result = solver.run(start, [0.0, *AVERAGE_TIMES], ntraj=AVERAGED, e_ops=[intensity], seeds=3)
    return np.array([np.real(one.e_data[0])[1:] for one in result.trajectories])


def exact_averages(n_atoms: int) -> NDArray[np.float64]:
    """<S_+S_-> by QuTiP's master equation on 2^N states, shape (n_times,)."""
    model, rabi_frequency = model_and_drive(n_atoms)
    lowering = qutip_reference.collective_lowering(n_atoms)
    result = qutip.mesolve(
        qutip_reference.hamiltonian(n_atoms, rabi_frequency),
        qutip.tensor([qutip_reference.GROUND] * n_atoms),
        [0.0, *AVERAGE_TIMES],
        qutip_reference.collapse_operators(n_atoms, model.gamma_c, model.gamma_s),
        e_ops=[lowering.dag() * lowering],
        options={"rtol": 1e-8, "atol": 1e-10, "progress_bar": ""},
    )
    return np.asarray(result.expect[0]).real[1:]


def _compare_averages(n_atoms: int, samples: Samples) -> Mapping[str, float]:
    errors = samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
    return {"deviation": float((np.abs(samples.mean(axis=0) - exact_averages(n_atoms)) / errors).max())}


def _average(name: str, label: str, ours: bool, solve: Any, unknowns: Any) -> Solver:
    return Solver(
        topic="trajectories",
        name=f"{name}_averages",
        label=label,
        ours=ours,
        sizes=(6, 8),
        cap=6,
        set_up=lambda n_atoms, run: n_atoms,
        solve=solve,
        compare=_compare_averages,
        tolerance=STANDARD_ERRORS,
        unknowns=unknowns,
        amount=lambda n_atoms: AVERAGED * AVERAGE_TIMES[-1],
    )


def _amplitudes(n_atoms: int) -> int:
    return 2**n_atoms


SOLVERS = (
    Solver(
        topic="trajectories",
        name="atom_resolved",
        label="atom-resolved",
        ours=True,
        sizes=(6, 8, 10, 12, 14, 16, 18, 20),
        cap=18,
        set_up=partial(_ours, initial_states.all_down),
        solve=lambda problem: atom_resolved.trajectory(*problem),
        compare=_count_jumps,
        tolerance=None,
        unknowns=_amplitudes,
        inside={"set_up": ((atom_resolved, "CollectivePropagator"),)},
        amount=lambda n_atoms: SPAN,
        growth="exponential",
        fit_from=12,
    ),
    Solver(
        topic="trajectories",
        name="mcsolve",
        label="`mcsolve`, the same jump operators on 2^N states",
        ours=False,
        sizes=(6, 8, 10, 12, 14),
        cap=12,
        set_up=_mcsolve,
        solve=_run_mcsolve,
        compare=_compare_mcsolve,
        tolerance=EXACT,
        unknowns=_amplitudes,
        amount=lambda n_atoms: SPAN,
        growth="exponential",
        fit_from=6,
    ),
    Solver(
        topic="trajectories",
        name="spin_resolved",
        label="spin-resolved, one",
        ours=True,
        sizes=(6, 12, 18, 32, 64),
        cap=32,
        set_up=partial(_ours, _lowest),
        solve=lambda problem: spin_resolved.trajectory(*problem),
        compare=_count_jumps,
        tolerance=None,
        unknowns=lambda n_atoms: n_atoms + 1,
        amount=lambda n_atoms: SPAN,
    ),
    Solver(
        topic="trajectories",
        name="spin_resolved_together",
        label=f"spin-resolved, {TOGETHER} side by side",
        ours=True,
        sizes=(6, 12, 18, 32, 64),
        cap=18,
        set_up=partial(_ours, _lowest),
        solve=_together,
        compare=_count_jumps,
        tolerance=None,
        unknowns=lambda n_atoms: TOGETHER * (n_atoms + 1),
        amount=lambda n_atoms: SPAN * TOGETHER,
    ),
    _average("atom_resolved", "atom-resolved", True, _atom_averages, _amplitudes),
    _average("spin_resolved", "spin-resolved", True, _spin_averages, lambda n_atoms: AVERAGED * (n_atoms + 1)),
    _average("mcsolve", "`mcsolve`", False, _mc_averages, _amplitudes),
)
