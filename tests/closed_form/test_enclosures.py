"""The closed form in ball arithmetic: against QuTiP, rational numbers, the whole sums, and in what it refuses."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, ctx, fmpq

from driven_dicke.closed_form import absorber, critical_point, enclosures, phase_balance
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference

FIELDS = enclosures.EnclosedObservables._fields


@pytest.fixture(autouse=True)
def precision():
    """Tests reckon with balls, too, and must not widen them."""
    with ctx.workprec(enclosures.PRECISION):
        yield


def holds(ball, exact):
    """Whether a ball holds a rational number and says it to 1e-20."""
    return ball.contains(arb(fmpq(exact.numerator, exact.denominator))) and ball.rad() <= abs(ball) * 1e-20


@pytest.mark.parametrize(("gamma_c", "gamma_s"), [(2.5, 0.75), (2.5, 0.0), (0.0, 0.75)])
def test_pair_weights_are_the_recursion_in_rational_numbers(gamma_c, gamma_s):
    """From k = 0 and from Gamma functions, which give the weights that no window holds."""
    model, omega = Model(12, gamma_c, gamma_s), 3.25
    pairs = enclosures.pair_weights(model, omega)
    ((first, weights),) = pairs.windows
    assert first == 0
    assert len(weights) == 13
    assert pairs.outside == 0
    exact = Fraction(1)
    for k in range(12):
        n = 12 - k
        exact *= 8 * Fraction(omega) ** 2 * n / ((k + 1) * (Fraction(gamma_c) * n + Fraction(gamma_s)) ** 2)
        assert holds(weights[k + 1] / weights[0], exact)
        assert enclosures._log_weight(model, fmpq(13, 4), k + 1).exp().overlaps(weights[k + 1] / weights[0])


@pytest.mark.parametrize(("n_atoms", "drive"), [(2, 0.4), (4, 0.8)])
def test_moments_are_those_of_the_full_master_equation(n_atoms, drive):
    """All of it from matrices on 2^N states, the variance least over directions perpendicular to the mean spin."""
    model = Model(n_atoms, 10.0)
    rho, _ = qutip_reference.full_steady_state(model, model.rabi_frequency(drive))
    lowering = qutip_reference.collective_lowering(n_atoms).full()
    raising = lowering.conj().T
    spin = np.array(
        [(raising + lowering) / 2, (raising - lowering) / 2j, (raising @ lowering - lowering @ raising) / 2]
    )

    def mean(operator):
        return np.trace(rho @ operator).real

    intensity = mean(raising @ lowering)
    vector = np.array([mean(component) for component in spin])
    covariance = np.array([[mean(a @ b + b @ a) / 2 for b in spin] for a in spin]) - np.outer(vector, vector)
    perpendicular = np.linalg.svd(vector[None, :])[2][1:]
    variance = np.linalg.eigvalsh(perpendicular @ covariance @ perpendicular.T)[0]
    expected = {
        "s_z": vector[2],
        "s_squared": sum(mean(component @ component) for component in spin),
        "intensity": intensity,
        "g2": mean(raising @ raising @ lowering @ lowering) / intensity**2,
        "xi2": n_atoms * variance / (vector @ vector),
        "s_minus": np.hypot(vector[0], vector[1]),
    }
    found = enclosures.moments(model, model.rabi_frequency(drive))
    for name in FIELDS:
        assert float(getattr(found, name)) == pytest.approx(expected[name], rel=1e-9), name
    turn = np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1]])  # the paper's axes are x = y', y = -x'
    enclosed = np.array(
        [[float(each) for each in row] for row in enclosures.covariance(model, model.rabi_frequency(drive))]
    )
    np.testing.assert_allclose(turn @ enclosed @ turn.T, covariance, atol=1e-10)


@pytest.mark.parametrize(
    ("n_atoms", "drive", "ratio"),
    [(18, 0.73, 10.0), (501, 0.6, 1.0), (20_000, 0.5693, 10.0), (20_000, 0.9, 50.0), (10**6, 0.56905, 10.0)],
)
def test_both_ways_of_summing_agree(n_atoms, drive, ratio):
    model = Model(n_atoms, ratio)
    found = enclosures.moments(model, model.rabi_frequency(drive))
    library = absorber.steady_state_moments(model, model.rabi_frequency(drive))
    for name in FIELDS:
        ball = getattr(found, name)
        assert ball.rad() < abs(ball) * 1e-20, name
        assert enclosures.deviation(getattr(library, name), ball) < 1e-11, name


@pytest.mark.parametrize("drive", [0.05, 0.5, 0.574, 0.6, 2.0])
@pytest.mark.parametrize("ratio", [0.1, 10.0])
def test_what_windows_leave_out_is_bounded(monkeypatch, drive, ratio):
    """Against the whole sum, with windows so narrow that the bound is seen; a small upper maximum lies outside them."""
    model = Model(700, ratio)
    omega = enclosures.rabi_frequency(model, drive)
    monkeypatch.setattr(enclosures, "CUTOFF", np.inf)
    whole = enclosures.pair_weights(model, omega)
    exact = enclosures.moments(model, omega)
    ((_, weights),) = whole.windows
    assert len(weights) == model.n_atoms + 1
    monkeypatch.setattr(enclosures, "CUTOFF", 40.0)
    cut = enclosures.pair_weights(model, omega)
    within = {k for first, part in cut.windows for k in range(first, first + len(part))}
    left_out = [float(weight) for k, weight in enumerate(weights) if k not in within]
    assert left_out
    assert max(left_out) <= float(cut.outside) < 1e-12
    for ball, whole_ball in zip(enclosures.moments(model, omega), exact, strict=True):
        assert ball.contains(whole_ball)
        assert ball.rad() > whole_ball.rad()


def test_atoms_that_decay_alone():
    """gamma_c = 0: every pair by itself, 8 (Omega / gamma_s)^2 to 1."""
    model, odds = Model(40, 0.0, 2.0), Fraction(8 * 9, 4)
    assert holds(enclosures.mean_s_z(model, 3.0), -Fraction(40, 2) / (1 + odds))


def test_magnetization_is_a_distribution_and_that_of_the_library():
    model = Model(30, 10.0)
    found = enclosures.magnetization_distribution(model, model.rabi_frequency(0.7))
    m, library = absorber.magnetization_distribution(absorber.pair_distribution(model, model.rabi_frequency(0.7)))
    assert sum(found, arb(0)).contains(1)
    mean = sum((ball * number for ball, number in zip(found, m.tolist(), strict=True)), arb(0))
    assert mean.overlaps(enclosures.mean_s_z(model, model.rabi_frequency(0.7)))
    assert max(map(enclosures.deviation, library.tolist(), found)) < 1e-13


def test_log_weight_ratio_is_that_of_the_restricted_phases():
    model = Model(64, 10.0)
    parts = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(0.6)))
    found = enclosures.log_weight_ratio(model, model.rabi_frequency(0.6))
    assert float(found) == pytest.approx(parts.log_weight_plus - parts.log_weight_minus, abs=1e-12)


@pytest.mark.parametrize("n_atoms", [16, 64, 4096])
def test_critical_drives_are_enclosed(n_atoms):
    model = Model(n_atoms, 10.0)
    mid = enclosures.critical_drive(model, critical_point.critical_drive(model))
    equal = enclosures.equal_weight_drive(model, phase_balance.equal_weight_drive(model))
    for ball in (mid, equal):
        assert ball.rad() < 1e-19
    lower, upper = (fmpq(*float(mid + step).as_integer_ratio()) for step in (-1e-14, 1e-14))
    assert enclosures.mid_branch_excess(model, lower) < 0 < enclosures.mid_branch_excess(model, upper)
    limit = phase_balance.approach_law(model).mid_branch_difference
    if n_atoms > 1000:
        assert float((mid - equal) * n_atoms**2) == pytest.approx(limit, rel=0.05)


def test_a_wrong_guess_is_not_enclosed():
    model = Model(64, 10.0)
    with pytest.raises(checks.CertificateError, match="no sign change"):
        enclosures.critical_drive(model, critical_point.critical_drive(model) + 1e-9)


@pytest.mark.parametrize("ratio", [0.5, 10.0, 1000.0])
def test_the_law_of_approach_has_thirty_digits(ratio):
    """Against mpmath, the limit from its own equation."""
    law = enclosures.approach_law(Model(2, ratio))
    with mpmath.workdps(50):
        x = mpmath.findroot(lambda x: mpmath.log(x) + 2 * (1 - x), 0.2)
        w, r = mpmath.sqrt(2 * x * (1 - x)), 1 / mpmath.mpf(ratio)
        y = 1 - x
        bracket = (1 + 2 * r) * mpmath.log(y) + 2 * y + mpmath.log(2 * mpmath.pi) - mpmath.log(1 - 2 * x) / 2
        bracket -= 2 * mpmath.loggamma(1 + r)
        expected = (w, (1 + 2 * r) * w / (2 * y), bracket * w / (2 * y))
        for ball, value in zip(law, expected, strict=True):
            assert ball.rad() < 1e-50
            # 1/ratio is rounded by mpmath, not by us
            assert abs(mpmath.mpf(ball.mid().str(45, radius=False)) - value) < mpmath.mpf(10) ** -40


def test_the_deviation_is_an_upper_bound():
    assert enclosures.deviation(1.0, arb(1) / 3) == pytest.approx(2.0)
    assert enclosures.deviation(1.0, arb(1, 1e-3)) == pytest.approx(1e-3, rel=2e-3)
    assert enclosures.deviation(1e-3, arb(0)) == pytest.approx(1e-3)
    assert enclosures.deviation(np.nan, arb(1)) == np.inf


def test_what_has_no_weights_is_refused():
    model = Model(64, 10.0)
    with pytest.raises(checks.ParameterError, match="one maximum only"):
        enclosures.log_weight_ratio(model, model.rabi_frequency(1.2))
    with pytest.raises(checks.ParameterError, match="one branch only"):
        enclosures.mid_branch_excess(model, 1.2)
    with pytest.raises(checks.ParameterError, match="gamma_c"):
        enclosures.approach_law(Model(64, 0.0))
    for bad in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(checks.ParameterError, match="rabi_frequency"):
            enclosures.moments(Model(4, 10.0), bad)
