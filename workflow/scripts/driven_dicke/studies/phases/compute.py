"""The two phases rho_+ and rho_-, their weights and observables: Figs. 4, 5, 11 and 12."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.generator import liouvillian, phases
from driven_dicke.generator.phases import Phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks, crss, observables, operators
from driven_dicke.model.dicke_basis import Blocks, FloatArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.studies import decay_law
from driven_dicke.studies.common import grid, model_of, row_or_note
from driven_dicke.studies.phases import PHASES, WEIGHTS_AT_TRANSITION

WEIGHTS = ("a_plus", "a_minus", "a_plus_physical", "a_minus_physical")
OBSERVABLES = ("s_z", "s_squared", "intensity", "g2", "xi2")


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables phases (over `drive`), magnetization and matrices (at `selected_drive`) and dicke of `n_atoms` atoms.

    Raises:
        checks.ParameterError: there are no two phases at `selected_drive`.
        checks.CertificateError: a decomposition fails its certificate, or its rho_s is not that of the closed form.
    """
    model = model_of(parameters, parameters["n_atoms"])
    drives = sampled_drives(model, parameters)
    selected = phases.decompose(model, model.rabi_frequency(parameters["selected_drive"]))
    rows = []
    for number, drive in enumerate(drives, start=1):
        rows.append(row_or_note(partial(_phases_row, model, drive), PHASES))
        if number % 20 == 0:
            logging.info("N = %d: %d of %d drives", model.n_atoms, number, drives.size)
    lower, _, upper = mean_field.branches(model.collective_rate / model.single_atom_rate, drives)
    existence = {"lower_branch": np.isfinite(lower), "upper_branch": np.isfinite(upper)}
    existence["bistable"] = existence["lower_branch"] & existence["upper_branch"]
    return {
        "phases": {"drive": drives} | {name: np.array([row[name] for row in rows]) for name in rows[0]} | existence,
        "magnetization": magnetization_table(model, parameters["selected_drive"], selected),
        "matrices": matrices_table(selected),
        "dicke": dicke_table(model, drives),
    }


