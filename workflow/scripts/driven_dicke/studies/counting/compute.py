"""Counts of both ports at the critical point: large deviations, Fano factor, and the distribution in a bin."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

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

LEAST = 1e-9  # probability of a number of counts beyond which the table ends

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
    theta, slope = found.cumulant_generating_function(tilts, states)
    of_two = states.cumulant_generating_function(tilts)
    dim = min(states.rate_plus, states.rate_minus) * tilts
    return {
        "scaled_tilt": scaled,
        "theta": theta / gap,
        "theta_two_states": of_two / gap,
        "excess": (theta - dim) / gap,
        "excess_two_states": (of_two - dim) / gap,
        "activity": (slope - states.rate_minus) / contrast,
        "rate_function": (np.log1p(tilts) * slope - theta) / gap,
    }


def bins(parameters: Mapping[str, Any], counts: Table) -> Columns:
    """Table BINS: the distribution of the cavity's counts in a bin of Fig. 13, and the record's."""
    record = parameters["record"]
    model = model_of(parameters, record["n_atoms"])
    omega, width = model.rabi_frequency(record["drive"]), record["bin_width"]
    exact = Counting(model, omega, absorber.density_blocks(model, omega), "cavity")
    states, note = found_states(model, omega)
    seen = counts.data["collective"].to_numpy()
    largest = max(exact.most(width), int(seen.max()))
    probability = exact.distribution(width, largest)
    two = states["cavity"].distribution(width, largest) if states else np.full(largest + 1, np.nan)
    record = np.bincount(seen, minlength=largest + 1) / seen.size
    size = int(np.flatnonzero((probability > LEAST) | (record > 0))[-1]) + 1
    return {
        "counts": np.arange(size),
        "probability": probability[:size],
        "two_states": two[:size],
        "record": record[:size],
        "note": np.full(size, note),
    }
