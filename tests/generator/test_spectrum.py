"""Slow modes against complete diagonalisation, the 2^N master equation and published gaps; refused solutions."""

import dataclasses

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigs

from driven_dicke.generator import liouvillian, ordering, spectrum, stationary
from driven_dicke.generator.factorisation import Factorisation
from driven_dicke.generator.preconditioner import SpinPreconditioner
from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import SymmetricCoordinates
from driven_dicke.model.parameters import Model
from driven_dicke.peers.qutip_reference import embed, superoperator

# Gaps at 0.61 Omega_c, gamma_c = 10 gamma_s, by an independent solver (MUMPS with its own ordering) and by COLAMD.
PUBLISHED_GAPS = {8: 0.579045, 18: 0.222491, 32: 0.0359472, 48: 0.00296514, 64: 2.00511934e-4}


@pytest.mark.parametrize("n_atoms", PUBLISHED_GAPS)
def test_gap_equals_the_published_value(n_atoms):
    model = Model(n_atoms, 10.0)
    modes = spectrum.slow_modes(model, model.rabi_frequency(0.61), count=2)
    assert modes.gap == pytest.approx(PUBLISHED_GAPS[n_atoms], rel=2e-6 if n_atoms < 64 else 1e-8)
    assert modes.residuals.max() < 1e-14
    assert modes.trace_errors.max() < 1e-8


@pytest.mark.parametrize("n_atoms", [2, 3, 4, 7, 10])
@pytest.mark.parametrize("drive", [0.0, 0.5, 0.73, 2.0])
def test_modes_equal_the_complete_spectrum(n_atoms, drive):
    model = Model(n_atoms, 10.0)
    rabi_frequency = model.rabi_frequency(drive)
    found = spectrum.slow_modes(model, rabi_frequency, count=4 if n_atoms > 2 else 3).eigenvalues
    inside = np.linalg.eigvals(liouvillian.generator(model, rabi_frequency).toarray())
    nearest = inside[np.argsort(np.abs(inside - 0.01))][: found.size]
    np.testing.assert_allclose(found.real, np.sort(nearest.real)[::-1], atol=1e-9)
    np.testing.assert_allclose(np.sort(np.abs(found.imag)), np.sort(np.abs(nearest.imag)), atol=1e-9)
    elements = liouvillian.ElementCoordinates(n_atoms)
    both_sectors = np.linalg.eigvals(liouvillian.assemble(model, elements).at(rabi_frequency).toarray())
    np.testing.assert_allclose(found[:2].real, np.sort(both_sectors.real)[::-1][:2], atol=1e-9)


@pytest.mark.parametrize("n_atoms", [3, 8])
@pytest.mark.parametrize("gamma_c", [0.0, 0.1, 300.0])
@pytest.mark.parametrize("rabi_frequency", [0.0, 0.03, 3.0])
def test_no_mode_is_missed_far_from_the_usual_rates(n_atoms, gamma_c, rabi_frequency):
    """Without a drive, modes fall into classes of m - m' that do not couple; for gamma_c = 0 nothing is adiabatic."""
    model = Model(n_atoms, gamma_c)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2)
    inside = np.linalg.eigvals(liouvillian.generator(model, rabi_frequency).toarray())
    nearest = np.sort(np.abs(modes.eigenvalues - 0.01))[:2]
    np.testing.assert_allclose(nearest, np.sort(np.abs(inside - 0.01))[:2], atol=1e-7)
    np.testing.assert_allclose(modes.gap, -np.sort(inside.real)[-2], atol=1e-7)


@pytest.mark.parametrize("n_atoms", [2, 3, 4])
def test_slow_mode_is_one_of_the_full_space(n_atoms):
    model = Model(n_atoms, 10.0, 0.8)
    modes = spectrum.slow_modes(model, 6.0, count=2)
    density = embed(modes.blocks(1)).flatten(order="F")
    image = superoperator(n_atoms, 10.0, 0.8, 6.0) @ density
    np.testing.assert_allclose(image, -modes.gap * density, atol=1e-12)


def test_odd_and_even_numbers_of_atoms_share_one_curve():
    gaps = []
    for n_atoms in range(15, 23):
        model = Model(n_atoms, 10.0)
        gaps.append(spectrum.slow_modes(model, model.rabi_frequency(0.61), count=2).gap)
    assert np.abs(np.diff(np.log(gaps), 4)).max() < 1e-4  # an even-odd effect of 1e-5 would show as 16e-5


