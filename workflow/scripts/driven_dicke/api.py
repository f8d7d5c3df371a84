"""What a newcomer needs, one line each: ``import driven_dicke as dd``.

Drives are Omega / Omega_c with Omega_c = (N - 1) gamma_c / 4, as in the paper's figures; where Omega itself is meant
(one atom, or gamma_c = 0), give `rabi_frequency` instead, in the unit of the rates. Times are in the inverse of that
unit. States are weighted blocks in the real frame of `model.dicke_basis`; `to_qutip()` is in the paper's frame.

>>> atoms = Model(n_atoms=18, gamma_c=10.0)
>>> steady_state(atoms, drive=0.6)
State(n_atoms=18, gamma_c=10, gamma_s=1, drive=0.6, s_z=-7.102, s_squared=85.68, g2=1.002, xi2=0.8487)
>>> round(slow_modes(atoms, drive=0.6).gap, 6)
0.243965
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from driven_dicke.closed_form import absorber
from driven_dicke.generator import dynamics, spectrum
from driven_dicke.generator import phases as two_phases
from driven_dicke.mean_field import branches as roots
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks, crss, fisher_information
from driven_dicke.model import observables as of_blocks
from driven_dicke.model.dicke_basis import Blocks, FloatArray
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.observables import Observables
from driven_dicke.model.parameters import Model as Model
from driven_dicke.trajectories import atom_resolved, initial_states, record, spin_resolved

if TYPE_CHECKING:
    import qutip

OBSERVABLES = ("s_z", "s_squared", "intensity", "g2", "xi2", "s_minus")


@dataclass(frozen=True)
class State:
    """A permutation-symmetric state of the atoms of `model`, driven at `rabi_frequency`.

    The observables are those of `model.observables.Observables`: s_z, s_squared, intensity, g2, xi2, s_minus.
    """

    model: Model
    rabi_frequency: float
    observables: Observables
    make_blocks: Callable[[], Blocks] = field(repr=False, compare=False)

    @cached_property
    def blocks(self) -> Blocks:
        """Weighted blocks, j falling, shapes (2j+1, 2j+1); their traces add up to 1. About N^3/6 numbers."""
        return self.make_blocks()

    @property
    def drive(self) -> float:
        """Omega / Omega_c; nan where Omega_c = 0."""
        return _drive(self.model, self.rabi_frequency)

    @property
    def s_z(self) -> float:
        """<S_z>."""
        return self.observables.s_z

    @property
    def s_squared(self) -> float:
        """<S^2>."""
        return self.observables.s_squared

    @property
    def intensity(self) -> float:
        """<S_+ S_->, collectively radiated intensity per gamma_c."""
        return self.observables.intensity

    @property
    def g2(self) -> float:
        """g2(0) = <S_+ S_+ S_- S_-> / <S_+ S_->^2; nan where nothing is radiated."""
        return self.observables.g2

    @property
    def xi2(self) -> float:
        """Spin squeezing xi^2 of Wineland et al.; inf where the mean spin vanishes."""
        return self.observables.xi2

    @property
    def s_minus(self) -> float:
        """|<S_->|, which is |<S_y>| in the paper's axes."""
        return self.observables.s_minus

    @property
    def crss_fidelity(self) -> float:
        """Root fidelity with the coherently radiating spin state of spin N/2 at this drive."""
        return crss.fidelity(self.blocks, self.model, self.rabi_frequency)

    @property
    def fisher_information(self) -> float:
        """Largest quantum Fisher information F of a collective rotation; above N only if atoms are entangled.

        >>> atoms = Model(4, 10.0)
        >>> state = steady_state(atoms, drive=0.5)
        >>> 1 / state.xi2 < state.fisher_information / 4
        True
        """
        information = fisher_information.fisher_information(fisher_information.parts_of(self.blocks))
        return fisher_information.best_rotation(information).information

    def magnetization_distribution(self) -> tuple[FloatArray, FloatArray]:
        """(m, P_m), both of shape (N + 1,), m rising from -N/2.

        >>> m, p = steady_state(Model(4, 10.0), drive=0.5).magnetization_distribution()
        >>> m.tolist(), round(float(p.sum()), 12)
        ([-2.0, -1.0, 0.0, 1.0, 2.0], 1.0)
        """
        return of_blocks.magnetization_distribution(self.blocks)

    def to_qutip(self, basis: Literal["dicke", "full"] = "dicke") -> "qutip.Qobj":
        """The state as a QuTiP object in the paper's frame.

        Args:
            basis: "dicke", the block-diagonal basis of `qutip.piqs`, any N; "full", the space of 2^N states, small N.

        >>> steady_state(Model(4, 10.0), drive=0.5).to_qutip("full").dims
        [[2, 2, 2, 2], [2, 2, 2, 2]]
        """
        from driven_dicke.peers import qutip_reference  # QuTiP takes a second to import

        return qutip_reference.to_qobj(self.blocks, basis)

    def to_pandas(self) -> pd.Series:
        """The observables by name."""
        return pd.Series({name: getattr(self.observables, name) for name in OBSERVABLES})

    def __repr__(self) -> str:
        own = ", ".join(f"{name}={getattr(self, name):.4g}" for name in ("s_z", "s_squared", "g2", "xi2"))
        return f"State({_about(self.model, self.rabi_frequency)}, {own})"


