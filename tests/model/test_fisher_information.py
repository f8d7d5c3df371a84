"""Fisher information, entropy and pair entanglement against QuTiP's objects in the space of 2^N states."""

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st

from driven_dicke.closed_form import absorber
from driven_dicke.model import checks, entanglement, fisher_information, observables
from driven_dicke.model.dicke_basis import doubled_spins
from driven_dicke.model.mixedness import mixedness
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collective_lowering, embed


def random_state(n_atoms, seed, rank=2):
    """A random permutation-symmetric state as weighted blocks, of low rank in each."""
    random = np.random.default_rng(seed)
    blocks = [(b := random.normal(size=(d + 1, min(rank, d + 1)))) @ b.T for d in doubled_spins(n_atoms)]
    total = sum(np.trace(block) for block in blocks)
    return [block / total for block in blocks]


def full_space_information(density, n_atoms):
    """F of the definition, over the 2^N eigenstates."""
    minus = collective_lowering(n_atoms).full()
    plus = minus.conj().T
    spin = [(plus + minus) / 2, (plus - minus) / 2j, (plus @ minus - minus @ plus) / 2]
    p, vectors = np.linalg.eigh(density)
    p = np.maximum(p, 0)
    sums = p[:, None] + p
    weight = np.divide((p[:, None] - p) ** 2, sums, out=np.zeros_like(sums), where=sums > 1e-14)
    inside = [vectors.conj().T @ s @ vectors for s in spin]
    return np.array([[2 * (weight * a * b.conj()).sum().real for b in inside] for a in inside])


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
def test_information_entropy_and_purity_are_those_of_the_full_space(n_atoms):
    blocks = random_state(n_atoms, seed=n_atoms)
    density, parts = embed(blocks), fisher_information.parts_of(blocks)
    found = np.linalg.eigvalsh(fisher_information.fisher_information(parts))
    assert found == pytest.approx(np.linalg.eigvalsh(full_space_information(density, n_atoms)), abs=1e-10 * n_atoms**2)
    mixed, state = mixedness(n_atoms, parts), qutip.Qobj(density)
    assert mixed.entropy * n_atoms == pytest.approx(qutip.entropy_vn(state, base=2), abs=1e-10)
    assert 2 ** (-mixed.renyi_entropy * n_atoms) == pytest.approx(state.purity(), rel=1e-10)


@pytest.mark.parametrize("n_atoms", [2, 3, 4])
@pytest.mark.parametrize("drive", [0.05, 0.4, 0.9])
def test_pair_state_is_the_partial_trace(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    blocks = absorber.density_blocks(model, model.rabi_frequency(drive))
    state = qutip.Qobj(embed(blocks), dims=[[2] * n_atoms] * 2).ptrace([0, 1])
    pair = entanglement.pair_state(n_atoms, observables.spin_moments(blocks))
    assert np.linalg.eigvalsh(pair) == pytest.approx(state.eigenenergies(), abs=1e-12)
    assert entanglement.concurrence(pair) == pytest.approx(qutip.concurrence(state), abs=1e-7)
    transposed = qutip.partial_transpose(state, [0, 1]).eigenenergies()
    assert entanglement.negativity(pair) == pytest.approx(max(0.0, -2 * transposed[0]), abs=1e-12)
    of_pairs = absorber.spin_moments(absorber.pair_distribution(model, model.rabi_frequency(drive)))
    for ours, theirs in zip(of_pairs, observables.spin_moments(blocks), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-12)


def test_two_atoms_are_entangled_under_a_weak_drive():
    model = Model(4, 10.0)
    moments = absorber.spin_moments(absorber.pair_distribution(model, model.rabi_frequency(0.5)))
    assert entanglement.concurrence(entanglement.pair_state(4, moments)) > 0.01


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 7), st.integers(0, 1000))
def test_squeezing_is_a_lower_bound(n_atoms, seed):
    """Pezze and Smerzi: N / xi^2 <= F <= N^2."""
    blocks = random_state(n_atoms, seed, rank=1)
    information = fisher_information.fisher_information(fisher_information.parts_of(blocks))
    best = fisher_information.best_rotation(information).information
    assert n_atoms / observables.expectation(blocks).xi2 <= best * (1 + 1e-9)
    assert best <= n_atoms**2 * (1 + 1e-9)


