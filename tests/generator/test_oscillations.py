"""The gap is the slowest decay, oscillating modes included, however many modes are asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.generator import liouvillian, oscillations, phases
from driven_dicke.generator.spectrum import slow_modes
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.studies.liouvillian_gap import validation


def complete(model, rabi_frequency):
    """Slowest decay rate of all eigenvalues of the sector."""
    values = np.linalg.eigvals(liouvillian.generator(model, rabi_frequency).toarray())
    return -np.sort(values.real)[-2]


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize(
    ("n_atoms", "gamma_c", "rabi_frequency", "eigenvalue"),
    [
        (2, 0.0, 1.0, -0.75 + 1.984313j),  # optical Bloch equations: -3/4 +- i sqrt(4 Omega^2 - 1/16)
        (3, 0.3, 0.75, -1.064631 + 1.190549j),
    ],
)
def test_a_slow_pair_is_the_gap(n_atoms, gamma_c, rabi_frequency, eigenvalue, count):
    """The mode nearest to zero decays at 1 and at 1.2696."""
    modes = slow_modes(Model(n_atoms, gamma_c), rabi_frequency, count)
    assert modes.gap == pytest.approx(-eigenvalue.real, abs=1e-6)
    assert abs(modes.eigenvalues[1].imag) == pytest.approx(eigenvalue.imag, abs=1e-6)


@pytest.mark.parametrize(("gamma_c", "drive"), [(0.3, 2.0), (0.6, 5.0)])
def test_a_sweep_finds_what_complete_diagonalisation_does(gamma_c, drive):
    """N = 18, beyond the sizes that are diagonalised: 1.19158 at gamma_c = 0.3 gamma_s and 2 Omega_c."""
    model = Model(18, gamma_c)
    modes = slow_modes(model, model.rabi_frequency(drive), 2)
    assert modes.search == oscillations.SWEEP
    assert modes.gap == pytest.approx(complete(model, model.rabi_frequency(drive)), rel=1e-9)
    if gamma_c == 0.3:
        assert modes.gap == pytest.approx(1.19158, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 8), st.floats(-2, 3), st.floats(-1.3, 1.5))
def test_the_gap_is_the_slowest_rate_at_any_rates(n_atoms, log_ratio, log_drive):
    """What is said of oscillating modes without a search holds too: none decays below 3/4."""
    model = Model(n_atoms, 10**log_ratio)
    rabi_frequency = model.rabi_frequency(10**log_drive)
    assert slow_modes(model, rabi_frequency, 2).gap == pytest.approx(complete(model, rabi_frequency), rel=1e-7)
    values = np.linalg.eigvals(liouvillian.generator(model, rabi_frequency).toarray())
    pairs = values[np.abs(values.imag) > 1e-6 * np.abs(values).max()]
    assert (pairs.real <= -oscillations.SLOWEST_PAIR + 1e-9).all()


def test_the_phases_are_parts_of_a_mode_that_does_not_oscillate():
    """Beside a slower pair they are still there."""
    found = phases.decompose(Model(3, 0.3), 0.75)
    assert found.gap == pytest.approx(1.269599, abs=1e-6)  # of the mode that is split
    assert sum(np.trace(block) for block in found.plus) == pytest.approx(1)


@pytest.mark.parametrize("matrices", [validation.both_sectors, validation.full_master_equation])
def test_references_hold_both_sectors_apart(matrices):
    """The exchange commutes with the generator; N = 3 has 13 symmetric and 7 antisymmetric operators."""
    invariant, _, exchange = matrices(Model(3, 0.7), 0.4)
    np.testing.assert_allclose(exchange @ invariant, invariant @ exchange, atol=1e-13)
    assert validation.symmetric_sector(invariant, exchange).shape == (13, 13)


@pytest.mark.parametrize(("drive", "symmetric", "every"), [(0.5, 0.8522, 0.6352), (1e-6, 1.0, 0.5)])
def test_modes_that_tell_atoms_apart_are_slower(drive, symmetric, every):
    """N = 4, gamma_c = 10 gamma_s, full master equation on 2^N states."""
    model = Model(4, 10.0)
    rabi_frequency = model.rabi_frequency(drive)
    assert slow_modes(model, rabi_frequency).gap == pytest.approx(symmetric, abs=1e-4)
    matrix = qutip_reference.superoperator(4, 10.0, 1.0, rabi_frequency)
    assert validation.slowest_rate(matrix)[0] == pytest.approx(every, abs=1e-4)
