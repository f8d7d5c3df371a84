"""Dwell times in the two states of a bistable record, and the switching rates that they give, Eq. (10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray


@dataclass(frozen=True)
class Stays:
    """Stays in one of the two states. All arrays have shape (n_stays,).

    Args:
        duration: length of every stay as far as it was seen.
        started: False if the record does not show the switch into the state (its first stay).
        ended: False if the record ends before the stay does (censored).
    """

    duration: FloatArray
    started: NDArray[np.bool_]
    ended: NDArray[np.bool_]

    def rate(self) -> tuple[float, float]:
        """Switching rate out of the state and its standard error: n switches / time in the state, rate / sqrt(n).

        The maximum-likelihood estimate for a Markov process, with the censored stays in the time and not in n.

        Raises:
            checks.ParameterError: no stay has ended, so that there is no estimate.
        """
        switches, time = int(self.ended.sum()), float(self.duration.sum())
        if switches == 0 or time == 0:
            raise checks.ParameterError(f"a rate needs at least one stay that ends, but {switches} of them do")
        return switches / time, float(np.sqrt(switches)) / time


class DwellTimes(NamedTuple):
    """Stays in the state of low and in that of high values."""

    low: Stays
    high: Stays


def dwell_times(times: ArrayLike, values: ArrayLike, low: float, high: float) -> DwellTimes:
    """Stays of a record in its low and high state, with hysteresis.

    The state becomes low where the value is <= `low`, high where it is >= `high`, and does not change in between; the
    time of a switch is the first time of the grid beyond the opposite threshold. Times before any threshold is passed
    count for neither state. Switches faster than the spacing of the grid are not seen.

    Args:
        times: rising times, shape (n_times,).
        values: the observable, for example <S^2>, shape (n_times,).
        low, high: the thresholds, low < high.

    Raises:
        checks.ParameterError: shapes differ, a value is not finite, the times do not rise, or low >= high.
    """
    grid, record = np.asarray(times, dtype=float), np.asarray(values, dtype=float)
    if grid.ndim != 1 or grid.shape != record.shape:
        raise checks.ParameterError(
            f"arguments times and values must have one shape (n_times,), but have {grid.shape} and {record.shape}"
        )
    if not np.isfinite(grid).all() or not np.isfinite(record).all() or (np.diff(grid) <= 0).any():
        raise checks.ParameterError("arguments times and values must be finite, and times must rise, but they do not")
    if not checks.real("low", low) < checks.real("high", high):
        raise checks.ParameterError(f"argument low must be < high, but they are {low} and {high}")
    decided = np.flatnonzero((record <= low) | (record >= high))
    is_high = record[decided] >= high
    first = np.flatnonzero(np.diff(is_high, prepend=~is_high[:1]))  # of every stay, among the decided times
    starts = grid[decided[first]]
    duration = np.diff(starts, append=grid[-1:]) if starts.size else starts
    number = np.arange(starts.size)
    started, ended = number > 0, number < starts.size - 1
    stays = [Stays(duration[mask], started[mask], ended[mask]) for mask in (~is_high[first], is_high[first])]
    return DwellTimes(*stays)


def pool(stays: Sequence[Stays]) -> Stays:
    """The stays of several records in one."""
    return Stays(
        np.concatenate([stay.duration for stay in stays]),
        np.concatenate([stay.started for stay in stays]),
        np.concatenate([stay.ended for stay in stays]),
    )
