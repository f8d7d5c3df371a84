"""What the steady state and its two phases are worth to a phase measurement, and how entangled their pairs are."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber
from driven_dicke.generator import phases
from driven_dicke.mean_field.branches import zeroth_order_spread
from driven_dicke.mean_field.squeezing import xi2_pair_correlation_limit
from driven_dicke.model import entanglement, fisher_information, observables
from driven_dicke.model.fisher_information import Part
from driven_dicke.model.mixedness import mixedness
from driven_dicke.model.parameters import Model
from driven_dicke.studies.common import drive_at, grid, missing, model_of, row_or_note, value_or_note
from driven_dicke.studies.metrology import PHASES, SIZES
from driven_dicke.studies.resolution import require_resolved

Row = dict[str, Any]


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The six tables; a size without a bistable region, or a drive in it without two phases, has rows with a note.

    Raises:
        checks.CertificateError: a decomposition fails its certificate.
    """
    steady, pairs = [], []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        steady += [steady_row(model, float(drive)) for drive in grid(parameters["drive"])]
        logging.info("steady states of N = %d", n_atoms)
    for n_atoms in parameters["pairs"]["n_atoms"]:
        model = model_of(parameters, n_atoms)
        pairs += [pair_row(model, float(scaled)) for scaled in grid(parameters["pairs"]["scaled_drive"])]
    return {
        "steady": columns(steady),
        "phases": columns(phase_rows(parameters)),
        "sizes": columns(size_rows(parameters)),
        "pairs": columns(pairs),
        "limit": limit(),
        "pair_law": pair_law(),
    }


def columns(rows: list[Row]) -> dict[str, Any]:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def worth(n_atoms: int, parts: list[Part], xi2: float) -> Row:
    """F/N of the best rotation, 1/xi^2, and the depth of entanglement that F shows."""
    information = fisher_information.best_rotation(fisher_information.fisher_information(parts)).information
    return {
        "fisher_information": information / n_atoms,
        "inverse_squeezing": 1 / xi2,
        "entanglement_depth": float(fisher_information.entanglement_depth(information, n_atoms)),
    }


def steady_row(model: Model, drive: float) -> Row:
    """Row of STEADY."""
    pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
    parts = list(absorber.parts(pairs))
    of_state = worth(model.n_atoms, parts, absorber.moments(pairs).xi2)
    return {"n_atoms": model.n_atoms, "drive": drive} | of_state | mixedness(model.n_atoms, parts)._asdict()


def phase_rows(parameters: Mapping[str, Any]) -> list[Row]:
    """Rows of PHASES, at equally spaced drives inside the bistable region."""
    model = model_of(parameters, parameters["phases"]["n_atoms"])
    points = parameters["phases"]["points"]
    rows: list[Row] = []
    for fraction in (np.arange(points) + 0.5) / points:
        drive, note = value_or_note(partial(drive_at, model, float(fraction)))
        place = {"n_atoms": model.n_atoms, "drive": drive}
        found, note = ({}, note) if note else decomposed(model, drive)
        for state in ("plus", "minus", "steady"):
            row = found[state] if found else missing(PHASES, note)
            rows.append(row | place | {"state": state})
        logging.info("N = %d at %.4f Omega_c: %s", model.n_atoms, drive, note or "two phases")
    return rows


def decomposed(model: Model, drive: float) -> tuple[dict[str, Row], str]:
    """What each phase and the steady state are worth, or nothing and the reason why there are no two phases."""
    rabi_frequency = model.rabi_frequency(drive)
    rows: dict[str, Row] = {}

    def resolve() -> float:
        require_resolved(model, rabi_frequency)
        split = phases.decompose(model, rabi_frequency)
        weights = {"plus": split.a_plus, "minus": split.a_minus, "steady": 1.0}
        for state, weight in weights.items():
            blocks = getattr(split, state)
            values = worth(model.n_atoms, fisher_information.parts_of(blocks), observables.expectation(blocks).xi2)
            del values["entanglement_depth"]
            rows[state] = {"weight": weight, "note": ""} | values
        return split.gap

    _, note = value_or_note(resolve)
    return rows, note


def size_rows(parameters: Mapping[str, Any]) -> list[Row]:
    """Rows of SIZES."""
    rows = []
    for n_atoms in parameters["sizes"]["n_atoms"]:
        model = model_of(parameters, n_atoms)
        for fraction in parameters["sizes"]["region_fractions"]:
            drive, note = value_or_note(partial(drive_at, model, fraction))
            place = {"n_atoms": n_atoms, "region_fraction": fraction, "drive": drive}
            row = missing(SIZES, note) if note else row_or_note(partial(plus_row, model, drive), SIZES)
            rows.append(row | place)
        logging.info("rho_+ of N = %d", n_atoms)
    return rows


def plus_row(model: Model, drive: float) -> Row:
    """What rho_+ of the closed form is worth, beside its squeezing and the best squeezing of entangled pairs.

    Raises:
        checks.ParameterError: p_k has one maximum only.
    """
    plus = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive))).plus
    xi2 = absorber.moments(plus).xi2
    values = worth(model.n_atoms, list(absorber.parts(plus)), xi2)
    length = 2 * float(np.linalg.norm(absorber.spin_moments(plus).mean)) / model.n_atoms
    return values | {
        "missed": values["fisher_information"] * xi2 - 1,
        "above_pairs": xi2 / entanglement.least_squeezing(2, length) - 1,
    }


def pair_row(model: Model, scaled_drive: float) -> Row:
    """Row of PAIRS."""
    n = model.n_atoms
    pairs = absorber.pair_distribution(model, model.rabi_frequency(scaled_drive / np.sqrt(n)))
    pair = entanglement.pair_state(n, absorber.spin_moments(pairs))
    return {
        "n_atoms": n,
        "scaled_drive": scaled_drive,
        "concurrence": n**2 * entanglement.concurrence(pair),
        "negativity": n**2 * entanglement.negativity(pair),
    }


def limit() -> dict[str, Any]:
    """Table LIMIT: the lower branch for Gamma >> gamma, from no drive to the end of the region at Omega_c / sqrt 2."""
    drive = np.linspace(0, np.sqrt(0.5), 101)
    s_z = (1 + zeroth_order_spread(drive)) / 2
    up = (1 - np.sqrt(s_z * (2 - s_z))) / 2
    entropy = np.zeros_like(up)
    mixed = up > 0
    entropy[mixed] = -(up[mixed] * np.log2(up[mixed]) + (1 - up[mixed]) * np.log2(1 - up[mixed]))
    return {"drive": drive, "fisher_information": 1 / xi2_pair_correlation_limit(drive), "entropy": entropy}


def pair_law() -> dict[str, Any]:
    """Table PAIR_LAW."""
    x = np.linspace(0, 2, 101)
    return {"scaled_drive": x, "concurrence": np.maximum(x**2 / 2 - x**4 / 8, 0)}
