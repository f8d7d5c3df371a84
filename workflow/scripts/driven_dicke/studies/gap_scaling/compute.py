"""The gap of one N at a fixed drive and at its critical point: eigenvalue, flow, and what approximates them."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.closed_form import critical_point
from driven_dicke.generator import spectrum
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import grid, model_of
from driven_dicke.switching import adiabatic_chain, switching_law

_MIXING = 0.05  # of rho_0 into rho_1, which the flow takes out
_DEVIATION = 0.05  # of eigenvalue and flow: rounding alone separates them


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table gap of `n_atoms`: at `drive`, and at the critical point if `critical` is true.

    Raises:
        checks.ParameterError: no critical point at this N.
        checks.CertificateError: the mode fails its certificate, or eigenvalue and flow differ by more than 5 %.
    """
    model = model_of(parameters, parameters["n_atoms"])
    places = {"fixed": parameters["drive"]}
    if parameters["critical"]:
        places["critical"] = critical_point.critical_drive(model)
    rows = [{"n_atoms": model.n_atoms, "place": place} | at_drive(model, drive) for place, drive in places.items()]
    return {"gap": {name: np.array([row[name] for row in rows]) for name in rows[0]}}


def at_drive(model: Model, drive: float) -> dict[str, float]:
    """The columns of contracts.gap_scaling.GAP from the drive on."""
    rabi_frequency = model.rabi_frequency(drive)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2, mixing=_MIXING)
    flow = spectrum.gap_from_flow(model, modes)
    logging.info("N = %d, drive %.5f: eigenvalue %.6e, flow %.6e", model.n_atoms, drive, modes.gap, flow)
    if not abs(flow / modes.gap - 1) <= _DEVIATION:
        raise checks.CertificateError(
            f"N = {model.n_atoms}, drive {drive:g}: eigenvalue {modes.gap:.4e} and flow {flow:.4e} of the slow mode "
            f"differ by more than {_DEVIATION:g}"
        )
    weights = switching_law.log_weights(model, rabi_frequency)
    return {
        "drive": drive,
        "gap_eigenvalue": modes.gap,
        "gap_flow": flow,
        "rate_plus": flow * np.exp(weights.minus) if weights else np.nan,
        "rate_minus": flow * np.exp(weights.plus) if weights else np.nan,
        **ratios(model, drive, flow),
        "residual": modes.residuals[1],
        "trace_of_mode": modes.trace_errors[0],
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
    """Tables map and edges: the gap over `n_atoms` and the drives {start, stop, points} of `drive`."""
    drives = grid(parameters["drive"])
    rows = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        for drive in drives:
            modes = spectrum.slow_modes(model, model.rabi_frequency(drive), count=2)
            rows.append(
                {"n_atoms": n_atoms, "drive": drive, "gap_eigenvalue": modes.gap, "residual": modes.residuals[1]}
            )
        logging.info("N = %d: %d drives", n_atoms, drives.size)
    sizes = np.arange(parameters["n_atoms"][0], parameters["n_atoms"][-1] + 1)
    edges = np.array([_special_drives(model_of(parameters, int(n_atoms))) for n_atoms in sizes])
    return {
        "map": {name: np.array([row[name] for row in rows]) for name in rows[0]},
        "edges": {"n_atoms": sizes} | dict(zip(("drive_lower", "drive_upper", "drive_critical"), edges.T, strict=True)),
    }


def _special_drives(model: Model) -> tuple[float, float, float]:
    """Both edges of the bistable region and the critical point; NaN where there is none."""
    ratio = model.collective_rate / model.single_atom_rate
    if ratio <= mean_field.BISTABILITY_RATIO:
        return np.nan, np.nan, np.nan
    try:
        critical = critical_point.critical_drive(model)
    except checks.ParameterError:  # <S_z> does not cross the middle: N is too small
        critical = np.nan
    return *mean_field.bistability_edges(ratio), critical
