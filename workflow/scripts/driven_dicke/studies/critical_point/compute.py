"""The critical point against N, the paper's exponential fit, and the exact limit: Fig. 10."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, IntArray
from driven_dicke.studies.common import model_of, value_or_note

FEWEST_FITTED = 4  # drives for three parameters and their errors


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables critical_point, fit and fit_curve for `n_atoms_fitted` and `n_atoms_large`.

    A size without a critical point keeps its row, with a note; so does a fit that is not possible.
    """
    n_atoms = np.unique([*parameters["n_atoms_fitted"], *parameters["n_atoms_large"]])
    drives, notes = [], []
    for n in n_atoms:
        drive, note = value_or_note(partial(critical_point.critical_drive, model_of(parameters, int(n))))
        logging.info("N = %d: Omega_PT = %.5f Omega_c", n, drive)
        drives.append(drive)
        notes.append(note)
    found = np.array(drives)
    fitted = np.isin(n_atoms, parameters["n_atoms_fitted"]) & ~np.isnan(found)
    curve = np.unique(np.rint(np.geomspace(n_atoms[0], n_atoms[-1], 400)).astype(int))
    columns, law_drive = fit(n_atoms[fitted], found[fitted], curve)
    return {
        "critical_point": {"n_atoms": n_atoms, "drive": found, "fitted": fitted, "note": notes},
        "fit": {name: [value] for name, value in columns.items()},
        "fit_curve": {"n_atoms": curve, "drive": law_drive},
    }


def fit(n_atoms: IntArray, drives: FloatArray, curve: IntArray) -> tuple[dict[str, Any], FloatArray]:
    """Row of contracts.critical_point.FIT, and the law at the sizes `curve`; NaN and a note where there is no fit."""
    names = ("limit", "amplitude", "scale")
    columns: dict[str, Any] = {"exact_limit": absorber.limit_critical_drive(), "note": ""}
    try:
        if n_atoms.size < FEWEST_FITTED:
            raise checks.CertificateError(
                f"the fit needs {FEWEST_FITTED} critical points, but there are {n_atoms.size}"
            )
        law = critical_point.fit_exponential(n_atoms, drives)
    except checks.CertificateError as error:
        missing = [*names, *(f"{name}_error" for name in names), "largest_residual"]
        return columns | dict.fromkeys(missing, np.nan) | {"note": str(error)}, np.full(curve.size, np.nan)
    columns |= dict(zip(names, law.parameters, strict=True))
    columns |= {f"{name}_error": error for name, error in zip(names, law.errors, strict=True)}
    return columns | {"largest_residual": np.abs(law(n_atoms) - drives).max()}, law(curve)