@pytest.mark.parametrize(("n_atoms", "drive"), [(2, 0.5), (9, 1.5), (18, 0.73), (64, 0.61)])
def test_flow_across_a_bond_gives_the_same_gap(n_atoms, drive):
    model = Model(n_atoms, 10.0, 0.9)
    modes = spectrum.slow_modes(model, model.rabi_frequency(drive), count=2)
    assert spectrum.gap_from_flow(model, modes) == pytest.approx(modes.gap, rel=1e-9)


def test_flow_is_not_misled_by_a_slow_mode_mixed_with_the_steady_state():
    model = Model(18, 10.0)
    modes = spectrum.slow_modes(model, model.rabi_frequency(0.73), count=2)
    mixed = dataclasses.replace(modes, vectors=modes.vectors @ np.array([[1, 0.01], [0, 1]]))
    assert spectrum.gap_from_flow(model, mixed) == pytest.approx(modes.gap, rel=1e-10)


def test_a_coherence_carries_no_flow():
    modes = spectrum.slow_modes(Model(3, 0.0), 0.0, count=2)  # rho_1 links m and m + 1, at gamma_s / 2
    assert modes.gap == pytest.approx(0.5)
    with pytest.raises(checks.CertificateError, match="no weight in any spin j"):
        spectrum.gap_from_flow(Model(3, 0.0), modes)


def test_zero_mode_is_the_steady_state():
    model = Model(20, 10.0)
    rabi_frequency = model.rabi_frequency(0.65)
    modes = spectrum.slow_modes(model, rabi_frequency, count=2)
    for ours, theirs in zip(modes.blocks(0), stationary.steady_state(model, rabi_frequency).blocks, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_normalisation_and_sign_of_the_modes():
    model = Model(13, 10.0)
    modes = spectrum.slow_modes(model, model.rabi_frequency(0.7))
    coordinates = modes.coordinates
    spin = (coordinates.dimensions[coordinates.block] - 1) / 2
    assert coordinates.trace_row @ modes.vectors[:, 0] == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(np.abs(modes.vectors[:, 1:]).sum(axis=0), 1, rtol=1e-14)
    s_squared = (coordinates.trace_row * spin * (spin + 1)) @ modes.vectors
    assert (s_squared.real > 0).all()
    assert np.abs(s_squared.imag).max() < 1e-15


def test_rates_and_drive_scale_together():
    slow = spectrum.slow_modes(Model(9, 10.0, 1.0), 14.0)
    fast = spectrum.slow_modes(Model(9, 1e4, 1e3), 1.4e4)
    np.testing.assert_allclose(fast.eigenvalues[1:], 1e3 * slow.eigenvalues[1:], rtol=1e-9)
    np.testing.assert_allclose(fast.vectors, slow.vectors, atol=1e-11)


def test_same_bytes_on_every_call():
    first, second = (spectrum.slow_modes(Model(16, 10.0), 25.0) for _ in range(2))
    assert first.vectors.tobytes() == second.vectors.tobytes()
    assert first.eigenvalues.tobytes() == second.eigenvalues.tobytes()


def test_a_complex_pair_is_no_hermitian_mode():
    model = Model(2, 10.0)
    modes = spectrum.slow_modes(model, model.rabi_frequency(1.5), count=3)
    with pytest.raises(checks.CertificateError, match=r"mode 2 is not Hermitian: its eigenvalue .* complex pair"):
        modes.blocks(2)


@pytest.mark.parametrize(("n_atoms", "gamma_c", "rabi_frequency"), [(40, 10.0, 58.0), (33, 0.5, 4.0), (30, 0.0, 0.8)])
def test_modes_equal_those_of_arnoldi_on_the_exact_inverse(n_atoms, gamma_c, rabi_frequency):
    """Another algorithm (ARPACK) on another factorisation (all of L at once), also far from slow individual decay."""
    model = Model(n_atoms, gamma_c)
    matrix = liouvillian.generator(model, rabi_frequency)
    size = matrix.shape[0]
    shifted = matrix - 0.01 * sparse.eye_array(size, format="csc")
    factors = Factorisation(shifted, ordering.nested_dissection(SymmetricCoordinates(n_atoms)))
    inverse = LinearOperator((size, size), matvec=lambda x: factors.solve(x.ravel()), dtype=float)
    expected, vectors = eigs(matrix, k=3, sigma=0.01, OPinv=inverse, v0=np.ones(size))
    found = spectrum.slow_modes(model, rabi_frequency, count=3)
    nearest = found.eigenvalues[np.argsort(np.abs(found.eigenvalues - 0.01))[:3]]  # a slower pair lies further away
    np.testing.assert_allclose(np.sort(nearest.real), np.sort(expected.real), rtol=1e-8, atol=1e-11)
    slow = vectors[:, np.argsort(-expected.real)[1]].real
    ours = found.vectors[:, int(found.real_modes[0])].real
    np.testing.assert_allclose(ours, slow * np.sign(slow @ ours) / np.abs(slow).sum(), atol=1e-10)


def test_an_inaccurate_preconditioner_costs_no_accuracy_and_a_useless_one_is_refused(monkeypatch):
    model = Model(18, 10.0)
    rabi_frequency = model.rabi_frequency(0.61)
    exact = spectrum.slow_modes(model, rabi_frequency, count=2)
    solve = SpinPreconditioner.solve

    def wobbly(self, right_hand_side):
        return solve(self, right_hand_side) * (1 + 0.05 * np.cos(np.arange(right_hand_side.size)))

    monkeypatch.setattr(SpinPreconditioner, "solve", wobbly)
    wobbled = spectrum.slow_modes(model, rabi_frequency, count=2)
    assert wobbled.gap == pytest.approx(exact.gap, rel=1e-11)
    np.testing.assert_allclose(wobbled.vectors, exact.vectors, atol=1e-11)
    monkeypatch.setattr(SpinPreconditioner, "solve", lambda self, right_hand_side: right_hand_side)
    with pytest.raises(checks.CertificateError, match="slow modes failed: relative residual"):
        spectrum.slow_modes(model, rabi_frequency, count=2)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("residuals", [1e-16, 2e-12], r"relative residual 2\.00e-12"),
        ("trace_errors", [2e-3], r"trace of rho_k 2\.00e-03"),
        ("eigenvalues", [1e-9, -0.5], r"lambda_0 = 1\.00e-09"),
        ("eigenvalues", [1e-17, -1e-15], r"lambda_1 = -1\.00e-15"),
        ("eigenvalues", [1e-17, 0.5], r"lambda_1 = 5\.00e-01"),
        ("residuals", [np.nan, 1e-16], "relative residual nan"),
    ],
)
def test_every_part_of_the_certificate_counts(name, values, message):
    model = Model(5, 10.0)
    modes = spectrum.slow_modes(model, 8.0, count=2)
    scale = liouvillian.norm(liouvillian.generator(model, 8.0))
    spectrum.require_certificate(modes, scale)
    with pytest.raises(checks.CertificateError, match=message):
        spectrum.require_certificate(dataclasses.replace(modes, **{name: np.array(values)}), scale)