@dataclass(frozen=True)
class Modes:
    """The slowest modes of the generator in the permutation-symmetric sector, steady state first.

    Attributes:
        eigenvalues: unit of the rates, shape (count,) or more, real parts falling.
        search: how it is known that no oscillating mode is slower.
    """

    model: Model
    rabi_frequency: float
    solution: spectrum.SlowModes = field(repr=False)

    @property
    def eigenvalues(self) -> NDArray[np.complex128]:
        """lambda_k, unit of the rates."""
        return self.solution.eigenvalues

    @property
    def gap(self) -> float:
        """Liouvillian gap -Re lambda_1, unit of the rates."""
        return self.solution.gap

    @property
    def search(self) -> str:
        """How it is known that no oscillating mode is slower."""
        return self.solution.search

    def blocks(self, mode: int) -> Blocks:
        """A mode that does not oscillate as weighted blocks; mode 0 is the steady state."""
        return self.solution.blocks(mode)

    def to_pandas(self) -> pd.DataFrame:
        """One row for each mode: decay rate and frequency, unit of the rates."""
        return pd.DataFrame({"decay_rate": -self.eigenvalues.real, "frequency": self.eigenvalues.imag})

    def __repr__(self) -> str:
        return f"Modes({_about(self.model, self.rabi_frequency)}, gap={self.gap:.6g}, modes={self.eigenvalues.size})"


@dataclass(frozen=True)
class TwoPhases:
    """The steady state as a mixture a_+ rho_+ + a_- rho_-, Eqs. (8)-(9).

    Attributes:
        plus, minus, steady: the two phases and the steady state.
        gap: decay rate of rho_+ - rho_-, unit of the rates.
        a_plus, a_minus: weights in the paper's convention (traces over blocks that carry all copies of a spin).
        a_plus_physical, a_minus_physical: the same with traces in the space of 2^N states.
    """

    model: Model
    rabi_frequency: float
    plus: State
    minus: State
    steady: State
    gap: float
    a_plus: float
    a_minus: float
    a_plus_physical: float
    a_minus_physical: float

    def to_pandas(self) -> pd.DataFrame:
        """Observables of plus, minus and steady, one row each."""
        return pd.DataFrame({name: getattr(self, name).to_pandas() for name in ("plus", "minus", "steady")}).T

    def __repr__(self) -> str:
        own = f"gap={self.gap:.6g}, a_plus={self.a_plus:.4g}, a_minus={self.a_minus:.4g}"
        return f"TwoPhases({_about(self.model, self.rabi_frequency)}, {own})"


