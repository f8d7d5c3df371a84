"""Analytic spin squeezing against the moment equations, an operator identity, the exact steady state and limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import solve_continuous_lyapunov

from driven_dicke.closed_form import absorber
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.mean_field import squeezing
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import atom_lowering, collapse_operators, hamiltonian

PROPERTY = settings(max_examples=60, deadline=None, derandomize=True)
RATIOS = st.floats(0, 5).map(lambda exponent: 10.0**exponent)


def lower_spin(gamma_ratio, drive):
    """(s_y, s_z) on the lower branch; `drive` in units of the branch's end, or of Omega_c if there is none."""
    if gamma_ratio > 8:
        drive *= mean_field.bistability_edges(gamma_ratio).upper
    return mean_field.spin(gamma_ratio, drive, mean_field.branches(gamma_ratio, drive).lower)[..., 1:]


def langevin_drift(gamma_ratio, s_y, s_z):
    """Drift of (a, a^+) printed in Eq. (F7), in units of gamma."""
    length = np.hypot(s_y, s_z)
    mixing = (s_y / length) ** 2 / 4
    diagonal = gamma_ratio * s_z / 2 - 1 / 2 - mixing
    return np.array([[diagonal, mixing], [mixing, diagonal]])


def stationary_moments(gamma_ratio, s_y, s_z):
    """<v_i v_j> of v = (a, a^+) from the Lyapunov equation of Eq. (F7) with the noise of Eqs. (F12)."""
    length = np.hypot(s_y, s_z)
    noise = np.sqrt(length) / 2 * np.array([[s_z / length - 1, s_z / length + 1], [s_z / length + 1, s_z / length - 1]])
    vacuum = np.array([[0, gamma_ratio + 1], [0, 0]])  # only <xi xi^+> = Gamma + gamma_c + gamma_s survives
    drift = langevin_drift(gamma_ratio, s_y, s_z)
    return solve_continuous_lyapunov(drift, -noise @ vacuum @ noise.T)


@pytest.mark.parametrize("drive", [0.3, 0.9])
@pytest.mark.parametrize("gamma_ratio", [5.0, 20.0, 1e3])
def test_drift_of_the_fluctuations_is_the_jacobian_across_the_mean_spin(gamma_ratio, drive):
    s_y, s_z = lower_spin(gamma_ratio, drive)
    across = np.array([[1, 0, 0], [0, s_z, -s_y]]) / np.array([[1], [np.hypot(s_y, s_z)]])  # Eq. (F1)
    drive *= mean_field.bistability_edges(gamma_ratio).upper if gamma_ratio > 8 else 1
    projected = across @ mean_field.jacobian(gamma_ratio, drive, (0, s_y, s_z)) @ across.T
    # sigma'_x = a + a^+ and, after (F4b), sigma'_y = i (a^+ - a), up to one common factor.
    quadratures = np.array([[1, 1], [-1j, 1j]])
    np.testing.assert_allclose(
        quadratures @ langevin_drift(gamma_ratio, s_y, s_z) @ np.linalg.inv(quadratures),
        projected,
        atol=1e-12 * gamma_ratio,
    )


@PROPERTY
@given(RATIOS, st.floats(0, 1))
def test_correlators_solve_the_moment_equations(gamma_ratio, drive):
    s_y, s_z = lower_spin(gamma_ratio, drive)
    moments = stationary_moments(gamma_ratio, s_y, s_z)
    number, anomalous = squeezing.correlators(gamma_ratio, s_y, s_z)
    assert number == pytest.approx(moments[1, 0], rel=1e-10, abs=1e-14)
    assert anomalous == pytest.approx(moments[0, 0], rel=1e-10, abs=1e-14)
    assert squeezing.xi2(gamma_ratio, s_y, s_z) == pytest.approx(
        1 + 2 * (moments[1, 0] - abs(moments[0, 0])), rel=1e-10
    )
    angles = np.exp(1j * np.linspace(0, np.pi, 181))  # both quadratures are among them
    variances = 2 * (angles**-2 * moments[0, 0]).real + moments[0, 1] + moments[1, 0]
    assert squeezing.xi2_quadrature(gamma_ratio, s_y, s_z) == pytest.approx(variances.min(), rel=1e-10)


