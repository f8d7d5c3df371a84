"""Analytic spin squeezing around the lower mean-field branch: thin curves of Figs. 2(d) and 5(c)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.studies.common import grid, model_of


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table squeezing of `n_atoms` atoms over the grid `drive`, where the lower branch exists."""
    model = model_of(parameters, parameters["n_atoms"])
    ratio = model.collective_rate / model.single_atom_rate
    drives = grid(parameters["drive"])
    lower = mean_field.branches(ratio, drives).lower
    exists = np.isfinite(lower)
    _, s_y, s_z = mean_field.spin(ratio, drives[exists], lower[exists]).T
    return {
        "squeezing": {
            "drive": drives[exists],
            "s_y": s_y,
            "s_z": s_z,
            "s_length": np.hypot(s_y, s_z),
            "xi2": squeezing.xi2(ratio, s_y, s_z),
            "xi2_quadrature": squeezing.xi2_quadrature(ratio, s_y, s_z),
            "xi2_pair_correlation": squeezing.xi2_pair_correlation(ratio, s_y, s_z),
        }
    }
