"""What a trajectory leaves behind: observables on a time grid and the list of its jumps."""

import logging
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from driven_dicke.model import checks, crss
from driven_dicke.model.dicke_basis import FloatArray, IntArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.observables import second_order_coherence, spin_squeezing
from driven_dicke.model.operators import raising_elements
from driven_dicke.model.parameters import Model
from driven_dicke.trajectories.schur import Amplitudes

COLLECTIVE = -1  # in place of the atom's number
UNRESOLVED = -2  # an individual jump of an atom that the unravelling does not name
DARK = 2 * np.finfo(float).eps  # an amplitude of a normalised state, times N, below this is rounding
MANY_STEPS = 2e6  # of a trajectory: minutes
ROUNDING = 1e-9  # by which a probability may leave [0, 1] before the state counts as wrong

Progress = Callable[[float, int], None]


def no_progress(fraction: float, n_jumps: int) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Jumps:
    """The jumps of one trajectory in order of time.

    Args:
        time: time of every jump, shape (n_jumps,).
        atom: the atom 0 ... N-1 of an individual jump, `COLLECTIVE`, or `UNRESOLVED`, shape (n_jumps,).
    """

    time: FloatArray
    atom: IntArray

    @property
    def individual(self) -> NDArray[np.bool_]:
        """True for an individual jump, False for a collective one, shape (n_jumps,)."""
        return self.atom != COLLECTIVE

    @property
    def channel(self) -> NDArray[np.str_]:
        """ "individual" or "collective", shape (n_jumps,)."""
        return np.where(self.individual, "individual", "collective")

    def counts(self, edges: ArrayLike) -> tuple[IntArray, IntArray]:
        """Numbers of (individual, collective) jumps between successive `edges`, the last one included (Fig. 13).

        Raises:
            checks.ParameterError: fewer than two edges, or they are not finite and rising.
        """
        bins = checks.rising("edges", edges, least=2)
        individual = np.histogram(self.time[self.individual], bins)[0].astype(np.int64)
        return individual, np.histogram(self.time[~self.individual], bins)[0].astype(np.int64)


@dataclass(frozen=True)
class Trajectory:
    """Expectation values of the normalised state on a time grid, and the jumps. All arrays have shape (n_times,).

    Args:
        times: the grid.
        rabi_frequency: Omega at each time.
        s_z: <S_z>.
        s_squared: <S^2>.
        intensity: <S_+ S_->.
        g2: g2(0) = <S_+ S_+ S_- S_-> / <S_+ S_->^2; nan where the state is dark.
        xi2: spin squeezing (Sec. III B); inf where the mean spin vanishes.
        crss_fidelity: root fidelity with the CRSS of spin N/2 and the current drive; nan if gamma_c = 0 (no CRSS).
        jumps: every jump from 0 to the end of the grid, or None if the jumps were not recorded.
    """

    times: FloatArray
    rabi_frequency: FloatArray
    s_z: FloatArray
    s_squared: FloatArray
    intensity: FloatArray
    g2: FloatArray
    xi2: FloatArray
    crss_fidelity: FloatArray
    jumps: Jumps | None


def time_grid(times: ArrayLike) -> FloatArray:
    """`times` as a checked array.

    Raises:
        checks.ParameterError: the times are not finite, do not rise, start below 0, or there is none.
    """
    return checks.rising("times", times, minimum=0.0)


def announce_cost(model: Model, schedule: DriveSchedule, end: float) -> None:
    """Say before the first step if a trajectory up to the time `end` will take unusually many.

    The fastest rate of the evolution is that of H_eff, at most Omega N + (gamma_c (N/2 + 1)^2 + gamma_s N) / 2; a step
    covers about two of its inverses, whatever the unravelling.
    """
    half = model.n_atoms / 2
    damping = (model.gamma_c * (half + 1) ** 2 + model.gamma_s * model.n_atoms) / 2
    steps = end * (max(schedule.rabi_frequencies) * model.n_atoms + damping) / 2
    if steps > MANY_STEPS:
        logging.warning(
            "a trajectory of N = %d to t = %g takes about %.0e steps: the drive or the time is large",
            model.n_atoms,
            end,
            steps,
        )


def spawn(seed: int, size: int, first: int = 0) -> list[np.random.SeedSequence]:
    """Seeds of the trajectories number `first` ... `first` + `size` - 1 of the ensemble with the given seed.

    They are independent, and the same however the ensemble is divided among jobs.

    Raises:
        checks.ParameterError: an argument is not a whole number in its range.
    """
    entropy = checks.integer("seed", seed, 0, 2**128 - 1)
    start, length = checks.integer("first", first, 0), checks.integer("size", size, 1)
    return [np.random.SeedSequence(entropy, spawn_key=(number,)) for number in range(start, start + length)]


@lru_cache(maxsize=512)
def raising_row(doubled_spin: int, width: int) -> FloatArray:
    """<m+1|S_+|m> of one spin, filled up with 0, shape (width,), read-only."""
    row = np.zeros(width)
    row[:doubled_spin] = raising_elements(doubled_spin)
    row.flags.writeable = False
    return row


def raising_rows(doubled_spins: IntArray, width: int) -> FloatArray:
    """<m+1|S_+|m> of several spins side by side, filled up with 0, shape (n, width)."""
    return np.array([raising_row(doubled, width) for doubled in doubled_spins.tolist()])