@PROPERTY
@given(RATIOS, st.floats(0, 1))
def test_readings_differ_by_the_commutator_and_the_spin_length(gamma_ratio, drive):
    s_y, s_z = lower_spin(gamma_ratio, drive)
    moments = stationary_moments(gamma_ratio, s_y, s_z)
    commutator = moments[0, 1] - moments[1, 0]
    quadrature = squeezing.xi2_quadrature(gamma_ratio, s_y, s_z)
    assert squeezing.xi2(gamma_ratio, s_y, s_z) - quadrature == pytest.approx(1 - commutator, abs=1e-12)
    # Noise of one atom: (sigma^z)^2 = 1 where the linearised equation has s_z^2.
    length = np.hypot(s_y, s_z)
    missing = (1 - s_z**2) / (1 - gamma_ratio * s_z)
    pair = squeezing.xi2_pair_correlation(gamma_ratio, s_y, s_z)
    assert length**2 * pair - length * quadrature == pytest.approx(missing, abs=1e-12)


def test_published_numbers():
    """N = 18, gamma_c = 10 gamma_s, 0.73 Omega_c."""
    gamma_ratio = 170 / 11
    s_y, s_z = mean_field.steady_states(gamma_ratio, 0.73)[0, 1:]
    assert squeezing.xi2(gamma_ratio, s_y, s_z) == pytest.approx(0.738, abs=5e-4)
    assert squeezing.xi2_quadrature(gamma_ratio, s_y, s_z) == pytest.approx(0.688, abs=5e-4)
    assert squeezing.xi2_pair_correlation(gamma_ratio, s_y, s_z) == pytest.approx(0.784, abs=5e-4)


def test_operator_identity_behind_the_pair_correlation():
    """d(sigma_1^x sigma_2^x)/dt under the adjoint of Eq. (1), four atoms, all 2^4 dimensions."""
    gamma_c, gamma_s, n_atoms = 0.7, 0.3, 4
    sigma = atom_lowering(n_atoms)
    x = [s + s.dag() for s in sigma]
    z = [s.dag() * s - s * s.dag() for s in sigma]
    pair, energy = x[0] * x[1], hamiltonian(n_atoms, 1.1)
    change = 1j * (energy * pair - pair * energy)
    for jump in collapse_operators(n_atoms, gamma_c, gamma_s):
        square = jump.dag() * jump
        change += jump.dag() * pair * jump - (square * pair + pair * square) / 2
    expected = -(gamma_c + gamma_s) * pair + gamma_c * ((z[0] + z[1]) / 2 + z[0] * z[1])
    expected += gamma_c / 2 * sum((z[0] * x[1] + x[0] * z[1]) * x[other] for other in range(2, n_atoms))
    assert (change - expected).norm() < 1e-12


@pytest.mark.parametrize("drive", [0.3, 0.5, 0.65])
def test_pair_correlation_tends_to_the_exact_squeezing_and_the_printed_form_does_not(drive):
    """Closed-form steady state, and its part rho_+ inside the bistable region; gamma_c = 10 gamma_s."""
    errors, printed = [], []
    for n_atoms in (1000, 4000):
        model = Model(n_atoms, 10.0)
        pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
        exact = absorber.moments(absorber.restricted(pairs).plus).xi2
        gamma_ratio = model.collective_rate / model.single_atom_rate
        s_y, s_z = mean_field.steady_states(gamma_ratio, drive)[0, 1:]
        errors.append(abs(squeezing.xi2_pair_correlation(gamma_ratio, s_y, s_z) / exact - 1))
        printed.append(squeezing.xi2(gamma_ratio, s_y, s_z) / exact)
    assert errors[0] < 3e-3
    assert errors[1] < errors[0] / 3
    # What remains of the printed form is N / (2 j_MF) = 1 / |s|, lost between Eqs. (F9) and (F10).
    assert printed[1] == pytest.approx(np.hypot(s_y, s_z), abs=4e-4)


