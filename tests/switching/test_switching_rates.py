"""Exact switching rates against QuTiP's full space with a label, and limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.generator import phases
from driven_dicke.model import checks, observables
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.switching import switching_rates

RATES = (3.0, 0.8)


def spin_projectors(n_atoms):
    """Projectors on the eigenspaces of S^2 in the full space, by j(j+1)."""
    lowering = qutip_reference.collective_lowering(n_atoms).full()
    s_z = (lowering.conj().T @ lowering - lowering @ lowering.conj().T) / 2
    values, vectors = np.linalg.eigh(lowering.conj().T @ lowering + s_z @ s_z - s_z)
    found = {}
    for value in np.unique(np.round(values, 6)):
        chosen = vectors[:, np.abs(values - value) < 1e-6]
        found[float(value)] = chosen @ chosen.conj().T
    return found


def full_space_rates(n_atoms, rabi_frequency, low, high):
    """The labelled master equation on 2 x 4^N numbers, with projected individual jumps of QuTiP's operators."""
    projectors = spin_projectors(n_atoms)
    below = sum(projector for value, projector in projectors.items() if value <= low)
    above = sum(projector for value, projector in projectors.items() if value >= high)
    atoms = [sigma.full() for sigma in qutip_reference.atom_lowering(n_atoms)]

    def jumps_into(projector):
        return RATES[1] * sum(np.kron((projector @ sigma).conj(), projector @ sigma) for sigma in atoms)

    # Where a label lies beyond its own threshold, as no recurrent state does, a further jump there does not turn it.
    falls = jumps_into(below) @ np.kron(np.eye(2**n_atoms), np.eye(2**n_atoms) - below)
    rises = jumps_into(above) @ np.kron(np.eye(2**n_atoms), np.eye(2**n_atoms) - above)
    generator = qutip_reference.superoperator(n_atoms, *RATES, rabi_frequency)
    trace_row = np.eye(2**n_atoms).ravel()
    labelled = np.vstack(
        [np.block([[generator - falls, rises], [falls, generator - rises]]), np.tile(trace_row, 2)[None]]
    )
    state, *_ = np.linalg.lstsq(labelled, np.eye(1, len(labelled), len(labelled) - 1)[0], rcond=None)
    assert np.abs(labelled[:-1] @ state).max() < 1e-12
    plus, minus = np.split(state, 2)
    probability = (trace_row @ plus).real
    return (trace_row @ falls @ plus).real / probability, (trace_row @ rises @ minus).real / (1 - probability)


@pytest.mark.parametrize(
    ("n_atoms", "low", "high"),
    [
        (2, 0.0, 2.0),  # spins 0, 1
        (3, 1.0, 3.0),  # spins 1/2, 3/2
        (4, 0.0, 2.0),  # neighbouring spins: the label is the spin itself
        (4, 2.5, 5.9),
        (4, 0.0, 6.0),  # j = 1 keeps the label that it had
    ],
)
def test_agrees_with_the_full_space(n_atoms, low, high):
    found = switching_rates.switching_rates(Model(n_atoms, *RATES), 1.7, low, high)
    assert (found.plus, found.minus) == pytest.approx(full_space_rates(n_atoms, 1.7, low, high), rel=1e-9)


@settings(deadline=None, derandomize=True, max_examples=15)
@given(n_atoms=st.integers(2, 10), drive=st.floats(0.3, 1.5), gap=st.integers(1, 4), gamma_c=st.floats(1, 15))
def test_widening_the_thresholds_slows_both_rates(n_atoms, drive, gap, gamma_c):
    """A switch between wider thresholds passes those within; and fluxes balance."""
    model = Model(n_atoms, gamma_c)
    spins = np.arange(n_atoms % 2 / 2, n_atoms / 2 + 1)
    values = spins * (spins + 1)
    narrow = switching_rates.switching_rates(model, model.rabi_frequency(drive), values[0], values[1])
    wide = switching_rates.switching_rates(
        model, model.rabi_frequency(drive), values[0], values[min(gap + 1, values.size - 1)]
    )
    assert wide.minus <= narrow.minus * (1 + 1e-9)
    for rates in (narrow, wide):
        assert rates.probability_plus * rates.plus == pytest.approx((1 - rates.probability_plus) * rates.minus)
        assert 0 < rates.probability_plus < 1


def test_both_rates_tend_to_the_gap_as_the_phases_separate():
    """N = 32 near its critical point: lambda_1 = 0.0218 gamma_s, thresholds at 0.1 and 0.9 between the phases."""
    model = Model(32, 10.0)
    rabi_frequency = model.rabi_frequency(0.6621)
    found = phases.decompose(model, rabi_frequency)
    plus, minus = (observables.expectation(state).s_squared for state in (found.plus, found.minus))
    rates = switching_rates.switching_rates(
        model, rabi_frequency, minus + 0.1 * (plus - minus), minus + 0.9 * (plus - minus)
    )
    assert rates.plus + rates.minus == pytest.approx(found.gap, rel=0.05)
    assert rates.plus == pytest.approx(found.gap * found.a_minus, rel=0.05)
    assert rates.minus == pytest.approx(found.gap * found.a_plus, rel=0.05)
    assert rates.plus < 0.7 * found.gap * found.a_minus_physical


@pytest.mark.parametrize(
    ("gamma_s", "low", "high", "message"),
    [
        (1.0, 6.0, 6.0, "must rise and have a spin of 4 atoms"),
        (1.0, -0.1, 6.0, "must rise and have a spin of 4 atoms"),
        (1.0, 0.0, 6.1, "must rise and have a spin of 4 atoms"),
        (1.0, np.nan, 6.0, "argument low must be a finite number"),
        (0.0, 0.0, 6.0, "gamma_s"),
    ],
)
def test_bad_arguments_are_refused(gamma_s, low, high, message):
    with pytest.raises(checks.ParameterError, match=message):
        switching_rates.switching_rates(Model(4, 3.0, gamma_s), 1.0, low, high)
