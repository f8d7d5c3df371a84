"""How every study reads its parameters."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from driven_dicke.dicke_basis import FloatArray
from driven_dicke.model import Model


def model_of(parameters: Mapping[str, Any], n_atoms: int) -> Model:
    """The model of N atoms with the configured rates, in the tables' unit gamma_s = 1."""
    rates = parameters["rates"]
    return Model(n_atoms, gamma_c=rates["gamma_c"] / rates["gamma_s"], gamma_s=1.0)


def grid(parameters: Mapping[str, Any]) -> FloatArray:
    """The values {start, stop, points} of a configured grid, equally spaced, both ends included."""
    return np.linspace(parameters["start"], parameters["stop"], parameters["points"])
