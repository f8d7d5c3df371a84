"""The gap beyond the reach of eigenvalues: birth-death chains and the closed law, and rates per atom from both."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from driven_dicke.closed_form import critical_point
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.common import grid, missing, model_of, value_or_note
from driven_dicke.studies.gap_scaling import CHAINS
from driven_dicke.studies.gap_scaling.compute import NO_LAW, approximations
from driven_dicke.switching import adiabatic_chain, switching_law


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables chains (every N at `drive` and at its critical point) and rates (against `rates_per_atom.drive`).

    An N without a critical point keeps its row, with a note.

    Raises:
        checks.ParameterError: a drive is outside the range of two phases.
    """
    rows = []
    for n_atoms in parameters["n_atoms"]:
        model = model_of(parameters, n_atoms)
        critical = value_or_note(partial(critical_point.critical_drive, model))
        for place, (drive, note) in {"fixed": (parameters["drive"], ""), "critical": critical}.items():
            columns = missing(CHAINS, note) if note else _chains(parameters, model, drive)
            rows.append({"n_atoms": n_atoms, "place": place} | columns | {"drive": drive})
        logging.info(
            "N = %d: ln lambda_1 = %.4f at %g Omega_c", n_atoms, rows[-2]["log_gap_spin_chain"], rows[-2]["drive"]
        )
    rates = rates_per_atom(parameters)
    return {"chains": {name: np.array([row[name] for row in rows]) for name in rows[0]}, "rates": rates}


def _chains(parameters: Mapping[str, Any], model: Model, drive: float) -> dict[str, Any]:
    """The columns of contracts.gap_scaling.CHAINS after the drive."""
    with_pairs = model.n_atoms <= parameters["pair_chain_largest"]
    columns = approximations(model, drive, with_pairs=with_pairs)
    notes = [] if with_pairs else [f"the chain in k ends at N = {parameters['pair_chain_largest']}"]
    if np.isnan(columns["log_law"]):
        notes.append(NO_LAW)
    return columns | {"note": "; ".join(notes)}


def rates_per_atom(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of contracts.gap_scaling.RATES: -d ln lambda_1 / dN between two sizes, and the barriers."""
    first, last = parameters["rates_per_atom"]["n_atoms"]
    models = model_of(parameters, first), model_of(parameters, last)
    rows = []
    for drive in grid(parameters["rates_per_atom"]["drive"]):
        spin = [adiabatic_chain.adiabatic_chain(m, m.rabi_frequency(drive)).log_gap for m in models]
        law = [switching_law.log_gap(m, drive) for m in models]
        barriers = switching_law.barriers(drive)
        rows.append(
            {
                "drive": drive,
                "n_atoms_first": first,
                "n_atoms_last": last,
                "rate_spin_chain": (spin[0] - spin[1]) / (last - first),
                "rate_law": (law[0] - law[1]) / (last - first),
                "barrier_plus": barriers.plus,
                "barrier_minus": barriers.minus,
            }
        )
        logging.info("drive %.4f: %.5f per atom", drive, rows[-1]["rate_spin_chain"])
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def compute_slopes(parameters: Mapping[str, Any], gap: list[Table]) -> dict[str, dict[str, Any]]:
    """Table slopes: local slopes of the exact gap (tables `gap`, one per N) and of the chain in k.

    A slope between sizes one of which has no gap, or no two phases, keeps its row, with a note.

    Raises:
        checks.ParameterError: fewer than two sizes.
    """
    drive = parameters["drive"]
    rows = pd.concat([table.data[table.data["place"] == "fixed"] for table in gap])
    exact = rows[["n_atoms", "gap_flow", "rate_plus", "rate_minus"]].to_numpy(dtype=float)
    chain = []
    for n_atoms in range(parameters["first"], parameters["last"] + 1, parameters["step"]):
        model = model_of(parameters, n_atoms)
        rabi_frequency = model.rabi_frequency(drive)
        value = np.exp(switching_law.pair_chain_log_gap(model, rabi_frequency))
        weights = switching_law.log_weights(model, rabi_frequency) or switching_law.OfPhases(np.nan, np.nan)
        chain.append([n_atoms, value, value * np.exp(weights.minus), value * np.exp(weights.plus)])
    columns = [_local(source, rows, drive) for source, rows in (("eigenvalue", exact), ("pair_chain", np.array(chain)))]
    return {"slopes": {name: np.concatenate([part[name] for part in columns]) for name in columns[0]}}


def _local(source: str, rows: FloatArray, drive: float) -> dict[str, Any]:
    """Columns of contracts.gap_scaling.SLOPES from rows (N, lambda_1, Gamma_out of rho_+ and of rho_-)."""
    if len(rows) < 2:
        raise checks.ParameterError(f"local slopes need at least two numbers of atoms, but {source} has {len(rows)}")
    sizes, gap, plus, minus = rows[np.argsort(rows[:, 0])].T
    steps, number = np.diff(sizes), sizes.size - 1
    barriers = switching_law.barriers(drive)
    return {
        "source": np.full(number, source),
        "n_atoms_first": sizes[:-1].astype(int),
        "n_atoms_last": sizes[1:].astype(int),
        "n_atoms_middle": (sizes[:-1] + sizes[1:]) / 2,
        "drive": np.full(number, drive),
        "slope": -np.diff(np.log(gap)) / steps,
        "slope_plus": -np.diff(np.log(plus)) / steps,
        "slope_minus": -np.diff(np.log(minus)) / steps,
        "share_minus": (minus / gap)[1:],
        "barrier_plus": np.full(number, barriers.plus),
        "barrier_minus": np.full(number, barriers.minus),
        "note": np.where(
            np.isnan(np.diff(gap)),
            "no gap at one of both N",
            np.where(np.isnan(np.diff(plus)), "p_k has one maximum at one of both N", ""),
        ),
    }
