"""Counting statistics against QuTiP's generator in the space of 2^N states, each other, and two states by hand."""

import numpy as np
import pytest
import qutip
from scipy.sparse.linalg import expm_multiply
from scipy.stats import poisson

from driven_dicke.closed_form import absorber
from driven_dicke.generator import counting, phases
from driven_dicke.generator.correlations import Light
from driven_dicke.generator.counting import Counting, TwoStates
from driven_dicke.model import checks
from driven_dicke.model.observables import expectation
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference as reference

TILTS = np.array([-0.3, -1e-3, 0.0, 1e-3, 0.2])


def counts(n_atoms, drive, port):
    model = Model(n_atoms, 10.0)
    omega = model.rabi_frequency(drive)
    return Counting(model, omega, absorber.density_blocks(model, omega), port)


def full_space(found):
    """QuTiP's L and J of the same port, shape (4^N, 4^N)."""
    n_atoms, gamma_c, gamma_s = found.model.n_atoms, found.model.gamma_c, found.model.gamma_s
    jumps = reference.collapse_operators(n_atoms, gamma_c, gamma_s)
    counted = jumps[:1] if found.port == "cavity" else jumps[1:]
    sandwich = sum(qutip.sprepost(jump, jump.dag()) for jump in counted).full()
    return reference.superoperator(n_atoms, gamma_c, gamma_s, found.rabi_frequency), sandwich


def largest(found, s):
    """theta(s) in the full space, shape as `s`."""
    free, sandwich = full_space(found)
    return np.array([np.linalg.eigvals(free + np.expm1(x) * sandwich).real.max() for x in s])


@pytest.fixture(scope="module", params=["cavity", "side"])
def four(request):
    return counts(4, 0.6, request.param)


def near(found):
    """A rough guess: hardly two states."""
    return TwoStates(found.rate, 0.9 * found.rate, 0.5, 0.5)


@pytest.fixture(scope="module", params=["cavity", "side"])
def three(request):
    return counts(3, 0.6, request.param)


def test_largest_eigenvalue_and_its_slope(three):
    theta, slope = three.cumulant_generating_function(TILTS, near(three))
    s, step = np.log1p(TILTS), 1e-4
    assert theta == pytest.approx(largest(three, s), rel=1e-9, abs=1e-11)
    below, above = largest(three, s - step), largest(three, s + step)
    assert slope == pytest.approx((above - below) / (2 * step), rel=1e-6)


def test_distribution_in_the_full_space(three):
    free, sandwich = full_space(three)
    state = qutip.operator_to_vector(
        qutip.steadystate(
            reference.hamiltonian(3, three.rabi_frequency), reference.collapse_operators(3, three.model.gamma_c, 1.0)
        )
    ).full()[:, 0]
    trace = np.eye(8).ravel()
    phases = np.exp(2j * np.pi * np.arange(61) / 61)
    generating = [trace @ expm_multiply(0.3 * (free + (z - 1) * sandwich), state) for z in phases]
    assert three.distribution(0.3, 60) == pytest.approx(np.fft.fft(generating).real / 61, abs=1e-8)


def test_another_eigenvalue_is_refused(four):
    if four.port == "cavity":
        with pytest.raises(checks.CertificateError, match="not the largest eigenvalue"):
            four.cumulant_generating_function([-0.3], TwoStates(1.5 * four.rate, 0.5 * four.rate, 0.5, 0.5))


def test_fano_factor_is_the_curvature(four):
    model = four.model
    pairs = Light(model, four.rabi_frequency, four.steady).second_order()
    number = ("cavity", "side").index(four.port)
    step = 1e-3
    _, (down, up) = four.cumulant_generating_function(np.expm1([-step, step]), near(four))
    assert counting.fano_factor(pairs[number][number], four.rate, 1e5) == pytest.approx(
        (up - down) / (2 * step) / four.rate, rel=1e-4
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


def test_most_counts_hold_the_brightest_state(four):
    """Twice as many phases give the same."""
    most = four.most(0.3)
    assert four.distribution(0.3, most)[-most // 10 :].max() < 1e-9
    assert four.distribution(0.3, 2 * most)[: most + 1] == pytest.approx(four.distribution(0.3, most), abs=1e-9)


def test_bright_light_does_not_alias():
    """Eight atoms at gamma_c = 1000 gamma_s: some spins are much brighter than the mean, and pass its deviations."""
    model = Model(8, 1000.0)
    omega = model.rabi_frequency(1.0)
    found = Counting(model, omega, absorber.density_blocks(model, omega), "cavity")
    window, most = 0.03, found.most(0.03)
    probability = found.distribution(window, most)
    mean = window * found.rate
    assert probability @ np.arange(most + 1) == pytest.approx(mean, rel=1e-5)
    deviations = int(mean + 12 * np.sqrt(mean) + 20)
    assert probability[deviations + 1 :].sum() > 0.01
    with pytest.raises(checks.CertificateError, match=f"more than {deviations} counts"):
        found.distribution(window, deviations)


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
    theta, slope = found.cumulant_generating_function(tilts, two)
    assert theta == pytest.approx(two.cumulant_generating_function(tilts), rel=0.05)
    assert (np.diff(slope) > 0).all()  # theta is convex
    assert ((slope > rates[1]) & (slope < rates[0])).all()


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


def test_counts_of_two_states():
    """No switching: a mixture of Poissonians. Otherwise the mean and the Fano factor."""
    number = np.arange(60)
    slow = TwoStates(20.0, 2.0, 1e-9, 3e-9).distribution(1.0, 59)
    assert slow == pytest.approx(0.75 * poisson.pmf(number, 20) + 0.25 * poisson.pmf(number, 2), abs=1e-8)
    two = TwoStates(20.0, 2.0, 1.0, 3.0)
    some = two.distribution(1.0, 59)
    mean = some @ number
    assert mean == pytest.approx(0.75 * 20 + 0.25 * 2, rel=1e-9)
    assert some @ (number - mean) ** 2 / mean == pytest.approx(two.fano_factor(1.0), rel=1e-9)


def test_detectors_thin_and_darken():
    assert counting.detected_fano_factor(np.array([11.0]), 100.0, 0.5, 0.0) == pytest.approx([6.0])
    assert counting.detected_fano_factor(np.array([11.0]), 100.0, 0.5, 50.0) == pytest.approx([3.5])
    assert counting.detected_tilt(0.2, 0.5) == pytest.approx(0.1)
    with pytest.raises(checks.ParameterError, match="give counts"):
        counting.detected_fano_factor(np.array([11.0]), 100.0, 0.0, 0.0)
