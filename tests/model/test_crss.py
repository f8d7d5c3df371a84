"""CRSS and the exact Dicke steady state against null vectors, QuTiP, the closed-form steady state and limits."""

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space
from scipy.special import xlogy

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks, crss, observables
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.operators import lowering, raising_elements
from driven_dicke.model.parameters import Model


def collective_generator(doubled_spin, gamma_c, rabi_frequency):
    """Eq. (1) with gamma_s = 0 in the real frame as a matrix on row-stacked density matrices."""
    minus, one = lowering(doubled_spin), np.eye(doubled_spin + 1)
    drift = rabi_frequency * (minus - minus.T) - gamma_c / 2 * minus.T @ minus
    return np.kron(drift, one) + np.kron(one, drift) + gamma_c * np.kron(minus, minus)


@given(doubled_spin=st.integers(1, 400), fraction=st.floats(-1.5, 1.5))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_crss_is_an_eigenstate_but_for_its_top(doubled_spin, fraction):
    """S_-|alpha> - alpha|alpha> = -alpha c_j |j, j> exactly: every other component of the recursion closes."""
    alpha = fraction * doubled_spin / 2
    state = crss.coefficients(doubled_spin, alpha)
    rest = lowering(doubled_spin) @ state - alpha * state
    assert np.linalg.norm(state) == pytest.approx(1, abs=1e-13)
    assert state[0] >= 0
    np.testing.assert_allclose(rest[:-1], 0, atol=1e-12 * doubled_spin)
    assert rest[-1] == pytest.approx(-alpha * state[-1], abs=1e-12)


def test_crss_of_a_very_large_spin():
    """j = 20 000, where the unnormalised coefficients leave the range of numbers."""
    state = crss.coefficients(40_000, -19_000.0)
    assert np.linalg.norm(state) == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(raising_elements(40_000) * state[1:], -19_000 * state[:-1], atol=1e-6)


@pytest.mark.parametrize("fraction", [0.3, 0.5, 0.8])
def test_crss_becomes_exact_exponentially_in_the_spin(fraction):
    """|alpha c_j|, what is left of S_-|alpha> - alpha|alpha>, at |alpha| = w j: d ln / dj = integral of ln(alpha/S_-).

    From the most likely m = -j sqrt(1 - w^2) to the top the recursion multiplies by w / sqrt(1 - (m/j)^2).
    """

    def primitive(u):
        return u * (np.log(fraction) + 1) + (xlogy(1 - u, 1 - u) - xlogy(1 + u, 1 + u)) / 2

    rate = primitive(1) - primitive(-np.sqrt(1 - fraction**2))
    logs = [np.log(fraction * j * abs(crss.coefficients(2 * j, -fraction * j)[-1])) for j in (40, 80, 160)]
    assert rate < 0
    assert (logs[2] - logs[1]) / 80 == pytest.approx(rate, abs=0.02)
    assert abs((logs[2] - logs[1]) / 80 - rate) < abs((logs[1] - logs[0]) / 40 - rate)


def test_crss_of_one_atom_and_without_amplitude():
    """Spin 1/2: c_1 / c_0 = alpha."""
    np.testing.assert_allclose(crss.coefficients(1, -2.0), np.array([1, -2]) / np.sqrt(5), rtol=1e-15)
    assert crss.coefficients(6, 0.0).tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert crss.coefficients(0, 3.0).tolist() == [1]


def test_amplitude_makes_the_crss_stationary():
    """alpha = -2 Omega / gamma_c, in the paper's form (N/2) Omega / Omega_c with Omega_c = N gamma_c / 4."""
    model, omega = Model(40, 10.0, 0.0), 0.5 * 40 * 10.0 / 4
    alpha = crss.amplitude(model, omega)
    assert alpha == pytest.approx(-0.5 * 40 / 2, rel=1e-15)
    generator = collective_generator(40, 10.0, omega)

    def change(amplitude):
        state = crss.coefficients(40, amplitude)
        return np.linalg.norm(generator @ np.outer(state, state).ravel())

    assert change(alpha) < 1e-4
    assert change(1.01 * alpha) > 1  # and with the wrong sign of the frame it is no solution at all
    assert change(-alpha) > 100


