"""rho(t) against the 2^N master equation and dense exponentials over nine decades of time, and the gap fitted to it."""

import numpy as np
import pytest
import qutip
from scipy.linalg import expm
from scipy.sparse.linalg import expm_multiply

from driven_dicke.generator import dynamics, gap_fit, liouvillian, spectrum, stationary
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, collective_lowering, embed, hamiltonian


@pytest.mark.parametrize("gammas", [(10.0, 1.0), (2.0, 0.0)])
def test_equals_the_full_space_from_all_down(gammas):
    n_atoms, rabi_frequency = 4, 5.0
    times = [0.0, 0.003, 0.1, 0.7, 3.0]
    ours = dynamics.evolve(Model(n_atoms, *gammas), rabi_frequency, dynamics.all_down(n_atoms), times)
    ground = qutip.tensor([qutip.basis(2, 1)] * n_atoms)
    full = qutip.mesolve(
        hamiltonian(n_atoms, rabi_frequency),
        ground,
        times,
        c_ops=[c for c in collapse_operators(n_atoms, *gammas) if c.norm() > 0],
        options={"rtol": 1e-11, "atol": 1e-13, "nsteps": 100_000},
    )
    for index, state in enumerate(full.states):
        matrix = state.full() if state.isoper else state.proj().full()
        np.testing.assert_allclose(embed(ours.blocks(index)), matrix, atol=1e-9)


def test_a_mixed_start_equals_the_full_space():
    n_atoms, gamma_c, gamma_s, rabi_frequency = 3, 4.0, 0.6, 2.0
    model = Model(n_atoms, gamma_c, gamma_s)
    start = stationary.steady_state(model, 9.0).blocks
    ours = dynamics.evolve(model, rabi_frequency, start, [0.05, 1.3])
    full = qutip.mesolve(
        hamiltonian(n_atoms, rabi_frequency),
        qutip.Qobj(embed(start), dims=collective_lowering(n_atoms).dims),
        [0.0, 0.05, 1.3],
        c_ops=collapse_operators(n_atoms, gamma_c, gamma_s),
        options={"rtol": 1e-11, "atol": 1e-13},
    )
    for index in (0, 1):
        np.testing.assert_allclose(embed(ours.blocks(index)), full.states[index + 1].full(), atol=1e-9)


def test_error_estimate_covers_the_error_from_1e_4_to_1e2():
    model = Model(12, 10.0)
    rabi_frequency = model.rabi_frequency(0.73)
    matrix = liouvillian.generator(model, rabi_frequency).toarray()
    start = SymmetricCoordinates(12).pack(dynamics.all_down(12))
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(12), np.geomspace(1e-4, 1e2, 25))
    exact = np.array([expm(t * matrix) @ start for t in evolution.times])
    error = np.abs(evolution.vectors - exact).sum(axis=1)
    assert (error < 3 * evolution.errors + 1e-10).all()
    assert error.max() < 1e-8
    assert evolution.errors.max() < 1e-7
    assert evolution.trace_errors.max() < 1e-9
    assert evolution.factorisations < 10


def test_error_estimate_covers_the_error_of_small_spaces(monkeypatch):
    """Spaces too small to reach the requested times in one go: waypoints are passed, and errors add up."""
    monkeypatch.setattr(dynamics, "_DIMENSIONS", (4, 7, 10))
    monkeypatch.setattr(dynamics, "_TRUNCATION_LIMIT", 1e-4)
    monkeypatch.setattr(dynamics, "_TRACE_LOSS", 1e-4)
    model = Model(12, 10.0)
    rabi_frequency = model.rabi_frequency(0.73)
    matrix = liouvillian.generator(model, rabi_frequency).toarray()
    start = SymmetricCoordinates(12).pack(dynamics.all_down(12))
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(12), [0.02, 0.5, 1.0, 30.0])
    exact = np.array([expm(t * matrix) @ start for t in evolution.times])
    error = np.abs(evolution.vectors - exact).sum(axis=1)
    assert evolution.vectors.shape == (4, start.size)
    assert evolution.factorisations > 5
    assert error.max() > 1e-8
    assert (error < evolution.errors).all()
    assert (np.diff(evolution.errors) > 0).all()


def test_stiff_start_equals_an_explicit_method():
    """The first moments, where the collective decay is fastest, by SciPy's Taylor method."""
    model = Model(32, 10.0)
    rabi_frequency = model.rabi_frequency(0.61)
    matrix = liouvillian.generator(model, rabi_frequency)
    start = SymmetricCoordinates(32).pack(dynamics.all_down(32))
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(32), [0.001, 0.01, 0.05])
    for time, vector in zip(evolution.times, evolution.vectors, strict=True):
        np.testing.assert_allclose(vector, expm_multiply(time * matrix, start), atol=1e-9)


def test_long_times_reach_the_steady_state_and_only_then():
    model = Model(32, 10.0)
    rabi_frequency = model.rabi_frequency(0.61)
    evolution = dynamics.evolve(model, rabi_frequency, dynamics.all_down(32), [50.0, 100.0, 1e5])
    final = evolution.coordinates.pack(stationary.steady_state(model, rabi_frequency).blocks)
    distance = np.abs(evolution.vectors - final).sum(axis=1)
    assert distance[2] < 2 * evolution.errors[2] < 1e-7
    # In between only the slow mode is left: it decays by exp(-50 gap).
    gap = spectrum.slow_modes(model, rabi_frequency, count=2).gap
    assert distance[1] / distance[0] == pytest.approx(np.exp(-50 * gap), rel=1e-6)


