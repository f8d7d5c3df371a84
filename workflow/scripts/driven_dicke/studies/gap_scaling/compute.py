"""The gap of one N at a fixed drive and at its critical point: eigenvalue, flow, and what approximates them."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import critical_point
from driven_dicke.generator import spectrum
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import bistability_edges, grid, missing, model_of, row_or_note, value_or_note
from driven_dicke.studies.gap_scaling import EDGES, GAP, MAP
from driven_dicke.studies.resolution import require_resolved
from driven_dicke.switching import adiabatic_chain, switching_law

_MIXING = 0.05  # of rho_0 into rho_1, which the flow takes out
_DEVIATION = 0.05  # of eigenvalue and flow: rounding alone separates them
ONE_MAXIMUM = "p_k has one maximum: one phase"
NO_LAW = "no closed law from Omega_c / sqrt 2 on"
OSCILLATES = "the slowest mode oscillates: no flow"


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table gap of `n_atoms`: at `drive`, and at the critical point if `critical` is true.

    A place without a critical point, or whose gap rounding hides, keeps its row, with a note.

    Raises:
        checks.CertificateError: the mode fails its certificate, or eigenvalue and flow differ by more than 5 %.
    """
    model = model_of(parameters, parameters["n_atoms"])
    places = {"fixed": (parameters["drive"], "")}
    if parameters["critical"]:
        places["critical"] = value_or_note(partial(critical_point.critical_drive, model))
    rows = []
    for place, (drive, note) in places.items():
        columns = missing(GAP, note) if note else row_or_note(partial(at_drive, model, drive), GAP)
        rows.append({"n_atoms": model.n_atoms, "place": place} | columns | {"drive": drive})
    return {"gap": {name: np.array([row[name] for row in rows]) for name in rows[0]}}


def at_drive(model: Model, drive: float) -> dict[str, Any]:
    """The columns of contracts.gap_scaling.GAP from the drive on.

    Raises:
        checks.ParameterError: rounding hides the gap.
        checks.CertificateError: as for `compute`.
    """
    rabi_frequency = model.rabi_frequency(drive)
    require_resolved(model, rabi_frequency, _MIXING)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2, mixing=_MIXING)
    notes = [OSCILLATES] if modes.eigenvalues[1].imag else []
    flow = np.nan if notes else spectrum.gap_from_flow(model, modes)
    logging.info("N = %d, drive %.5f: eigenvalue %.6e, flow %.6e", model.n_atoms, drive, modes.gap, flow)
    if abs(flow / modes.gap - 1) > _DEVIATION:
        raise checks.CertificateError(
            f"N = {model.n_atoms}, drive {drive:g}: eigenvalue {modes.gap:.4e} and flow {flow:.4e} of the slow mode "
            f"differ by more than {_DEVIATION:g}"
        )
    weights = switching_law.log_weights(model, rabi_frequency)
    if weights is None:
        notes.append(ONE_MAXIMUM)
    values = ratios(model, drive, flow)
    if np.isnan(values["log_law"]):
        notes.append(NO_LAW)
    return {
        "drive": drive,
        "gap_eigenvalue": modes.gap,
        "gap_flow": flow,
        "rate_plus": flow * np.exp(weights.minus) if weights else np.nan,
        "rate_minus": flow * np.exp(weights.plus) if weights else np.nan,
        **values,
        "residual": modes.residuals[1],
        "trace_of_mode": modes.trace_errors[0],
        "note": "; ".join(notes),
    }


def ratios(model: Model, drive: float, gap: float) -> dict[str, float]:
    """ln of the closed law, and the exact gap and those of both chains over it; NaN where there is no law."""
    columns = approximations(model, drive, with_pairs=True)
    return {
        "log_law": columns["log_law"],
        "ratio_exact": gap / np.exp(columns["log_law"]),
        "ratio_spin_chain": columns["ratio_spin_chain"],
        "ratio_pair_chain": columns["ratio_pair_chain"],
    }


def approximations(model: Model, drive: float, *, with_pairs: bool) -> dict[str, float]:
    """The columns of contracts.gap_scaling.CHAINS after the drive; the chain in k costs N^3."""
    rabi_frequency = model.rabi_frequency(drive)
    law, total = switching_law.OfPhases(np.nan, np.nan), np.nan
    if drive < np.sqrt(0.5):  # beyond, there is one phase for large N
        law = switching_law.log_rates(model, drive)
        total = float(np.logaddexp(*law))
    spin = adiabatic_chain.adiabatic_chain(model, rabi_frequency).log_gap
    pairs = switching_law.pair_chain_log_gap(model, rabi_frequency) if with_pairs else np.nan
    return {
        "log_gap_spin_chain": spin,
        "log_gap_pair_chain": pairs,
        "log_law": total,
        "log_law_plus": law.plus,
        "log_law_minus": law.minus,
        "ratio_spin_chain": np.exp(spin - total),
        "ratio_pair_chain": np.exp(pairs - total),
    }


def compute_map(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables map and edges: the gap over `n_atoms` and the drives {start, stop, points} of `drive`.

    A place whose gap rounding hides, and an N without a bistable region or a critical point, keep their rows, with a
    note.
    """
    drives = grid(parameters["drive"])
    rows = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        rows += [
            {"n_atoms": n_atoms, "drive": drive} | row_or_note(partial(_slowest, model, drive), MAP) for drive in drives
        ]
        logging.info("N = %d: %d drives", n_atoms, drives.size)
    sizes = np.arange(parameters["n_atoms"][0], parameters["n_atoms"][-1] + 1).tolist()
    edges = [
        {"n_atoms": n_atoms} | row_or_note(partial(_special_drives, model_of(parameters, n_atoms)), EDGES)
        for n_atoms in sizes
    ]
    return {
        "map": {name: np.array([row[name] for row in rows]) for name in rows[0]},
        "edges": {name: np.array([row[name] for row in edges]) for name in edges[0]},
    }


def _slowest(model: Model, drive: float) -> dict[str, float]:
    """Values of a row of contracts.gap_scaling.MAP.

    Raises:
        checks.ParameterError: rounding hides the gap.
    """
    rabi_frequency = model.rabi_frequency(drive)
    require_resolved(model, rabi_frequency)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2)
    return {"gap_eigenvalue": modes.gap, "residual": modes.residuals[1]}


def _special_drives(model: Model) -> dict[str, Any]:
    """Values of a row of contracts.gap_scaling.EDGES; below the N with a critical point both edges and a note.

    Raises:
        checks.ParameterError: no bistable region.
    """
    edges = bistability_edges(model)
    critical, note = value_or_note(partial(critical_point.critical_drive, model))
    return {"drive_lower": edges.lower, "drive_upper": edges.upper, "drive_critical": critical, "note": note}
