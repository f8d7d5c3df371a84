"""The two phases cut out of the closed form, its maxima, and where they go for N -> infinity."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import logsumexp

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks, observables
from driven_dicke.model.operators import raising_elements
from driven_dicke.model.parameters import Model


def assert_equal_moments(found, expected, rel, absolute=0.0):
    for name, value in dataclasses.asdict(expected).items():
        assert getattr(found, name) == pytest.approx(value, rel=rel, abs=absolute), name


@pytest.mark.parametrize(("n_atoms", "drive"), [(18, 0.73), (31, 0.66), (64, 0.62)])
def test_restricted_phases_make_up_the_steady_state(n_atoms, drive):
    """Two normalised states; what is diagonal in k adds up exactly, the rest up to coherences across the barrier."""
    model = Model(n_atoms, 10.0)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(drive))
    phases, top = absorber.restricted(pairs), absorber.barrier(pairs)
    p = np.exp(pairs.log_weight)
    assert np.argmin(p[5:-1]) + 5 == top
    assert np.exp(phases.log_weight_plus) == pytest.approx(p[: top + 1].sum(), rel=1e-12)
    assert np.exp(phases.log_weight_plus) + np.exp(phases.log_weight_minus) == pytest.approx(1, rel=1e-13)

    plus, minus, whole = absorber.moments(phases.plus), absorber.moments(phases.minus), absorber.moments(pairs)
    a_plus, a_minus = np.exp(phases.log_weight_plus), np.exp(phases.log_weight_minus)
    for name in ("s_z", "s_squared", "intensity"):
        total = a_plus * getattr(plus, name) + a_minus * getattr(minus, name)
        assert total == pytest.approx(getattr(whole, name), rel=1e-12), name
    across = np.sqrt(p[top] * p[top + 1] * (top + 1) * (n_atoms - top) / 2)
    assert a_plus * plus.s_minus + a_minus * minus.s_minus == pytest.approx(whole.s_minus - across, rel=1e-12)
    assert plus.s_squared > 0.7 * n_atoms / 2 * (n_atoms / 2 + 1)
    assert minus.s_squared < 1.5 * 3 * n_atoms / 4

    for part in (phases.plus, phases.minus):
        blocks = absorber.blocks(part)
        assert observables.trace(blocks) == pytest.approx(1, rel=1e-12)
        assert min(np.linalg.eigvalsh(block)[0] for block in blocks) > -1e-15
        assert_equal_moments(absorber.moments(part), observables.expectation(blocks), rel=1e-10)
        np.testing.assert_allclose(
            absorber.magnetization_distribution(part)[1],
            observables.magnetization_distribution(blocks)[1],
            atol=1e-13,
        )


@pytest.mark.parametrize(
    ("model", "rabi_frequency", "name"),
    [(Model(58, 0.0272, 0.00252), 0.28444, "plus"), (Model(45, 28.27, 0.311), 99.05, "minus")],
)
def test_either_variance_of_a_restricted_phase_may_be_the_least(model, rabi_frequency, name):
    """Steady states were found narrowest along y'; these two cut states are narrower in the plane of the mean spin."""
    part = getattr(absorber.restricted(absorber.pair_distribution(model, rabi_frequency)), name)
    found = absorber.moments(part)
    blocks = absorber.blocks(part)
    assert_equal_moments(found, observables.expectation(blocks), rel=1e-10)
    twice = [raising_elements(len(b) - 1)[:-1] * raising_elements(len(b) - 1)[1:] for b in blocks]
    minus_squared = sum(t @ np.diagonal(b, -2) for t, b in zip(twice, blocks, strict=True))
    along_y = (found.intensity - found.s_z - minus_squared) / 2
    assert found.xi2 < 0.9 * model.n_atoms * along_y / (found.s_z**2 + found.s_minus**2)


def test_a_phase_of_one_k_is_totally_mixed():
    """The barrier next to k = N leaves |D_N> alone: rho = 1 / 2^N, with all its closed-form moments."""
    model = Model(56, 0.10778, 0.0014868)
    minus = absorber.restricted(absorber.pair_distribution(model, 0.31067)).minus
    assert (minus.first, minus.last, minus.log_weight[-1]) == (56, 56, 0)
    assert_equal_moments(absorber.moments(minus), observables.totally_mixed(56), rel=1e-14)


