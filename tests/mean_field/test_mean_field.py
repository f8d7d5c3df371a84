"""The mean field against exact rational arithmetic, the 2^N master equation, Bloch equations and its own series."""

from fractions import Fraction

import numpy as np
import pytest
import qutip
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from driven_dicke.closed_form import absorber
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import atom_lowering, collapse_operators, hamiltonian

EXACT = settings(max_examples=60, deadline=None, derandomize=True)
RATIOS = st.floats(-1, 6).map(lambda exponent: 10.0**exponent)
BISTABLE_RATIOS = st.floats(-2.5, 5).map(lambda exponent: 8 + 10.0**exponent)
STATES = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1))


def eq_2(gamma_ratio, drive, s_z):
    """Left-hand side of Eq. (2) in units of gamma and the sum of its terms' sizes, without rounding."""
    ratio, s = Fraction(gamma_ratio), Fraction(s_z)
    driven = 8 * s * (ratio * Fraction(drive) / 4) ** 2
    return (1 + s) * (1 - s * ratio) ** 2 + driven, (1 + abs(s)) * (1 + abs(s) * ratio) ** 2 + abs(driven)


def discriminant(gamma_ratio, drive):
    """Discriminant of Eq. (2) as a cubic in s_z, without rounding: positive for three real roots."""
    ratio, w = Fraction(gamma_ratio), Fraction(drive)
    a, b, c, d = ratio**2, ratio**2 - 2 * ratio, 1 - 2 * ratio + ratio**2 * w**2 / 2, Fraction(1)
    return 18 * a * b * c * d - 4 * b**3 * d + b**2 * c**2 - 4 * a * c**3 - 27 * a**2 * d**2


def test_discriminant_of_these_tests():
    roots = np.roots([225, 225 - 30, 1 - 30 + 225 * 0.75**2 / 2, 1])
    product = np.prod([(roots[i] - roots[j]) ** 2 for i in range(3) for j in range(i)]).real
    assert float(discriminant(15, 0.75)) == pytest.approx(225**4 * product, rel=1e-9)


# Steady states


@EXACT
@given(RATIOS, st.floats(0, 2))
def test_every_root_solves_the_cubic_and_none_is_missing(gamma_ratio, drive):
    states = mean_field.steady_states(gamma_ratio, drive)
    assert np.all((states[:, 2] >= -1) & (states[:, 2] <= 0))
    assert np.all(np.diff(states[:, 2]) > 0)
    for s_z in states[:, 2]:
        value, size = eq_2(gamma_ratio, drive, s_z)
        assert abs(value) <= 1e-14 * size
    if drive > 0 and gamma_ratio > 8:
        # A real root lies in (-1, 0): drive^2 = -2 (1 + s_z)(s_z - gamma / Gamma)^2 / s_z must be positive.
        assume(all(abs(drive / edge - 1) > 1e-9 for edge in mean_field.bistability_edges(gamma_ratio)))
    if drive > 0:
        assert len(states) == (3 if discriminant(gamma_ratio, drive) > 0 else 1)


@EXACT
@given(BISTABLE_RATIOS)
def test_edges_are_where_the_discriminant_vanishes(gamma_ratio):
    lower, upper = mean_field.bistability_edges(gamma_ratio)
    step = 1e-9 * min(1, (upper - lower) / lower)
    for edge, inwards in ((lower, 1 + step), (upper, 1 - step)):
        assert discriminant(gamma_ratio, edge * inwards) > 0
        assert discriminant(gamma_ratio, edge / inwards) < 0
        assert len(mean_field.steady_states(gamma_ratio, edge * inwards)) == 3
        assert len(mean_field.steady_states(gamma_ratio, edge / inwards)) == 1


@pytest.mark.parametrize("gamma_ratio", [8.5, 15.0, 20.0, 155.0])
def test_edges_as_printed(gamma_ratio):
    """Eq. (B5), digit for digit as in the paper."""
    g = 1 / gamma_ratio
    printed = [0.5 * np.sqrt(1 + 20 * g - 8 * g**2 + sign * np.sqrt((1 - 8 * g) ** 3)) for sign in (-1, 1)]
    np.testing.assert_allclose(mean_field.bistability_edges(gamma_ratio), printed, rtol=1e-12)


def test_limits_of_the_edges():
    np.testing.assert_allclose(mean_field.bistability_edges(8.0), np.sqrt(27 / 32), rtol=1e-15)
    far = mean_field.bistability_edges(1e14)
    np.testing.assert_allclose(far, [np.sqrt(8e-14), np.sqrt(0.5)], rtol=1e-10)


