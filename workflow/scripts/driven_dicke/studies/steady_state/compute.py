"""The exact steady state against drive, certified against the master equation, and P_m at the transition: Fig. 2."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.generator import liouvillian, stationary
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import observables, operators
from driven_dicke.studies.common import grid, model_of, value_or_note


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table steady_state of `n_atoms` atoms over the grid `drive`."""
    model = model_of(parameters, parameters["n_atoms"])
    drives = grid(parameters["drive"])
    generator = liouvillian.assemble(model)
    rows = []
    for number, drive in enumerate(drives, start=1):
        rabi_frequency = model.rabi_frequency(drive)
        blocks = absorber.density_blocks(model, rabi_frequency)
        certificate = stationary.certify(generator.at(rabi_frequency), blocks)
        rows.append({**vars(absorber.steady_state_moments(model, rabi_frequency)), **vars(certificate)})
        if number % 20 == 0:
            logging.info("N = %d: %d of %d drives", model.n_atoms, number, drives.size)
    names = ("s_z", "s_squared", "intensity", "g2", "xi2", "s_minus", "residual", "trace_error", "smallest_eigenvalue")
    return {"steady_state": {"drive": drives} | {name: np.array([row[name] for row in rows]) for name in names}}


def compute_magnetization(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables magnetization and mean_field_magnetization of `n_atoms` atoms at their critical point, Eq. (C2).

    Without a critical point both have rows without values, and a note.
    """
    model = model_of(parameters, parameters["n_atoms"])
    critical_drive, note = value_or_note(partial(critical_point.critical_drive, model))
    if note:
        m, nothing = operators.magnetization(model.n_atoms), np.full(model.n_atoms + 1, np.nan)
        return {
            "magnetization": {"drive": nothing, "m": m, "probability": nothing, "note": np.full(m.size, note)},
            "mean_field_magnetization": {"drive": nothing[:2], "branch": ["lower", "upper"], "s_z": nothing[:2]}
            | {"note": [note, note]},
        }
    pairs = absorber.pair_distribution(model, model.rabi_frequency(critical_drive))
    m, probability = absorber.magnetization_distribution(pairs)
    branches = mean_field.branches(model.collective_rate / model.single_atom_rate, critical_drive)
    return {
        "magnetization": {
            "drive": np.full(m.size, critical_drive),
            "m": m,
            "probability": probability,
            "note": np.full(m.size, ""),
        },
        "mean_field_magnetization": {
            "drive": [critical_drive, critical_drive],
            "branch": ["lower", "upper"],
            "s_z": model.n_atoms / 2 * np.array([float(branches.lower), float(branches.upper)]),
            "note": ["", ""],
        },
    }


def compute_totally_mixed(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table totally_mixed for every number of atoms in `n_atoms`."""
    n_atoms = parameters["n_atoms"]
    mixed = [observables.totally_mixed(n) for n in n_atoms]
    names = ("s_z", "s_squared", "intensity", "g2")
    return {"totally_mixed": {"n_atoms": n_atoms} | {name: [getattr(state, name) for state in mixed] for name in names}}
