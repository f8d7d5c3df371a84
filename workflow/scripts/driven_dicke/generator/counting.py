"""Full counting statistics of either port: the tilted generator, its two-state limit, and counts in a bin.

With J the jumps that are counted, the counts n in a long time t have <e^(s n)> ~ e^(theta(s) t), theta the largest
eigenvalue of L + (e^s - 1) J (Garrahan and Lesanovsky, PRL 104, 160601 (2010)). Its trace gives, without cancellation,

    theta(s) = (e^s - 1) tr(J x) / tr x,    x its eigenvector,

and with its left eigenvector y the slope, theta'(s) = e^s y J x / y x: the counts per time of the tilted trajectories.

Of photons that are counted with efficiency eta beside dark counts at the rate d, theta(s) -> theta(s') + d (e^s - 1)
with e^s' - 1 = eta (e^s - 1).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.linalg import expm
from scipy.sparse.linalg import splu

from driven_dicke.generator import superoperators
from driven_dicke.generator.correlations import Correlation
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.liouvillian import ElementCoordinates, generator, require_unique
from driven_dicke.generator.ordering import nested_dissection
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import Blocks, FloatArray, IntArray, SymmetricCoordinates
from driven_dicke.model.parameters import Model

Port = Literal["cavity", "side"]
_ITERATIONS, _SAME_SHIFT = 80, 10
_BESIDE = 0.01  # of theta: how far right of it the next shift is
_SETTLED = 1e-10  # of theta, between two iterations
_NEGATIVE = 1e-6  # of the trace: the eigenvector of the largest eigenvalue is a state
_POLE, _DIMENSIONS = 0.05, (40, 55, 70, 90)  # of the Krylov space of an exponential
_ACCURACY = 1e-6
_NOTHING, _IN_A_ROW = 1e-6, 10  # of <e^(i phi n)>, and how often in a row, from where on it is left out
_MEAN_ACCURACY = 1e-4  # of the counts: numbers beyond the largest would appear among the small ones
_DEVIATIONS = 12  # of a Poissonian, beyond which nothing is expected


class Tilted(NamedTuple):
    """theta(s) and its slope d theta / ds, both of shape (n_tilts,)."""

    theta: FloatArray
    slope: FloatArray


@dataclass(frozen=True)
class TwoStates:
    """A two-state Markov process with Poissonian emission in either state.

    Args:
        rate_plus, rate_minus: emission in rho_+ and rho_-.
        leave_plus, leave_minus: rates of leaving them.
    """

    rate_plus: float
    rate_minus: float
    leave_plus: float
    leave_minus: float

    @property
    def share_plus(self) -> float:
        """Probability of rho_+."""
        return self.leave_minus / (self.leave_plus + self.leave_minus)

    @property
    def rate(self) -> float:
        """Mean emission."""
        return self.share_plus * self.rate_plus + (1 - self.share_plus) * self.rate_minus

    def cumulant_generating_function(self, tilt: ArrayLike) -> FloatArray:
        """theta(s) for e^s - 1 = `tilt`, shape as it: the larger root of the 2 x 2 problem."""
        z = np.asarray(tilt, dtype=float)
        plus, minus = z * self.rate_plus - self.leave_plus, z * self.rate_minus - self.leave_minus
        half = (plus - minus) / 2
        # Near 0 the larger root cancels: take it from the product of both.
        root = np.sqrt(half**2 + self.leave_plus * self.leave_minus)
        low = (plus + minus) / 2 - root
        product = z * (
            z * self.rate_plus * self.rate_minus - self.rate_plus * self.leave_minus - self.rate_minus * self.leave_plus
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(low < 0, product / low, (plus + minus) / 2 + root)
        return np.where(z == 0, 0.0, found)

    def fano_factor(self, window: ArrayLike) -> FloatArray:
        """Variance over mean of the counts in a window, shape as it."""
        total = self.leave_plus + self.leave_minus
        x = total * np.asarray(window, dtype=float)
        spread = self.share_plus * (1 - self.share_plus) * (self.rate_plus - self.rate_minus) ** 2
        with np.errstate(divide="ignore", invalid="ignore"):
            memory = np.where(x < 1e-6, x / 2, 1 + np.expm1(-x) / x)
        return 1 + 2 * spread / (total * self.rate) * memory

    def distribution(self, window: float, largest: int) -> FloatArray:
        """Probability of 0 ... `largest` counts in `window`, shape (largest + 1,), as `Counting.distribution`."""
        size = checks.integer("largest", largest, 1) + 1
        z = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size) - 1
        tilted = np.zeros((z.size, 2, 2), dtype=complex)
        tilted[:, 0, 0], tilted[:, 0, 1] = z * self.rate_plus - self.leave_plus, self.leave_minus
        tilted[:, 1, 0], tilted[:, 1, 1] = self.leave_plus, z * self.rate_minus - self.leave_minus
        generating = (expm(tilted * window) @ [self.share_plus, 1 - self.share_plus]).sum(axis=1)
        return np.maximum(np.fft.irfft(np.conj(generating), size), 0.0)


def detected_fano_factor(fano: FloatArray, rate: float, efficiency: float, dark_counts: float) -> FloatArray:
    """Fano factor of counts with an efficiency 0 ... 1 beside Poissonian dark counts, from that of all photons.

    Raises:
        checks.ParameterError: the efficiency is not 0 ... 1 or the dark counts are negative, or both are 0.
    """
    eta, dark = checks.real("efficiency", efficiency, 0.0), checks.real("dark_counts", dark_counts, 0.0)
    if eta > 1 or eta * rate + dark == 0:
        raise checks.ParameterError(
            f"arguments efficiency and dark_counts must be 0 ... 1 and >= 0, and give counts, but are {eta} and {dark}"
        )
    return 1 + eta**2 * rate / (eta * rate + dark) * (fano - 1)


def fano_factor(second_order: Correlation, rate: float, window: ArrayLike) -> FloatArray:
    """Variance over mean of the counts in a window from g2(tau): 1 + (2 R / T) int_0^T (T - tau) (g2 - 1) d tau."""
    time = np.asarray(window, dtype=float)
    return 1 + 2 * rate * second_order.integral(time) / time


def detected_tilt(tilt: ArrayLike, efficiency: float) -> FloatArray:
    """e^s' - 1 = eta (e^s - 1)."""
    return checks.real("efficiency", efficiency, 0.0) * np.asarray(tilt, dtype=float)