def test_phases_of_vanishing_weight_keep_their_digits():
    """N = 10^4 far below the transition: ln a_- is some -900, and rho_- still a state, close to the mixed one."""
    model = Model(10_000, 10.0)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(0.5))
    phases = absorber.restricted(pairs)
    assert phases.log_weight_plus == 0
    assert phases.log_weight_minus == pytest.approx(logsumexp(pairs.log_weight[phases.minus.first :]), rel=1e-14)
    assert phases.log_weight_minus < -800
    assert np.exp(phases.minus.log_weight).sum() == pytest.approx(1, rel=1e-12)
    assert absorber.moments(phases.minus).intensity == pytest.approx(5000, rel=1e-2)


@pytest.mark.parametrize("drive", [0.0, 0.95])
def test_no_phases_where_the_weights_have_one_maximum(drive):
    pairs = absorber.pair_distribution(Model(64, 10.0), Model(64, 10.0).rabi_frequency(drive))
    assert absorber.barrier(pairs) is None
    with pytest.raises(checks.ParameterError, match="argument pairs must have two maxima"):
        absorber.restricted(pairs)


def test_extrema_of_the_weights_are_the_mean_field_branches():
    model = Model(10**6, 10.0)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(0.6))
    x_minus, x_plus = absorber.mean_field_pair_fractions(0.6)
    top = absorber.barrier(pairs)
    assert np.argmax(pairs.log_weight[:top]) / 1e6 == pytest.approx(x_minus, abs=1e-5)
    assert top / 1e6 == pytest.approx(x_plus, abs=1e-5)
    for x in (x_minus, x_plus):  # Eq. (2) for gamma -> 0 with s_z = x - 1 and Omega = w Gamma / 4
        assert x * (x - 1) ** 2 + (x - 1) * 0.6**2 / 2 == pytest.approx(0, abs=1e-15)


def test_pair_fractions_meet_at_the_end_of_the_bistable_region():
    assert absorber.mean_field_pair_fractions(np.sqrt(0.5)) == (0.5, 0.5)
    assert absorber.mean_field_pair_fractions(0.0) == (0.0, 1.0)
    for drive in (0.7072, -0.1, np.nan):
        with pytest.raises(checks.ParameterError, match="argument drive must be"):
            absorber.mean_field_pair_fractions(drive)


def test_limit_balances_the_barrier():
    drive = absorber.limit_critical_drive()
    assert drive == pytest.approx(0.56904, abs=5e-6)
    x_minus, _ = absorber.mean_field_pair_fractions(drive)
    assert x_minus == pytest.approx(0.20319, abs=5e-6)
    area, error = quad(lambda x: np.log(drive**2 / (2 * x * (1 - x))), x_minus, 1)
    assert area == pytest.approx(0, abs=max(1e-9, 10 * error))


@pytest.mark.parametrize("gamma_c", [10.0, 1.0])
def test_the_switch_of_the_weights_approaches_the_limit_as_log_n_over_n(gamma_c):
    """The drive of equal weights at N = 10^3, 10^4, 10^5, and the coefficient of ln N / N from Stirling's formula."""
    limit = absorber.limit_critical_drive()
    x, _ = absorber.mean_field_pair_fractions(limit)

    def difference(drive, model):
        phases = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive)))
        return phases.log_weight_plus - phases.log_weight_minus

    sizes, shifts = [10**3, 10**4, 10**5], []
    for size in sizes:
        model = Model(size, gamma_c)
        shifts.append(brentq(difference, 0.56, 0.62, args=(model,), xtol=1e-10) - limit)
    assert all(later < 0.2 * earlier for earlier, later in pairwise(shifts))
    assert 0 < shifts[-1] < 2e-4
    slopes = np.diff(np.array(sizes) * shifts) / np.diff(np.log(sizes))
    assert slopes[-1] == pytest.approx((1 + 2 / gamma_c) * limit / (2 - 2 * x), rel=1e-2)
