"""The phase diagram: where the model is bistable, where it switches, and how fast. Fig. ext7."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import critical_point, phase_balance
from driven_dicke.generator import spectrum
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import grid, model_of, row_or_note
from driven_dicke.studies.phase_diagram import SIZES
from driven_dicke.switching.adiabatic_chain import adiabatic_chain

# Rows at Gamma = 8 gamma itself would hold a region of no width: they begin a hair above.
_ABOVE_THRESHOLD = 1 + 1e-9
_LOWEST_SIZE = 10  # below it Gamma < 8 gamma at every gamma_c / gamma_s
Columns = dict[str, Any]


def threshold(n_atoms: int) -> float:
    """gamma_c / gamma_s at which Gamma = 8 gamma: 8 / (N - 9). Bistability needs more.

    Raises:
        checks.ParameterError: N < 10, where Gamma / gamma < N - 1 never reaches 8 in excess.
    """
    return mean_field.BISTABILITY_RATIO / (checks.integer("n_atoms", n_atoms, _LOWEST_SIZE) - 9)


def log_grid(parameters: Mapping[str, Any]) -> FloatArray:
    """The values {start, stop, points} of a configured grid, equally spaced in the logarithm, both ends included."""
    return np.geomspace(parameters["start"], parameters["stop"], parameters["points"])


def _edges(model: Model) -> dict[str, float]:
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)
    return {"lower_edge": edges.lower, "upper_edge": edges.upper}


def _critical_drive(model: Model) -> float:
    """Omega_PT / Omega_c by Eq. (C2), NaN where there is none."""
    try:
        return critical_point.critical_drive(model)
    except checks.ParameterError:
        return float("nan")


def _columns(rows: list[dict[str, Any]]) -> Columns:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def gap_map(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Table map: lambda_1 of `n_atoms` atoms over `rate_ratio` and `drive`."""
    rows = []
    for ratio in log_grid(parameters["rate_ratio"]):
        model = Model(parameters["n_atoms"], float(ratio))
        for drive in grid(parameters["drive"]):
            modes = spectrum.slow_modes(model, model.rabi_frequency(float(drive)), count=2)
            rows.append(
                {
                    "n_atoms": model.n_atoms,
                    "rate_ratio": ratio,
                    "drive": drive,
                    "gap": modes.gap,
                    "residual": modes.residuals[1],
                }
            )
        logging.info("N = %d, gamma_c = %.3g gamma_s: done", model.n_atoms, ratio)
    return {"map": _columns(rows)}


def boundaries(parameters: Mapping[str, Any]) -> dict[str, Columns]:
    """Tables boundaries and experiments (for each N of `experiments`) and plane (for each N of a grid).

    The rows of an N run from Gamma = 8 gamma to `largest_rate_ratio`; those of the plane begin at `first` times the
    gamma_c / gamma_s of Gamma = 8 gamma.
    """
    curves, plane, experiments = [], [], []
    for name, experiment in parameters["experiments"].items():
        n_atoms, ratio = experiment["n_atoms"], experiment.get("rate_ratio", np.nan)
        experiments.append(
            {"experiment": name, "n_atoms": n_atoms, "rate_ratio": ratio, "threshold": threshold(n_atoms)}
        )
        for model in _models(n_atoms, threshold(n_atoms) * _ABOVE_THRESHOLD, parameters, "curves"):
            row = {"n_atoms": n_atoms, "rate_ratio": model.gamma_c, **_edges(model)}
            curves.append(row | {"critical_drive": _critical_drive(model)})
        logging.info("boundaries of N = %d", n_atoms)
    for n_atoms in np.unique(np.rint(log_grid(parameters["plane"]["n_atoms"])).astype(int)).tolist():
        first = threshold(n_atoms)
        for model in _models(n_atoms, first * parameters["plane"]["first"], parameters, "plane"):
            row = {"n_atoms": n_atoms, "threshold": first, "rate_ratio": model.gamma_c}
            plane.append(row | {"critical_drive": _critical_drive(model)})
        logging.info("critical points of N = %d", n_atoms)
    return {"boundaries": _columns(curves), "plane": _columns(plane), "experiments": _columns(experiments)}


def _models(n_atoms: int, first: float, parameters: Mapping[str, Any], name: str) -> list[Model]:
    """N atoms with gamma_c / gamma_s from `first` to the largest one, equally spaced in the logarithm."""
    ratios = np.geomspace(first, parameters["largest_rate_ratio"], parameters[name]["points"])
    return [Model(n_atoms, float(ratio)) for ratio in ratios]


def sizes(parameters: Mapping[str, Any], critical_point: Table) -> dict[str, Columns]:
    """Tables sizes, for every N of the table critical_point, and chain.

    Both are at the configured rates; the row of an N without a bistable region has a note in place of the edges.
    """
    rows = []
    known = critical_point.data.sort_values("n_atoms")
    for n_atoms, drive in zip(known["n_atoms"].tolist(), known["drive"].tolist(), strict=True):
        model = model_of(parameters, n_atoms)
        row = {"n_atoms": n_atoms, **row_or_note(partial(_edges, model), SIZES), "critical_drive": drive}
        rows.append(row | {"equal_weight_drive": _equal_weight_drive(model)})
        logging.info("N = %d: Omega_PT %.5f, equal weights at %.5f", n_atoms, drive, rows[-1]["equal_weight_drive"])
    chain = []
    for n_atoms in parameters["chain"]["n_atoms"]:
        model = model_of(parameters, n_atoms)
        for value in grid(parameters["chain"]["drive"]):
            log_gap = adiabatic_chain(model, model.rabi_frequency(float(value))).log_gap
            chain.append({"n_atoms": n_atoms, "drive": value, "log10_gap": log_gap / np.log(10)})
        logging.info("chain of N = %d", n_atoms)
    return {"sizes": _columns(rows), "chain": _columns(chain)}


def _equal_weight_drive(model: Model) -> float:
    """Drive of equal weights of both maxima of p_k, NaN where p_k has only one."""
    try:
        return phase_balance.equal_weight_drive(model)
    except checks.ParameterError:
        return float("nan")
