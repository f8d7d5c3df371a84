"""Counting statistics against dense tilted generators, each other, and two states by hand."""

import numpy as np
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.generator import counting, phases
from driven_dicke.generator.correlations import Light
from driven_dicke.generator.counting import Counting, TwoStates
from driven_dicke.model import checks
from driven_dicke.model.observables import expectation
from driven_dicke.model.parameters import Model

TILTS = np.array([-0.3, -1e-3, 0.0, 1e-3, 0.2])


def counts(n_atoms, drive, port):
    model = Model(n_atoms, 10.0)
    omega = model.rabi_frequency(drive)
    return Counting(model, omega, absorber.density_blocks(model, omega), port)


def dense(found, tilt):
    return np.linalg.eigvals((found.matrix + tilt * found.jumps).toarray()).real.max()


@pytest.fixture(scope="module", params=["cavity", "side"])
def four(request):
    return counts(4, 0.6, request.param)


def near(found):
    """A rough guess: hardly two states."""
    return TwoStates(found.rate, 0.9 * found.rate, 0.5, 0.5)


def test_largest_eigenvalue(four):
    expected = [dense(four, tilt) if tilt else 0.0 for tilt in TILTS]
    assert four.cumulant_generating_function(TILTS, near(four)) == pytest.approx(expected, rel=1e-9)


def test_another_eigenvalue_is_refused(four):
    if four.port == "cavity":
        with pytest.raises(checks.CertificateError, match="not the largest eigenvalue"):
            four.cumulant_generating_function([-0.3], TwoStates(1.5 * four.rate, 0.5 * four.rate, 0.5, 0.5))


def test_fano_factor_is_the_curvature(four):
    model = four.model
    pairs = Light(model, four.rabi_frequency, four.steady).second_order()
    number = ("cavity", "side").index(four.port)
    step = 1e-4
    up, down = (dense(four, np.expm1(s)) for s in (step, -step))
    assert counting.fano_factor(pairs[number][number], four.rate, 1e4) == pytest.approx(
        (up + down) / step**2 / four.rate, rel=1e-3
    )


def test_distribution_has_the_moments(four):
    model = four.model
    pairs = Light(model, four.rabi_frequency, four.steady).second_order()
    number = ("cavity", "side").index(four.port)
    probability = four.distribution(0.3, 60)
    n = np.arange(61)
    mean = probability @ n
    assert probability.sum() == pytest.approx(1, abs=1e-8)
    assert mean == pytest.approx(0.3 * four.rate, rel=1e-6)
    variance = probability @ (n - mean) ** 2
    assert variance / mean == pytest.approx(counting.fano_factor(pairs[number][number], four.rate, 0.3), rel=1e-5)


def test_counts_beyond_the_largest_are_noticed():
    with pytest.raises(checks.CertificateError, match="more than 8 counts"):
        counts(4, 0.6, "cavity").distribution(1.0, 8)


def test_two_states_explain_the_fano_factor():
    """Of N = 32 near its transition: some 25 000, within 1 % of the two-state process."""
    found = counts(32, 0.6565, "cavity")
    split = phases.decompose(found.model, found.rabi_frequency)
    rates = [10 * expectation(blocks).intensity for blocks in (split.plus, split.minus)]
    share = split.a_plus / (split.a_plus + split.a_minus)
    two = TwoStates(*rates, split.gap * (1 - share), split.gap * share)
    pairs = Light(found.model, found.rabi_frequency, found.steady).second_order()
    exact = counting.fano_factor(pairs[0][0], found.rate, np.array([1e3, 1e6]))
    assert exact[1] > 1e4
    assert exact == pytest.approx(two.fano_factor(np.array([1e3, 1e6])), rel=0.1)
    tilts = np.array([-3.0, -0.5, 0.5, 3.0]) * split.gap / abs(rates[0] - rates[1])
    assert found.cumulant_generating_function(tilts, two) == pytest.approx(
        two.cumulant_generating_function(tilts), rel=0.05
    )


def test_two_states_by_hand():
    two = TwoStates(rate_plus=7.0, rate_minus=2.0, leave_plus=1.0, leave_minus=3.0)
    assert (two.share_plus, two.rate) == (0.75, 5.75)
    for tilt in (-0.9, -1e-6, 0.3):
        matrix = np.array([[7 * tilt - 1, 3], [1, 2 * tilt - 3]])
        assert two.cumulant_generating_function(tilt) == pytest.approx(np.linalg.eigvals(matrix).max(), rel=1e-9)
    step = 1e-3
    theta = [float(two.cumulant_generating_function(np.expm1(s))) for s in (-step, 0, step)]
    assert two.fano_factor(1e9) == pytest.approx((theta[0] + theta[2]) / step**2 / 5.75, rel=1e-4)
    assert two.fano_factor(1e-9) == pytest.approx(1)


def test_detectors_thin_and_darken():
    assert counting.detected_fano_factor(np.array([11.0]), 100.0, 0.5, 0.0) == pytest.approx([6.0])
    assert counting.detected_fano_factor(np.array([11.0]), 100.0, 0.5, 50.0) == pytest.approx([3.5])
    assert counting.detected_tilt(0.2, 0.5) == pytest.approx(0.1)
    with pytest.raises(checks.ParameterError, match="give counts"):
        counting.detected_fano_factor(np.array([11.0]), 100.0, 0.0, 0.0)