def test_no_bistability_without_three_roots():
    with pytest.raises(checks.ParameterError, match=r"argument gamma_ratio must be a finite number >= 8, but is 7\.9"):
        mean_field.bistability_edges(7.9)


@pytest.mark.parametrize("gamma_ratio", [8.1, 20.0, 1e4])
def test_branches_are_continuous_and_meet_at_the_folds(gamma_ratio):
    lower, upper = mean_field.bistability_edges(gamma_ratio)
    drives = np.concatenate([np.linspace(0, lower, 50), np.linspace(lower, upper, 101), np.linspace(upper, 2, 50)])
    found = mean_field.branches(gamma_ratio, drives)
    exists = {name: np.isfinite(s_z) for name, s_z in found._asdict().items()}
    np.testing.assert_array_equal(exists["lower"], drives <= upper)
    np.testing.assert_array_equal(exists["upper"], drives >= lower)
    np.testing.assert_array_equal(exists["middle"], (drives >= lower) & (drives <= upper))
    for name, sign in (("lower", 1), ("middle", -1), ("upper", 1)):
        assert np.all(sign * np.diff(getattr(found, name)[exists[name]]) >= 0)
    ends = mean_field.branches(gamma_ratio, [lower, upper])
    # A fold is a double root: rounding of the drive moves it by the square root of the precision.
    assert ends.middle[0] == pytest.approx(ends.upper[0], rel=1e-6)
    assert ends.middle[1] == pytest.approx(ends.lower[1], rel=1e-6)
    assert found.lower[0] == -1
    assert mean_field.branches(gamma_ratio, 1e9).upper == pytest.approx(-2 / (1e9 * gamma_ratio) ** 2, rel=1e-12)


@pytest.mark.parametrize("gamma_ratio", [0.01, 8.0])
def test_one_branch_without_bistability(gamma_ratio):
    found = mean_field.branches(gamma_ratio, np.linspace(0, 3, 61))
    assert np.all(np.diff(found.lower) > 0)
    assert np.all(np.isnan(found.middle))
    assert np.all(np.isnan(found.upper))


@pytest.mark.parametrize(("drive", "part"), [(0.5, "whole"), (0.65, "plus"), (0.65, "minus")])
def test_exact_steady_state_tends_to_the_stable_branches(drive, part):
    """s_z of the closed-form steady state, or of its parts, comes within O(1/N) of the lower and the upper branch."""
    errors = []
    for n_atoms in (500, 2000):
        model = Model(n_atoms, 10.0)
        pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
        state = pairs if part == "whole" else getattr(absorber.restricted(pairs), part)
        found = mean_field.branches(model.collective_rate / model.single_atom_rate, drive)
        expected = found.upper if part == "minus" else found.lower
        errors.append(abs(absorber.moments(state).s_z * 2 / n_atoms - expected))
    assert errors[0] < 0.01
    assert errors[1] < errors[0] / 3


def test_a_root_that_does_not_solve_the_cubic_is_refused(monkeypatch):
    exact = mean_field._root
    monkeypatch.setattr(mean_field, "_root", lambda *args, **kwargs: exact(*args, **kwargs) + 1e-13)
    with pytest.raises(checks.CertificateError, match="the lower mean-field branch does not solve"):
        mean_field.branches(20.0, 0.5)


def test_middle_between_the_stable_branches():
    found = mean_field.mean_of_stable_branches(20.0, [0.5, 0.7, 0.9])
    np.testing.assert_allclose(found, [np.nan, (-0.692099561 - 0.019136000) / 2, np.nan], atol=1e-8)


@EXACT
@given(st.floats(0, 1))
def test_dicke_mean_field_is_the_stable_fixed_point_without_single_atom_decay(drive):
    state = np.array([0.0, *mean_field.dicke_mean_field(drive)])
    assert state @ state == pytest.approx(1, abs=1e-15)
    huge = 1e12  # gamma -> 0: what is left of Eqs. (B2) is proportional to Gamma
    np.testing.assert_allclose(mean_field.flow(huge, drive, state) / huge, 0, atol=1e-11)
    assert mean_field.jacobian(huge, drive, state)[0, 0] <= 0
    assert np.all(np.isnan(mean_field.dicke_mean_field(1.001)))


# Dynamics and stability


