"""Hysteresis: <S_z> while the drive goes up and down, by master equation, trajectories and mean field. Fig. ext6."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import numpy as np
import pandas as pd

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.generator import sweep
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import bistability_edges, grid, model_of, row_or_note, value_or_note
from driven_dicke.studies.hysteresis import STATIC
from driven_dicke.studies.trajectories.compute import progress_log
from driven_dicke.switching.chain_sweep import follow_chain
from driven_dicke.trajectories import record, spin_resolved

LARGEST_WORK = 8e5  # of an ensemble, in steps of one trajectory: some five minutes
FEWEST_TRAJECTORIES = 8
FEWEST_JUMPS = 4000  # of all together: with fewer, the rare trajectory is missing from the standard error
COMPANY = 60  # trajectories that cost a step as much as the step itself
BRANCH_POINTS = 20001  # of the integral between the mean-field branches, whose ends are steep
Columns = dict[str, Any]


def levels(parameters: Mapping[str, Any]) -> FloatArray:
    """Levels of the drive, rising, rounded to 1e-12 so that equal ones are equal."""
    return np.round(grid(parameters["drive"]), 12)


def _loop(n_atoms: int, rate: float, drives: FloatArray, **values: FloatArray) -> Columns:
    """Columns of one loop; each of `values` has one number per stretch, shape (2 n_levels - 1,).

    The turning point belongs to both ways.
    """
    size = drives.size
    both_ways = {name: np.concatenate([value[:size], value[size - 1 :]]) for name, value in values.items()}
    return {
        "n_atoms": np.full(2 * size, n_atoms),
        "rate": np.full(2 * size, rate),
        "direction": np.repeat(["up", "down"], size),
        "drive": np.concatenate([drives, drives[::-1]]),
        **both_ways,
    }


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def area(n_atoms: int, drives: FloatArray, s_z: FloatArray) -> float:
    """Integral over the drive of 2 (<S_z>_down - <S_z>_up) / N, by trapezia; `s_z` has shape (2 n_levels - 1,)."""
    difference = s_z[drives.size - 1 :][::-1] - s_z[: drives.size]
    return 2 / n_atoms * float(np.trapezoid(difference, drives))


def master_equation(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Table sweep: exact <S_z> of `n_atoms` atoms at each of `sweep_rates`.

    A level of the drive is four steps of the propagator; two in their place show the error.

    Raises:
        checks.CertificateError: that changes <S_z> by more than `step_tolerance` times N / 2.
    """
    model, drives = model_of(parameters, parameters["n_atoms"]), levels(parameters)
    steady = [absorber.steady_state_moments(model, model.rabi_frequency(float(drive))).s_z for drive in drives]
    loops = []
    for rate in parameters["sweep_rates"]:
        schedule, ends = sweep.staircase(model, drives, rate, parameters["settling"])
        fine, coarse = (sweep.follow(model, schedule, ends, parts) for parts in (4, 2))
        middles = fine.s_z[:, 1]
        error = np.abs(middles - coarse.s_z[:, 0])
        logging.info("N = %d, rate %g: step error %.1e", model.n_atoms, rate, error.max())
        if not error.max() <= parameters["step_tolerance"] * model.n_atoms / 2:
            raise checks.CertificateError(
                f"the sweep of N = {model.n_atoms} at rate {rate:g} is not resolved: halving the step changes <S_z> by "
                f"{error.max():.1e}; use smaller steps of hysteresis.drive"
            )
        both = np.array([*steady, *steady[-2::-1]])
        loops.append(_loop(model.n_atoms, rate, drives, s_z=middles, error=error, steady_s_z=both))
    return {"sweep": _joined(loops)}