@pytest.mark.parametrize("drive", [0.0, 0.2, 0.5, 0.7])
def test_limits_of_dominant_collective_decay(drive):
    for function, limit in (
        (squeezing.xi2, squeezing.xi2_collective_limit),
        (squeezing.xi2_quadrature, squeezing.xi2_collective_limit),
        (squeezing.xi2_pair_correlation, squeezing.xi2_pair_correlation_limit),
    ):
        s_y, s_z = mean_field.steady_states(1e9, drive)[0, 1:]
        assert function(1e9, s_y, s_z) == pytest.approx(limit(drive), abs=1e-6)
    root = np.sqrt(1 - 2 * drive**2)
    printed = (1 + root) / (np.sqrt(2) * np.sqrt(1 + drive**2 + root))  # Eq. (8)
    assert squeezing.xi2_collective_limit(drive) == pytest.approx(printed, rel=1e-14)


def test_best_squeezing_is_at_the_end_of_the_bistable_region():
    drives = np.linspace(0, np.sqrt(0.5), 501)
    for limit, best in (
        (squeezing.xi2_collective_limit, 1 / np.sqrt(3)),
        (squeezing.xi2_pair_correlation_limit, 2 / 3),
    ):
        values = limit(drives)
        assert values[0] == 1
        assert np.all(np.diff(values) < 0)
        assert values[-1] == pytest.approx(best, rel=1e-14)
        assert np.isnan(limit(0.7072))


@pytest.mark.parametrize("drive", [0.0, 0.4, 0.9, 0.99])
def test_dicke_limit(drive):
    s_y, s_z = mean_field.dicke_mean_field(drive)
    expected = squeezing.xi2_dicke(drive)
    assert expected == pytest.approx(np.sqrt(1 - drive**2), rel=1e-14)
    for function in (squeezing.xi2, squeezing.xi2_quadrature, squeezing.xi2_pair_correlation):
        assert function(1e12, s_y, s_z) == pytest.approx(expected, rel=1e-9)
    assert np.isnan(squeezing.xi2_dicke(1.1))


def test_arrays_with_a_branch_that_ends():
    drives = np.array([[0.5, 0.6], [0.7, 0.9]])
    spins = mean_field.spin(20.0, drives, mean_field.branches(20.0, drives).lower)
    for function in (squeezing.xi2, squeezing.xi2_quadrature, squeezing.xi2_pair_correlation):
        values = function(20.0, spins[..., 1], spins[..., 2])
        np.testing.assert_array_equal(np.isnan(values), [[False, False], [False, True]])
        assert values[0, 1] == function(20.0, spins[0, 1, 1], spins[0, 1, 2])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, 0.5, -0.8), "argument gamma_ratio must be a finite number > 0, but is 0.0"),
        ((np.inf, 0.5, -0.8), "argument gamma_ratio must be a finite number > 0, but is inf"),
        ((20.0, 0.9, -0.8), "arguments s_y, s_z must be a mean spin with 0 < s_y"),
        ((20.0, 0.0, 0.0), "arguments s_y, s_z must be a mean spin with 0 < s_y"),
        ((20.0, 0.5, 0.8), "arguments s_y, s_z must be a mean spin with .* and s_z <= 0"),
    ],
)
@pytest.mark.parametrize("function", [squeezing.xi2, squeezing.xi2_quadrature, squeezing.xi2_pair_correlation])
def test_bad_arguments_are_named(function, arguments, message):
    with pytest.raises(checks.ParameterError, match=message):
        function(*arguments)


def test_bad_drive_is_named():
    for limit in (squeezing.xi2_collective_limit, squeezing.xi2_pair_correlation_limit, squeezing.xi2_dicke):
        with pytest.raises(checks.ParameterError, match=r"argument drive must be a finite number >= 0, but is -0\.1"):
            limit([0.5, -0.1])