@pytest.mark.parametrize("state", [(0.3, -0.5, 0.4), (-0.2, 0.6, -0.7), (0.0, 0.1, 0.0), (0.9, 0.1, -0.3)])
@pytest.mark.parametrize("rates", [(0.7, 1.3), (2.0, 0.0), (5.0, 0.4)])
def test_flow_is_the_master_equation_on_product_states(state, rates):
    """Factorisation is exact for a product state: d<sigma>/dt of Eq. (1) for three atoms in 2^3 dimensions."""
    gamma_c, gamma_s = rates
    model, rabi_frequency = Model(3, gamma_c, gamma_s), 1.1
    paulis = (qutip.sigmax(), qutip.sigmay(), qutip.sigmaz())
    atom = (qutip.qeye(2) + sum(s * pauli for s, pauli in zip(state, paulis, strict=True))) / 2
    density = qutip.tensor(atom, atom, atom)
    generator = qutip.liouvillian(hamiltonian(3, rabi_frequency), collapse_operators(3, gamma_c, gamma_s))
    change = generator(density)
    sigma = atom_lowering(3)[0]
    axes = (sigma + sigma.dag(), 1j * (sigma - sigma.dag()), sigma.dag() * sigma - sigma * sigma.dag())
    expected = [(axis * change).tr().real for axis in axes]
    ratio, drive = model.collective_rate / model.single_atom_rate, rabi_frequency / model.critical_drive
    np.testing.assert_allclose(model.single_atom_rate * mean_field.flow(ratio, drive, state), expected, atol=1e-13)


@EXACT
@given(RATIOS, st.floats(0, 2), STATES)
def test_spin_length_changes_by_single_atom_decay_only(gamma_ratio, drive, state):
    """Eq. (B3)."""
    s_x, s_y, s_z = state
    change = np.dot(state, mean_field.flow(gamma_ratio, drive, state))
    assert change == pytest.approx(-(s_z**2 + s_z + (s_x**2 + s_y**2) / 2), abs=1e-13 * (1 + gamma_ratio))


@EXACT
@given(RATIOS, st.floats(0, 2), STATES)
def test_jacobian_is_the_derivative_of_the_flow(gamma_ratio, drive, state):
    # The flow is quadratic: central differences have no truncation error at any step.
    step = np.eye(3) / 2
    ahead, behind = (mean_field.flow(gamma_ratio, drive, state + sign * step) for sign in (1, -1))
    found = mean_field.jacobian(gamma_ratio, drive, state)
    np.testing.assert_allclose(found, (ahead - behind).T, atol=1e-13 * (1 + gamma_ratio))


@EXACT
@given(RATIOS, st.floats(0, 2))
def test_steady_states_and_their_eigenvalues(gamma_ratio, drive):
    states = mean_field.steady_states(gamma_ratio, drive)
    scale = 1 + gamma_ratio
    np.testing.assert_allclose(mean_field.flow(gamma_ratio, drive, states) / scale, 0, atol=1e-13)
    found = mean_field.eigenvalues(gamma_ratio, drive, states[:, 2])
    matrices = mean_field.jacobian(gamma_ratio, drive, states)
    for values, matrix in zip(found, matrices, strict=True):
        for power in (1, 2, 3):
            traces = np.trace(np.linalg.matrix_power(matrix / scale, power))
            assert np.sum((values / scale) ** power) == pytest.approx(traces, abs=1e-12)
        assert values[1].real <= values[2].real
        assert values[0] == pytest.approx(matrix[0, 0])


@pytest.mark.parametrize("gamma_ratio", [8.05, 10.0, 15.0, 20.0, 155.0, 1e5])
def test_lower_and_upper_are_stable_and_middle_is_not(gamma_ratio):
    lower, upper = mean_field.bistability_edges(gamma_ratio)
    inside = lower + (upper - lower) * np.linspace(1e-6, 1 - 1e-6, 201)
    drives = np.concatenate([np.linspace(0, 0.9999 * lower, 20), inside, np.linspace(1.0001 * upper, 3, 20)])
    for name, s_z in mean_field.branches(gamma_ratio, drives)._asdict().items():
        expected = np.isfinite(s_z) & (name != "middle")
        np.testing.assert_array_equal(mean_field.stable(gamma_ratio, drives, s_z), expected)
    middle = mean_field.branches(gamma_ratio, inside).middle
    growing = mean_field.eigenvalues(gamma_ratio, inside, middle).real > 0
    np.testing.assert_array_equal(growing.sum(axis=-1), 1)


