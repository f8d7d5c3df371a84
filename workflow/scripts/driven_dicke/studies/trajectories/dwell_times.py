"""Dwell times in the two phases along long spin-resolved trajectories, against the rates of Eq. (10)."""

import logging
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import model_of, time_grid
from driven_dicke.studies.trajectories.compute import progress_log
from driven_dicke.studies.trajectories.switching import phases_at, thresholds
from driven_dicke.switching import switching_rates
from driven_dicke.trajectories import dwell, record, spin_resolved
from driven_dicke.trajectories.dwell import Stays

STATES = ("plus", "minus")
LARGEST_JUMPS = 8e6  # of all trajectories together: a minute or two
FEWEST_TRAJECTORIES = 8  # side by side, where a jump costs little more than in larger company
OTHER = {"plus": "minus", "minus": "plus"}


def compute(parameters: Mapping[str, Any], phases: Table) -> dict[str, dict[str, Any]]:
    """Tables dwell_times, dwell_rates and dwell_thresholds from trajectories of `n_atoms` atoms, all down, at `drive`.

    Where the configured trajectories would take more than LARGEST_JUMPS jumps there are fewer of them, and then shorter
    ones: the question is one of switches, not of photons, whose number grows with gamma_c. A note says so.

    A stay begins and ends where <S^2> passes `thresholds`, see `switching.thresholds`; dwell_thresholds repeats the
    rates with every pair of `other_thresholds`. Beside each measured rate stands the exact one for its thresholds.
    """
    model, drive = model_of(parameters, parameters["n_atoms"]), parameters["drive"]
    values = phases_at(phases, drive)
    count, times, note = affordable(parameters, model)
    ensemble = spin_resolved.ensemble(
        model,
        DriveSchedule([model.rabi_frequency(drive)]),
        np.eye(1, model.n_atoms + 1)[0],
        times,
        record.spawn(parameters["seed"], count),
        progress_log(f"N = {model.n_atoms}, {count} trajectories", times[-1]),
        with_jumps=False,
    )
    s_squared = [trajectory.s_squared for trajectory in ensemble]

    def rates(fractions: Mapping[str, float]) -> tuple[dict[str, list[Stays]], dict[str, list[Any]]]:
        low, high = thresholds(fractions, values)
        stays = stays_of(times, s_squared, low, high)
        return stays, rate_columns(stays) | {"rate_exact": exact_rates(model, drive, low, high)}

    stays, measured = rates(parameters["thresholds"])
    for row in zip(*measured.values(), strict=True):
        logging.info("rate of leaving rho_%s: %.4f +- %.4f from %d switches; exact %.4f", *row)
    pairs = [
        {"minus": minus, "plus": plus}
        for minus, plus in product(*(parameters["other_thresholds"][state] for state in ("minus", "plus")))
        if minus < plus
    ]
    by_pair = [rates(pair)[1] for pair in pairs]
    pooled = [dwell.pool(stays[state]) for state in STATES]
    counts = [stay.duration.size for state in STATES for stay in stays[state]]
    return {
        "dwell_times": {
            "trajectory": np.repeat(np.tile(np.arange(len(ensemble)), len(STATES)), counts),
            "state": np.repeat(STATES, [stay.duration.size for stay in pooled]),
            "dwell_time": np.concatenate([stay.duration for stay in pooled]),
            "censored": np.concatenate([~(stay.started & stay.ended) for stay in pooled]),
        },
        "dwell_rates": {"n_atoms": [model.n_atoms] * len(STATES), "drive": [drive] * len(STATES)}
        | measured
        | predicted_rates(model, drive, values)
        | {"note": [note] * len(STATES)},
        "dwell_thresholds": {name: [pair[name] for pair in pairs for _ in STATES] for name in ("minus", "plus")}
        | {name: [value for columns in by_pair for value in columns[name]] for name in measured},
    }


def affordable(parameters: Mapping[str, Any], model: Model) -> tuple[int, FloatArray, str]:
    """Number of trajectories and times of their record within LARGEST_JUMPS, and what was cut; nothing if all fit.

    The number of jumps is known beforehand: gamma_c <S_+S_-> + gamma_s <S_z + N/2> of the steady state, per time.
    """
    count, times = parameters["trajectories"], time_grid(parameters["times"])
    steady = absorber.steady_state_moments(model, model.rabi_frequency(parameters["drive"]))
    jump_rate = model.gamma_c * steady.intensity + model.gamma_s * (steady.s_z + model.n_atoms / 2)
    longest = LARGEST_JUMPS / jump_rate  # of all trajectories together
    if count * times[-1] <= longest:
        return count, times, ""
    count = min(count, max(FEWEST_TRAJECTORIES, int(longest / times[-1])))
    stop = longest / count
    if stop < times[-1]:
        start = min(times[0], stop / 2)  # half of the time at least is recorded
        times = times - times[0] + start
        times = times[times <= stop]
    note = f"cut to {count} of {parameters['trajectories']} trajectories, up to t = {times[-1]:.4g}: one has"
    return count, times, f"{note} {jump_rate:.0f} jumps in a time 1/gamma_s"


def stays_of(times: FloatArray, s_squared: Sequence[FloatArray], low: float, high: float) -> dict[str, list[Stays]]:
    """Stays in each phase, one entry per trajectory."""
    found = [dwell.dwell_times(times, values, low, high) for values in s_squared]
    return {"plus": [stay.high for stay in found], "minus": [stay.low for stay in found]}


def exact_rates(model: Model, drive: float, low: float, high: float) -> list[float]:
    """Exact rates of leaving rho_+ and rho_-; NaN where no spin lies beyond a threshold."""
    try:
        exact = switching_rates.switching_rates(model, model.rabi_frequency(drive), low, high)
    except checks.ParameterError as error:
        logging.info("left out: %s", error)
        return [np.nan] * len(STATES)
    return [getattr(exact, state) for state in STATES]


def rate_columns(stays: Mapping[str, list[Stays]]) -> dict[str, list[Any]]:
    """Columns state, rate, rate_error and switches, measured from the stays; no rate where no stay has ended."""
    pooled = [dwell.pool(stays[state]) for state in STATES]
    rates = [stay.rate() if stay.ended.any() else (np.nan, np.nan) for stay in pooled]
    return {
        "state": list(STATES),
        "rate": [rate for rate, _ in rates],
        "rate_error": [error for _, error in rates],
        "switches": [int(stay.ended.sum()) for stay in pooled],
    }


def predicted_rates(model: Model, drive: float, values: Mapping[str, float]) -> dict[str, list[float]]:
    """Gamma_+- = lambda_1 a_-+, Eq. (10), with three kinds of weights, which agree for large N.

    In a mixture a_+ rho_+ + a_- rho_- of trace 1 the weights sum to 1; the overlaps of Eq. (5) do not at finite N.
    """
    exact = absorber.steady_state_moments(model, model.rabi_frequency(drive)).s_squared
    plus = (exact - values["s_squared_minus"]) / (values["s_squared_plus"] - values["s_squared_minus"])
    weights = {
        "rate_predicted": {state: values[f"a_{state}"] for state in STATES},
        "rate_predicted_physical": {state: values[f"a_{state}_physical"] for state in STATES},
        "rate_predicted_mixture": {"plus": plus, "minus": 1 - plus},
    }
    return {name: [values["gap"] * weight[OTHER[state]] for state in STATES] for name, weight in weights.items()}