def ensemble(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Tables ensemble and ensemble_areas: spin-resolved trajectories of `n_atoms` atoms, from all down.

    Each level of the drive is looked at `samples` times, evenly about its middle: a single trajectory swings by up to
    its spin j within a level, which the average quietens.

    Where all together would have less than FEWEST_JUMPS jumps there are more trajectories; where their steps would take
    more than LARGEST_WORK there are fewer, then none. A note says so.
    """
    model, drives = model_of(parameters, parameters["n_atoms"]), levels(parameters)
    loops, areas, wanted = [], [], parameters["trajectories"]
    for rate in parameters["sweep_rates"]:
        schedule, ends = sweep.staircase(model, drives, rate, parameters["settling"])
        count, note = affordable(model, schedule, ends, wanted)
        s_z = np.full((1, ends.size), np.nan)
        if count:
            s_z = _trajectories(parameters, model, rate, schedule, ends, count)
        errors = s_z.std(axis=0, ddof=1) / np.sqrt(count) if count else s_z[0]
        loop = _loop(model.n_atoms, rate, drives, s_z=s_z.mean(axis=0), standard_error=errors)
        loops.append(loop | {"note": np.full(2 * drives.size, note)})
        left_out, number = max(wanted - count, 0), max(wanted, count)
        areas.append(
            {
                "n_atoms": np.full(number, model.n_atoms),
                "rate": np.full(number, rate),
                "trajectory": np.arange(number),
                "area": np.array([area(model.n_atoms, drives, path) for path in s_z[:count]] + [np.nan] * left_out),
                "note": np.repeat(["", note], [count, left_out]),
            }
        )
    return {"ensemble": _joined(loops), "ensemble_areas": _joined(areas)}


def affordable(model: Model, schedule: DriveSchedule, ends: FloatArray, wanted: int) -> tuple[int, str]:
    """Number of trajectories for FEWEST_JUMPS within LARGEST_WORK, and why it is not `wanted`: nothing if it is.

    Jumps and steps are known beforehand: gamma_c <S_+S_-> + gamma_s <S_z + N/2> of the steady state per time, and the
    damping of spin N/2, which grows with gamma_c and bounds a step.
    """
    durations, drives = np.diff(ends, prepend=0.0), np.array(schedule.rabi_frequencies)
    damping = model.gamma_c * (model.n_atoms + 1) ** 2 / 8 + model.gamma_s * model.n_atoms / 2
    steps = float((damping + model.n_atoms * drives) @ durations) / spin_resolved.REACH
    steady = [absorber.steady_state_moments(model, omega) for omega in schedule.rabi_frequencies]
    rates = [model.gamma_c * at.intensity + model.gamma_s * (at.s_z + model.n_atoms / 2) for at in steady]
    jumps = float(np.array(rates) @ durations)
    most = int(COMPANY * max(LARGEST_WORK / steps - 1, 0))
    needed = max(wanted, int(np.ceil(FEWEST_JUMPS / jumps)))
    count = min(needed, most)
    if most < min(wanted, FEWEST_TRAJECTORIES):
        return 0, f"trajectories left out: one takes {steps:.1e} steps"
    if count > wanted:
        return count, f"{count} trajectories in place of {wanted}: one has {jumps:.3g} jumps"
    if count < wanted:
        return count, f"cut to {count} of {wanted} trajectories: one takes {steps:.1e} steps"
    return wanted, ""


def _trajectories(
    parameters: Mapping[str, Any],
    model: Model,
    rate: float,
    schedule: DriveSchedule,
    ends: FloatArray,
    count: int,
) -> FloatArray:
    """<S_z> of every trajectory, averaged over the samples of each stretch, shape (count, n_stretches)."""
    places = (np.arange(parameters["samples"]) + 0.5) / parameters["samples"]
    times = (ends[:, None] - np.diff(ends, prepend=0.0)[:, None] * (1 - places)).ravel()
    trajectories = spin_resolved.ensemble(
        model,
        schedule,
        np.eye(1, model.n_atoms + 1)[0],
        times,
        record.spawn(parameters["seed"], count),
        progress_log(f"N = {model.n_atoms}, rate {rate:g}, {count} trajectories", times[-1]),
        with_jumps=False,
    )
    return np.array([trajectory.s_z.reshape(ends.size, -1).mean(axis=1) for trajectory in trajectories])


def mean_field_loops(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Tables mean_field, of every entry of `sweeps` at its rates, and static, of every N of `static_n_atoms`.

    An N without a bistable region or a critical point keeps its row of the latter, with a note.
    """
    drives, loops = levels(parameters), []
    for entry in parameters["sweeps"]:
        model = model_of(parameters, entry["n_atoms"])
        for rate in entry["rates"]:
            s_z = _mean_field_path(model, drives, rate, parameters["settling"])
            loops.append(_loop(model.n_atoms, rate, drives, s_z=model.n_atoms / 2 * s_z))
        logging.info("mean field, N = %d: %d rates", model.n_atoms, len(entry["rates"]))
    static = [
        {"n_atoms": n_atoms} | row_or_note(partial(_static_loop, model_of(parameters, n_atoms)), STATIC)
        for n_atoms in parameters["static_n_atoms"]
    ]
    return {"mean_field": _joined(loops), "static": {name: [row[name] for row in static] for name in static[0]}}


def chain_loops(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Table chain: the walk in j under the same drive, for every entry of `sweeps` at its rates."""
    drives, loops = levels(parameters), []
    for entry in parameters["sweeps"]:
        model = model_of(parameters, entry["n_atoms"])
        for rate in entry["rates"]:
            schedule, ends = sweep.staircase(model, drives, rate, parameters["settling"])
            loops.append(_loop(model.n_atoms, rate, drives, s_z=follow_chain(model, schedule, ends)))
        logging.info("adiabatic chain, N = %d: %d rates", model.n_atoms, len(entry["rates"]))
    return {"chain": _joined(loops)}


def _mean_field_path(model: Model, drives: FloatArray, rate: float, settling: float) -> FloatArray:
    """s_z in the middle of every stretch of the staircase, from the lower branch, shape (2 n_levels - 1,)."""
    ratio = model.collective_rate / model.single_atom_rate
    _, ends = sweep.staircase(model, drives, rate, settling)
    state = mean_field.spin(ratio, drives[0], mean_field.branches(ratio, drives[:1]).lower)[0]
    middles = []
    for drive, duration in zip([*drives, *drives[-2::-1]], np.diff(ends, prepend=0.0), strict=True):
        times = model.single_atom_rate * duration * np.array([0.5, 1.0])
        middle, state = mean_field.relaxation(ratio, float(drive), state, times)
        middles.append(middle[2])
    return np.array(middles)


def _static_loop(model: Model) -> dict[str, Any]:
    """Values of a row of contracts.hysteresis.STATIC; without a critical point no level, and a note.

    Raises:
        checks.ParameterError: no bistable region.
    """
    ratio = model.collective_rate / model.single_atom_rate
    edges = bistability_edges(model)
    # Within the edges by a hair, where rounding cannot take a branch away; the width lost is 1e-9 of the loop's.
    inside = np.linspace(edges.lower, edges.upper, BRANCH_POINTS)[1:-1]
    branches = mean_field.branches(ratio, inside)
    critical_drive, note = value_or_note(partial(critical_point.critical_drive, model))
    level = np.nan if note else float(mean_field.mean_of_stable_branches(ratio, critical_drive))
    return {
        "lower_edge": edges.lower,
        "upper_edge": edges.upper,
        "area": float(np.trapezoid(branches.upper - branches.lower, inside)),
        "level": level,
        "critical_drive": critical_drive,
        "note": note,
    }


def switch(drives: FloatArray, polarisation: FloatArray, level: float) -> float:
    """Drive at which 2 <S_z> / N first passes `level` along the path, between levels by a straight line; NaN if never.

    A level that is NaN is never passed.

    Both arguments have the order of the path, shape (n_levels,).
    """
    side = polarisation > level
    crossings = np.flatnonzero(side[1:] != side[:-1])
    if crossings.size == 0:
        return float("nan")
    k = int(crossings[0])
    fraction = (level - polarisation[k]) / (polarisation[k + 1] - polarisation[k])
    return float(drives[k] + fraction * (drives[k + 1] - drives[k]))


def summary(
    parameters: Mapping[str, Any],
    sweep: Sequence[Table],
    ensemble: Sequence[Table],
    ensemble_areas: Sequence[Table],
    chain: Table,
    mean_field: Table,
    static: Table,
) -> dict[str, Columns]:
    """Tables loops and validation from those of the functions above.

    A loop without trajectories or without a level that counts as the switch keeps its row, with a note.

    Raises:
        checks.CertificateError: an ensemble is further from the master equation than `standard_errors`.
    """
    level = static.data.set_index("n_atoms")["level"]
    areas = pd.concat([table.data for table in ensemble_areas]).groupby(["n_atoms", "rate"])["area"]
    rows = []
    groups = {"master equation": sweep, "ensemble": ensemble, "adiabatic chain": [chain], "mean field": [mean_field]}
    exact: dict[tuple[int, float], float] = {}
    for source, group in groups.items():
        for (n_atoms, rate), loop in _loops(group):
            up, down = (loop[loop["direction"] == way] for way in ("up", "down"))
            drives = up["drive"].to_numpy()
            s_z = np.concatenate([up["s_z"], down["s_z"].to_numpy()[1:]])
            row: dict[str, Any] = {
                "source": source,
                "n_atoms": n_atoms,
                "rate": rate,
                "area": area(n_atoms, drives, s_z),
            }
            if source == "master equation":
                exact[n_atoms, rate] = row["area"]
            row |= {"area_error": 0.0, "area_ratio": row["area"] / exact.get((n_atoms, rate), np.nan)}
            if source == "ensemble":
                row["area_error"] = float(areas.sem().loc[n_atoms, rate])
            elif source == "master equation":
                row["area_error"] = (
                    2 / n_atoms * sum(abs(np.trapezoid(way["error"], way["drive"])) for way in (up, down))
                )
            for name, way in (("switch_up", up), ("switch_down", down)):
                polarisation = 2 / n_atoms * way["s_z"].to_numpy()
                row[name] = switch(way["drive"].to_numpy(), polarisation, level[n_atoms])
            notes = set(loop["note"]) if source == "ensemble" else set()
            if np.isnan(level[n_atoms]):
                notes.add("no switch without a critical point")
            row["note"] = "; ".join(sorted(notes - {""}))
            row["loop_rate"], row["common_rate"] = rate in parameters["loop_rates"], rate == parameters["common_rate"]
            rows.append(row)
    loops = pd.DataFrame(rows)
    return {
        "loops": {str(name): loops[name].to_numpy() for name in loops},
        "validation": _validation(loops, parameters["standard_errors"]),
    }


def _loops(group: Sequence[Table]) -> Iterable[tuple[tuple[int, float], pd.DataFrame]]:
    for table in group:
        for key, loop in table.data.groupby(["n_atoms", "rate"]):
            yield cast("tuple[int, float]", key), loop


def _validation(loops: pd.DataFrame, standard_errors: float) -> Columns:
    exact = loops[loops["source"] == "master equation"].set_index(["n_atoms", "rate"])["area"]
    sampled = loops[loops["source"] == "ensemble"].set_index(["n_atoms", "rate"])
    common = sampled.loc[sampled.index.isin(exact.index)].sort_index()
    reference = exact.loc[common.index]
    missing = common["area"].isna()
    deviation = (common["area"] - reference).abs() / common["area_error"]
    if not (missing | (deviation <= standard_errors)).all():
        raise checks.CertificateError(
            f"an ensemble's loop area lies {deviation.max():.1f} standard errors from the master equation's "
            f"(at most {standard_errors:g}), at (N, rate) = {deviation.idxmax()}"
        )
    return {
        "n_atoms": common.index.get_level_values("n_atoms").to_numpy(),
        "rate": common.index.get_level_values("rate").to_numpy(),
        "area_ensemble": common["area"].to_numpy(),
        "standard_error": common["area_error"].to_numpy(),
        "area_master_equation": reference.to_numpy(),
        "deviation": deviation.to_numpy(),
        "within": (deviation <= standard_errors).to_numpy(),
        "note": np.where(missing, "trajectories left out", ""),
    }
