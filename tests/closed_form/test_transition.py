"""Width of the transition, the flash of bunched light in it, and both as the mixture of two phases."""

import numpy as np
import pytest

from driven_dicke.closed_form import absorber, critical_point, phase_balance, transition
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model


def test_half_of_the_jump_is_eq_c2():
    model = Model(64, 10.0)
    assert transition.drive_at_fraction(model, 0.5) == pytest.approx(critical_point.critical_drive(model), abs=1e-11)


def test_jump_fraction_is_0_and_1_on_the_branches():
    model = Model(1000, 10.0)
    pairs = absorber.pair_distribution(model, model.rabi_frequency(0.574))
    plus, minus = absorber.restricted(pairs)[:2]
    for part, place in ((plus, 0), (minus, 1)):
        fraction = transition.jump_fraction(model, 0.574, absorber.moments(part).s_z)
        assert fraction == pytest.approx(place, abs=2e-3)
    assert np.isnan(transition.jump_fraction(model, 0.9, -1.0))


@pytest.mark.parametrize(("n_atoms", "tolerance"), [(256, 3e-3), (4096, 2e-4)])
def test_the_width_is_that_of_two_phases(n_atoms, tolerance):
    model = Model(n_atoms, 10.0)
    width = transition.drive_at_fraction(model, 0.75) - transition.drive_at_fraction(model, 0.25)
    slope = phase_balance.balance(model, phase_balance.equal_weight_drive(model)).slope
    assert width == pytest.approx(transition.two_state_width(slope), rel=tolerance)


def test_the_width_falls_as_one_over_n():
    model = Model(50_000, 10.0)
    law = transition.two_state_width(phase_balance.approach_law(model).slope_per_atom * model.n_atoms)
    assert law * model.n_atoms == pytest.approx(np.log(3) * 0.569039 / 0.796812, rel=1e-5)
    width = transition.drive_at_fraction(model, 0.75) - transition.drive_at_fraction(model, 0.25)
    assert width == pytest.approx(law, rel=1e-3)


@pytest.mark.parametrize("n_atoms", [2_000, 40_000])
def test_the_flash_is_as_high_as_the_mixture_says(n_atoms):
    """(R g_+ + g_-) (1 + 1/R) / 4, the largest g2 of a mixture of intensities R : 1, with all three from the phases."""
    model = Model(n_atoms, 10.0)
    centre = phase_balance.equal_weight_drive(model)
    drive, height = transition.extreme_of_observable(model, "g2", centre, centre + 30 / (2.8 * n_atoms), largest=True)
    plus, minus = (
        absorber.moments(part)
        for part in absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(drive)))[:2]
    )
    ratio = plus.intensity / minus.intensity
    assert height == pytest.approx((ratio * plus.g2 + minus.g2) * (1 + 1 / ratio) / 4, rel=1e-3)
    assert height == pytest.approx(transition.largest_g2_limit(n_atoms), rel=100 / n_atoms)
    assert (drive - centre) * 2.8 * n_atoms == pytest.approx(np.log(ratio), rel=0.03)


def test_above_the_transition_xi2_grows_with_the_square_of_n():
    """The mean spin stays of order 1: <S_y> = (1 + gamma_s/gamma_c) / w, while every variance is N/4."""
    for n_atoms in (1_000, 100_000):
        model = Model(n_atoms, 10.0)
        found = absorber.steady_state_moments(model, model.rabi_frequency(0.8))
        assert found.s_minus == pytest.approx(1.1 / 0.8, rel=20 / n_atoms)
        assert found.xi2 == pytest.approx((n_atoms * 0.8 / 2.2) ** 2, rel=40 / n_atoms)


def test_a_transition_wider_than_the_bistable_region_is_refused():
    with pytest.raises(checks.ParameterError, match=r"does not pass 0\.25"):
        transition.drive_at_fraction(Model(18, 10.0), 0.25)
