"""The two phases in closed form against the spectrum, and the squeezing of rho_+ to its edge: Fig. ext4."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from driven_dicke.closed_form import absorber, closed_form_phases, critical_point
from driven_dicke.generator import phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks, observables
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import model_of
from driven_dicke.studies.phases.compute import OBSERVABLES, certified_phases

BEST_LIMIT = 2 / 3  # `squeezing.xi2_pair_correlation_limit` at the edge


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables comparison and observables: every one of `n_atoms` at its own critical point, Eq. (C2).

    Raises:
        checks.ParameterError: an N has no critical point.
        checks.CertificateError: a decomposition fails its certificate.
    """
    comparison, values = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        drive = critical_point.critical_drive(model)
        found, columns = certified_phases(model, drive)
        if not rounding_resolves_purity(n_atoms):
            columns["a_minus_physical"] = np.nan
        pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
        parts = absorber.restricted(pairs)
        columns |= {"weight_plus": np.exp(parts.log_weight_plus), "weight_minus": np.exp(parts.log_weight_minus)}
        for state, spectral, part in (("plus", found.plus, parts.plus), ("minus", found.minus, parts.minus)):
            columns[f"distance_{state}"] = closed_form_phases.trace_distance(spectral, absorber.blocks(part))
            both = observables.expectation(spectral), absorber.moments(part)
            values += [
                (n_atoms, drive, state, name, *(getattr(expectation, name) for expectation in both))
                for name in OBSERVABLES
            ]
        mixed = closed_form_phases.mixture(parts)
        columns["distance_mixture"] = closed_form_phases.trace_distance(mixed, absorber.blocks(pairs))
        comparison.append({"n_atoms": n_atoms, "drive": drive} | columns)
        logging.info("N = %d: trace distance of rho_+ %.2e at %.4f Omega_c", n_atoms, columns["distance_plus"], drive)
    names = ("n_atoms", "drive", "state", "observable", "spectral", "closed_form")
    return {
        "comparison": {name: np.array([row[name] for row in comparison]) for name in comparison[0]},
        "observables": {name: list(column) for name, column in zip(names, zip(*values, strict=True), strict=True)},
    }


def rounding_resolves_purity(n_atoms: int) -> bool:
    """Whether the physical tr(rho_-^2), at least 2^-N, exceeds the square of rounding in the one block j = N/2."""
    return bool(-n_atoms * np.log(2) > 2 * np.log(100 * np.finfo(float).eps))


