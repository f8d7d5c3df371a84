"""Exponential decrease with N: a straight line through logarithms, and how straight they are."""

from typing import Any

import numpy as np

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, IntArray


def fit(n_atoms: IntArray, values: FloatArray) -> dict[str, Any]:
    """Least-squares law values = prefactor exp(-rate N) through ln(values), as the columns of a law's table.

    Args:
        n_atoms: rising, shape (n,), n >= 3.
        values: positive, shape (n,).

    Returns:
        rate, its standard error rate_error, prefactor, n_atoms_first and n_atoms_last; largest_residual, the largest
        distance of ln(values) from the line; first_rate and last_rate, the slopes between the first and the last two
        points, which differ where the decrease is not exponential; note, which says why all of these are missing
        where there are fewer than three points.

    Raises:
        checks.ParameterError: a value is not positive.
    """
    if not (values > 0).all():
        raise checks.ParameterError(f"an exponential law needs positive values, but got {values.tolist()}")
    if n_atoms.size < 3:
        missing = dict.fromkeys(
            ("rate", "rate_error", "prefactor", "largest_residual", "first_rate", "last_rate"), np.nan
        )
        note = f"an exponential law needs three sizes, but there are {n_atoms.size}"
        return missing | {"n_atoms_first": 0, "n_atoms_last": 0, "note": note}
    logarithms = np.log(values)
    line, covariance = np.polyfit(n_atoms, logarithms, 1, cov=True)
    slopes = -np.diff(logarithms) / np.diff(n_atoms)
    return {
        "rate": -line[0],
        "rate_error": np.sqrt(covariance[0, 0]),
        "prefactor": np.exp(line[1]),
        "n_atoms_first": n_atoms[0],
        "n_atoms_last": n_atoms[-1],
        "largest_residual": np.abs(np.polyval(line, n_atoms) - logarithms).max(),
        "first_rate": slopes[0],
        "last_rate": slopes[-1],
        "note": "",
    }
