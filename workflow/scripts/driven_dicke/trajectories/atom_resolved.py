"""Trajectories with the paper's jump operators {sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_1 ... sqrt(gamma_s) sigma_N}.

The state is kept as matrices Psi_j (spin j times its d_j copies, see `schur`). The drive, the evolution without jump
and S_- act on the spin alone, Psi_j -> K_j Psi_j with real K_j of size 2j+1, and every permutation-symmetric
expectation value needs only the Gram matrices R_j = Psi_j Psi_j^+. So only an individual jump touches the 2^N
amplitudes: it uncouples atoms from the last one down to the one that jumps, applies sigma_n, and couples them again.
"""

import numpy as np
from numpy.typing import ArrayLike

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray, doubled_spins
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.trajectories import initial_states, record, schur
from driven_dicke.trajectories.propagator import CollectivePropagator
from driven_dicke.trajectories.schur import Amplitudes

TOLERANCE = 1e-12  # of a norm against its prediction; rounding leaves about 1e-15


def _traces(matrices: Amplitudes) -> FloatArray:
    """Real trace of every matrix, shape (n_j,)."""
    diagonals = np.diagonal(matrices, axis1=1, axis2=2)
    return diagonals.real.sum(axis=1)


def _next_atom(blocks: list[Amplitudes], atom: int) -> tuple[list[Amplitudes], list[Amplitudes]]:
    """Views of the amplitudes with `atom` in its ground and in its excited state; atoms 0 ... atom-1 are coupled."""
    if atom == 0:  # one atom is already a spin 1/2: its rows are ground, excited
        return [blocks[0][0]], [blocks[0][1]]
    halves = [block.reshape(len(block), 2, -1, block.shape[2]) for block in blocks]
    return [half[:, 0] for half in halves], [half[:, 1] for half in halves]


class _State:
    """Psi_j = K_j Psi_j(after the last individual jump), and what is known of it without touching the copies.

    Attributes:
        evolution: K_j of every j, shape (n_j, N+1, N+1), filled up beyond 2j+1.
        gram: real parts of R_j, same shape; their traces sum to the squared norm.
    """

    def __init__(self, model: Model, vector: Amplitudes) -> None:
        self._model = model
        self._doubled = doubled_spins(model.n_atoms)
        width = model.n_atoms + 1
        self._lowering = record.raising_rows(self._doubled, width)[:, :-1, None]
        # S_z + N/2 of row a of block number i is i + a
        self._excited_atoms = np.arange(self._doubled.size)[:, None] + np.arange(width)
        self._restart(schur.transform(vector))

    def _restart(self, blocks: list[Amplitudes]) -> None:
        """Normalise Psi_j = `blocks` (2j+1, 1, d_j), compute R_j, and set K_j = 1."""
        width = self._model.n_atoms + 1
        start = np.zeros((len(blocks), width, width), blocks[0].dtype)
        for gram, block in zip(start, blocks, strict=True):
            gram[: len(block), : len(block)] = block[:, 0] @ block[:, 0].conj().T
        weights = _traces(start)
        if not weights.sum() > 0:
            raise checks.CertificateError("the state has vanished in an individual jump")
        self._blocks = [block / np.sqrt(weights.sum()) for block in blocks]
        self._start = start / weights.sum()
        self._start_real = np.ascontiguousarray(self._start.real)
        # K_j = 0 on an empty block: there it would grow without bound.
        self.evolution = np.eye(width) * (weights > 0)[:, None, None]
        self.gram = self._start_real

    @property
    def norm(self) -> float:
        """Squared norm: 1 after a jump, falling until the next."""
        return float(_traces(self.gram).sum())

    def evolve(self, propagators: FloatArray) -> None:
        """Apply exp(A_j t) = `propagators`, shape (n_j, N+1, N+1)."""
        self.evolution = propagators @ self.evolution
        self.gram = self.evolution @ self._start_real @ self.evolution.transpose(0, 2, 1)

    def observe(self, propagators: FloatArray) -> tuple[Amplitudes, Amplitudes]:
        """Moments (8,) and density matrix (N+1, N+1) of spin N/2 after exp(A_j t); the state itself stays."""
        evolution = propagators @ self.evolution
        density = evolution @ self._start @ evolution.transpose(0, 2, 1)
        density /= _traces(density).sum()
        diagonals = [np.diagonal(density, -offset, axis1=1, axis2=2) for offset in range(3)]
        return record.moments(diagonals[0].real, diagonals[1], diagonals[2], self._doubled).sum(axis=1), density[0]

    def jump_rates(self) -> tuple[float, float]:
        """gamma_c <S_+S_-> and gamma_s <S_z + N/2>, times the squared norm."""
        populations = np.diagonal(self.gram, axis1=1, axis2=2)
        intensity = float((self._lowering[:, :, 0] ** 2 * populations[:, 1:]).sum())
        return self._model.gamma_c * intensity, self._model.gamma_s * float((self._excited_atoms * populations).sum())

    def collective_jump(self) -> None:
        """Apply S_- and normalise."""
        lowered = np.zeros_like(self.evolution)
        np.multiply(self._lowering, self.evolution[:, 1:], out=lowered[:, :-1])
        gram = lowered @ self._start_real @ lowered.transpose(0, 2, 1)
        norm = _traces(gram).sum()
        self.evolution, self.gram = lowered / np.sqrt(norm), gram / norm

    def individual_jump(self, share: float) -> int:
        """Draw the atom n with probability <sigma_n^+ sigma_n> / <S_z + N/2>, apply sigma_n, normalise; return n.

        Args:
            share: uniform in [0, 1): which part of the summed populations, counted from the last atom, is drawn.

        Raises:
            checks.CertificateError: the 2^N amplitudes and the Gram matrices have drifted apart.
        """
        norm, n_atoms = self.norm, self._model.n_atoms
        target = share * self.jump_rates()[1] / self._model.gamma_s
        blocks = [
            (k[: len(block), : len(block)] @ block[:, 0])[:, None]
            for k, block in zip(self.evolution, self._blocks, strict=True)
        ]
        amplitudes_norm = sum(float(np.vdot(block, block).real) for block in blocks)
        if not abs(amplitudes_norm - norm) <= TOLERANCE:
            raise checks.CertificateError(
                f"norm of the amplitudes is {amplitudes_norm!r}, of the Gram matrices {norm!r}"
            )
        atom = n_atoms
        while atom > 0 and (atom == n_atoms or target >= 0):
            atom -= 1
            if atom > 0:
                blocks = schur.uncouple(blocks, atom)
            ground, excited = _next_atom(blocks, atom)
            target -= sum(float(np.vdot(part, part).real) for part in excited)
        if target > TOLERANCE * n_atoms:
            raise checks.CertificateError(f"the populations of the atoms miss their sum <S_z + N/2> by {target:.3e}")
        for down, up in zip(ground, excited, strict=True):
            down[...] = up
            up[...] = 0
        for n_coupled in range(max(atom, 1), n_atoms):
            blocks = schur.couple(blocks, n_coupled)
        self._restart(blocks)
        return atom


