"""Second ways to the gap's scaling: exact rates between thresholds of j, and other ratios gamma_c / gamma_s."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.generator import spectrum
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import model_of, row_or_note
from driven_dicke.studies.gap_scaling import FIRST_PASSAGE
from driven_dicke.studies.gap_scaling.compute import ratios
from driven_dicke.switching import switching_rates


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables first_passage (sizes `first_passage.n_atoms`) and ratios (`ratios.n_atoms`, every `ratios.gamma_ratios`).

    A size at which p_k has one maximum, or no spin lies beyond a threshold, keeps its row, with a note.
    """
    drive, thresholds = parameters["drive"], parameters["first_passage"]
    passages = [
        {"n_atoms": n_atoms, "drive": drive}
        | row_or_note(partial(first_passage, model_of(parameters, n_atoms), drive, thresholds), FIRST_PASSAGE)
        for n_atoms in thresholds["n_atoms"]
    ]
    tests = [
        at_ratio(Model(parameters["ratios"]["n_atoms"], gamma_ratio), drive)
        for gamma_ratio in parameters["ratios"]["gamma_ratios"]
        for drive in parameters["ratios"]["drives"]
    ]
    return {
        "first_passage": {name: np.array([row[name] for row in passages]) for name in passages[0]},
        "ratios": {name: np.array([row[name] for row in tests]) for name in tests[0]},
    }


def first_passage(model: Model, drive: float, thresholds: Mapping[str, float]) -> dict[str, float]:
    """Rates of leaving either phase from lambda_1 and the weights, and from the exact flux between the thresholds.

    The thresholds are `minus` and `plus` of the way from <S^2> of rho_- to that of rho_+, both in closed form.

    Raises:
        checks.ParameterError: p_k has one maximum, or no spin lies beyond a threshold.
    """
    rabi_frequency = model.rabi_frequency(drive)
    parts = absorber.restricted(absorber.pair_distribution(model, rabi_frequency))
    plus, minus = absorber.moments(parts.plus).s_squared, absorber.moments(parts.minus).s_squared
    low, high = (minus + thresholds[name] * (plus - minus) for name in ("minus", "plus"))
    exact = switching_rates.switching_rates(model, rabi_frequency, low, high)
    gap = spectrum.slow_modes(model, rabi_frequency, count=2).gap
    logging.info("N = %d: (Gamma_+ + Gamma_-) / lambda_1 = %.4f", model.n_atoms, (exact.plus + exact.minus) / gap)
    return {
        "rate_plus": gap * np.exp(parts.log_weight_minus),
        "rate_plus_exact": exact.plus,
        "rate_minus": gap * np.exp(parts.log_weight_plus),
        "rate_minus_exact": exact.minus,
    }


def at_ratio(model: Model, drive: float) -> dict[str, float]:
    """One row of contracts.gap_scaling.RATIOS."""
    modes = spectrum.slow_modes(model, model.rabi_frequency(drive), count=2)
    flow = spectrum.gap_from_flow(model, modes)
    row = {"n_atoms": model.n_atoms, "gamma_ratio": model.gamma_c / model.gamma_s, "drive": drive, "gap_flow": flow}
    row |= ratios(model, drive, flow)
    logging.info("gamma_c = %g gamma_s: lambda_1 / law = %.4f", row["gamma_ratio"], row["ratio_exact"])
    return row
