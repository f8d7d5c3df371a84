"""Spin matrices against QuTiP, and individual decay between blocks against the full 2^N space."""

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.operators import individual_decay, lowering, magnetization, raising_elements
from driven_dicke.peers.qutip_reference import atom_lowering, embed


@pytest.mark.parametrize("doubled_spin", [1, 2, 3, 18, 63])
def test_spin_matrices_are_those_of_qutip(doubled_spin):
    """QuTiP lets m fall from j; here it rises from -j."""
    np.testing.assert_allclose(
        lowering(doubled_spin), qutip.jmat(doubled_spin / 2, "-").full().real[::-1, ::-1], rtol=1e-14
    )
    np.testing.assert_array_equal(
        np.diag(magnetization(doubled_spin)), qutip.jmat(doubled_spin / 2, "z").full()[::-1, ::-1]
    )
    np.testing.assert_array_equal(np.diagonal(lowering(doubled_spin), 1), raising_elements(doubled_spin))


def test_a_spin_without_extent():
    assert lowering(0).shape == (1, 1)
    assert lowering(0)[0, 0] == 0
    assert magnetization(0).tolist() == [0.0]
    assert raising_elements(0).size == 0


def spread(blocks):
    """sum_n sigma_n rho sigma_n^+ on weighted blocks: an amplitude moves elements to its target's rows."""
    n_atoms = len(blocks[0]) - 1
    targets = [np.zeros_like(block) for block in blocks]
    for number, block in enumerate(blocks):
        amplitudes = individual_decay(n_atoms, len(block) - 1)
        for amplitude, target, shift in zip(amplitudes, (number, number + 1, number - 1), (-1, -2, 0), strict=True):
            for a in np.flatnonzero(amplitude):
                for b in np.flatnonzero(amplitude):
                    targets[target][a + shift, b + shift] += amplitude[a] * amplitude[b] * block[a, b]
    return targets


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
def test_individual_decay_of_a_general_symmetric_state(n_atoms):
    """Random blocks, coherences included; indices beyond a target block would raise."""
    random = np.random.default_rng(n_atoms)
    blocks = [(b := random.normal(size=(d + 1, d + 1))) @ b.T for d in doubled_spins(n_atoms)]
    full = embed(blocks)
    decayed = sum(sigma.full() @ full @ sigma.full().conj().T for sigma in atom_lowering(n_atoms))
    np.testing.assert_allclose(embed(spread(blocks)), decayed, atol=1e-12 * np.abs(decayed).max())


@given(n_atoms=st.integers(1, 300), lowered=st.integers(0, 150))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_total_rate_of_individual_decay(n_atoms, lowered):
    """sum_n <sigma_n^+ sigma_n> = N/2 + m, whatever the spin; what would leave the target block has no amplitude."""
    doubled_spin = n_atoms - 2 * min(lowered, n_atoms // 2)
    amplitudes = individual_decay(n_atoms, doubled_spin)
    total = sum(amplitude**2 for amplitude in amplitudes)
    np.testing.assert_allclose(total, n_atoms / 2 + magnetization(doubled_spin), rtol=1e-12)
    assert amplitudes.same[0] == 0
    assert (amplitudes.lower[:2] == 0).all()
    if doubled_spin == n_atoms:
        assert (amplitudes.upper == 0).all()