@dataclass(frozen=True, eq=False)
class Counting:
    """Counts of one port in the steady state.

    Args:
        model: gamma_s > 0.
        rabi_frequency: Omega > 0, unit of the rates.
        steady: weighted blocks of the steady state.
        port: "cavity", the jumps sqrt(gamma_c) S_-; or "side", all sqrt(gamma_s) sigma_n.
    """

    model: Model
    rabi_frequency: float
    steady: Blocks
    port: Port

    def __post_init__(self) -> None:
        require_unique(self.model)

    @cached_property
    def _coordinates(self) -> SymmetricCoordinates:
        return SymmetricCoordinates(self.model.n_atoms)

    @cached_property
    def _state(self) -> FloatArray:
        return self._coordinates.pack(self.steady)

    @cached_property
    def matrix(self) -> sparse.csc_array:
        """L on `SymmetricCoordinates`."""
        return generator(self.model, self.rabi_frequency)

    @cached_property
    def jumps(self) -> sparse.csc_array:
        """J on `SymmetricCoordinates`."""
        part = superoperators.sector(ElementCoordinates(self.model.n_atoms), "symmetric")
        if self.port == "side":
            jump = superoperators.individual_jumps(self.model)
        else:
            left, right = superoperators.multiplication(self.model.n_atoms)
            jump = self.model.gamma_c * (left @ right)
        return (part.restrict @ jump @ part.extend).tocsc()

    @cached_property
    def _order(self) -> IntArray:
        return nested_dissection(self._coordinates)

    @cached_property
    def rate(self) -> float:
        """Photons per time, <J>."""
        return float(self._coordinates.trace_row @ (self.jumps @ self._state))

    def cumulant_generating_function(self, tilts: ArrayLike, guess: TwoStates) -> Tilted:
        """theta(s) and theta'(s) for e^s - 1 = `tilts`, by inverse iteration right of what `guess` expects.

        Raises:
            checks.CertificateError: the iteration does not settle, or finds another eigenvalue.
        """
        trace = self._coordinates.trace_row
        scale = guess.leave_plus + guess.leave_minus
        found, slopes = [], []
        for tilt in np.asarray(tilts, dtype=float):
            if tilt == 0:
                found.append(0.0)
                slopes.append(self.rate)
                continue
            tilted = (self.matrix + tilt * self.jumps).tocsc()
            expected = float(guess.cumulant_generating_function(tilt))
            shift = expected + 0.1 * abs(expected) + scale
            state, left, before, theta = self._state, trace, np.inf, np.nan
            for iteration in range(_ITERATIONS):
                if iteration % _SAME_SHIFT == 0:
                    shifted = (tilted - shift * sparse.eye_array(trace.size, format="csc")).tocsc()
                    factors = Factorisation(shifted, self._order)
                state = factors.solve(state)
                state = state / (trace @ state)
                left = factors.solve_transposed(left)
                left = left / (left @ state)
                theta = float(tilt * (trace @ (self.jumps @ state)))
                if abs(theta - before) <= _SETTLED * abs(theta):
                    break
                before, shift = theta, theta + _BESIDE * abs(theta)
            else:
                raise checks.CertificateError(f"theta at e^s - 1 = {tilt:g} did not settle: {before:g}, {theta:g}")
            lowest = min(float(np.linalg.eigvalsh(block)[0]) for block in self._coordinates.unpack(state))
            if lowest < -_NEGATIVE:
                raise checks.CertificateError(
                    f"theta at e^s - 1 = {tilt:g} is not the largest eigenvalue: its vector is no state ({lowest:.1e})"
                )
            found.append(theta)
            slopes.append(float((1 + tilt) * (left @ (self.jumps @ state))))
        return Tilted(np.array(found), np.array(slopes))

    def most(self, window: float) -> int:
        """A number of counts in `window` that is never exceeded but for 12 standard deviations.

        Whatever the state, the rate is at most gamma_c N/2 (N/2 + 1) or gamma_s N: counts lie below a Poissonian.
        """
        half = self.model.n_atoms / 2
        brightest = self.model.gamma_c * half * (half + 1) if self.port == "cavity" else 2 * self.model.gamma_s * half
        mean = brightest * checks.real("window", window, 0.0, exclusive=True)
        return int(np.ceil(mean + _DEVIATIONS * (np.sqrt(mean) + 1)))

    def distribution(self, window: float, largest: int) -> FloatArray:
        """Probability of 0 ... `largest` counts in `window`, shape (largest + 1,): Fourier sum of <e^(i phi n)>.

        Small N: one exponential of L for every second count.

        Raises:
            checks.CertificateError: a probability is negative, or their mean is not that of the rate, as where counts
                beyond `largest` appear among the small ones; `most` is always enough.
        """
        size = checks.integer("largest", largest, 1) + 1
        phases = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size)
        order, trace = self._order, self._coordinates.trace_row[self._order]
        start = self._state[order].astype(complex)
        matrix, jumps = ((part * window)[order][:, order].tocsc() for part in (self.matrix, self.jumps))
        # Dark spins may give no count at all; all else of bright light has no structure as fine as single counts.
        none = complex(trace @ _exponential((matrix - jumps).tocsc(), start))
        generating = np.full(phases.size, none)
        for number, z in enumerate(phases):
            generating[number] = trace @ _exponential((matrix + (z - 1) * jumps).tocsc(), start)
            if np.abs(generating[max(number + 1 - _IN_A_ROW, 0) : number + 1] - none).max() < _NOTHING:
                break
        probability: FloatArray = np.fft.irfft(np.conj(generating), size)
        mean, expected = float(probability @ np.arange(size)), self.rate * window
        if probability.min() < -_ACCURACY or abs(mean - expected) > _MEAN_ACCURACY * expected:
            raise checks.CertificateError(
                f"more than {largest} counts in {window:g} are likely: the mean is {mean:g} in place of {expected:g}, "
                f"the lowest probability {probability.min():.1e}"
            )
        return np.maximum(probability, 0.0)


