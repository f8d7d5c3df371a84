"""Observables of block density matrices against operators in the full 2^N space and against closed forms."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation
from scipy.stats import binom

from driven_dicke.model import checks, observables
from driven_dicke.model.dicke_basis import degeneracy, doubled_spins
from driven_dicke.peers.qutip_reference import collective_lowering, embed


def random_state(n_atoms, seed):
    """A random positive permutation-symmetric state as weighted blocks."""
    random = np.random.default_rng(seed)
    blocks = [(b := random.normal(size=(d + 1, d + 1))) @ b.T for d in doubled_spins(n_atoms)]
    total = sum(np.trace(block) for block in blocks)
    return [block / total for block in blocks]


def spin_operators(n_atoms):
    """S_x, S_y, S_z in the full space, paper's frame."""
    minus = collective_lowering(n_atoms).full()
    plus = minus.conj().T
    return (plus + minus) / 2, (plus - minus) / 2j, (plus @ minus - minus @ plus) / 2


def coherent_spin_blocks(n_atoms, excited):
    """The product of N pure atoms with the given excited population, all along the same direction in the x'-z plane."""
    amplitudes = np.sqrt(binom.pmf(np.arange(n_atoms + 1), n_atoms, excited))
    others = [np.zeros((d + 1, d + 1)) for d in doubled_spins(n_atoms)[1:]]
    return [np.outer(amplitudes, amplitudes), *others]


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
def test_moments_are_those_of_the_full_space(n_atoms):
    blocks = random_state(n_atoms, seed=n_atoms)
    density, spin = embed(blocks), spin_operators(n_atoms)
    minus = collective_lowering(n_atoms).full()
    plus = minus.conj().T

    def mean(operator):
        return np.trace(density @ operator)

    found = observables.expectation(blocks)
    intensity = mean(plus @ minus).real
    assert found.s_z == pytest.approx(mean(spin[2]).real, rel=1e-12)
    assert found.s_squared == pytest.approx(sum(mean(s @ s).real for s in spin), rel=1e-12)
    assert found.intensity == pytest.approx(intensity, rel=1e-12)
    assert found.g2 == pytest.approx(mean(plus @ plus @ minus @ minus).real / intensity**2, rel=1e-12, abs=1e-15)
    assert found.s_minus == pytest.approx(abs(mean(minus)), rel=1e-12)
    assert found.s_minus == pytest.approx(abs(mean(spin[1])), rel=1e-12)  # the paper's mean spin has s_x = 0


def eigenstate_of_lowering(n_atoms):
    """Blocks of c_{m+1} = alpha c_m / <m|S_-|m+1>, alpha = -N/4: the direction y' is squeezed, and only it."""
    c = [(-n_atoms / 4) ** a * math.sqrt(math.factorial(n_atoms - a) / math.factorial(a)) for a in range(n_atoms + 1)]
    c /= np.linalg.norm(c)
    return [np.outer(c, c), *(np.zeros((d + 1, d + 1)) for d in doubled_spins(n_atoms)[1:])]


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("squeezed", [False, True])
def test_squeezing_is_the_least_variance_over_all_angles(n_atoms, squeezed):
    """Eq. in Sec. III B taken literally in the full space: scan the angle in the plane perpendicular to <S>."""
    blocks = eigenstate_of_lowering(n_atoms) if squeezed else random_state(n_atoms, seed=10 + n_atoms)
    density, spin = embed(blocks), spin_operators(n_atoms)
    mean = np.array([np.trace(density @ s).real for s in spin])
    first = np.cross(mean, [0.3, 0.5, 0.7])
    first /= np.linalg.norm(first)
    second = np.cross(mean, first) / np.linalg.norm(mean)
    variances = []
    for angle in np.linspace(0, np.pi, 2001):
        direction = np.cos(angle) * first + np.sin(angle) * second
        component = sum(d * s for d, s in zip(direction, spin, strict=True))
        variances.append(np.trace(density @ component @ component).real)
    scanned = n_atoms * np.array(variances) / (mean @ mean)
    found = observables.expectation(blocks).xi2
    assert found <= scanned.min() * (1 + 1e-12)
    assert found == pytest.approx(scanned.min(), rel=1e-4)  # the grid's own error
    if squeezed and n_atoms > 1:
        assert found < 0.97


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
def test_magnetization_is_the_distribution_of_excitations(n_atoms):
    blocks = random_state(n_atoms, seed=20 + n_atoms)
    excitations = [bin(~state & (2**n_atoms - 1)).count("1") for state in range(2**n_atoms)]  # QuTiP: 0 is excited
    counted = np.bincount(excitations, weights=embed(blocks).diagonal().real)
    m, probability = observables.magnetization_distribution(blocks)
    np.testing.assert_array_equal(m, np.arange(n_atoms + 1) - n_atoms / 2)
    np.testing.assert_allclose(probability, counted, atol=1e-14)