def pure(amplitudes):
    """Blocks of a pure state of spin N/2."""
    n_atoms = len(amplitudes) - 1
    vector = np.asarray(amplitudes, dtype=float) / np.linalg.norm(amplitudes)
    return [np.outer(vector, vector), *(np.zeros((d + 1, d + 1)) for d in doubled_spins(n_atoms)[1:])]


@pytest.mark.parametrize(
    ("amplitudes", "expected", "depth"),
    [
        ([1, 0, 0, 0, 0], 4, 1),  # all down
        ([0, 0, 1, 0, 0], 12, 4),  # Dicke state: N (N + 2) / 2; three entangled atoms reach 10
        ([1, 0, 0, 0, 1], 16, 4),  # GHZ: N^2
        ([1, 0, 1], 4, 2),
    ],
)
def test_known_states(amplitudes, expected, depth):
    n_atoms = len(amplitudes) - 1
    parts = fisher_information.parts_of(pure(amplitudes))
    best = fisher_information.best_rotation(fisher_information.fisher_information(parts))
    assert best.information == pytest.approx(expected)
    assert np.linalg.norm(best.axis) == pytest.approx(1)
    assert fisher_information.entanglement_depth(best.information, n_atoms) == depth


@pytest.mark.parametrize(("depth", "largest"), [(1, 7), (2, 13), (3, 19), (4, 25), (7, 49)])
def test_largest_information_of_a_depth(depth, largest):
    """Seven atoms: groups of `depth`, and one of what is left over."""
    assert fisher_information.largest_fisher_information(depth, 7) == largest


def test_limits_of_the_arguments():
    with pytest.raises(checks.ParameterError, match="at most n_atoms = 4"):
        fisher_information.largest_fisher_information(5, 4)
    with pytest.raises(checks.ParameterError, match=r"at most N\^2 = 16"):
        fisher_information.entanglement_depth(17.0, 4)
    with pytest.raises(checks.ParameterError, match="must be 1 or even"):
        entanglement.least_squeezing(3, 0.5)
    with pytest.raises(checks.CertificateError, match="no state"):
        fisher_information.fisher_information([fisher_information.Part(2, 0, np.diag([1.0, -0.5, 0.5]))])
    with pytest.raises(checks.CertificateError, match="pair state"):
        entanglement.pair_state(4, observables.SpinMoments(np.array([0, 0, 2.0]), np.eye(3)))


@pytest.mark.parametrize("length", [0.05, 0.5, 0.9])
def test_least_squeezing(length):
    """Pairs by hand; four atoms by a scan of all real states of spin 2, one group being as good as many."""
    assert entanglement.least_squeezing(1, length) == 1
    assert entanglement.least_squeezing(2, length) == pytest.approx((1 - np.sqrt(1 - length**2)) / length**2, rel=1e-7)
    random = np.random.default_rng(1)
    states = random.normal(size=(20000, 5))
    states /= np.linalg.norm(states, axis=1)[:, None]
    m, up = np.arange(-2, 3.0), np.sqrt([4, 6, 6, 4])
    planar = (states[:, :-1] * up * states[:, 1:]).sum(axis=1) / 2  # <S_x>, of at most 2
    bound = [entanglement.least_squeezing(4, abs(x)) for x in planar[:200] / 2]
    variance = (states**2 @ m**2)[:200]  # at least the variance
    assert (2 * variance * 2 / planar[:200] ** 2 >= np.array(bound) * (1 - 1e-9)).all()
    assert entanglement.least_squeezing(4, 0.01) == pytest.approx(1 / 3, rel=1e-3)  # 1 / (1 + J)


def test_parts_of_pairs_are_the_blocks():
    model = Model(40, 10.0)
    plus = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(0.6))).plus
    blocks = absorber.blocks(plus)
    first = fisher_information.fisher_information(fisher_information.parts_of(blocks))
    assert fisher_information.fisher_information(absorber.parts(plus)) == pytest.approx(first, rel=1e-9, abs=1e-9)
