"""The two phases in closed form against the spectrum, and the squeezing of rho_+ to its edge: Fig. ext4."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
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
from driven_dicke.studies.closed_form_phases import BEST, BEST_LAW, COMPARISON, SQUEEZING
from driven_dicke.studies.common import bistability_edges, missing, model_of, row_or_note, value_or_note
from driven_dicke.studies.phases.compute import OBSERVABLES, certified_phases
from driven_dicke.studies.resolution import require_resolved

BEST_LIMIT = 2 / 3  # `squeezing.xi2_pair_correlation_limit` at the edge
LEAST_FITTED = 3  # sizes that a power law needs
STATES = ("plus", "minus")


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables comparison and observables: every one of `n_atoms` at its own critical point, Eq. (C2).

    An N without a critical point, or whose slow mode rounding hides, keeps its rows, with a note.

    Raises:
        checks.CertificateError: a decomposition fails its certificate.
    """
    comparison, values = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        drive, note = value_or_note(partial(critical_point.critical_drive, model))
        pairs = dict.fromkeys([(state, name) for state in STATES for name in OBSERVABLES], (np.nan, np.nan))
        row = missing(COMPARISON, note) if note else row_or_note(partial(compared, model, drive, pairs), COMPARISON)
        comparison.append({"n_atoms": n_atoms} | row | {"drive": drive})
        reason = row["note"] if np.isnan(row["gap"]) else ""
        values += [(n_atoms, drive, *place, *both, reason) for place, both in pairs.items()]
        logging.info("N = %d: trace distance of rho_+ %.2e at %.4f Omega_c", n_atoms, row["distance_plus"], drive)
    names = ("n_atoms", "drive", "state", "observable", "spectral", "closed_form", "note")
    return {
        "comparison": {name: np.array([row[name] for row in comparison]) for name in comparison[0]},
        "observables": {name: list(column) for name, column in zip(names, zip(*values, strict=True), strict=True)},
    }


def compared(model: Model, drive: float, pairs: dict[tuple[str, str], tuple[float, float]]) -> dict[str, Any]:
    """Values of a row of contracts.closed_form_phases.COMPARISON; fills in `pairs`, of every state and observable.

    Raises:
        checks.ParameterError: rounding hides the slow mode, or p_k has one maximum.
        checks.CertificateError: as for `compute`.
    """
    rabi_frequency = model.rabi_frequency(drive)
    require_resolved(model, rabi_frequency)
    whole = absorber.pair_distribution(model, rabi_frequency)
    parts = absorber.restricted(whole)
    found, columns = certified_phases(model, drive)
    row: dict[str, Any] = dict(columns)
    if not rounding_resolves_purity(model.n_atoms):
        row |= {"a_minus_physical": np.nan, "note": "rounding hides tr(rho_-^2)"}
    row |= {"weight_plus": np.exp(parts.log_weight_plus), "weight_minus": np.exp(parts.log_weight_minus)}
    for state, spectral, part in (("plus", found.plus, parts.plus), ("minus", found.minus, parts.minus)):
        row[f"distance_{state}"] = closed_form_phases.trace_distance(spectral, absorber.blocks(part))
        both = observables.expectation(spectral), absorber.moments(part)
        for name in OBSERVABLES:
            pairs[state, name] = getattr(both[0], name), getattr(both[1], name)
    mixed = closed_form_phases.mixture(parts)
    return row | {"distance_mixture": closed_form_phases.trace_distance(mixed, absorber.blocks(whole))}


def rounding_resolves_purity(n_atoms: int) -> bool:
    """Whether the physical tr(rho_-^2), at least 2^-N, exceeds the square of rounding in the one block j = N/2."""
    return bool(-n_atoms * np.log(2) > 2 * np.log(100 * np.finfo(float).eps))


