"""The two phases against published numbers, a dense diagonalisation in 2^N, and their defining properties."""

import numpy as np
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.generator import phases, stationary
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collective_lowering, embed


def s_z(blocks):
    return sum(np.diag(b) @ (np.arange(b.shape[0]) - (b.shape[0] - 1) / 2) for b in blocks)


def s_squared(blocks):
    return sum(np.trace(b) * (b.shape[0] ** 2 - 1) / 4 for b in blocks)


def g2(blocks):
    intensity = pairs = 0.0
    for block in blocks:
        row, dimension = np.arange(block.shape[0]), block.shape[0]
        lowered = row * (dimension - row)
        intensity += np.diag(block) @ lowered
        pairs += np.diag(block)[1:] @ (lowered[1:] * lowered[:-1])
    return pairs / intensity**2


@pytest.fixture(scope="module")
def published():
    model = Model(18, 10.0)
    return phases.decompose(model, model.rabi_frequency(0.73))


def test_published_numbers(published):
    """N = 18, 0.73 Omega_c, gamma_c = 10 gamma_s; the paper prints a_+ = 0.4 and a_- = 0.5."""
    assert published.gap == pytest.approx(0.129240, abs=5e-7)
    assert published.a_plus == pytest.approx(0.39978, abs=5e-6)
    assert published.a_minus == pytest.approx(0.49584, abs=5e-6)
    assert published.a_plus_physical == pytest.approx(0.37676, abs=5e-6)
    assert published.a_minus_physical == pytest.approx(0.69893, abs=5e-6)
    assert published.error == pytest.approx(1 - 0.39978 - 0.49584, abs=1e-5)
    assert published.error_physical == pytest.approx(0.37676 + 0.69893 - 1, abs=1e-5)
    assert s_z(published.plus) == pytest.approx(-6.04759, abs=5e-6)
    assert s_z(published.minus) == pytest.approx(-0.34627, abs=5e-6)
    assert s_squared(published.plus) == pytest.approx(84.4546, abs=5e-5)
    assert s_squared(published.minus) == pytest.approx(15.0585, abs=5e-5)
    assert g2(published.plus) == pytest.approx(0.99794, abs=5e-6)


@pytest.mark.parametrize(("n_atoms", "drive"), [(2, 0.6), (7, 0.5), (18, 0.6), (31, 0.7)])
def test_both_phases_are_states_and_orthogonal(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    result = phases.decompose(model, model.rabi_frequency(drive))
    for state in (result.plus, result.minus, result.steady):
        assert sum(np.trace(b) for b in state) == pytest.approx(1, abs=1e-12)
        assert min(np.linalg.eigvalsh(b)[0] for b in state) > -1e-13
        assert all((b == b.T).all() for b in state)
    overlaps = [np.abs(a @ b).max() for a, b in zip(result.plus, result.minus, strict=True)]
    assert max(overlaps) < 1e-12
    assert s_squared(result.plus) > s_squared(result.minus)


@pytest.mark.parametrize("n_atoms", [3, 4])
def test_decomposition_is_that_of_the_full_space(n_atoms):
    """Eigenvalues, positive part and physical weights of rho_1, all in the 2^N space."""
    model = Model(n_atoms, 10.0)
    result = phases.decompose(model, model.rabi_frequency(0.7))
    difference = embed([a - b for a, b in zip(result.plus, result.minus, strict=True)])
    values, vectors = np.linalg.eigh(difference)
    plus = (vectors * np.maximum(values, 0)) @ vectors.conj().T
    minus = (vectors * np.maximum(-values, 0)) @ vectors.conj().T
    np.testing.assert_allclose(embed(result.plus), plus, atol=1e-13)
    np.testing.assert_allclose(embed(result.minus), minus, atol=1e-13)
    steady = embed(stationary.steady_state(model, model.rabi_frequency(0.7)).blocks)
    for phase, weight in ((plus, result.a_plus_physical), (minus, result.a_minus_physical)):
        assert weight == pytest.approx((np.trace(steady @ phase) / np.trace(phase @ phase)).real, rel=1e-11)
    # rho_+ is the phase of larger total spin, in the full space too
    lowering = collective_lowering(n_atoms).full()
    intensity = lowering.conj().T @ lowering
    excitations = np.diag([bin(k).count("0") - 1 - n_atoms / 2 for k in range(2**n_atoms, 2 ** (n_atoms + 1))])
    total = intensity + excitations @ excitations - excitations
    assert np.trace(total @ difference).real > 0


def test_block_weights_use_products_of_the_stored_blocks(published):
    """PIQS's density matrix is block diagonal with exactly these blocks, so that its trace products are np.trace."""
    size = sum(d + 1 for d in doubled_spins(18))

    def assembled(blocks):
        matrix, start = np.zeros((size, size)), 0
        for block in blocks:
            stop = start + block.shape[0]
            matrix[start:stop, start:stop] = block
            start = stop
        return matrix

    steady = assembled(published.steady)
    for phase, weight in ((published.plus, published.a_plus), (published.minus, published.a_minus)):
        matrix = assembled(phase)
        assert weight == pytest.approx(np.trace(steady @ matrix) / np.trace(matrix @ matrix), rel=1e-12)


def test_mixture_recovers_the_steady_state_better_and_better():
    """||rho_s - a rho_+ - (1 - a) rho_-||_1 falls with the gap, Eq. (5); weights from <S_z>."""
    distances = []
    for n_atoms in (18, 32, 48):
        model = Model(n_atoms, 10.0)
        result = phases.decompose(model, model.rabi_frequency(0.61))
        steady = absorber.density_blocks(model, model.rabi_frequency(0.61))  # in closed form, not from the spectrum
        share = (s_z(steady) - s_z(result.minus)) / (s_z(result.plus) - s_z(result.minus))
        parts = zip(steady, result.plus, result.minus, strict=True)
        distances.append(sum(np.abs(np.linalg.eigvalsh(s - share * p - (1 - share) * m)).sum() for s, p, m in parts))
    assert distances[0] > 2 * distances[1] > 8 * distances[2]


def test_without_a_hermitian_slow_mode_there_are_no_phases(monkeypatch):
    original = phases.slow_modes

    def with_complex_pair(*arguments, **keywords):
        modes = original(*arguments, **keywords)
        modes.eigenvalues[1:] += 0.1j
        return modes

    monkeypatch.setattr(phases, "slow_modes", with_complex_pair)
    with pytest.raises(checks.ParameterError, match="no two phases at Omega = 3: every slow mode oscillates"):
        phases.decompose(Model(4, 10.0), 3.0)