@pytest.mark.parametrize("gamma_ratio", [8.001, 8.05, 10.0, 15.0, 20.0, 155.0, 1e3, 1e5])
def test_a_fold_is_stable_on_no_branch(gamma_ratio):
    """Whatever sign rounding gives the eigenvalue that vanishes there; beside a fold every state has its own sign."""
    edges = np.array(mean_field.bistability_edges(gamma_ratio))
    at, beside = mean_field.branches(gamma_ratio, edges), np.add(edges, [1e-9, -1e-9])
    expected = {"lower": [True, False], "middle": [False, False], "upper": [False, True]}
    for name, s_z in at._asdict().items():
        np.testing.assert_array_equal(mean_field.stable(gamma_ratio, edges, s_z), expected[name])
        inside = getattr(mean_field.branches(gamma_ratio, beside), name)
        np.testing.assert_array_equal(mean_field.stable(gamma_ratio, beside, inside), name != "middle")


@pytest.mark.parametrize(
    ("initial", "branch"),
    [
        ((0, 0, -1), "lower"),
        ((0, 0.6, -0.8), "lower"),
        ((0.7, 0, -0.7), "lower"),
        ((0, 0, 0), "upper"),
        ((0, 0, 0.5), "upper"),
    ],
)
def test_relaxation_ends_on_a_stable_branch(initial, branch):
    """Gamma / gamma = 20 and 0.7 Omega_c as in Fig. 9(a)."""
    path = mean_field.relaxation(20.0, 0.7, initial, [0, 1, 40])
    np.testing.assert_allclose(path[0], initial, atol=1e-12)
    s_z = getattr(mean_field.branches(20.0, 0.7), branch)
    np.testing.assert_allclose(path[-1], mean_field.spin(20.0, 0.7, s_z), atol=1e-8)
    assert np.linalg.norm(path[1] - path[-1]) > 1e-3


def test_relaxation_without_other_atoms_is_the_bloch_equations():
    """Gamma -> 0 at fixed Omega / gamma = 1.3: one atom, solved by QuTiP; what is left of Gamma is 1e-10 gamma."""
    gamma_ratio, rabi_frequency, times = 1e-10, 1.3, np.linspace(0, 6, 25)
    start = (qutip.basis(2, 0) + 0.5j * qutip.basis(2, 1)).unit()
    axes = [qutip.sigmax(), qutip.sigmay(), qutip.sigmaz()]
    exact = qutip.mesolve(
        rabi_frequency * qutip.sigmax(),
        start,
        times,
        [qutip.sigmam()],
        e_ops=axes,
        options={"rtol": 1e-10, "atol": 1e-12},
    )
    path = mean_field.relaxation(gamma_ratio, 4 * rabi_frequency / gamma_ratio, [e[0] for e in exact.expect], times)
    np.testing.assert_allclose(path, np.transpose(exact.expect), atol=1e-8)


def test_relaxation_of_an_atom_without_drive_and_dipole():
    times = np.linspace(0, 5, 11)
    path = mean_field.relaxation(50.0, 0.0, (0, 0, 0.6), times)
    np.testing.assert_allclose(path[:, 2], -1 + 1.6 * np.exp(-times), atol=1e-9)
    np.testing.assert_array_equal(path[:, :2], 0)
    assert mean_field.relaxation(50.0, 0.0, (0, 0, 1), []).shape == (0, 3)
    np.testing.assert_array_equal(mean_field.relaxation(50.0, 0.0, (0, 0, 1), [0.0]), [[0, 0, 1]])


def test_relaxation_slows_down_to_the_least_eigenvalue():
    lower = mean_field.branches(20.0, 0.7).lower
    slowest = mean_field.eigenvalues(20.0, 0.7, lower)[2].real
    path = mean_field.relaxation(20.0, 0.7, (0, 0, -1), [8, 9])
    distance = np.linalg.norm(path - mean_field.spin(20.0, 0.7, lower), axis=-1)
    assert np.log(distance[1] / distance[0]) == pytest.approx(slowest, rel=1e-3)


def test_relaxation_refuses_a_path_that_depends_on_the_tolerance():
    """Next to the middle branch the integration error decides when, at exp(2 gamma t), the path leaves it."""
    middle = mean_field.spin(20.0, 0.7, mean_field.branches(20.0, 0.7).middle)
    middle[2] += 1e-11
    with pytest.raises(checks.CertificateError, match=r"the mean-field path changes by .* with the tolerance"):
        mean_field.relaxation(20.0, 0.7, middle, np.linspace(0, 30, 61))


