"""The birth-death chain in j against the exact generator, dense Dicke states, and arithmetic of 60 digits."""

import mpmath
import numpy as np
import pytest

from driven_dicke.generator import spectrum
from driven_dicke.model import checks, operators
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.parameters import Model
from driven_dicke.switching.adiabatic_chain import adiabatic_chain, dicke_populations


@pytest.mark.parametrize("n_atoms", [5, 8])
@pytest.mark.parametrize("amplitude", [0.7, 2.5])
def test_populations_are_those_of_the_driven_dicke_state(n_atoms, amplitude):
    for spin, populations in zip(doubled_spins(n_atoms), dicke_populations(n_atoms, amplitude), strict=True):
        inverse = np.linalg.inv(np.eye(spin + 1) + operators.lowering(int(spin)) / amplitude)
        state = inverse @ inverse.T
        np.testing.assert_allclose(populations, np.diag(state) / np.trace(state), rtol=1e-12)
        # ... which is stationary without individual decay: 2 Omega S_y and gamma_c = 1, Omega = amplitude / 2.
        lower = operators.lowering(int(spin))
        turn, decay = lower.T - lower, lower.T @ lower
        flow = -amplitude / 2 * (turn @ state - state @ turn) + lower @ state @ lower.T
        flow -= (decay @ state + state @ decay) / 2
        assert np.abs(flow).max() < 1e-12 * np.abs(state).max() * max(1, spin) ** 2


@pytest.mark.parametrize(("n_atoms", "drive"), [(4, 0.5), (9, 0.7), (16, 0.61)])
def test_gap_becomes_exact_when_individual_decay_is_slow(n_atoms, drive):
    """The error is of first order in gamma_s / gamma_c: it falls tenfold with it."""
    errors = []
    for gamma_c in (1e3, 1e4):
        model = Model(n_atoms, gamma_c)
        rabi_frequency = model.rabi_frequency(drive)
        exact = spectrum.slow_modes(model, rabi_frequency, count=2).gap
        errors.append(abs(adiabatic_chain(model, rabi_frequency).gap / exact - 1))
    assert errors[1] < 1e-3
    assert errors[0] / errors[1] == pytest.approx(10, rel=0.1)


def test_weights_become_those_of_the_exact_steady_state():
    model = Model(10, 1e5)
    rabi_frequency = model.rabi_frequency(0.7)
    exact = [np.trace(b) for b in spectrum.slow_modes(model, rabi_frequency, count=2).blocks(0)]
    np.testing.assert_allclose(np.exp(adiabatic_chain(model, rabi_frequency).log_weight), exact, atol=3e-5)


def test_gap_at_the_paper_s_rates_is_within_its_known_factor():
    model = Model(64, 10.0)
    gap = adiabatic_chain(model, model.rabi_frequency(0.61)).gap
    assert gap == pytest.approx(1.416e-4, rel=2e-4)
    assert 0.6 < gap / 2.00511934e-4 < 0.8  # the exact gap


@pytest.mark.parametrize(("drive", "slope"), [(0.5, 0.1274), (0.61, 0.1025), (0.65, 0.0450)])
def test_scaling_between_160_and_200_atoms(drive, slope):
    logs = [adiabatic_chain(m, m.rabi_frequency(drive)).log_gap for m in (Model(160, 10.0), Model(200, 10.0))]
    assert (logs[0] - logs[1]) / 40 == pytest.approx(slope, abs=6e-5)


@pytest.mark.parametrize(("n_atoms", "drive"), [(2, 0.5), (7, 0.6), (60, 0.5), (70, 0.61)])
def test_gap_has_full_relative_accuracy(n_atoms, drive):
    """The same rates, the generator's eigenvalues with 60 digits."""
    model = Model(n_atoms, 10.0)
    chain = adiabatic_chain(model, model.rabi_frequency(drive))
    with mpmath.workdps(60):
        up, down = [mpmath.mpf(x) for x in chain.up], [mpmath.mpf(x) for x in chain.down]
        matrix = mpmath.zeros(len(up))
        for k in range(len(up)):
            matrix[k, k] = up[k] + down[k]
            if k:
                matrix[k, k - 1] = matrix[k - 1, k] = -mpmath.sqrt(up[k] * down[k - 1])
        values = sorted(mpmath.eigsy(matrix, eigvals_only=True))
    assert abs(values[0]) < 1e-50
    assert chain.gap == pytest.approx(float(values[1]), rel=1e-12)


def test_rates_balance_in_the_stationary_distribution():
    chain = adiabatic_chain(Model(41, 3.0, 0.2), 20.0)
    weight = np.exp(chain.log_weight)
    assert weight.sum() == pytest.approx(1, abs=1e-13)
    np.testing.assert_allclose(weight[1:] * chain.up[1:], weight[:-1] * chain.down[:-1], rtol=1e-11)
    assert chain.up[0] == 0
    assert chain.down[-1] == 0


def test_a_thousand_atoms():
    model = Model(1000, 10.0)
    chain = adiabatic_chain(model, model.rabi_frequency(0.61))
    assert np.isfinite(chain.log_weight).all()
    # (N / 1000) times the barrier of 0.1025 per atom, with a prefactor of order N
    assert chain.log_gap == pytest.approx(-102.5, abs=10)
    assert chain.gap == pytest.approx(np.exp(chain.log_gap))


@pytest.mark.parametrize(
    ("model", "rabi_frequency", "name"),
    [
        (Model(1, 1.0), 1.0, "n_atoms"),
        (Model(4, 0.0, 1.0), 1.0, "gamma_c"),
        (Model(4, 1.0, 0.0), 1.0, "gamma_s"),
        (Model(4, 1.0), 0.0, "rabi_frequency"),
    ],
)
def test_bad_arguments_are_named(model, rabi_frequency, name):
    with pytest.raises(checks.ParameterError, match=f"argument {name} must be"):
        adiabatic_chain(model, rabi_frequency)