@pytest.mark.parametrize("n_atoms", [1, 2, 11, 60])
@pytest.mark.parametrize("excited", [0.0, 0.2, 0.9])
def test_coherent_spin_states_are_not_squeezed(n_atoms, excited):
    """N equal pure atoms: xi^2 = 1 and a mean spin of length N/2; the intensity is N P_e + N (N - 1) |<sigma>|^2."""
    found = observables.expectation(coherent_spin_blocks(n_atoms, excited))
    dipole = n_atoms * np.sqrt(excited * (1 - excited))
    assert found.xi2 == pytest.approx(1, rel=1e-11)
    assert found.s_z == pytest.approx(n_atoms * (excited - 0.5), rel=1e-12)
    assert found.s_minus == pytest.approx(dipole, rel=1e-12)
    assert found.s_squared == pytest.approx(n_atoms / 2 * (n_atoms / 2 + 1), rel=1e-12)
    assert found.intensity == pytest.approx(n_atoms * excited + dipole**2 * (1 - 1 / n_atoms), rel=1e-12)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_squeezing_does_not_depend_on_the_axes(seed):
    random = np.random.default_rng(seed)
    mean = random.normal(size=3)
    covariance = (root := random.normal(size=(3, 3))) @ root.T
    turn = Rotation.random(rng=random).as_matrix()
    assert observables.spin_squeezing(9, turn @ mean, turn @ covariance @ turn.T) == pytest.approx(
        observables.spin_squeezing(9, mean, covariance), rel=1e-9
    )


def test_squeezing_of_known_axes():
    """Mean along -z: the smaller of Var S_x and Var S_y; the variance along the mean plays no part."""
    xi2 = observables.spin_squeezing(10, np.array([0.0, 0.0, -5.0]), np.diag([4.0, 1.5, 0.1]))
    assert xi2 == pytest.approx(10 * 1.5 / 25, rel=1e-15)
    tilted = observables.spin_squeezing(10, np.array([-3.0, 0.0, -4.0]), np.diag([1.0, 9.0, 2.0]))
    assert tilted == pytest.approx(10 * (0.8**2 * 1.0 + 0.6**2 * 2.0) / 25, rel=1e-15)


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 18, 64, 200])
def test_totally_mixed_state(n_atoms):
    """Eqs. (D1)-(D3) from the blocks: every value from the sums over j and m, not from the closed form."""
    blocks = observables.totally_mixed_blocks(n_atoms)
    found, closed = observables.expectation(blocks), observables.totally_mixed(n_atoms)
    assert observables.trace(blocks) == pytest.approx(1, abs=1e-14)
    assert found.s_z == pytest.approx(0, abs=1e-13)
    assert closed.s_z == found.s_minus == closed.s_minus == 0
    assert found.s_squared == pytest.approx(closed.s_squared, rel=1e-13)
    assert found.intensity == pytest.approx(closed.intensity, rel=1e-13)
    assert found.g2 == pytest.approx(closed.g2, rel=1e-13, abs=1e-15)
    assert found.xi2 == closed.xi2 == np.inf
    np.testing.assert_allclose(
        observables.magnetization_distribution(blocks)[1], binom.pmf(np.arange(n_atoms + 1), n_atoms, 0.5), rtol=1e-11
    )


def test_totally_mixed_blocks_are_the_identity():
    np.testing.assert_allclose(embed(observables.totally_mixed_blocks(5)), np.eye(32) / 32, atol=1e-15)


def test_spin_weights_count_all_copies():
    """A totally mixed state has weight d_j (2j + 1) / 2^N in spin j; an unnormalised one keeps its trace."""
    blocks = observables.totally_mixed_blocks(12)
    expected = [degeneracy(12, int(d)) * (d + 1) / 2**12 for d in doubled_spins(12)]
    np.testing.assert_allclose(observables.spin_weights(blocks), expected, rtol=1e-15)
    tripled = [3 * block for block in blocks]
    assert observables.trace(tripled) == pytest.approx(3, rel=1e-15)
    np.testing.assert_allclose(observables.magnetization_distribution(tripled)[1].sum(), 3, rtol=1e-15)


def test_a_state_that_radiates_nothing_has_no_g2():
    found = observables.expectation(coherent_spin_blocks(6, 0.0))
    assert np.isnan(found.g2)
    assert dataclasses.replace(found, g2=0.0) == observables.Observables(-3.0, 12.0, 0.0, 0.0, 1.0, 0.0)


@pytest.mark.parametrize(
    "blocks", [[], [np.eye(3)], [np.eye(3), np.eye(2)], [np.eye(3), np.eye(1), np.eye(1)], [np.ones((3, 2)), np.eye(1)]]
)
def test_wrong_shapes_are_refused(blocks):
    with pytest.raises(checks.ParameterError, match=r"argument blocks must be arrays .* but its shapes are"):
        observables.number_of_atoms(blocks)


def test_complex_blocks_are_taken_where_they_are_real():
    blocks = observables.totally_mixed_blocks(4)
    assert observables.expectation([block.astype(complex) for block in blocks]) == observables.expectation(blocks)
    with pytest.raises(checks.ParameterError, match="blocks must be real"):
        observables.expectation([block + 1e-3j for block in blocks])


@pytest.mark.parametrize("scale", [1 + 1e-7, 0.0, np.nan])
def test_a_wrong_trace_is_refused(scale):
    with pytest.raises(checks.ParameterError, match="argument blocks must have trace 1, but its trace is"):
        observables.expectation([scale * block for block in observables.totally_mixed_blocks(4)])


@pytest.mark.parametrize("n_atoms", [0, 1.5])
def test_totally_mixed_needs_atoms(n_atoms):
    for function in (observables.totally_mixed, observables.totally_mixed_blocks):
        with pytest.raises(checks.ParameterError, match="argument n_atoms must be a whole number >= 1"):
            function(n_atoms)