def trajectory(
    model: Model,
    schedule: DriveSchedule,
    initial: ArrayLike,
    times: ArrayLike,
    seed: int | np.random.SeedSequence,
    progress: record.Progress = record.no_progress,
) -> record.Trajectory:
    """One trajectory of the unravelling {sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_n}; jumps do not depend on `times`.

    Args:
        model: the model; 2^N amplitudes are kept.
        schedule: Omega(t), in the unit of the rates.
        initial: normalised start state in the real frame, shape (2^N,), see `initial_states`.
        times: rising times >= 0 of the observables, shape (n_times,); the trajectory starts at 0, ends at the last.
        seed: of the bit generator PCG64; the same seed gives the same trajectory.
        progress: called with (fraction of the time done, number of jumps) after every hundredth of the time.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: norm and prediction differ by more than 1e-12 at a jump.
    """
    grid = record.time_grid(times)
    vector = initial_states.normalised("initial", initial)
    if schur.number_of_atoms(vector) != model.n_atoms:
        raise checks.ParameterError(f"argument initial must have shape (2^{model.n_atoms},), but has {vector.shape}")
    record.announce_cost(model, schedule, float(grid[-1]))
    state = _State(model, vector)
    recorder = record.Recorder(model, schedule, grid)
    generator = np.random.Generator(np.random.PCG64(checks.seed("seed", seed)))
    end, time, index, reported = float(grid[-1]), 0.0, 0, 0
    threshold = 1 - generator.random()
    for stop, rabi_frequency in schedule.stretches(end):
        propagator = CollectivePropagator(model, rabi_frequency)
        while time < stop:
            duration, jump = propagator.no_jump(state.gram, threshold)
            arrival = time + duration
            if arrival > stop:
                duration, arrival, jump = stop - time, stop, False
            while grid[index] < arrival:
                _observe(recorder, index, state, propagator.after(grid[index] - time))
                index += 1
            state.evolve(propagator.after(duration))
            time = arrival
            if jump:
                _jump(recorder, time, state, threshold, generator.random())
                threshold = 1 - generator.random()
            if int(100 * time / end) > reported:
                reported = int(100 * time / end)
                progress(time / end, recorder.n_jumps)
    _observe(recorder, index, state, np.eye(model.n_atoms + 1))
    return recorder.trajectory()


def _observe(recorder: record.Recorder, index: int, state: _State, propagators: FloatArray) -> None:
    moments, density = state.observe(propagators)
    crss = recorder.crss(index)
    recorder.observe(index, moments, np.nan if crss is None else float((crss @ density @ crss).real))


def _jump(recorder: record.Recorder, time: float, state: _State, threshold: float, draw: float) -> None:
    """Draw the channel and, for an individual jump, the atom with one number `draw` in [0, 1)."""
    if not abs(state.norm - threshold) <= TOLERANCE:
        raise checks.CertificateError(f"norm at a jump is {state.norm!r} instead of {threshold!r}")
    collective, individual = state.jump_rates()
    chosen = draw * (collective + individual)
    if chosen < collective:
        state.collective_jump()
        recorder.jump(time, record.COLLECTIVE)
    else:
        recorder.jump(time, state.individual_jump((chosen - collective) / individual))