# Series in gamma / Gamma


@pytest.mark.parametrize("order", [0, 1, 2, 3])
@pytest.mark.parametrize("branch", ["lower", "middle", "upper"])
@pytest.mark.parametrize("drive", [0.4, 0.6])
def test_error_of_the_series_is_of_the_next_order(branch, order, drive):
    ratios = (1e3, 4e3)
    errors = [
        abs(
            mean_field.perturbative_branch(branch, order, ratio, drive)
            - getattr(mean_field.branches(ratio, drive), branch)
        )
        for ratio in ratios
    ]
    expected = 2 if branch == "upper" and order == 0 else order + 1  # no first order on the upper branch, Eq. (B9)
    assert np.log(errors[0] / errors[1]) / np.log(4) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("branch", ["lower", "middle", "upper"])
@pytest.mark.parametrize("drive", [0.4, 0.6])
def test_error_of_the_eigenvalues_is_of_the_next_order(branch, drive):
    errors = []
    for ratio in (1e4, 4e4):
        exact = mean_field.eigenvalues(ratio, drive, getattr(mean_field.branches(ratio, drive), branch))
        errors.append(abs(mean_field.perturbative_eigenvalues(branch, ratio, drive) - exact))
    np.testing.assert_allclose(np.log(errors[0] / errors[1]) / np.log(4), 1, atol=0.1)


def test_series_outside_its_range():
    fold = np.sqrt(0.5)
    for branch in ("lower", "middle"):
        np.testing.assert_array_equal(
            mean_field.perturbative_branch(branch, 0, 1e3, [fold, 0.708]), [-0.5, np.nan], strict=True
        )
        assert np.isnan(mean_field.perturbative_branch(branch, 1, 1e3, fold))
        assert np.all(np.isnan(mean_field.perturbative_eigenvalues(branch, 1e3, 0.8)))
    np.testing.assert_array_equal(mean_field.perturbative_branch("upper", 2, 1e3, [0.0, 1.0]), [np.nan, -2e-6])


# Bad input


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_field.branches(0.0, 0.5), "argument gamma_ratio must be a finite number > 0, but is 0.0"),
        (lambda: mean_field.branches(np.nan, 0.5), "argument gamma_ratio must be a finite number > 0, but is nan"),
        (lambda: mean_field.branches(20.0, [0.5, -0.1]), "argument drive must be a finite number >= 0, but is -0.1"),
        (lambda: mean_field.branches(20.0, [0.5, np.nan]), "argument drive must be a finite number >= 0, but is nan"),
        (lambda: mean_field.steady_states(20.0, np.inf), "argument drive must be a finite number >= 0, but is inf"),
        (lambda: mean_field.flow(-1.0, 0.5, (0, 0, -1)), "argument gamma_ratio must be a finite number > 0"),
        (lambda: mean_field.jacobian(20.0, -0.5, (0, 0, -1)), "argument drive must be a finite number >= 0"),
        (lambda: mean_field.spin(20.0, 0.5, 0.1), r"argument s_z must lie within \[-1, 0\] or be NaN, but is"),
        (
            lambda: mean_field.perturbative_branch("a", 0, 20.0, 0.5),
            "argument branch must be one of lower, middle, upp",
        ),
        (lambda: mean_field.perturbative_eigenvalues("b", 20.0, 0.5), "argument branch must be one of lower, middle"),
        (
            lambda: mean_field.perturbative_branch("lower", 4, 20.0, 0.5),
            "argument order must be a whole number >= 0 and",
        ),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 0), [1]), "argument initial must be three numbers within the"),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 1, -1), [1]), "argument initial must be three numbers within"),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 0, np.nan), [1]), "argument initial must be three numbers"),
        (
            lambda: mean_field.relaxation(20.0, 0.7, (0, 0, -1), [2, 1]),
            "argument times must be 0 or more finite",
        ),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 0, -1), [1, 1]), "argument times must be 0 or more finite"),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 0, -1), [1, np.inf]), "argument times must be 0 or more finite"),
        (lambda: mean_field.relaxation(20.0, 0.7, (0, 0, -1), [-1, 1]), "argument times must be 0 or more finite"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(checks.ParameterError, match=message):
        call()
