"""Equal weights of both maxima of p_k, and the derived law by which their drive approaches the limit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import gammaln

from driven_dicke.closed_form import absorber, critical_point, enclosures, phase_balance
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model

RATIOS = (0.5, 1.0, 10.0, 100.0)  # gamma_c / gamma_s


def log_ratio_by_gamma_functions(model, drive):
    """ln(W_+ / W_-) from the explicit p_k, without the recursion and without the library's search for the barrier."""
    k = np.arange(model.n_atoms + 1.0)
    n, r = model.n_atoms - k, model.gamma_s / model.gamma_c
    logs = k * np.log((drive * (model.n_atoms - 1)) ** 2 / 2) - gammaln(k + 1) - gammaln(n + 1) + 2 * gammaln(n + 1 + r)
    inner = int(np.argmax(logs[: 6 * model.n_atoms // 10]))
    lowest = inner + int(np.argmin(logs[inner:]))
    weights = np.exp(logs - logs.max())
    return np.log(weights[: lowest + 1].sum() / weights[lowest + 1 :].sum())


def test_known_drives_of_equal_weights():
    known = {64: 0.61912, 256: 0.58347, 100_000: 0.569101}
    for n_atoms, drive in known.items():
        assert phase_balance.equal_weight_drive(Model(n_atoms, 10.0)) == pytest.approx(drive, abs=5e-6)


@pytest.mark.parametrize(("n_atoms", "ratio"), [(18, 10.0), (40, 1.0), (64, 10.0), (300, 100.0), (1500, 0.5)])
def test_explicit_weights_have_the_same_balance(n_atoms, ratio):
    model = Model(n_atoms, ratio)
    found = phase_balance.equal_weight_drive(model)
    reference = brentq(lambda drive: log_ratio_by_gamma_functions(model, drive), found - 0.02, found + 0.02, xtol=1e-14)
    assert found == pytest.approx(reference, abs=1e-11)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(n_atoms=st.integers(30, 3000), ratio=st.floats(0.5, 100.0), rate=st.floats(0.1, 7.0))
def test_weights_change_sides_at_the_drive_in_any_unit(n_atoms, ratio, rate):
    model = Model(max(n_atoms, int(60 / ratio)), rate * ratio, rate)
    drive = phase_balance.equal_weight_drive(model)
    below, above = (enclosures.log_weight_ratio(model, model.rabi_frequency(drive + step)) for step in (-1e-9, 1e-9))
    assert below > 0 > above


@pytest.mark.parametrize(("n_atoms", "ratio"), [(20, 5.0), (16, 100.0)])
def test_a_jump_over_equal_weights_is_found(n_atoms, ratio):
    """Here the barrier moves by one k just where the weights would be equal."""
    model = Model(n_atoms, ratio)
    drive = phase_balance.equal_weight_drive(model)
    before, after = (phase_balance.balance(model, drive + step).log_ratio for step in (-1e-12, 1e-12))
    assert before > 1e-3
    assert after < -1e-3
    barriers = [
        absorber.barrier(absorber.pair_distribution(model, model.rabi_frequency(drive + step)))
        for step in (-1e-9, 1e-9)
    ]
    assert barriers[0] == barriers[1] + 1


def test_the_slope_is_that_of_the_balance():
    model, drive, step = Model(200, 10.0), 0.59, 1e-6
    found = phase_balance.balance(model, drive)
    neighbours = [log_ratio_by_gamma_functions(model, drive + sign * step) for sign in (1, -1)]
    assert found.log_ratio == pytest.approx(np.mean(neighbours), abs=1e-7)
    assert found.slope == pytest.approx((neighbours[0] - neighbours[1]) / (2 * step), rel=1e-7)


@pytest.mark.parametrize("ratio", RATIOS)
def test_the_law_misses_by_the_next_order_only(ratio):
    """Omega_PT = w + (a ln N + b)/N + O(ln^2 N / N^2): a wrong a or b would make the scaled rest grow as N."""
    law = phase_balance.approach_law(Model(2, ratio))
    sizes = np.array([4_000, 16_000, 64_000, 256_000])
    drives = np.array([phase_balance.equal_weight_drive(Model(int(n), ratio)) for n in sizes])
    rest = (drives - law(sizes)) * (sizes / np.log(sizes)) ** 2
    # Next term: phi'' of the balance, 1/(x (1 - 2x)), times (a ln N)^2 / 2 over the slope; logarithms make it slow.
    x, _ = absorber.mean_field_pair_fractions(law.limit)
    leading = law.logarithm**2 / (2 * x * (1 - 2 * x) * law.slope_per_atom)
    assert np.all(np.abs(rest) < 2.5 * leading)
    assert np.all(np.abs(np.diff(rest)) < 0.2 * leading)


def test_coefficients_of_the_law():
    law = phase_balance.approach_law(Model(7, 10.0))
    x = brentq(lambda x: quad(lambda y: np.log(x * (1 - x) / (y * (1 - y))), x, 1)[0], 0.05, 0.4, xtol=1e-12)
    w = np.sqrt(2 * x * (1 - x))
    assert law.limit == pytest.approx(w, abs=1e-9)
    assert law.logarithm == pytest.approx(1.2 * w / (2 * (1 - x)), rel=1e-9)
    large, larger = (phase_balance.equal_weight_drive(Model(n, 10.0)) for n in (200_000, 800_000))
    scaled = (800_000 * (larger - law.limit) - 200_000 * (large - law.limit)) / np.log(4)
    assert law.logarithm == pytest.approx(scaled, rel=1e-3)
    constant = 800_000 * (larger - law.limit) - law.logarithm * np.log(800_000)
    assert law.constant == pytest.approx(constant, rel=1e-3)


@pytest.mark.parametrize("ratio", [1.0, 10.0])
def test_eq_c2_differs_in_second_order(ratio):
    law = phase_balance.approach_law(Model(2, ratio))
    model = Model(16_384, ratio)
    difference = critical_point.critical_drive(model) - phase_balance.equal_weight_drive(model)
    assert model.n_atoms**2 * difference == pytest.approx(law.mid_branch_difference, rel=0.02)


def test_the_exponent_is_the_limit_of_the_weights():
    drive, n_atoms = 0.6, 100_000
    model = Model(n_atoms, 10.0)
    logs = absorber.pair_distribution(model, model.rabi_frequency(drive)).log_weight / n_atoms
    exponent = phase_balance.limit_exponent(drive, np.arange(n_atoms + 1) / n_atoms)
    np.testing.assert_allclose(logs - logs.max(), exponent - exponent.max(), atol=2e-4)


@pytest.mark.parametrize("work", [phase_balance.approach_law, phase_balance.equal_weight_drive])
def test_no_collective_decay_is_refused(work):
    with pytest.raises(checks.ParameterError, match="gamma_c > 0"):
        work(Model(50, 0.0, 1.0))


def test_too_few_atoms_are_refused():
    with pytest.raises(checks.ParameterError, match="two maxima"):
        phase_balance.equal_weight_drive(Model(16, 1.0))
