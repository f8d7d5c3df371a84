"""Trajectories that also record to which spin an individual jump leads: one vector of 2j+1 amplitudes at any N.

Individual decay as a whole takes spin j to j, j - 1 or j + 1 with the amplitudes of `operators.individual_decay`
(Zhang, Zhang and Molmer, arXiv:1806.02156): three jump operators per j in place of the N operators sigma_n. Averages
are those of the master equation; single trajectories differ from `atom_resolved` ones, since here <S^2> = j(j+1).

Many trajectories advance side by side, each at its own time. A = -i H_eff is tridiagonal, so that a Taylor series of
exp(A t) over a step of |A t| <= 2 costs a few products of vectors and is exact to rounding; the time of a jump is the
root of |psi(t)|^2 = threshold within a step.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import FloatArray, IntArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.trajectories import initial_states, record
from driven_dicke.trajectories.schur import Amplitudes

REACH = 2.0  # |A t| of one step
ORDER = 24  # of its Taylor series: 2^25 / 25! = 2e-18
TOLERANCE = 1e-12  # of ln |psi|^2 at a jump
DRAWS = 256  # random numbers fetched at a time


def _squared_norms(states: Amplitudes) -> FloatArray:
    """Sum of |amplitude|^2 along the first axis, shape (n,).

    One after the other: the rounding must depend neither on the other columns nor on zeros at the end.
    """
    squares = states.real**2
    if np.iscomplexobj(states):
        squares += states.imag**2
    norms: FloatArray = np.add.accumulate(squares, axis=0)[-1]
    return norms


@lru_cache(maxsize=512)
def _individual_decay(n_atoms: int, doubled_spin: int) -> operators.IndividualDecay:
    return operators.individual_decay(n_atoms, doubled_spin)


class _Draws:
    """Uniform random numbers of one trajectory, fetched in blocks from its own bit generator."""

    def __init__(self, seed: np.random.SeedSequence) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))
        self._numbers: list[float] = []

    def next(self) -> float:
        """The next number in [0, 1)."""
        if not self._numbers:
            self._numbers = self._generator.random(DRAWS)[::-1].tolist()
        return self._numbers.pop()


def _crossing(
    terms: Amplitudes, damping: FloatArray, thresholds: FloatArray, guess: FloatArray
) -> tuple[FloatArray, Amplitudes]:
    """Where in a step |psi|^2 falls to the threshold: Newton's method for its logarithm, within a bracket.

    Args:
        terms: Taylor terms of psi at the end of the step, shape (ORDER + 1, width, n).
        damping: diagonal of A times the length of the step, shape (width, n).
        thresholds: shape (n,).
        guess: fraction of the step, strictly between 0 and 1, shape (n,).

    Returns:
        Fraction of the step (n,), and psi there (width, n).

    Raises:
        checks.CertificateError: no such point was found.
    """
    low, high, fractions = np.zeros_like(guess), np.ones_like(guess), guess
    for _ in range(100):
        psi = terms[ORDER] * fractions
        for term in terms[ORDER - 1 : 0 : -1]:
            psi += term
            psi *= fractions
        psi += terms[0]
        norms = _squared_norms(psi)
        excess = np.log(norms / thresholds)
        found = np.abs(excess) <= TOLERANCE
        if found.all():
            return fractions, psi
        # d|psi|^2/dx = 2 psi.(A psi), in which the antisymmetric drive has no share
        slope = 2 * np.add.accumulate(damping * np.abs(psi) ** 2, axis=0)[-1] / norms
        low, high = np.where(excess > 0, fractions, low), np.where(excess > 0, high, fractions)
        newton = fractions - excess / np.minimum(slope, -1e-300)
        inside = (newton > low) & (newton < high)
        fractions = np.where(found, fractions, np.where(inside, newton, (low + high) / 2))
    raise checks.CertificateError(f"no jump time found within a step: norms {norms} instead of {thresholds}")


class _Ensemble:
    """States psi (N+1, n) of n trajectories, each of one spin j = doubled / 2; row a = j + m, 0 beyond row 2j."""

    def __init__(self, model: Model, amplitudes: Amplitudes, seeds: list[np.random.SeedSequence]) -> None:
        size, width = len(seeds), model.n_atoms + 1
        self._model = model
        self.psi = np.zeros((width, size), amplitudes.dtype)
        self.psi[: amplitudes.size] = amplitudes[:, None]
        self.doubled = np.zeros(size, dtype=np.int64)
        self.time = np.zeros(size)
        self._raising = np.zeros((width, size))
        self._damping = np.zeros((width, size))  # -(gamma_c S_+S_- + gamma_s (S_z + N/2)) / 2
        self._bound = np.zeros(size)  # of the damping
        for number in range(size):
            self._set_spin(number, amplitudes.size - 1)
        self._draws = [_Draws(seed) for seed in seeds]
        self._threshold = np.array([1 - draws.next() for draws in self._draws])

    def _set_spin(self, number: int, doubled: int) -> None:
        row = np.arange(len(self.psi))
        raising = record.raising_row(doubled, row.size)
        decay = self._model.gamma_s * (row + (self._model.n_atoms - doubled) / 2)
        decay[1:] += self._model.gamma_c * raising[:-1] ** 2
        decay[doubled + 1 :] = 0
        self.doubled[number] = doubled
        self._raising[:, number] = raising
        self._damping[:, number] = -decay / 2
        self._bound[number] = decay.max() / 2

    def step(self, who: IntArray, rabi_frequency: float, limits: FloatArray) -> IntArray:
        """Advance `who` until their next jump or `limits` (n,), but by no more than one reach of the Taylor series.

        Returns:
            The trajectories at a jump: |psi|^2 equals their threshold.
        """
        width = int(self.doubled[who].max()) + 1
        remaining = limits - self.time[who]
        bound = self._bound[who] + rabi_frequency * self.doubled[who]  # of |A|
        lengths = np.minimum(REACH / np.maximum(bound, 1e-300), remaining)
        damping = self._damping[:width, who] * lengths
        drive = self._raising[: width - 1, who] * (rabi_frequency * lengths)
        terms = np.empty((ORDER + 1, width, who.size), self.psi.dtype)
        terms[0] = self.psi[:width, who]
        shifted = np.empty((width - 1, who.size), self.psi.dtype)
        for order in range(1, ORDER + 1):
            previous, term = terms[order - 1], terms[order]
            np.multiply(damping, previous, out=term)
            np.multiply(drive, previous[1:], out=shifted)
            term[:-1] += shifted
            np.multiply(drive, previous[:-1], out=shifted)
            term[1:] -= shifted
            term /= order
        final = terms[0].copy()
        for term in terms[1:]:
            final += term
        norms, thresholds = _squared_norms(final), self._threshold[who]
        jumps = norms < thresholds
        self.psi[:width, who] = final
        self.time[who] = np.where(lengths < remaining, self.time[who] + lengths, limits)
        jumping = who[jumps]
        if jumping.size:
            start = np.log(_squared_norms(terms[0])[jumps])
            end, threshold = np.log(norms[jumps]), np.log(thresholds[jumps])
            guess = np.clip((start - threshold) / (start - end), 1e-3, 1 - 1e-3)
            fractions, states = _crossing(terms[:, :, jumps], damping[:, jumps], thresholds[jumps], guess)
            self.psi[:width, jumping] = states
            self.time[jumping] -= (1 - fractions) * lengths[jumps]
        return jumping

    def jump(self, who: IntArray) -> NDArray[np.bool_]:
        """Draw and apply a jump of each of `who`, normalise, and draw the next threshold; True where collective."""
        psi = self.psi[:, who]
        lowered = self._raising[:-1, who] * psi[1:]
        lowered_norms = _squared_norms(lowered)
        excited = np.arange(len(psi))[:, None] + (self._model.n_atoms - self.doubled[who]) / 2
        collective_rates = self._model.gamma_c * lowered_norms
        individual_rates = self._model.gamma_s * np.add.accumulate(excited * np.abs(psi) ** 2, axis=0)[-1]
        chosen = np.array([self._draws[number].next() for number in who.tolist()])
        chosen *= collective_rates + individual_rates
        collective = chosen < collective_rates
        self.psi[:-1, who[collective]] = lowered[:, collective] / np.sqrt(lowered_norms[collective])
        self.psi[-1, who[collective]] = 0
        shares = (chosen - collective_rates)[~collective] / individual_rates[~collective]
        for number, share in zip(who[~collective].tolist(), shares.tolist(), strict=True):
            self._individual_jump(number, share)
        self._threshold[who] = [1 - self._draws[number].next() for number in who.tolist()]
        return collective

    def _individual_jump(self, number: int, share: float) -> None:
        """Draw the spin after the jump with one number `share` in [0, 1)."""
        doubled = int(self.doubled[number])
        psi = self.psi[: doubled + 1, number]
        same, lower, upper = _individual_decay(self._model.n_atoms, doubled)
        # sigma takes row a to a - 1 in block j, to a - 2 in block j - 1, to a in block j + 1
        outcomes = [(doubled, (same * psi)[1:]), (doubled - 2, (lower * psi)[2:]), (doubled + 2, upper * psi)]
        weights = np.cumsum([np.vdot(outcome, outcome).real for _, outcome in outcomes])
        # A share that rounding has made 1 must not point beyond the last weight.
        chosen = int(np.searchsorted(weights, min(share, 1 - 2**-53) * weights[-1], side="right"))
        new_doubled, outcome = outcomes[chosen]
        self.psi[:, number] = 0
        self.psi[: outcome.size, number] = outcome / np.linalg.norm(outcome)
        self._set_spin(number, new_doubled)

    def observe(self, who: IntArray) -> NDArray[np.complex128]:
        """Moments of the normalised states of `who`, shape (8, n)."""
        psi = (self.psi[:, who] / np.sqrt(_squared_norms(self.psi[:, who]))).T
        conjugate = psi.conj()
        return record.moments(
            np.abs(psi) ** 2, psi[:, 1:] * conjugate[:, :-1], psi[:, 2:] * conjugate[:, :-2], self.doubled[who]
        )

    def overlap(self, number: int, symmetric_state: FloatArray) -> float:
        """<phi|rho|phi> of the normalised state with a real state phi of spin N/2, shape (N+1,)."""
        psi = self.psi[:, number]
        if self.doubled[number] < self._model.n_atoms:
            return 0.0
        return float(abs(symmetric_state @ psi) ** 2 / np.vdot(psi, psi).real)


def ensemble(
    model: Model,
    schedule: DriveSchedule,
    initial: ArrayLike,
    times: ArrayLike,
    seeds: list[np.random.SeedSequence],
    progress: record.Progress = record.no_progress,
    *,
    with_jumps: bool = True,
) -> list[record.Trajectory]:
    """Independent trajectories, one for each of `seeds`; each one is the same in whatever company it runs.

    A few hundred of them at a time cost least for each.

    Args:
        model: the model, of any number of atoms.
        schedule: Omega(t), in the unit of the rates.
        initial: normalised amplitudes of one spin j in the real frame, m rising, shape (2j+1,).
        times: rising times >= 0 of the observables, shape (n_times,); trajectories start at 0 and end at the last.
        seeds: one seed for the bit generator PCG64 of each trajectory, see `record.spawn`.
        progress: called with (fraction of the time done by the slowest, number of jumps of all) after every
            hundredth of the time.
        with_jumps: keep the lists of jumps (9 bytes each).

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: the time of a jump could not be found to 1e-12 of the norm.
    """
    grid = record.time_grid(times)
    if not seeds:
        raise checks.ParameterError("argument seeds must have at least one entry, but is empty")
    amplitudes = initial_states.normalised("initial", initial)
    doubled = amplitudes.size - 1
    if not 0 <= doubled <= model.n_atoms or (model.n_atoms - doubled) % 2:
        raise checks.ParameterError(
            f"argument initial must have 2j+1 amplitudes with a spin j of {model.n_atoms} atoms, but has "
            f"{amplitudes.size}"
        )
    record.announce_cost(model, schedule, float(grid[-1]))
    states = _Ensemble(model, amplitudes, [checks.seed("seeds", seed) for seed in seeds])
    recorders = [record.Recorder(model, schedule, grid) for _ in seeds]
    index = np.zeros(len(seeds), dtype=np.int64)
    n_jumps, reported, end = 0, 0, float(grid[-1])
    for stop, rabi_frequency in schedule.stretches(end):
        # At the end a trajectory is through when its last time has been observed.
        while (who := np.flatnonzero((states.time < stop) | ((stop == end) & (index < grid.size)))).size:
            jumping = states.step(who, rabi_frequency, np.minimum(grid[index[who]], stop))
            collective = states.jump(jumping) if jumping.size else np.empty(0, dtype=bool)
            n_jumps += jumping.size
            if with_jumps:
                for number, is_collective in zip(jumping.tolist(), collective.tolist(), strict=True):
                    atom = record.COLLECTIVE if is_collective else record.UNRESOLVED
                    recorders[number].jump(float(states.time[number]), atom)
            observed = who[states.time[who] == grid[index[who]]]
            if observed.size:
                _observe(recorders, index, observed, states)
                index[observed] += 1
            done = float(states.time.min()) / end if end > 0 else 1.0
            if int(100 * done) > reported:
                reported = int(100 * done)
                progress(done, n_jumps)
    return [recorder.trajectory(with_jumps=with_jumps) for recorder in recorders]


def trajectory(
    model: Model,
    schedule: DriveSchedule,
    initial: ArrayLike,
    times: ArrayLike,
    seed: int | np.random.SeedSequence,
    progress: record.Progress = record.no_progress,
) -> record.Trajectory:
    """One trajectory: `ensemble` of a single seed, with its jumps."""
    return ensemble(model, schedule, initial, times, [checks.seed("seed", seed)], progress)[0]


def _observe(recorders: list[record.Recorder], index: IntArray, who: IntArray, states: _Ensemble) -> None:
    moments = states.observe(who)
    for column, number in enumerate(who.tolist()):
        crss = recorders[number].crss(int(index[number]))
        overlap = np.nan if crss is None else states.overlap(number, crss)
        recorders[number].observe(int(index[number]), moments[:, column], overlap)
