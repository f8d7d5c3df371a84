"""The closed form with 50 digits: against QuTiP, against the library's own sums, and in what it refuses."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from driven_dicke.closed_form import absorber, extended_precision
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference

FIELDS = ("s_z", "s_squared", "intensity", "g2", "xi2", "s_minus")


def test_pair_weights_are_the_recursion_in_rational_numbers():
    model, omega = Model(12, 2.5, 0.75), 3.25
    weights = extended_precision.pair_weights(model, omega)
    exact = Fraction(1)
    for k in range(12):
        n = 12 - k
        exact *= 8 * Fraction(omega) ** 2 * n / ((k + 1) * (Fraction(2.5) * n + Fraction(0.75)) ** 2)
        assert abs(Fraction(weights[k + 1]) / exact - 1) < Fraction(1, 10**47)
    assert weights[0] == Decimal(1)


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
    found = extended_precision.moments(model, model.rabi_frequency(drive))
    for name in FIELDS:
        assert getattr(found, name) == pytest.approx(expected[name], rel=1e-9), name
    turn = np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1]])  # the paper's axes are x = y', y = -x'
    np.testing.assert_allclose(
        turn @ extended_precision.covariance(model, model.rabi_frequency(drive)) @ turn.T, covariance, atol=1e-10
    )


@pytest.mark.parametrize(
    ("n_atoms", "drive", "ratio"), [(18, 0.73, 10.0), (501, 0.6, 1.0), (20_000, 0.5693, 10.0), (20_000, 0.9, 50.0)]
)
def test_both_ways_of_summing_agree(n_atoms, drive, ratio):
    model = Model(n_atoms, ratio)
    found = extended_precision.moments(model, model.rabi_frequency(drive))
    library = absorber.steady_state_moments(model, model.rabi_frequency(drive))
    for name in FIELDS:
        assert getattr(library, name) == pytest.approx(getattr(found, name), rel=1e-11), name


def test_log_weight_ratio_is_that_of_the_restricted_phases():
    model = Model(64, 10.0)
    parts = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(0.6)))
    found = extended_precision.log_weight_ratio(model, model.rabi_frequency(0.6))
    assert found == pytest.approx(parts.log_weight_plus - parts.log_weight_minus, abs=1e-12)


def test_what_has_no_weights_is_refused():
    with pytest.raises(checks.ParameterError, match="one maximum only"):
        extended_precision.log_weight_ratio(Model(64, 10.0), Model(64, 10.0).rabi_frequency(1.2))
    for bad in (0.0, -1.0, np.nan):
        with pytest.raises(checks.ParameterError, match="rabi_frequency"):
            extended_precision.moments(Model(4, 10.0), bad)