def moments(
    populations: FloatArray, coherences: Amplitudes, double_coherences: Amplitudes, doubled_spins: IntArray
) -> NDArray[np.complex128]:
    """<S^2>, <S_z>, <S_z^2>, <S_+S_->, <S_+^2S_-^2>, <S_->, <S_-^2>, <S_zS_- + S_-S_z>/2 of n blocks, shape (8, n).

    Args:
        populations: rho[a, a] of every block, shape (n, width), 0 beyond row 2j.
        coherences: rho[a+1, a], shape (n, width - 1).
        double_coherences: rho[a+2, a], shape (n, width - 2).
        doubled_spins: 2j of every block, shape (n,).

    Raises:
        checks.CertificateError: a population is negative beyond rounding (1e-9).
    """
    if populations.min() < -ROUNDING:
        raise checks.CertificateError(f"a population is negative: {populations.min():.3e}")
    populations = np.maximum(populations, 0.0)
    width = populations.shape[1]
    j = doubled_spins[:, None] / 2
    m = np.arange(width) - j
    raising = raising_rows(doubled_spins, width)[:, :-1]
    twice = raising[:, :-1] * raising[:, 1:]
    lowered = raising * coherences
    return np.array(
        [
            (j * (j + 1) * populations).sum(1),
            (m * populations).sum(1),
            (m**2 * populations).sum(1),
            (raising**2 * populations[:, 1:]).sum(1),
            (twice**2 * populations[:, 2:]).sum(1),
            lowered.sum(1),
            (twice * double_coherences).sum(1),
            ((m[:, :-1] + 0.5) * lowered).sum(1),
        ],
        dtype=complex,
    )


def _squeezing(n_atoms: int, moment: NDArray[np.complex128]) -> float:
    """xi^2 of one state with the given `moments`, shape (8,)."""
    _, z, zz, intensity, _, minus, minus_squared, z_minus = moment.tolist()
    # S_- = S_x - i S_y
    mean = np.array([minus.real, -minus.imag, z.real])
    if np.linalg.norm(mean) <= n_atoms * np.finfo(float).eps:  # as for density blocks
        return float(np.inf)
    planar = (intensity - z).real  # <S_x^2 + S_y^2>
    second = np.array(
        [
            [(planar + minus_squared.real) / 2, -minus_squared.imag / 2, z_minus.real],
            [-minus_squared.imag / 2, (planar - minus_squared.real) / 2, -z_minus.imag],
            [z_minus.real, -z_minus.imag, zz.real],
        ]
    )
    return spin_squeezing(n_atoms, mean, second - np.outer(mean, mean))


class Recorder:
    """Collects the moments of one trajectory at the times of its grid and turns them into a `Trajectory`."""

    def __init__(self, model: Model, schedule: DriveSchedule, times: FloatArray) -> None:
        self.model = model
        self.times = times
        self.rabi_frequency = schedule.at(times)
        self._moments = np.zeros((8, times.size), dtype=complex)
        self._fidelity = np.full(times.size, np.nan)
        self._jump_times = array("d")
        self._jump_atoms = array("b")
        self._crss: dict[float, FloatArray] = {}

    @property
    def n_jumps(self) -> int:
        """Number of jumps so far."""
        return len(self._jump_times)

    def crss(self, index: int) -> FloatArray | None:
        """Coefficients (N+1,) of the CRSS of spin N/2 for the drive at grid time `index`; None if gamma_c = 0."""
        if self.model.gamma_c == 0:
            return None
        rabi_frequency = float(self.rabi_frequency[index])
        if rabi_frequency not in self._crss:
            amplitude = crss.amplitude(self.model, rabi_frequency)
            self._crss[rabi_frequency] = crss.coefficients(self.model.n_atoms, amplitude)
        return self._crss[rabi_frequency]

    def observe(self, index: int, moment: NDArray[np.complex128], overlap: float) -> None:
        """Keep the `moments` (8,) and the overlap <alpha|rho|alpha> of the normalised state at grid time `index`.

        Raises:
            checks.CertificateError: the overlap leaves [0, 1] beyond rounding (1e-9); nan is let through.
        """
        if overlap < -ROUNDING or overlap > 1 + ROUNDING:
            raise checks.CertificateError(f"overlap of a state with the CRSS is {overlap!r}")
        self._moments[:, index] = moment
        self._fidelity[index] = np.sqrt(np.clip(overlap, 0.0, 1.0))

    def jump(self, time: float, atom: int) -> None:
        """Keep a jump of `atom`, which may be `COLLECTIVE` or `UNRESOLVED`."""
        self._jump_times.append(time)
        self._jump_atoms.append(atom)

    def trajectory(self, *, with_jumps: bool = True) -> Trajectory:
        """Observables at all times of the grid, and the jumps."""
        s_squared, s_z, _, intensity, pairs = self._moments[:5].real
        dark = (DARK * self.model.n_atoms) ** 2
        return Trajectory(
            times=self.times,
            rabi_frequency=self.rabi_frequency,
            s_z=s_z,
            s_squared=s_squared,
            intensity=intensity,
            g2=second_order_coherence(intensity, pairs, rounding=dark),
            xi2=np.array([_squeezing(self.model.n_atoms, moment) for moment in self._moments.T]),
            crss_fidelity=self._fidelity,
            jumps=Jumps(np.array(self._jump_times), np.array(self._jump_atoms, dtype=np.int64)) if with_jumps else None,
        )
