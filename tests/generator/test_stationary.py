"""The steady state against the 2^N master equation, PIQS, exact limits, and its certificate against bad states."""

import itertools

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from qutip import piqs

from driven_dicke.closed_form import absorber
from driven_dicke.generator import liouvillian, spectrum, stationary
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates, degeneracy, doubled_spins
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import collapse_operators, embed, hamiltonian


@pytest.mark.parametrize("n_atoms", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("rabi_frequency", [0.4, 6.0])
def test_equals_the_steady_state_of_the_full_space(n_atoms, rabi_frequency):
    blocks = stationary.steady_state(Model(n_atoms, 10.0), rabi_frequency).blocks
    full = qutip.steadystate(hamiltonian(n_atoms, rabi_frequency), collapse_operators(n_atoms, 10.0, 1.0))
    np.testing.assert_allclose(embed(blocks), full.full(), atol=1e-12)


@pytest.mark.parametrize("n_atoms", [6, 9])
def test_equals_the_null_vector_of_piqs(n_atoms):
    """PIQS's generator, restricted to its diagonal blocks; it is assembled in single precision, hence the tolerance."""
    model = Model(n_atoms, 10.0)
    rabi_frequency = model.rabi_frequency(0.73)
    ensemble = piqs.Dicke(n_atoms, hamiltonian=2 * rabi_frequency * piqs.jspin(n_atoms, "x"), emission=1.0)
    ensemble.collective_emission = 10.0
    labels = [j for j in doubled_spins(n_atoms) for _ in range(j + 1)]
    size = len(labels)
    inside = np.flatnonzero([labels[k % size] == labels[k // size] for k in range(size**2)])
    generator = ensemble.liouvillian().full()[np.ix_(inside, inside)]
    trace_row = np.eye(size).ravel()[inside]
    null_vector = np.linalg.lstsq(np.vstack([generator, trace_row]), np.append(np.zeros(inside.size), 1.0))[0]

    magnetizations = np.concatenate([np.arange(j, -j - 1, -2) / 2 for j in doubled_spins(n_atoms)])
    full = np.zeros(size**2, dtype=complex)
    full[inside] = null_vector
    reference = full.reshape(size, size).diagonal().real  # m falling within each block, as PIQS orders them
    blocks = stationary.steady_state(model, rabi_frequency).blocks
    populations = np.concatenate([np.diag(block)[::-1] for block in blocks])
    np.testing.assert_allclose(populations, reference, atol=2e-6)
    assert populations @ magnetizations == pytest.approx(reference @ magnetizations, abs=2e-5)


@pytest.mark.parametrize("n_atoms", [1, 6, 25])
def test_independent_atoms_form_a_product_of_bloch_states(n_atoms):
    """gamma_c = 0: every atom has P_e = 4 w^2 / (1 + 8 w^2) with w = Omega / gamma_s, so that P_m is binomial."""
    gamma_s, rabi_frequency = 0.7, 0.9
    blocks = stationary.steady_state(Model(n_atoms, 0.0, gamma_s), rabi_frequency).blocks
    w = rabi_frequency / gamma_s
    excited = 4 * w**2 / (1 + 8 * w**2)
    s_z = sum(np.diag(b) @ (np.arange(b.shape[0]) - (b.shape[0] - 1) / 2) for b in blocks)
    assert s_z == pytest.approx(n_atoms * (excited - 0.5), abs=1e-12)
    all_excited, all_down = blocks[0][-1, -1], blocks[0][0, 0]
    assert all_excited == pytest.approx(excited**n_atoms, rel=1e-9)
    assert all_down == pytest.approx((1 - excited) ** n_atoms, rel=1e-9)


def test_without_drive_all_atoms_are_down():
    blocks = stationary.steady_state(Model(20, 10.0), 0.0).blocks
    assert blocks[0][0, 0] == 1
    assert sum(np.abs(b).sum() for b in blocks) == 1


def test_a_strong_drive_mixes_totally():
    blocks = stationary.steady_state(Model(11, 1.0), 1e5).blocks
    for block, doubled in zip(blocks, doubled_spins(11), strict=True):
        np.testing.assert_allclose(block, degeneracy(11, int(doubled)) / 2**11 * np.eye(doubled + 1), atol=1e-4)


@pytest.mark.parametrize("drive", [0.1, 0.61, 1.5])
def test_closed_form_passes_the_certificate(drive):
    model = Model(40, 10.0)
    rabi_frequency = model.rabi_frequency(drive)
    blocks = absorber.density_blocks(model, rabi_frequency)
    assert stationary.certify(liouvillian.generator(model, rabi_frequency), blocks).residual < 1e-13


@pytest.mark.parametrize(("n_atoms", "drive"), [(18, 0.61), (32, 0.61), (33, 0.65), (64, 0.61), (64, 1.0)])
def test_equals_the_closed_form_deep_in_the_bistable_region(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    solution = stationary.steady_state(model, model.rabi_frequency(drive))
    assert solution.certificate.residual < 1e-15
    assert solution.certificate.trace_error < 1e-13
    assert solution.certificate.smallest_eigenvalue > -1e-13
    assert solution.error < 1e-9
    closed_form = absorber.density_blocks(model, model.rabi_frequency(drive))
    assert sum(np.abs(a - b).sum() for a, b in zip(solution.blocks, closed_form, strict=True)) < 1e-9


def test_certificate_rejects_what_is_no_steady_state():
    model = Model(12, 10.0)
    rabi_frequency = model.rabi_frequency(0.6)
    matrix = liouvillian.generator(model, rabi_frequency)
    blocks = stationary.steady_state(model, rabi_frequency).blocks
    good = stationary.certify(matrix, blocks)
    assert good.residual < 1e-15

    moved = [b.copy() for b in blocks]
    moved[1][0, 0] += 1e-8
    with pytest.raises(checks.CertificateError, match=r"residual \d\.\d\de-\d\d \(limit 1e-12\)"):
        stationary.certify(matrix, moved)
    with pytest.raises(checks.CertificateError, match=r"trace error 1\.00e-03"):
        stationary.certify(matrix, [1.001 * b for b in blocks])
    with pytest.raises(checks.CertificateError, match="not finite"):
        stationary.certify(matrix, [blocks[0] * np.nan, *blocks[1:]])
    skewed = [b.copy() for b in blocks]
    skewed[0][3, 1] += 1e-10  # the lower triangle is not among the symmetric coordinates
    with pytest.raises(checks.CertificateError, match=r"asymmetry 1\.00e-10"):
        stationary.certify(matrix, skewed)


def test_certificate_rejects_a_negative_null_vector():
    """gamma_s = 0 leaves a null vector for each j: a difference of two has trace 1 and no residual, but is no state."""
    coordinates = SymmetricCoordinates(3)
    matrix = liouvillian.generator(Model(3, 1.0, 0.0), 0.0)
    state = [np.zeros((d, d)) for d in coordinates.dimensions]
    state[0][0, 0], state[1][0, 0] = 1.5, -0.5
    with pytest.raises(checks.CertificateError, match=r"smallest eigenvalue -5\.00e-01"):
        stationary.certify(matrix, state)


class _Inaccurate(stationary.Factorisation):
    """Solutions with an error of a given relative size."""

    size = 0.0

    def solve(self, right_hand_side):
        return super().solve(right_hand_side) * (1 + self.size * np.cos(np.arange(right_hand_side.size)))


def test_refinement_repairs_an_inaccurate_factorisation(monkeypatch):
    model = Model(12, 10.0)
    rabi_frequency = model.rabi_frequency(0.6)
    exact = stationary.steady_state(model, rabi_frequency).blocks
    monkeypatch.setattr(stationary, "Factorisation", _Inaccurate)
    monkeypatch.setattr(_Inaccurate, "size", 1e-5)
    repaired = stationary.steady_state(model, rabi_frequency)
    for ours, theirs in zip(repaired.blocks, exact, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-13)
    monkeypatch.setattr(_Inaccurate, "size", 0.05)
    with pytest.raises(checks.CertificateError, match="not a steady state: relative residual"):
        stationary.steady_state(model, rabi_frequency)


def test_an_error_along_the_slow_mode_is_seen(monkeypatch):
    """It leaves a residual below the limit; only the last correction betrays it."""
    model = Model(48, 10.0)
    rabi_frequency = model.rabi_frequency(0.61)
    slow = spectrum.slow_modes(model, rabi_frequency, count=2).vectors[:, 1].real
    signs = itertools.cycle([1, -1])

    class Wandering(stationary.Factorisation):
        def solve(self, right_hand_side):
            return super().solve(right_hand_side) + 3e-6 * next(signs) * slow

    monkeypatch.setattr(stationary, "Factorisation", Wandering)
    with pytest.raises(
        checks.CertificateError, match=r"N = 48 not settled: the last refinement moved it by \d\.\d\de-06"
    ):
        stationary.steady_state(model, rabi_frequency)


def test_without_individual_decay_there_is_no_single_steady_state():
    with pytest.raises(checks.ParameterError, match="gamma_s must be > 0"):
        stationary.steady_state(Model(6, 1.0, 0.0), 0.3)


def test_the_rounding_of_the_rates_enters_the_error():
    """gamma_s = 5e-13 gamma_c is lost in sums with gamma_c: s_z misses -1.05 by 5e-6, and refinement says 1e-16."""
    with pytest.raises(checks.CertificateError, match=r"error by the rounding of the rates may be \d\.\d\de-0[45]"):
        stationary.steady_state(Model(3, 2.0, 1e-12), 1.0)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.floats(-3, 3), st.floats(-13, 2), st.floats(-3, 1))
def test_the_error_covers_or_the_solution_is_refused(n_atoms, log_collective, log_ratio, log_drive):
    """Against the closed form, whose terms are positive, at any rates."""
    gamma_c = 10**log_collective
    model = Model(n_atoms, gamma_c, gamma_c * 10**log_ratio)
    rabi_frequency = 10**log_drive * gamma_c * n_atoms
    exact = absorber.density_blocks(model, rabi_frequency)
    try:
        found = stationary.steady_state(model, rabi_frequency)
    except checks.CertificateError:
        assert log_ratio < -4
        return
    assert sum(np.abs(a - b).sum() for a, b in zip(exact, found.blocks, strict=True)) <= found.error
