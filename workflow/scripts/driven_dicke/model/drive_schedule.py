"""The drive as a piecewise constant function of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray


@dataclass(frozen=True)
class DriveSchedule:
    """Omega(t) = rabi_frequencies[k] for switch_times[k-1] <= t < switch_times[k].

    Args:
        rabi_frequencies: Omega >= 0 of every stretch, in the unit of the rates, shape (n_switches + 1,).
        switch_times: rising times > 0 between the stretches, in the inverse of that unit, shape (n_switches,).

    Raises:
        checks.ParameterError: a value is out of range, the times do not rise, or the lengths do not fit.
    """

    rabi_frequencies: Sequence[float]
    switch_times: Sequence[float] = ()

    def __post_init__(self) -> None:
        frequencies = tuple(checks.real("rabi_frequencies", value, 0.0) for value in self.rabi_frequencies)
        times = tuple(checks.real("switch_times", value, 0.0, exclusive=True) for value in self.switch_times)
        if len(frequencies) != len(times) + 1:
            raise checks.ParameterError(
                f"argument rabi_frequencies must have one value more than switch_times, but they have "
                f"{len(frequencies)} and {len(times)}"
            )
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise checks.ParameterError(f"argument switch_times must rise, but is {times}")
        object.__setattr__(self, "rabi_frequencies", frequencies)
        object.__setattr__(self, "switch_times", times)

    def at(self, times: FloatArray) -> FloatArray:
        """Omega at each of `times`; the new value holds at the switch itself."""
        return np.asarray(self.rabi_frequencies)[np.searchsorted(self.switch_times, times, side="right")]

    def stretches(self, end: float) -> Iterator[tuple[float, float]]:
        """(stop, Omega) of every stretch up to the time `end`, in order."""
        for stop, rabi_frequency in zip((*self.switch_times, np.inf), self.rabi_frequencies, strict=True):
            yield min(stop, end), rabi_frequency
            if stop >= end:
                return