@pytest.mark.parametrize("n_atoms", [1, 2, 5, 20])
def test_two_steps_equal_one(n_atoms):
    model = Model(n_atoms, 3.0, 0.7)
    whole = dynamics.evolve(model, 2.5, dynamics.all_down(n_atoms), [0.4, 1.9])
    rest = dynamics.evolve(model, 2.5, whole.blocks(0), [1.5])
    np.testing.assert_allclose(rest.vectors[0], whole.vectors[1], atol=1e-8)


def test_the_steady_state_stays():
    model = Model(7, 10.0)
    start = stationary.steady_state(model, 12.0).blocks
    evolution = dynamics.evolve(model, 12.0, start, [0.01, 1.0, 1e4])
    np.testing.assert_allclose(evolution.vectors, np.tile(evolution.coordinates.pack(start), (3, 1)), atol=1e-10)


@pytest.mark.parametrize("times", [[], [0.0, 0.0], [2.0, 1.0], [-1.0], [np.nan]])
def test_bad_times_are_refused(times):
    """None, equal, falling, negative, NaN."""
    with pytest.raises(checks.ParameterError, match="argument times must be 1 or more finite, strictly rising"):
        dynamics.evolve(Model(2, 1.0), 1.0, dynamics.all_down(2), times)


def test_a_start_of_another_size_is_refused():
    with pytest.raises(checks.ParameterError, match="initial must hold the blocks of 3 atoms"):
        dynamics.evolve(Model(3, 1.0), 1.0, dynamics.all_down(4), [1.0])


def test_an_asymmetric_start_is_refused():
    start = dynamics.all_down(3)
    start[0][0, 1] = 0.1
    with pytest.raises(checks.ParameterError, match="initial must hold symmetric blocks"):
        dynamics.evolve(Model(3, 1.0), 1.0, start, [1.0])


def test_an_inaccurate_factorisation_is_refused(monkeypatch):
    class Inaccurate(dynamics.Factorisation):
        def solve(self, right_hand_side):
            return super().solve(right_hand_side) * (1 + 1e-5 * np.cos(np.arange(right_hand_side.size)))

    monkeypatch.setattr(dynamics, "Factorisation", Inaccurate)
    with pytest.raises(checks.CertificateError, match="cannot be propagated beyond t ="):
        dynamics.evolve(Model(12, 10.0), 15.0, dynamics.all_down(12), [1.0, 10.0])


@pytest.mark.parametrize("n_atoms", [2, 8, 13, 18, 24, 32, 48])
def test_fitted_gap_is_the_eigenvalue_within_its_error_bar(n_atoms):
    model = Model(n_atoms, 10.0)
    rabi_frequency = model.rabi_frequency(0.61)
    fit = gap_fit.fitted_gap(model, rabi_frequency)
    gap = spectrum.slow_modes(model, rabi_frequency, count=2).gap
    assert abs(fit.gap - gap) < fit.error
    assert fit.error < 1e-3 * gap
    assert (fit.stop - fit.start) * gap > 2.5


def test_fit_knows_what_a_faster_mode_leaves_behind():
    times = np.linspace(0, 12, 241)
    signal = np.exp(-times) + 2 * np.exp(-1.5 * times)
    fit = gap_fit.fit_decay(times, signal, np.full(times.size, 1e-10))
    assert 0 < fit.gap - 1 < fit.error < 0.02
    assert fit.stop == times[np.flatnonzero(signal > 1e-5)[-1]]


def test_error_bar_holds_the_noise():
    times = np.linspace(0, 9, 901)
    fit = gap_fit.fit_decay(times, np.exp(-times), np.full(times.size, 1e-8))
    assert fit.gap == pytest.approx(1, abs=1e-12)
    # The line through both ends of three e-foldings, the lower one 1e5 times the noise.
    assert fit.error == pytest.approx(2e-5 / 3, rel=0.02)


def test_fit_stops_where_the_signal_first_drowns():
    times = np.linspace(0, 30, 301)
    signal = np.exp(-times)
    noise = np.where(times < 20, 1e-12, 1e-30)  # the signal seems to come back when the noise estimate falls
    fit = gap_fit.fit_decay(times, signal, noise)
    assert fit.stop == pytest.approx(np.log(1e7), abs=0.1)
    assert fit.gap == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(
    ("signal", "message"),
    [
        (lambda t: np.exp(-0.1 * t), "e-foldings"),
        (lambda t: 1e-12 * np.exp(-t), "nowhere above its noise"),
        (lambda t: np.exp(-t) * np.cos(3 * t), "changes sign|e-foldings"),
    ],
)
def test_fit_refuses_what_is_no_single_decay(signal, message):
    times = np.linspace(0, 10, 101)
    with pytest.raises(checks.CertificateError, match=message):
        gap_fit.fit_decay(times, signal(times), np.full(times.size, 1e-9))
