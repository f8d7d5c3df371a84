"""The Liouvillian gap as an experiment would find it: from the long-time decay of the magnetization, Eq. (4)."""

from dataclasses import dataclass

import numpy as np

from driven_dicke.generator.dynamics import all_down, evolve
from driven_dicke.generator.stationary import steady_state
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray
from driven_dicke.model.observables import totally_mixed_blocks
from driven_dicke.model.parameters import Model

# The window is the last three e-foldings of the signal before it falls below 1e5 times its numerical noise.
_SIGNAL_TO_NOISE = 1e5
_E_FOLDINGS = 3.0
_FEWEST_POINTS = 8
_COVERED = 1.35  # a mode that decays so many times as fast is covered by the error bar
# First look, geometric, and its last time, in 1 / gamma_s.
_FIRST_TIMES = np.geomspace(1.0, 100.0, 201)
# Second look, if the signal outlives the first: this many decay times, evenly sampled.
_SECOND_LOOK = np.linspace(0.0, 14.0, 141)[1:]


@dataclass(frozen=True)
class DecayFit:
    """|y(t)| ~ exp(-gap t) between the times start and stop.

    Attributes:
        gap: decay rate from a straight line through ln |y|.
        error: error bar: twice the difference between the rates of both halves of the window, plus the largest change
            of slope that the noise allows. It covers what a faster mode leaves behind if decays at least 1.35 times
        start, stop: first and last time of the window.
    """

    gap: float
    error: float
    start: float
    stop: float


def fit_decay(times: FloatArray, deviation: FloatArray, noise: FloatArray) -> DecayFit:
    """Fit the slowest exponential of a decaying signal.

    Args:
        times: rising, shape (n_times,).
        deviation: signal minus its limit, shape (n_times,).
        noise: absolute error of `deviation`, shape (n_times,).

    Raises:
        checks.CertificateError: the signal has no three e-foldings above the noise, too few points in them, or changes
            sign there.
    """
    magnitude = np.abs(deviation)
    clear = magnitude > _SIGNAL_TO_NOISE * noise
    # Only the times before the signal first drowns: later crossings of the threshold are accidents of the noise.
    last = times.size if clear.all() else int(np.argmin(clear))
    if last == 0:
        raise checks.CertificateError("no decay to fit: the signal is nowhere above its noise")
    above = np.flatnonzero(magnitude[:last] >= np.exp(_E_FOLDINGS) * magnitude[last - 1])
    first = int(above[-1]) if above.size else 0
    window = slice(first, last)
    if above.size == 0 or last - first < _FEWEST_POINTS:
        foldings = np.log(magnitude[first] / magnitude[last - 1])
        raise checks.CertificateError(
            f"no decay to fit: {last - first} points and {foldings:.2f} e-foldings above the noise, "
            f"but {_FEWEST_POINTS} and {_E_FOLDINGS:g} are needed"
        )
    if np.ptp(np.sign(deviation[window])) > 0:
        raise checks.CertificateError("no decay to fit: the signal changes sign in the window")
    t, y = times[window], np.log(magnitude[window])
    middle = t.size // 2
    drift = _decay_rate(t[:middle], y[:middle]) - _decay_rate(t[middle:], y[middle:])
    from_noise = 2 * np.max(noise[window] / magnitude[window]) / (t[-1] - t[0])
    return DecayFit(
        gap=_decay_rate(t, y),
        error=2 * abs(drift) + float(from_noise),
        start=float(t[0]),
        stop=float(t[-1]),
    )


def _decay_rate(times: FloatArray, logarithms: FloatArray) -> float:
    return -float(np.polyfit(times - times[0], logarithms, 1)[0])


def fitted_gap(model: Model, rabi_frequency: float) -> DecayFit:
    """Gap from <S_z(t)> - <S_z(infinity)>, all atoms down at first, propagated until the signal has decayed.

    Args:
        model: gamma_s > 0.
        rabi_frequency: Omega > 0, unit of the rates.

    All atoms down may hold so little of the slowest mode that it stays below the noise while faster modes decay. So
    another start, the totally mixed state, is looked at too: if from there <S_z> decays clearly more slowly, the fit
    has not reached the last mode.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: the propagation, the steady state or the fit fails its certificate, or the fit has not
            reached the last mode.
    """
    limit = steady_state(model, rabi_frequency)
    first = evolve(model, rabi_frequency, all_down(model.n_atoms), _FIRST_TIMES / model.gamma_s)
    coordinates = first.coordinates
    s_z = coordinates.trace_row * (coordinates.row - (coordinates.dimensions[coordinates.block] - 1) / 2)
    final = float(s_z @ coordinates.pack(limit.blocks))
    # |S_z| <= N/2 turns an error of the state into one of the signal. Both come from one matrix: its rounding cancels.
    times, deviation = first.times, first.vectors @ s_z - final
    noise = model.n_atoms / 2 * (first.errors + limit.correction + np.finfo(float).eps)
    if abs(deviation[-1]) > _SIGNAL_TO_NOISE * noise[-1]:
        rate = np.log(deviation[-4] / deviation[-1]) / (times[-1] - times[-4])
        second = evolve(model, rabi_frequency, first.blocks(-1), _SECOND_LOOK / rate)
        times = np.append(times, times[-1] + second.times)
        deviation = np.append(deviation, second.vectors @ s_z - final)
        noise = np.append(noise, noise[-1] + model.n_atoms / 2 * second.errors)
    fit = fit_decay(times, deviation, noise)
    other = evolve(model, rabi_frequency, totally_mixed_blocks(model.n_atoms), _FIRST_TIMES / model.gamma_s)
    slower = last_rate(other.times, other.vectors @ s_z - final, model.n_atoms / 2 * (other.errors + limit.correction))
    if slower * _COVERED < fit.gap - fit.error:
        raise checks.CertificateError(
            f"the fit of N = {model.n_atoms} has not reached the last mode: from all atoms down <S_z> decays at "
            f"{fit.gap:.4g} +- {fit.error:.1e}, but from the totally mixed state at {slower:.4g}"
        )
    return fit


def last_rate(times: FloatArray, deviation: FloatArray, noise: FloatArray) -> float:
    """Decay rate of |deviation| between the last two times at which it is clear of the noise and of one sign.

    Infinite, no slow decay seen, where there are no two such times. Arguments as of `fit_decay`.
    """
    clear = np.abs(deviation) > _SIGNAL_TO_NOISE * noise
    last = times.size if clear.all() else int(np.argmin(clear))
    if last < 2 or deviation[last - 2] * deviation[last - 1] <= 0:
        return float(np.inf)
    return float(np.log(deviation[last - 2] / deviation[last - 1]) / (times[last - 1] - times[last - 2]))