@dataclass(frozen=True)
class Evolution(Sequence[State]):
    """rho(t) on a grid of times: a sequence of states."""

    model: Model
    rabi_frequency: float
    solution: dynamics.Evolution = field(repr=False)

    @property
    def times(self) -> FloatArray:
        """The grid, shape (n_times,)."""
        return self.solution.times

    def __len__(self) -> int:
        return int(self.times.size)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return _state(self.model, self.rabi_frequency, self.solution.blocks(index))

    def to_pandas(self) -> pd.DataFrame:
        """One row for each time: the observables, indexed by time."""
        rows = [state.to_pandas() for state in self]
        return pd.DataFrame(rows, index=pd.Index(self.times, name="time"))

    def __repr__(self) -> str:
        about = _about(self.model, self.rabi_frequency)
        return f"Evolution({about}, {len(self)} times to t = {self.times[-1]:g})"


@dataclass(frozen=True)
class Trajectory:
    """One quantum trajectory: arrays of `record.Trajectory` over `times`, and its jumps."""

    model: Model
    solution: record.Trajectory = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        if name in record.Trajectory.__dataclass_fields__:
            return getattr(self.solution, name)
        raise AttributeError(name)

    def to_pandas(self) -> pd.DataFrame:
        """One row for each time: Omega and the observables, indexed by time."""
        names = [name for name in record.Trajectory.__dataclass_fields__ if name not in ("times", "jumps")]
        columns = {name: getattr(self.solution, name) for name in names}
        return pd.DataFrame(columns, index=pd.Index(self.solution.times, name="time"))

    def jumps_to_pandas(self) -> pd.DataFrame:
        """One row for each jump: time, channel, atom (-1 for a collective one, -2 for an atom without a name)."""
        jumps = self.solution.jumps
        assert jumps is not None  # both unravellings record them
        return pd.DataFrame({"time": jumps.time, "channel": jumps.channel, "atom": jumps.atom})

    def __repr__(self) -> str:
        jumps = len(self.jumps_to_pandas())
        return f"Trajectory({_rates(self.model)}, {self.solution.times.size} times, {jumps} jumps)"


@dataclass(frozen=True)
class MeanField:
    """Steady states of the mean field, Eq. (2), over drives: <s_z> per atom, nan where a branch does not exist.

    Attributes:
        drives: Omega / Omega_c, shape (n_drives,).
        lower, middle, upper: the branches, shape (n_drives,). Only `middle` is unstable.
        edges: (lower, upper) drive of the bistable region; None if there is none.
    """

    model: Model
    drives: FloatArray
    lower: FloatArray
    middle: FloatArray
    upper: FloatArray
    edges: roots.Edges | None

    @property
    def xi2(self) -> FloatArray:
        """Analytic spin squeezing of the fluctuations around the lower branch, Eq. (7), shape (n_drives,)."""
        ratio = self.model.collective_rate / self.model.single_atom_rate
        exists = np.isfinite(self.lower)
        _, s_y, s_z = roots.spin(ratio, self.drives[exists], self.lower[exists]).T
        found = np.full(self.drives.shape, np.nan)
        found[exists] = squeezing.xi2(ratio, s_y, s_z)
        return found

    def to_pandas(self) -> pd.DataFrame:
        """One row for each drive: the branches and xi2, indexed by drive."""
        columns = {name: getattr(self, name) for name in ("lower", "middle", "upper", "xi2")}
        return pd.DataFrame(columns, index=pd.Index(self.drives, name="drive"))

    def __repr__(self) -> str:
        where = (
            "not bistable" if self.edges is None else f"bistable from {self.edges.lower:.4g} to {self.edges.upper:.4g}"
        )
        return f"MeanField({_rates(self.model)}, {self.drives.size} drives, {where})"


def steady_state(model: Model, drive: float | None = None, *, rabi_frequency: float | None = None) -> State:
    """The exact steady state in closed form: observables to a million atoms, blocks as far as memory goes.

    Source: the coherent quantum absorber, see `closed_form.absorber`.

    Raises:
        checks.ParameterError: the drive is negative or not finite, not exactly one of the two is given, or Omega_c = 0.

    >>> round(steady_state(Model(1_000_000, 10.0), drive=0.5).s_z / 1e6, 4)
    -0.4268
    """
    omega = _omega(model, drive, rabi_frequency)
    pairs = absorber.pair_distribution(model, omega)
    return State(model, omega, absorber.moments(pairs), lambda: absorber.blocks(pairs))


