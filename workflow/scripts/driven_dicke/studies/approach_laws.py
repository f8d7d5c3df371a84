"""Laws of the critical point against N: the derived one, fits of three forms, the paper's exponential fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from driven_dicke.closed_form.phase_balance import ApproachLaw
from driven_dicke.model.dicke_basis import FloatArray, IntArray

LEAST_LARGE, LEAST_FEW = 3, 4  # drives that the fits need


@dataclass(frozen=True)
class Law:
    """A law drive(N), the sizes and drives that it is held against, and its parameters by their columns.

    A law that could not be fitted has no parameters, is NaN at every N, and says why in `note`.
    """

    name: str
    drive: Callable[[FloatArray], FloatArray]
    n_atoms: IntArray
    drives: FloatArray
    values: Mapping[str, float]
    note: str = ""

    @property
    def residuals(self) -> FloatArray:
        """Distances of the drives from the law, shape (n,)."""
        return np.abs(self.drive(self.n_atoms.astype(float)) - self.drives)


def laws(
    derived: ApproachLaw,
    large: tuple[IntArray, FloatArray],
    few: tuple[IntArray, FloatArray],
    exponential: Mapping[Any, float],
) -> list[Law]:
    """All laws, in the order of the table.

    `logarithm`, N (drive - limit) = a ln N + b, and `power`, ln(drive - limit) = ln c - p ln N, are straight lines
    through the drives `large`, with the exact limit. `logarithm_few`, drive = l + (a ln N + b) / N, is fitted to the
    drives `few`, those of the paper's exponential fit, and has to find the limit as the exponential law has.

    Args:
        derived: the law of `phase_balance.approach_law`.
        large: sizes (n,) and drives (n,) of the asymptotic fits, which need three drives; a missing one is NaN.
        few: sizes (n,) and drives (n,) of the paper's fit, which needs four.
        exponential: a row of contracts.critical_point.FIT.
    """
    large, few = _existing(large), _existing(few)
    exact = {"limit": derived.limit}
    n, drive = large
    of_large = "" if n.size >= LEAST_LARGE else _too_few(n, LEAST_LARGE)
    line, line_error = _least_squares([np.log(n), np.ones(n.size)], n * (drive - derived.limit))
    power, power_error = _least_squares([np.log(n), np.ones(n.size)], np.log(drive - derived.limit))
    m, few_drive = few
    of_few = "" if m.size >= LEAST_FEW else _too_few(m, LEAST_FEW)
    free, free_error = _least_squares([np.ones(m.size), np.log(m) / m, 1 / m], few_drive)
    prefactor = float(np.exp(power[1]))
    return [
        Law(
            "derived",
            derived,
            *large,
            exact | {"logarithm": derived.logarithm, "constant": derived.constant, "exponent": 1.0},
        ),
        Law(
            "logarithm",
            lambda size: derived.limit + (line[0] * np.log(size) + line[1]) / size,
            *large,
            exact
            | {"logarithm": line[0], "logarithm_error": line_error[0]}
            | {"constant": line[1], "constant_error": line_error[1], "exponent": 1.0},
            of_large,
        ),
        Law(
            "power",
            lambda size: derived.limit + prefactor * size ** power[0],
            *large,
            exact
            | {"constant": prefactor, "constant_error": prefactor * power_error[1]}
            | {"exponent": -power[0], "exponent_error": power_error[0]},
            of_large,
        ),
        Law(
            "logarithm_few",
            lambda size: free[0] + (free[1] * np.log(size) + free[2]) / size,
            *few,
            {"limit": free[0], "limit_error": free_error[0], "logarithm": free[1], "logarithm_error": free_error[1]}
            | {"constant": free[2], "constant_error": free_error[2], "exponent": 1.0},
            of_few,
        ),
        Law(
            "exponential",
            lambda size: exponential["limit"] + exponential["amplitude"] * np.exp(-size / exponential["scale"]),
            *few,
            {"limit": exponential["limit"], "limit_error": exponential["limit_error"]}
            | {"constant": exponential["amplitude"], "constant_error": exponential["amplitude_error"]}
            | {"scale": exponential["scale"], "scale_error": exponential["scale_error"]},
            of_few or ("" if np.isfinite(exponential["limit"]) else "the exponential fit does not exist"),
        ),
    ]


def _existing(points: tuple[IntArray, FloatArray]) -> tuple[IntArray, FloatArray]:
    n_atoms, drives = points
    there = ~np.isnan(drives)
    return n_atoms[there], drives[there]


def _too_few(n_atoms: IntArray, least: int) -> str:
    return f"needs {least} drives, but only {n_atoms.size} of the sizes have one"


def _least_squares(functions: list[FloatArray], values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients of `functions` (each shape (n,)) fitted to `values` (n,), and their standard errors.

    NaN if there are no more values than functions.
    """
    if values.size <= len(functions):
        nothing = np.full(len(functions), np.nan)
        return nothing, nothing
    design = np.stack(functions, axis=1)
    coefficients: FloatArray = np.linalg.lstsq(design, values, rcond=None)[0].astype(float)
    variance = np.sum((design @ coefficients - values) ** 2) / (values.size - len(functions))
    errors: FloatArray = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    return coefficients, errors