def compute_weights(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables weights and weights_law: every one of `n_atoms` at its own critical point, Eq. (C2).

    An N without a critical point keeps its row, with a note.

    Raises:
        checks.CertificateError: as for `compute`.
    """
    rows = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        rows.append({"n_atoms": n_atoms} | row_or_note(partial(_weights_row, model), WEIGHTS_AT_TRANSITION))
        logging.info("N = %d: |1 - a_+ - a_-| = %.5f at %.4f Omega_c", n_atoms, rows[-1]["error"], rows[-1]["drive"])
    table = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    there = ~np.isnan(table["drive"])
    laws = [
        {"convention": convention} | decay_law.fit(table["n_atoms"][there], table[column][there])
        for convention, column in (("block", "error"), ("physical", "error_physical"))
    ]
    return {"weights": table, "weights_law": {name: [law[name] for law in laws] for name in laws[0]}}


def _weights_row(model: Model) -> dict[str, float]:
    """Values of a row of contracts.phases.WEIGHTS_AT_TRANSITION.

    Raises:
        checks.ParameterError: the model has no critical point.
        checks.CertificateError: as for `certified_phases`.
    """
    drive = critical_point.critical_drive(model)
    found, columns = certified_phases(model, drive)
    return {"drive": drive, **columns, "error": found.error, "error_physical": found.error_physical}


def _phases_row(model: Model, drive: float) -> dict[str, float]:
    """Values of a row of contracts.phases.PHASES.

    Raises:
        checks.ParameterError: there are no two phases at this drive.
        checks.CertificateError: as for `certified_phases`.
    """
    found, columns = certified_phases(model, drive)
    return columns | states(model, drive, found)


def sampled_drives(model: Model, parameters: Mapping[str, Any]) -> FloatArray:
    """The grid `drive`, `bistable_points` from edge to edge of the bistable region, and exactly `selected_drive`."""
    ratio, inside = model.collective_rate / model.single_atom_rate, np.zeros(0)
    if ratio > mean_field.BISTABILITY_RATIO:
        inside = np.linspace(*mean_field.bistability_edges(ratio), parameters["bistable_points"])
    # Rounded, since the grid may hold the floating-point neighbour of the drive that is selected.
    return np.unique([*np.round(grid(parameters["drive"]), 12), *inside, parameters["selected_drive"]])


def certified_phases(model: Model, drive: float) -> tuple[Phases, dict[str, float]]:
    """The decomposition at one drive, and its gap, weights and certificate by their columns.

    Raises:
        checks.CertificateError: rho_s of the spectrum and of the closed form differ by more than rounding explains.
    """
    rabi_frequency = model.rabi_frequency(drive)
    found = phases.decompose(model, rabi_frequency)
    coordinates, matrix = SymmetricCoordinates(model.n_atoms), liouvillian.generator(model, rabi_frequency)
    scale = liouvillian.norm(matrix)
    mode = coordinates.pack(found.plus) - coordinates.pack(found.minus)
    residual = np.abs(matrix @ mode + found.gap * mode).sum() / (scale * np.abs(mode).sum())
    exact = absorber.density_blocks(model, rabi_frequency)
    largest = max(np.abs(block).max() for block in exact)
    error = max(np.abs(a - b).max() for a, b in zip(found.steady, exact, strict=True)) / largest
    # Rounding mixes the slow mode into rho_s by at most about this much (measured: a twentieth of it).
    tolerance = np.finfo(float).eps * scale / found.gap
    if error > tolerance:
        raise checks.CertificateError(
            f"rho_s of the spectrum and of the closed form differ by {error:.2e} of the largest element at "
            f"N = {model.n_atoms}, drive {drive:g} Omega_c (tolerance {tolerance:.1e})"
        )
    columns = {"gap": found.gap} | {name: getattr(found, name) for name in WEIGHTS}
    return found, columns | {"residual": float(residual), "steady_state_error": float(error)}


def states(model: Model, drive: float, found: Phases) -> dict[str, float]:
    """Observables of both phases, and the fidelity of both and of rho_s with the CRSS, by their columns."""
    rabi_frequency = model.rabi_frequency(drive)
    columns = {"crss_fidelity_steady": crss.fidelity(found.steady, model, rabi_frequency)}
    for state, blocks in (("plus", found.plus), ("minus", found.minus)):
        expectation = observables.expectation(blocks)
        columns |= {f"{name}_{state}": getattr(expectation, name) for name in OBSERVABLES}
        columns[f"crss_fidelity_{state}"] = crss.fidelity(blocks, model, rabi_frequency)
    return columns


def magnetization_table(model: Model, drive: float, found: Phases) -> dict[str, Any]:
    """Columns of contracts.phases.MAGNETIZATION; rho_s is that of the closed form."""
    steady = absorber.magnetization_distribution(absorber.pair_distribution(model, model.rabi_frequency(drive)))
    parts = {
        "plus": (*observables.magnetization_distribution(found.plus), found.a_plus),
        "minus": (*observables.magnetization_distribution(found.minus), found.a_minus),
        "steady": (*steady, 1.0),
    }
    size = model.n_atoms + 1
    return {
        "drive": np.full(len(parts) * size, drive),
        "state": np.repeat(list(parts), size),
        "m": np.concatenate([m for m, _, _ in parts.values()]),
        "probability": np.concatenate([probability for _, probability, _ in parts.values()]),
        "weight": np.repeat([weight for _, _, weight in parts.values()], size),
    }


def matrices_table(found: Phases) -> dict[str, Any]:
    """Columns of contracts.phases.MATRICES: j, m and m' falling, as Fig. 11 draws them."""

    def rows(state: str, blocks: Blocks) -> dict[str, Any]:
        spins = [(len(block) - 1) / 2 for block in blocks]
        falling = [operators.magnetization(len(block) - 1)[::-1] for block in blocks]
        size = sum(block.size for block in blocks)
        return {
            "state": np.full(size, state),
            "j": np.repeat(spins, [block.size for block in blocks]),
            "m": np.concatenate([np.repeat(m, m.size) for m in falling]),
            "m_prime": np.concatenate([np.tile(m, m.size) for m in falling]),
            "value": np.concatenate([block[::-1, ::-1].ravel() for block in blocks]),
        }

    plus, minus = rows("plus", found.plus), rows("minus", found.minus)
    return {name: np.concatenate([plus[name], minus[name]]) for name in plus}


def dicke_table(model: Model, drives: FloatArray) -> dict[str, Any]:
    """Columns of contracts.phases.DICKE_INTENSITY: the same drives Omega with gamma_s = 0, which leaves j at N/2."""
    m, raising = operators.magnetization(model.n_atoms), operators.raising_elements(model.n_atoms)
    populations = np.array(
        [
            np.diagonal(crss.dicke_steady_state(model.n_atoms, crss.amplitude(model, model.rabi_frequency(drive))))
            for drive in drives
        ]
    )
    return {"drive": drives, "intensity": populations[:, 1:] @ raising**2, "s_z": populations @ m}
