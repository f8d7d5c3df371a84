"""The closed law of the switching rates against integrals, the chain in j, exact eigenvalues and exact weights."""

import numpy as np
import pytest
from scipy.integrate import quad

from driven_dicke.closed_form import absorber, critical_point
from driven_dicke.generator import spectrum
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.switching import adiabatic_chain, switching_law
from driven_dicke.switching.adiabatic_chain import birth_death_log_gap

DRIVES = (0.4, 0.5, 0.61, 0.69)


def log_ratio(x, drive):
    """ln(p_{k+1} / p_k) at x = k/N for N -> infinity."""
    return np.log(drive**2 / (2 * x * (1 - x)))


def action(spin, drive):
    """Phi(s): the integral of its derivative, from the rates of j -> j - 1 and j -> j + 1 at the spin's own <m>."""

    def derivative(s):
        if s < drive:
            return np.log((1 + s) / (1 - s)) / 2
        m = -np.sqrt(s**2 - drive**2)
        return np.log((1 + s) * (s + m) ** 2 / ((1 - s) * (s - m) ** 2)) / 2

    inside = quad(derivative, 0, min(spin, drive), epsabs=1e-12)[0]
    return inside + (quad(derivative, drive, spin, epsabs=1e-12)[0] if spin > drive else 0)


@pytest.mark.parametrize("drive", DRIVES)
def test_barriers_are_those_of_the_pair_distribution(drive):
    low, high = absorber.mean_field_pair_fractions(drive)
    found = switching_law.barriers(drive)
    assert found.plus == pytest.approx(-quad(log_ratio, low, high, args=(drive,))[0], abs=1e-10)
    assert found.minus == pytest.approx(quad(log_ratio, high, 1, args=(drive,))[0], abs=1e-9)


@pytest.mark.parametrize("drive", DRIVES)
def test_barriers_are_those_of_the_chain_in_j(drive):
    """Step 1 of the derivation: the action in j is stationary at s = sqrt(1 - x^2), with equal heights."""
    s_plus, s_barrier = (np.sqrt(1 - x**2) for x in absorber.mean_field_pair_fractions(drive))
    grid = np.linspace(0.01, 0.999, 400)
    heights = np.array([action(s, drive) for s in grid])
    turns = np.flatnonzero(np.diff(np.sign(np.diff(heights)))) + 1
    np.testing.assert_allclose(grid[turns], [s_barrier, s_plus], atol=0.004)
    found = switching_law.barriers(drive)
    assert action(s_barrier, drive) == pytest.approx(found.minus, abs=1e-10)
    assert action(s_barrier, drive) - action(s_plus, drive) == pytest.approx(found.plus, abs=1e-10)


def test_barriers_meet_at_the_limit_of_the_critical_point():
    found = switching_law.barriers(absorber.limit_critical_drive())
    assert found.plus == pytest.approx(found.minus, rel=1e-12)
    assert found.plus == pytest.approx(0.1792394, abs=1e-7)


@pytest.mark.parametrize("drive", [0.55, 0.61, 0.65])
def test_law_is_the_chain_in_j_for_slow_individual_decay(drive):
    """At gamma_s -> 0 no step is an argument any more. What remains falls as 1/N (later where s_+ is near w)."""
    errors = []
    for n_atoms in (500, 1000):
        model = Model(n_atoms, 1e6)
        chain = adiabatic_chain.adiabatic_chain(model, model.rabi_frequency(drive)).log_gap
        errors.append(chain - switching_law.log_gap(model, drive))
    assert abs(errors[1]) < 0.025
    assert errors[0] / errors[1] == pytest.approx(2, abs=0.4)


@pytest.mark.parametrize("gamma_c", [2.0, 10.0, 100.0])
@pytest.mark.parametrize("drive", [0.55, 0.61, 0.65])
def test_chain_in_k_approaches_the_law(gamma_c, drive):
    errors = []
    for n_atoms in (300, 600):
        model = Model(n_atoms, gamma_c)
        chain = switching_law.pair_chain_log_gap(model, model.rabi_frequency(drive))
        errors.append(abs(chain - switching_law.log_gap(model, drive)))
    assert errors[1] < 0.09
    assert errors[1] < 0.65 * errors[0]


@pytest.mark.parametrize(("gamma_c", "drive", "tolerance"), [(2.0, 0.65, 0.16), (10.0, 0.61, 0.1), (100.0, 0.65, 0.03)])
def test_chain_in_k_is_near_the_exact_gap(gamma_c, drive, tolerance):
    """N = 64, where the chain in j is off by up to a factor 2.4; no parameter is fitted."""
    model = Model(64, gamma_c)
    rabi_frequency = model.rabi_frequency(drive)
    exact = spectrum.gap_from_flow(model, spectrum.slow_modes(model, rabi_frequency, count=2))
    assert np.exp(switching_law.pair_chain_log_gap(model, rabi_frequency)) == pytest.approx(exact, rel=tolerance)


def test_law_has_equal_rates_at_the_critical_point():
    """Both rates are equal where both weights are: a balance that fixes one prefactor by the other."""
    differences = []
    for n_atoms in (500, 5000):
        model = Model(n_atoms, 10.0)
        rates = switching_law.log_rates(model, critical_point.critical_drive(model))
        differences.append(abs(rates.plus - rates.minus))
    assert differences[0] < 0.02
    assert differences[1] < 0.002


@pytest.mark.parametrize("drive", [0.55, 0.6])
def test_law_keeps_the_exact_weights(drive):
    model = Model(2000, 10.0)
    weights = switching_law.log_weights(model, model.rabi_frequency(drive))
    rates = switching_law.log_rates(model, drive)
    assert weights.plus - weights.minus == pytest.approx(rates.minus - rates.plus, abs=0.01)
    assert np.logaddexp(*weights) == pytest.approx(0, abs=1e-12)


def test_rates_scale_with_their_unit():
    slow, fast = switching_law.log_rates(Model(50, 10.0, 1.0), 0.6), switching_law.log_rates(Model(50, 30.0, 3.0), 0.6)
    np.testing.assert_allclose(np.subtract(fast, slow), np.log(3), rtol=1e-12)
    gaps = [switching_law.pair_chain_log_gap(m, m.rabi_frequency(0.6)) for m in (Model(50, 10.0), Model(50, 30.0, 3.0))]
    assert gaps[1] - gaps[0] == pytest.approx(np.log(3), rel=1e-10)


def test_no_weights_where_there_is_one_phase():
    model = Model(64, 10.0)
    assert switching_law.log_weights(model, model.rabi_frequency(1.0)) is None


def test_gap_of_a_chain_of_two_states():
    """Rates a and b: probabilities b/(a+b), a/(a+b), gap a + b."""
    weight = np.log([0.25, 0.75])
    assert birth_death_log_gap(weight, weight[:1] + np.log(3.0)) == pytest.approx(np.log(4), rel=1e-14)


@pytest.mark.parametrize("drive", [0.0, -0.1, 0.7072, float("nan")])
def test_bad_drives_are_named(drive):
    with pytest.raises(checks.ParameterError, match="argument drive must be"):
        switching_law.barriers(drive)


@pytest.mark.parametrize(("model", "name"), [(Model(8, 1.0, 0.0), "gamma_s"), (Model(8, 0.0, 1.0), "gamma_c")])
def test_bad_rates_are_named(model, name):
    with pytest.raises(checks.ParameterError, match=f"argument {name} must be"):
        switching_law.log_rates(model, 0.6)
    with pytest.raises(checks.ParameterError, match=f"argument {name} must be"):
        switching_law.pair_chain_log_gap(model, 1.0)
