"""Evolution between jumps and exact waiting times, against the 2^N non-Hermitian evolution by QuTiP and SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm
from scipy.optimize import brentq
from trajectories_reference import paper_ket

from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.drive_schedule import DriveSchedule
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, hamiltonian
from driven_dicke.trajectories import schur
from driven_dicke.trajectories.propagator import CollectivePropagator, effective_generator


def full_generator(n_atoms, gamma_c, gamma_s, rabi_frequency):
    """-i H_eff of the 2^N space in the paper's frame."""
    decay = sum(operator.dag() * operator for operator in collapse_operators(n_atoms, gamma_c, gamma_s))
    return (-1j * hamiltonian(n_atoms, rabi_frequency) - decay / 2).full()


def random_state(n_atoms, seed, *, complex_amplitudes=False):
    numbers = np.random.default_rng(seed).normal(size=(2, 2**n_atoms))
    vector = numbers[0] + (1j * numbers[1] if complex_amplitudes else 0)
    return vector / np.linalg.norm(vector)


def gram_matrices(n_atoms, vector):
    """Real parts of R_j, filled up to (n_j, N+1, N+1)."""
    gram = np.zeros((n_atoms // 2 + 1, n_atoms + 1, n_atoms + 1))
    for matrix, block in zip(gram, schur.transform(vector), strict=True):
        matrix[: len(block), : len(block)] = (block[:, 0] @ block[:, 0].conj().T).real
    return gram


@pytest.mark.parametrize("n_atoms", [1, 3, 4, 5, 6])
@pytest.mark.parametrize(
    ("gamma_c", "gamma_s", "rabi_frequency"), [(10.0, 1.0, 7.0), (0.0, 1.0, 3.0), (2.0, 0.0, 40.0)]
)
def test_propagation_equals_the_full_space(n_atoms, gamma_c, gamma_s, rabi_frequency):
    vector = random_state(n_atoms, n_atoms, complex_amplitudes=True)
    propagator = CollectivePropagator(Model(n_atoms, gamma_c, gamma_s), rabi_frequency)
    for duration in (0.0, 0.99 * propagator.cell, 17.25 * propagator.cell, 200.9 * propagator.cell):
        evolved = [
            (k[: len(block), : len(block)] @ block[:, 0])[:, None]
            for k, block in zip(propagator.after(duration), schur.transform(vector), strict=True)
        ]
        full = expm(full_generator(n_atoms, gamma_c, gamma_s, rabi_frequency) * duration) @ paper_ket(vector).full()
        np.testing.assert_allclose(paper_ket(schur.inverse_transform(evolved)).full(), full, rtol=0, atol=3e-14)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    n_atoms=st.integers(1, 5),
    seed=st.integers(0, 100),
    gamma_c=st.floats(0, 20),
    gamma_s=st.floats(0.01, 5),
    rabi_frequency=st.floats(0, 30),
    threshold=st.floats(0.001, 0.9999),
)
def test_waiting_time_solves_norm_equals_threshold(n_atoms, seed, gamma_c, gamma_s, rabi_frequency, threshold):
    """norm(t) = u to 1e-12 in the 2^N space, and t is what a root search there finds."""
    vector = random_state(n_atoms, seed)
    propagator = CollectivePropagator(Model(n_atoms, gamma_c, gamma_s), rabi_frequency)
    generator, ket = full_generator(n_atoms, gamma_c, gamma_s, rabi_frequency), paper_ket(vector).full()

    def norm(time):
        return np.linalg.norm(expm(generator * time) @ ket) ** 2

    waiting = propagator.no_jump(gram_matrices(n_atoms, vector), threshold)
    if waiting.jump:
        assert norm(waiting.duration) == pytest.approx(threshold, abs=1e-12)
        time = brentq(lambda t: norm(t) - threshold, 0, 64 * propagator.cell, xtol=1e-15, rtol=1e-14)
        rate = (norm(time) - norm(time * 1.001 + 1e-6)) / (time * 0.001 + 1e-6)
        assert waiting.duration == pytest.approx(time, abs=1e-12 / rate + 1e-14)
    else:
        assert norm(waiting.duration) >= threshold - 1e-12


@pytest.mark.parametrize("n_atoms", [1, 2, 7, 18])
def test_rates_of_all_jumps_are_the_loss_of_norm(n_atoms):
    """-(A + A^T) = gamma_c S_+S_- + gamma_s (S_z + N/2): sum of the rates = -d norm / dt."""
    generator = effective_generator(Model(n_atoms, 10.0, 0.7), 4.0)
    for matrix, doubled in zip(generator, doubled_spins(n_atoms), strict=True):
        lowering = operators.lowering(doubled)
        rates = 10.0 * lowering.T @ lowering + 0.7 * np.diag(operators.magnetization(doubled) + n_atoms / 2)
        inside = matrix[: doubled + 1, : doubled + 1]
        np.testing.assert_allclose(-inside - inside.T, rates, rtol=0, atol=1e-12)
        np.testing.assert_allclose((inside - inside.T) / 2, 4.0 * (lowering - lowering.T), rtol=0, atol=1e-12)
        assert np.count_nonzero(matrix) == np.count_nonzero(inside)


def test_one_driven_atom_has_the_closed_form_delay_function():
    """N = 1: n(t) of resonance fluorescence, with w = sqrt(4 Omega^2 - gamma^2 / 4) / 2 and the start in |g>.

    Amplitudes obey c_g' = Omega c_e, c_e' = -Omega c_g - (gamma/2) c_e in the real frame.
    """
    gamma, rabi_frequency = 11.0, 8.0
    propagator = CollectivePropagator(Model(1, 10.0, 1.0), rabi_frequency)
    w = np.sqrt(rabi_frequency**2 - gamma**2 / 16)
    for threshold in (0.95, 0.5, 0.1):
        t = propagator.no_jump(np.diag([1.0, 0.0])[None], threshold).duration
        ground = np.cos(w * t) + gamma / (4 * w) * np.sin(w * t)
        excited = rabi_frequency / w * np.sin(w * t)
        assert np.exp(-gamma * t / 2) * (ground**2 + excited**2) == pytest.approx(threshold, abs=1e-13)


def test_a_dark_state_waits_for_ever():
    propagator = CollectivePropagator(Model(4, 10.0), 0.0)
    waiting = propagator.no_jump(gram_matrices(4, np.eye(16)[0]), 1.0)
    assert not waiting.jump
    assert waiting.duration > 0


def test_schedule_holds_the_new_drive_at_the_switch():
    schedule = DriveSchedule([3.0, 1.0, 2.0], [0.5, 2.0])
    np.testing.assert_array_equal(schedule.at(np.array([0.0, 0.49, 0.5, 1.9, 2.0, 9.0])), [3, 3, 1, 1, 2, 2])
    assert list(schedule.stretches(1.0)) == [(0.5, 3.0), (1.0, 1.0)]
    assert list(schedule.stretches(5.0)) == [(0.5, 3.0), (2.0, 1.0), (5.0, 2.0)]
    assert list(schedule.stretches(0.5)) == [(0.5, 3.0)]


@pytest.mark.parametrize(
    ("frequencies", "times", "message"),
    [
        ([-1.0], [], "rabi_frequencies must be a finite number >= 0"),
        ([1.0, 2.0], [], "one value more than switch_times"),
        ([1.0, 2.0], [0.0], "switch_times must be a finite number > 0"),
        ([1.0, 2.0, 3.0], [2.0, 2.0], "switch_times must rise"),
        ([1.0, float("nan")], [1.0], "rabi_frequencies must be a finite number"),
    ],
)
def test_bad_schedules_are_named(frequencies, times, message):
    with pytest.raises(checks.ParameterError, match=message):
        DriveSchedule(frequencies, times)