def slow_modes(
    model: Model, drive: float | None = None, count: int = 3, *, rabi_frequency: float | None = None
) -> Modes:
    """The steady state and the slowest modes; the gap does not depend on `count`, 2 to 5.

    Raises:
        checks.ParameterError: as for `steady_state`; or N < 2, or gamma_s = 0.
        checks.CertificateError: a mode fails its certificate.

    >>> round(slow_modes(Model(2, 0.0), rabi_frequency=10.0).gap, 9)
    0.75
    """
    omega = _omega(model, drive, rabi_frequency)
    return Modes(model, omega, spectrum.slow_modes(model, omega, count))


def phases(model: Model, drive: float | None = None, *, rabi_frequency: float | None = None) -> TwoPhases:
    """The two phases between which the steady state is shared out; they mean something where the gap is small.

    Raises:
        checks.ParameterError: as for `slow_modes`; or every slow mode oscillates: there are no two phases.
        checks.CertificateError: a mode fails its certificate.

    >>> split = phases(Model(18, 10.0), drive=0.73)
    >>> split.plus.s_z < split.steady.s_z < split.minus.s_z
    True
    """
    omega = _omega(model, drive, rabi_frequency)
    found = two_phases.decompose(model, omega)
    plus, minus, steady = (_state(model, omega, blocks) for blocks in (found.plus, found.minus, found.steady))
    weights = (found.a_plus, found.a_minus, found.a_plus_physical, found.a_minus_physical)
    return TwoPhases(model, omega, plus, minus, steady, found.gap, *weights)


def evolve(
    model: Model,
    drive: float | None = None,
    times: ArrayLike = (0.0, 1.0),
    initial: State | Blocks | None = None,
    *,
    rabi_frequency: float | None = None,
) -> Evolution:
    """rho(t) under a constant drive, from all atoms down or from `initial`, at rising `times`.

    Raises:
        checks.ParameterError: as for `steady_state`; or `times` or `initial` are malformed.
        checks.CertificateError: the estimated error is too large.

    >>> excited = [np.diag([0.0, 0.0, 1.0]), np.zeros((1, 1))]
    >>> decay = evolve(Model(2, 0.0), rabi_frequency=0.0, times=[0.0, 1.0], initial=excited)
    >>> decay.to_pandas()["s_z"].round(4).tolist()
    [1.0, -0.2642]
    """
    omega = _omega(model, drive, rabi_frequency)
    start = initial.blocks if isinstance(initial, State) else initial
    if start is None:
        start = dynamics.all_down(model.n_atoms)
    return Evolution(model, omega, dynamics.evolve(model, omega, start, times))


def trajectory(
    model: Model,
    drive: float | None = None,
    times: ArrayLike = (0.0, 1.0),
    seed: int = 0,
    unravelling: Literal["atom", "spin"] = "atom",
    initial: ArrayLike | None = None,
    *,
    rabi_frequency: float | None = None,
) -> Trajectory:
    """One quantum trajectory under a constant drive, from all atoms down or from `initial`, observed at `times`.

    Args:
        model: the atoms.
        drive: Omega / Omega_c.
        times: rising, >= 0.
        seed: the same seed gives the same trajectory.
        unravelling: "atom" resolves which atom decays, with the paper's jump operators, to N = 24; "spin" resolves to
            which total spin a decay leads, for large N.
        initial: amplitudes in the real frame: (2^N,) of `initial_states` for "atom", (N + 1,) of spin N/2 for "spin".
        rabi_frequency: Omega, in place of `drive`.

    Raises:
        checks.ParameterError: an argument is out of range.

    >>> trajectory(Model(4, 10.0), drive=0.7, times=[0.0, 0.5, 1.0], seed=1)
    Trajectory(n_atoms=4, gamma_c=10, gamma_s=1, 3 times, 12 jumps)
    """
    omega = _omega(model, drive, rabi_frequency)
    if unravelling not in ("atom", "spin"):
        raise checks.ParameterError(f"argument unravelling must be 'atom' or 'spin', but is {unravelling!r}")
    run: Callable[..., record.Trajectory] = {"atom": atom_resolved, "spin": spin_resolved}[unravelling].trajectory
    if initial is None:
        down = np.eye(model.n_atoms + 1)[0]
        initial = initial_states.symmetric(down) if unravelling == "atom" else down
    return Trajectory(model, run(model, DriveSchedule([omega]), initial, times, seed))


