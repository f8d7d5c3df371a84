"""Medians, and how times grow with N."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FEWEST = 3  # sizes of a fit: a line through fewer says nothing about its error


@dataclass(frozen=True)
class Growth:
    """t ~ N^parameter ("power") or t ~ parameter^N ("exponential"), by least squares in logarithms.

    Attributes:
        law: "power" or "exponential".
        parameter: exponent or base.
        error: its standard error.
        first, last: smallest and largest N of the fit.
    """

    law: str
    parameter: float
    error: float
    first: int
    last: int


def fit(law: str, n_atoms: Sequence[int], seconds: Sequence[float]) -> Growth | None:
    """The law's parameter from times at several N; None for fewer than three sizes.

    Raises:
        ValueError: `law` is unknown.
    """
    if law not in ("power", "exponential"):
        raise ValueError(f"argument law must be 'power' or 'exponential', but is {law!r}")
    if len(n_atoms) < FEWEST:
        return None
    x = np.log(n_atoms) if law == "power" else np.asarray(n_atoms, dtype=float)
    y = np.log(seconds)
    distance = x - x.mean()
    slope = float(distance @ y / (distance @ distance))
    rest = y - y.mean() - slope * distance
    error = float(np.sqrt(rest @ rest / (len(x) - 2) / (distance @ distance)))
    if law == "exponential":
        slope, error = float(np.exp(slope)), float(np.exp(slope) * error)
    return Growth(law, slope, error, min(n_atoms), max(n_atoms))


def work_seconds(measurement: Mapping[str, Any]) -> list[float]:
    """Set-up and solve together of every run, per amount of work."""
    pairs = zip(measurement["set_up"], measurement["solve"], strict=True)
    return [(set_up + solve) / measurement["amount"] for set_up, solve in pairs]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return float(np.median(values))