@pytest.mark.parametrize(
    ("model", "count", "message"),
    [
        (Model(1, 10.0), 3, "n_atoms must be a whole number >= 2, but is 1"),
        (Model(4, 10.0), 1, "count must be a whole number >= 2 and <= 5, but is 1"),
        (Model(4, 10.0, 0.0), 2, "gamma_s must be > 0"),
    ],
)
def test_bad_arguments_are_named(model, count, message):
    with pytest.raises(checks.ParameterError, match=message):
        spectrum.slow_modes(model, 1.0, count)


@pytest.mark.parametrize("n_atoms", [1, 2, 9, 24])
def test_ordering_is_a_permutation(n_atoms):
    coordinates = SymmetricCoordinates(n_atoms)
    order = ordering.nested_dissection(coordinates)
    np.testing.assert_array_equal(np.sort(order), np.arange(coordinates.size))


def test_ordering_saves_fill():
    """Beside the natural order: 2.4 million stored entries become 0.5 million at N = 32."""
    coordinates = SymmetricCoordinates(32)
    matrix = liouvillian.generator(Model(32, 10.0), 40.0)
    dissected = Factorisation(matrix, ordering.nested_dissection(coordinates)).fill
    assert dissected < 600_000
    assert dissected < 0.5 * Factorisation(matrix, np.arange(coordinates.size)).fill


def test_factorisation_solves_in_the_original_numbering():
    coordinates = SymmetricCoordinates(7)
    matrix = liouvillian.generator(Model(7, 3.0), 2.0)
    matrix.setdiag(matrix.diagonal() - 0.5)
    right_hand_side = np.random.default_rng(3).standard_normal(coordinates.size)
    solution = Factorisation(matrix, ordering.nested_dissection(coordinates)).solve(right_hand_side)
    np.testing.assert_allclose(solution, np.linalg.solve(matrix.toarray(), right_hand_side), rtol=1e-10)
