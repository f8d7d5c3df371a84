"""Counts of both ports at the critical point: large deviations, Fano factor, and the distribution in a bin."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import poisson

from driven_dicke.closed_form import absorber
from driven_dicke.closed_form.critical_point import critical_drive
from driven_dicke.generator import counting
from driven_dicke.generator.correlations import Light
from driven_dicke.generator.counting import Counting, TwoStates
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import grid, model_of, value_or_note
from driven_dicke.studies.counting import FANO, GENERATING
from driven_dicke.studies.light.compute import stacked
from driven_dicke.studies.two_states import PORTS, two_states

Columns = dict[str, Any]


def compute(parameters: Mapping[str, Any], counts: Table) -> dict[str, Columns]:
    """Tables generating, fano and bins. A size without a critical point or two phases keeps one row, with a note.

    Raises:
        checks.CertificateError: an eigenvalue or a correlation does not settle.
    """
    scaled, windows = symmetric(grid(parameters["log_tilt"])), 10 ** grid(parameters["log_window"])
    generating, fano = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        drive, note = value_or_note(partial(critical_drive, model))
        states: dict[str, TwoStates] = {}
        if not note:
            states, note = found_states(model, model.rabi_frequency(drive))
        here = {"n_atoms": n_atoms, "drive": drive, "note": note}
        if note:
            for port in PORTS:
                generating.append(nothing(GENERATING, here | {"port": port, "scaled_tilt": 0.0}))
                fano.append(nothing(FANO, here | {"port": port, "window": windows[0]}))
            continue
        omega = model.rabi_frequency(drive)
        steady = absorber.density_blocks(model, omega)
        second_order = Light(model, omega, steady).second_order()
        for number, port in enumerate(PORTS):
            found = Counting(model, omega, steady, port)
            generating.append(here | {"port": port} | deviations(found, states[port], scaled))
            exact = counting.fano_factor(second_order[number][number], found.rate, windows)
            detector = parameters["detector"][port]
            fano.append(
                here
                | {
                    "port": port,
                    "window": windows,
                    "fano": exact,
                    "fano_two_states": states[port].fano_factor(windows),
                    "fano_detected": counting.detected_fano_factor(
                        exact, found.rate, detector["efficiency"], detector["dark_counts"]
                    ),
                }
            )
        logging.info("counts of N = %d at %.4f Omega_c", n_atoms, drive)
    return {"generating": stacked(generating), "fano": stacked(fano), "bins": bins(parameters, counts)}


def symmetric(logarithms: FloatArray) -> FloatArray:
    """-10^l, 0 and 10^l, rising."""
    positive = 10**logarithms
    return np.concatenate([-positive[::-1], [0.0], positive])


def found_states(model: Model, omega: float) -> tuple[dict[str, TwoStates], str]:
    """The two-state process of every port, or none and why."""
    try:
        return two_states(model, omega), ""
    except checks.ParameterError as error:
        logging.info("left out: %s", error)
        return {}, str(error)


def nothing(contract: Any, here: Columns) -> Columns:
    """One row without its optional values."""
    return {column.name: np.nan for column in contract.columns if column.optional} | here


def deviations(found: Counting, states: TwoStates, scaled: FloatArray) -> Columns:
    """Columns of GENERATING: theta, and by its slope the rate function."""
    gap, contrast = states.leave_plus + states.leave_minus, states.rate_plus - states.rate_minus
    tilts = scaled * gap / abs(contrast)
    theta = found.cumulant_generating_function(tilts, states)
    s = np.log1p(tilts)
    slope = np.gradient(theta, s)
    return {
        "scaled_tilt": scaled,
        "theta": theta / gap,
        "theta_two_states": states.cumulant_generating_function(tilts) / gap,
        "activity": (slope - states.rate_minus) / contrast,
        "rate_function": np.maximum((s * slope - theta) / gap, 0.0),
    }


def bins(parameters: Mapping[str, Any], counts: Table) -> Columns:
    """Table BINS: the distribution of the cavity's counts in a bin of Fig. 13, and the record's."""
    record = parameters["record"]
    model = model_of(parameters, record["n_atoms"])
    omega, width = model.rabi_frequency(record["drive"]), record["bin_width"]
    exact = Counting(model, omega, absorber.density_blocks(model, omega), "cavity")
    states, note = found_states(model, omega)
    brightest = max([exact.rate, *(s.rate_plus for s in states.values()), *(s.rate_minus for s in states.values())])
    seen = counts.data["collective"].to_numpy()
    largest = int(max(brightest * width + 12 * np.sqrt(brightest * width) + 20, seen.max() + 10))
    number = np.arange(largest + 1)
    return {
        "counts": number,
        "probability": exact.distribution(width, largest),
        "two_states": (telegraph_counts(states["cavity"], width, number) if states else np.full(number.size, np.nan)),
        "record": np.bincount(seen, minlength=largest + 1)[: largest + 1] / seen.size,
        "note": np.full(number.size, note),
    }


def telegraph_counts(states: TwoStates, window: float, number: ArrayLike) -> FloatArray:
    """Distribution of the counts of two states in a window, by the time spent in rho_+ on a grid of shares of it.

    Poissonian counts at the mean rate of the window; stays and single switches only, up to e^(-Gamma T) beyond, are
    exact: the time in rho_+ is found by many short steps of the two-state process.
    """
    steps = 200
    mixed = -np.expm1(-(states.leave_plus + states.leave_minus) * window / steps)
    leave = (1 - states.share_plus) * mixed, states.share_plus * mixed
    shares = np.zeros((2, steps + 1))
    shares[0, 0], shares[1, 0] = states.share_plus, 1 - states.share_plus
    for _ in range(steps):
        plus = np.roll(shares[0], 1)  # this step is spent in rho_+
        shares = np.array([plus * (1 - leave[0]) + shares[1] * leave[1], plus * leave[0] + shares[1] * (1 - leave[1])])
    time_plus = np.arange(steps + 1) / steps * window
    mean = states.rate_plus * time_plus + states.rate_minus * (window - time_plus)
    probability: FloatArray = shares.sum(axis=0) @ poisson.pmf(number, mean[:, None])
    return probability