@pytest.mark.parametrize("doubled_spin", [0, 1, 2, 7, 18])
@pytest.mark.parametrize("rabi_frequency", [0.7, 30.0, 400.0])
def test_dicke_steady_state_is_the_null_vector(doubled_spin, rabi_frequency):
    """Below, near and far above the critical drive."""
    gamma_c = 10.0
    found = crss.dicke_steady_state(doubled_spin, -2 * rabi_frequency / gamma_c)
    null = null_space(collective_generator(doubled_spin, gamma_c, rabi_frequency), rcond=1e-13)
    assert null.shape[1] == 1
    expected = null[:, 0].reshape(found.shape)
    np.testing.assert_allclose(found, expected / np.trace(expected), atol=1e-11)


@pytest.mark.parametrize("doubled_spin", [1, 6, 18])
@pytest.mark.parametrize("fraction", [0.4, 1.3])
def test_dicke_steady_state_is_that_of_qutip(doubled_spin, fraction):
    """In the paper's frame, 2 Omega S_x: the phase i^(m - m') between the frames included."""
    j, gamma_c = doubled_spin / 2, 2.0
    omega = fraction * doubled_spin * gamma_c / 4
    expected = qutip.steadystate(2 * omega * qutip.jmat(j, "x"), [np.sqrt(gamma_c) * qutip.jmat(j, "-")]).full()
    a = np.arange(doubled_spin + 1)
    found = crss.dicke_steady_state(doubled_spin, -2 * omega / gamma_c) * 1j ** (a[:, None] - a)
    np.testing.assert_allclose(found, expected[::-1, ::-1], atol=1e-12)


@pytest.mark.parametrize("doubled_spin", [200, 201, 600])
@pytest.mark.parametrize("fraction", [1e-3, 0.5, 0.99, 1.5, 1e4])
def test_dicke_steady_state_of_a_large_spin(doubled_spin, fraction):
    """A rho A^T is proportional to 1 for A = S_- - alpha, i.e. the dissipator D[A] vanishes; a positive state."""
    alpha = -fraction * doubled_spin / 2
    state = crss.dicke_steady_state(doubled_spin, alpha)
    shifted = lowering(doubled_spin) - alpha * np.eye(doubled_spin + 1)
    change = shifted @ state @ shifted.T - (shifted.T @ shifted @ state + state @ shifted.T @ shifted) / 2
    assert np.trace(state) == pytest.approx(1, abs=1e-12)
    assert np.linalg.eigvalsh(state)[0] > -1e-13  # rounding: elements carry eps times their logarithm, some 10^3
    assert np.abs(change).max() < 1e-12 * np.linalg.norm(shifted, 2) ** 2


def test_dicke_steady_state_without_drive_is_the_lowest_state():
    lowest = np.zeros((8, 8))
    lowest[0, 0] = 1
    np.testing.assert_array_equal(crss.dicke_steady_state(7, 0.0), lowest)
    np.testing.assert_allclose(crss.dicke_steady_state(7, -1e-9), lowest, atol=1e-8)


def test_dicke_steady_state_far_above_threshold_is_fully_mixed():
    np.testing.assert_allclose(crss.dicke_steady_state(9, -1e9), np.eye(10) / 10, atol=1e-8)


@pytest.mark.parametrize("n_atoms", [5, 30])
@pytest.mark.parametrize("drive", [0.6, 1.4])
def test_every_spin_of_the_absorber_state_is_its_dicke_state(n_atoms, drive):
    """Two closed forms of different origin: for gamma_s -> 0 each block relaxes before it loses its spin."""
    model = Model(n_atoms, 10.0, 0.0)
    omega = model.rabi_frequency(drive)
    for block in absorber.density_blocks(model, omega):
        expected = crss.dicke_steady_state(len(block) - 1, crss.amplitude(model, omega))
        np.testing.assert_allclose(block / np.trace(block), expected, atol=1e-13)


@pytest.mark.parametrize(
    ("n_atoms", "drive", "infidelity"),
    [(18, 0.5, 1.080e-9), (18, 0.73, 2.261e-4), (64, 0.73, 1.877e-8), (18, 0.9, 7.043e-2), (64, 1.0, 0.9986)],
)
def test_dicke_steady_state_is_not_quite_the_crss(n_atoms, drive, infidelity):
    """1 - <alpha|rho|alpha> at gamma_s = 0: small below the critical drive, falling with N there; no CRSS above it.

    Reference by a route of its own: the null vector of the dense generator, which is exact to some 1e-12.
    """
    model = Model(n_atoms, 10.0, 0.0)
    omega = model.rabi_frequency(drive)
    state = crss.dicke_steady_state(n_atoms, crss.amplitude(model, omega))
    vector = crss.coefficients(n_atoms, crss.amplitude(model, omega))
    assert 1 - vector @ state @ vector == pytest.approx(infidelity, rel=1e-3)
    if n_atoms == 18:
        null = null_space(collective_generator(18, 10.0, omega), rcond=1e-13)[:, 0].reshape(19, 19)
        assert 1 - vector @ null @ vector / np.trace(null) == pytest.approx(infidelity, rel=1e-3)