def mean_field_branches(model: Model, drives: ArrayLike) -> MeanField:
    """The mean field's branches over `drives` (Omega / Omega_c), with the edges of the bistable region.

    Raises:
        checks.ParameterError: a drive is negative or not finite, or N = 1 or gamma_c = 0 (Omega_c = 0).

    >>> mean_field_branches(Model(18, 10.0), [0.5, 0.7])
    MeanField(n_atoms=18, gamma_c=10, gamma_s=1, 2 drives, bistable from 0.6938 to 0.8055)
    """
    model.rabi_frequency(0.0)  # refuses a model without Omega_c
    ratio = model.collective_rate / model.single_atom_rate
    edges = roots.bistability_edges(ratio) if ratio > roots.BISTABILITY_RATIO else None
    grid = np.atleast_1d(np.asarray(drives, dtype=float))
    return MeanField(model, grid, *roots.branches(ratio, grid), edges)


def plan(experiment: Mapping[str, Any], error: float = 1e-3) -> pd.DataFrame:
    """What an experiment should see: rates, bistable window, counts in both phases, dwell times, telling them apart.

    Args:
        experiment: n_atoms; atom_linewidth, and coupling and cavity_linewidth or cooperativity (MHz over 2 pi, full
            widths); drive (Omega / Omega_c) or photons; efficiency and dark_counts (1/s) of the detectors cavity and
            side; duration of a run (s); name.
        error: with which the phases are to be told apart.

    Raises:
        checks.ParameterError: the experiment states too little or too much; the text names it and its key.

    >>> ports = {"cavity": 0.5, "side": 0.02}
    >>> array = {"name": "array", "n_atoms": 8, "atom_linewidth": 6.0, "cooperativity": 10.0, "drive": 0.6}
    >>> sheet = plan(array | {"efficiency": ports, "dark_counts": {"cavity": 0, "side": 0}, "duration": 1e-3})
    >>> float(sheet.loc["gamma_c / 2 pi", "value"])
    60.0
    """
    from driven_dicke.studies.plan import compute as planner  # a study; nothing else of the door needs one

    return pd.DataFrame(planner.plan(experiment, error)).set_index("quantity")


def _omega(model: Model, drive: float | None, rabi_frequency: float | None) -> float:
    if (drive is None) == (rabi_frequency is None):
        raise checks.ParameterError(
            "give either drive, in units of Omega_c, or rabi_frequency, in the unit of the rates"
        )
    if drive is not None:
        return model.rabi_frequency(drive)
    return checks.real("rabi_frequency", rabi_frequency, 0.0)


def _drive(model: Model, rabi_frequency: float) -> float:
    return rabi_frequency / model.critical_drive if model.critical_drive > 0 else float("nan")


def _state(model: Model, rabi_frequency: float, blocks: Blocks) -> State:
    return State(model, rabi_frequency, of_blocks.expectation(blocks), lambda: blocks)


def _rates(model: Model) -> str:
    return f"n_atoms={model.n_atoms}, gamma_c={model.gamma_c:g}, gamma_s={model.gamma_s:g}"


def _about(model: Model, rabi_frequency: float) -> str:
    unit = model.critical_drive > 0
    where = f"drive={_drive(model, rabi_frequency):g}" if unit else f"rabi_frequency={rabi_frequency:g}"
    return f"{_rates(model)}, {where}"