def compute_squeezing(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables squeezing, limits, best and best_law from the sections `squeezing` and `best`.

    A drive at which p_k has one maximum, and an N without a least xi^2, keep their rows, with a note.

    Raises:
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
    lower = mean_field.branches(ratio, drives).lower
    _, s_y, s_z = mean_field.spin(ratio, drives, lower).T
    rows = [row_or_note(partial(restricted_plus, model, float(drive)), SQUEEZING) for drive in drives]
    logging.info("closed form of rho_+ at %d drives, N = %d", drives.size, model.n_atoms)
    return {
        "n_atoms": np.full(drives.size, model.n_atoms),
        "drive": drives,
        "xi2": np.array([row["xi2"] for row in rows]),
        "barrier_depth": np.array([row["barrier_depth"] for row in rows]),
        "xi2_printed": squeezing.xi2(ratio, s_y, s_z),
        "xi2_pair_correlation": squeezing.xi2_pair_correlation(ratio, s_y, s_z),
        "note": np.array([row["note"] for row in rows]),
    }


def restricted_plus(model: Model, drive: float) -> dict[str, float]:
    """xi2 and barrier_depth of rho_+ in closed form.

    Raises:
        checks.ParameterError: p_k has one maximum.
    """
    plus = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive))).plus
    return {"xi2": absorber.moments(plus).xi2, "barrier_depth": closed_form_phases.barrier_depth(plus)}


def spectral_best(model: Model) -> closed_form_phases.Optimum:
    """Least xi^2 of rho_+ of the spectrum over the bistable region, its drive to 0.2 % of the region.

    Raises:
        checks.ParameterError: there is no bistable region, or the least value lies at an edge of it.
        checks.CertificateError: a decomposition fails its certificate.
    """
    edges = bistability_edges(model)
    width = edges.upper - edges.lower

    def xi2(drive: float) -> float:
        return observables.expectation(phases.decompose(model, model.rabi_frequency(drive)).plus).xi2

    found = minimize_scalar(xi2, bounds=tuple(edges), method="bounded", options={"xatol": 2e-3 * width})
    if min(found.x - edges.lower, edges.upper - found.x) < 1e-2 * width:
        raise checks.ParameterError(
            f"xi2 of the spectral rho_+ has no least value within the bistable region, {edges.lower:.4g} to "
            f"{edges.upper:.4g} Omega_c, at N = {model.n_atoms}"
        )
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
            found = row_or_note(partial(_optimum, search, model_of(parameters, n_atoms)), BEST)
            rows.append({"n_atoms": n_atoms, "source": source} | found)
            logging.info("%s, N = %d: least xi2 %.5f at %.5f Omega_c", source, n_atoms, found["xi2"], found["drive"])
    table = {name: np.array([row[name] for row in rows]) for name in ("n_atoms", "source", "drive", "xi2", "note")}
    law = [closed_form_phases.edge_law(int(n_atoms)).excess for n_atoms in table["n_atoms"]]
    distance = np.sqrt(0.5) - table["drive"]
    return table | {"excess": table["xi2"] - BEST_LIMIT, "edge_distance": distance, "excess_law": law}


def _optimum(search: Callable[[Model], closed_form_phases.Optimum], model: Model) -> dict[str, float]:
    """The drive and xi2 that `search` finds, with its errors; those of `bistability_edges` first."""
    bistability_edges(model)
    return search(model)._asdict()


def power_law(best: Mapping[str, Any], first: int) -> dict[str, Any]:
    """Columns of contracts.closed_form_phases.BEST_LAW: least squares through the closed form from N = `first` on.

    With fewer than three sizes there are no parameters, and a note.
    """
    fitted = (best["source"] == "closed_form") & (best["n_atoms"] >= first) & ~np.isnan(best["excess"])
    n_atoms = best["n_atoms"][fitted]
    if n_atoms.size < LEAST_FITTED:
        note = f"a power law needs {LEAST_FITTED} sizes from {first} on, but there are {n_atoms.size}"
        none = {"n_atoms_first": 0, "n_atoms_last": 0}
        return {name: [value] for name, value in (missing(BEST_LAW, note) | none).items()}
    logs = np.log(n_atoms), np.log(best["excess"][fitted])
    line, covariance = np.polyfit(*logs, 1, cov=True)
    return {
        "exponent": [line[0]],
        "exponent_error": [np.sqrt(covariance[0, 0])],
        "prefactor": [np.exp(line[1])],
        "n_atoms_first": [n_atoms[0]],
        "n_atoms_last": [n_atoms[-1]],
        "largest_residual": [np.abs(np.polyval(line, logs[0]) - logs[1]).max()],
        "note": [""],
    }