def test_fidelity_is_qutips_root_fidelity():
    """Of a state spread over all spins with the pure CRSS of spin N/2, in PIQS's layout (j, m falling)."""
    model = Model(6, 10.0)
    omega = model.rabi_frequency(0.8)
    blocks = absorber.density_blocks(model, omega)
    size = sum(len(block) for block in blocks)
    matrix, row = np.zeros((size, size)), 0
    for block in blocks:
        matrix[row : row + len(block), row : row + len(block)] = block[::-1, ::-1]
        row += len(block)
    vector = np.zeros(size)
    vector[:7] = crss.coefficients(6, crss.amplitude(model, omega))[::-1]
    expected = qutip.fidelity(qutip.Qobj(matrix), qutip.ket2dm(qutip.Qobj(vector)))
    assert crss.fidelity(blocks, model, omega) == pytest.approx(expected, rel=1e-6)
    assert crss.fidelity(blocks, model, omega) ** 2 == pytest.approx(vector @ matrix @ vector, rel=1e-13)


def test_fidelity_by_spin():
    """Each block as a state of its own: 1 for the CRSS itself, nan without weight, and fidelity() up to the weight."""
    model, omega = Model(5, 4.0), 1.5
    alpha = crss.amplitude(model, omega)
    blocks = [0.5 * np.outer(c, c) for c in (crss.coefficients(int(d), alpha) for d in doubled_spins(5))]
    blocks[2][:] = 0
    found = crss.fidelity_by_spin(blocks, model, omega)
    np.testing.assert_allclose(found, [1, 1, np.nan], rtol=1e-14)
    steady = absorber.density_blocks(model, omega)
    by_spin = crss.fidelity_by_spin(steady, model, omega)
    share = np.sqrt(observables.spin_weights(steady)[0])
    assert by_spin.shape == (3,)
    assert crss.fidelity(steady, model, omega) == pytest.approx(by_spin[0] * share, rel=1e-13)


def test_fidelity_falls_from_one_to_none_with_the_drive():
    model = Model(64, 10.0)
    values = [
        crss.fidelity(absorber.density_blocks(model, model.rabi_frequency(drive)), model, model.rabi_frequency(drive))
        for drive in (0.0, 0.2, 0.5, 0.62, 0.7, 1.0)
    ]
    assert values[0] == pytest.approx(1, abs=1e-13)
    assert values == sorted(values, reverse=True)
    assert values[-1] < 1e-8


def test_bad_input_is_refused():
    model = Model(4, 10.0)
    blocks = absorber.density_blocks(model, 1.0)
    with pytest.raises(checks.ParameterError, match="needs gamma_c > 0"):
        crss.amplitude(Model(4, 0.0), 1.0)
    with pytest.raises(checks.ParameterError, match="argument rabi_frequency must be a finite number >= 0"):
        crss.fidelity(blocks, model, -1.0)
    with pytest.raises(checks.ParameterError, match="must be a state of 5 atoms, but has 4"):
        crss.fidelity(blocks, Model(5, 10.0), 1.0)
    with pytest.raises(checks.ParameterError, match="must be a state of 5 atoms, but has 4"):
        crss.fidelity_by_spin(blocks, Model(5, 10.0), 1.0)
    with pytest.raises(checks.ParameterError, match="argument doubled_spin must be a whole number >= 0"):
        crss.coefficients(-1, 1.0)
    with pytest.raises(checks.ParameterError, match="argument alpha must be a finite number"):
        crss.dicke_steady_state(3, np.nan)


def test_a_negative_overlap_is_no_fidelity():
    model = Model(4, 10.0)
    blocks = [-block for block in absorber.density_blocks(model, 1.0)]
    with pytest.raises(checks.CertificateError, match="the overlap of a state with the CRSS is negative"):
        crss.fidelity(blocks, model, 1.0)
