"""The critical point against N, the paper's exponential fit, and the exact limit: Fig. 10."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke import absorber, critical_point
from driven_dicke.studies.common import model_of


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Tables critical_point, fit and fit_curve for `n_atoms_fitted` and `n_atoms_large`."""
    fitted = np.array(parameters["n_atoms_fitted"])
    n_atoms = np.unique(np.concatenate([fitted, parameters["n_atoms_large"]]))
    drives = []
    for n in n_atoms:
        drives.append(critical_point.critical_drive(model_of(parameters, int(n))))
        logging.info("N = %d: Omega_PT = %.5f Omega_c", n, drives[-1])
    drive = np.array(drives)
    in_fit = np.isin(n_atoms, fitted)
    law = critical_point.fit_exponential(n_atoms[in_fit], drive[in_fit])
    curve = np.unique(np.rint(np.geomspace(n_atoms[0], n_atoms[-1], 400)).astype(int))
    return {
        "critical_point": {"n_atoms": n_atoms, "drive": drive, "fitted": in_fit},
        "fit": {
            **{name: [value] for name, value in zip(("limit", "amplitude", "scale"), law.parameters, strict=True)},
            **{f"{name}_error": [e] for name, e in zip(("limit", "amplitude", "scale"), law.errors, strict=True)},
            "largest_residual": [np.abs(law(n_atoms[in_fit]) - drive[in_fit]).max()],
            "exact_limit": [absorber.limit_critical_drive()],
        },
        "fit_curve": {"n_atoms": curve, "drive": law(curve)},
    }