def _exponential(matrix: sparse.csc_array, start: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """exp(matrix) start in the Krylov space of (1 - g matrix)^-1, complex, rows and columns in order of elimination.

    Raises:
        checks.CertificateError: it does not settle.
    """
    identity = sparse.eye_array(start.size, format="csc", dtype=complex)
    factors = splu(
        (identity - _POLE * matrix).tocsc(),
        permc_spec="NATURAL",
        diag_pivot_thresh=0.1,
        options={"SymmetricMode": True},
    )
    largest = min(_DIMENSIONS[-1], start.size)
    length = float(np.linalg.norm(start))
    basis = np.zeros((largest + 1, start.size), dtype=complex)
    hessenberg = np.zeros((largest + 1, largest), dtype=complex)
    basis[0] = start / length
    before = np.full(start.size, np.inf, dtype=complex)
    for k in range(largest):
        image = factors.solve(basis[k])
        for _ in range(2):
            overlaps = basis[: k + 1].conj() @ image
            image -= overlaps @ basis[: k + 1]
            hessenberg[: k + 1, k] += overlaps
        hessenberg[k + 1, k] = np.linalg.norm(image)
        ends = abs(hessenberg[k + 1, k]) < 1e-14 or k + 1 == start.size
        if k + 1 in _DIMENSIONS or ends:
            small = expm((np.eye(k + 1) - np.linalg.inv(hessenberg[: k + 1, : k + 1])) / _POLE)
            now = length * (small[:, 0] @ basis[: k + 1])
            if ends or np.abs(now - before).sum() <= _ACCURACY * np.abs(start).sum():
                return now
            before = now
        basis[k + 1] = image / hessenberg[k + 1, k]
    raise checks.CertificateError("the exponential of a tilted generator did not settle")