def compute_squeezing(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables squeezing, limits, best and best_law from the sections `squeezing` and `best`.

    Raises:
        checks.ParameterError: the steady state of an N is not bistable at all of the drives.
        checks.CertificateError: a decomposition or a search for the least xi^2 fails its certificate.
    """
    drives = drives_to_edge(parameters["squeezing"]["drive_start"], parameters["squeezing"]["points"])
    tables = [squeezing_of(model_of(parameters, n_atoms), drives) for n_atoms in parameters["squeezing"]["n_atoms"]]
    best = best_table(parameters)
    return {
        "squeezing": {name: np.concatenate([table[name] for table in tables]) for name in tables[0]},
        "limits": {
            "drive": drives,
            "xi2_printed": squeezing.xi2_collective_limit(drives),
            "xi2_pair_correlation": squeezing.xi2_pair_correlation_limit(drives),
        },
        "best": best,
        "best_law": power_law(best, parameters["best"]["first"]),
    }


def drives_to_edge(start: float, points: int) -> FloatArray:
    """Drives from `start` to 1/sqrt(2), equally spaced in sqrt(1 - 2 drive^2), in which xi^2 is smooth at the edge."""
    spreads = np.linspace(np.sqrt(1 - 2 * start**2), 0, points)
    return np.sqrt((1 - spreads**2) / 2)


def squeezing_of(model: Model, drives: FloatArray) -> dict[str, Any]:
    """Columns of contracts.closed_form_phases.SQUEEZING for one N."""
    ratio = model.collective_rate / model.single_atom_rate
    _, s_y, s_z = mean_field.spin(ratio, drives, mean_field.branches(ratio, drives).lower).T
    parts = [
        absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive))).plus for drive in drives
    ]
    logging.info("closed form of rho_+ at %d drives, N = %d", drives.size, model.n_atoms)
    return {
        "n_atoms": np.full(drives.size, model.n_atoms),
        "drive": drives,
        "xi2": np.array([absorber.moments(part).xi2 for part in parts]),
        "barrier_depth": np.array([closed_form_phases.barrier_depth(part) for part in parts]),
        "xi2_printed": squeezing.xi2(ratio, s_y, s_z),
        "xi2_pair_correlation": squeezing.xi2_pair_correlation(ratio, s_y, s_z),
    }


def spectral_best(model: Model) -> closed_form_phases.Optimum:
    """Least xi^2 of rho_+ of the spectrum over the bistable region, its drive to 0.2 % of the region.

    Raises:
        checks.CertificateError: a decomposition fails its certificate, or the least value lies at an edge.
    """
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)
    width = edges.upper - edges.lower

    def xi2(drive: float) -> float:
        return observables.expectation(phases.decompose(model, model.rabi_frequency(drive)).plus).xi2

    found = minimize_scalar(xi2, bounds=tuple(edges), method="bounded", options={"xatol": 2e-3 * width})
    if min(found.x - edges.lower, edges.upper - found.x) < 1e-2 * width:
        raise checks.CertificateError(f"xi2 of the spectral rho_+ has no least value within the region at {model}")
    return closed_form_phases.Optimum(float(found.x), float(found.fun))


def best_table(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.closed_form_phases.BEST."""
    searches = (
        ("closed_form", parameters["best"]["n_atoms"], closed_form_phases.best_squeezing),
        ("spectral", parameters["best"]["spectral_n_atoms"], spectral_best),
    )
    rows = []
    for source, sizes, search in searches:
        for n_atoms in sizes:
            found = search(model_of(parameters, n_atoms))
            rows.append((n_atoms, source, found.drive, found.xi2))
            logging.info("%s, N = %d: least xi2 %.5f at %.5f Omega_c", source, n_atoms, found.xi2, found.drive)
    columns = zip(*rows, strict=True)
    table = {
        name: np.array(column) for name, column in zip(("n_atoms", "source", "drive", "xi2"), columns, strict=True)
    }
    law = [closed_form_phases.edge_law(int(n_atoms)).excess for n_atoms in table["n_atoms"]]
    distance = np.sqrt(0.5) - table["drive"]
    return table | {"excess": table["xi2"] - BEST_LIMIT, "edge_distance": distance, "excess_law": law}


def power_law(best: Mapping[str, Any], first: int) -> dict[str, Any]:
    """Columns of contracts.closed_form_phases.BEST_LAW: least squares through the closed form from N = `first` on.

    Raises:
        checks.ParameterError: fewer than three sizes.
    """
    fitted = (best["source"] == "closed_form") & (best["n_atoms"] >= first)
    n_atoms = best["n_atoms"][fitted]
    if n_atoms.size < 3:
        raise checks.ParameterError(f"a power law needs at least 3 sizes from {first} on, but got {n_atoms.tolist()}")
    logs = np.log(n_atoms), np.log(best["excess"][fitted])
    line, covariance = np.polyfit(*logs, 1, cov=True)
    return {
        "exponent": [line[0]],
        "exponent_error": [np.sqrt(covariance[0, 0])],
        "prefactor": [np.exp(line[1])],
        "n_atoms_first": [n_atoms[0]],
        "n_atoms_last": [n_atoms[-1]],
        "largest_residual": [np.abs(np.polyval(line, logs[0]) - logs[1]).max()],
    }
