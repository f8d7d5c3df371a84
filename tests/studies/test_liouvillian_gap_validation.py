"""The gap's validation table: its references are what they claim to be, and it refuses what does not agree."""

from itertools import permutations
from math import comb

import numpy as np
import pytest
import qutip

from driven_dicke.generator import spectrum
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.peers import qutip_reference
from driven_dicke.pipeline import tables
from driven_dicke.studies import liouvillian_gap as contracts
from driven_dicke.studies.liouvillian_gap import validation

PARAMETERS = {
    "rates": {"gamma_c": 10.0, "gamma_s": 1.0},
    "drives": [0.3, 0.73],
    "complete_diagonalisation": {"n_atoms": [2, 3, 8], "tolerance": 1e-9},
    "full_master_equation": {"n_atoms": [2, 3, 4], "tolerance": 1e-9},
}


@pytest.fixture(scope="module")
def rows():
    table = validation.compute(PARAMETERS)["validation"]
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def test_table_keeps_its_contract_and_covers_what_was_asked_for(rows, tmp_path):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    tables.write(tmp_path / "t.parquet", contracts.VALIDATION, columns, PARAMETERS)
    assert [(row["n_atoms"], row["drive"]) for row in rows] == [
        (n, drive) for n in (2, 3, 8, 2, 3, 4) for drive in (0.3, 0.73)
    ]
    assert {row["reference"] for row in rows} == {"complete diagonalisation", "full master equation"}


def test_all_agree_to_ten_digits(rows):
    assert all(row["within"] for row in rows)
    for row in rows:
        assert row["relative_deviation"] == abs(row["gap"] / row["gap_reference"] - 1) < 1e-10
        assert row["zero_eigenvalue"] < 1e-14


def test_slowest_rate_of_the_full_space_is_that_of_all_eigenvalues(rows):
    """At weak drive operators that single out atoms decay more slowly than lambda_1: this must not be hidden."""
    for row in rows:
        if row["reference"] == "complete diagonalisation":
            assert row["slowest_rate"] == pytest.approx(row["gap_reference"], rel=1e-12)
            continue
        rabi_frequency = Model(row["n_atoms"], 10.0).rabi_frequency(row["drive"])
        superoperator = qutip_reference.superoperator(row["n_atoms"], 10.0, 1.0, rabi_frequency)
        rates = np.sort(-np.linalg.eigvals(superoperator).real)
        assert row["slowest_rate"] == pytest.approx(rates[1], rel=1e-9)
        assert (row["slowest_rate"] < 0.7 * row["gap"]) == (row["drive"] == 0.3)


@pytest.mark.parametrize("n_atoms", [1, 2, 3])
def test_basis_spans_the_permutation_invariant_operators(n_atoms):
    """Its projector is the average over all permutations of the atoms, carried out by QuTiP."""
    basis = validation.permutation_invariant_basis(n_atoms)
    assert basis.shape == (4**n_atoms, comb(n_atoms + 3, 3))
    np.testing.assert_allclose(basis.T @ basis, np.eye(basis.shape[1]), atol=1e-15)
    size = 2**n_atoms
    average = np.zeros((size**2, size**2))
    for column in range(size**2):
        unit = np.zeros(size**2)
        unit[column] = 1
        operator = qutip.Qobj(unit.reshape(size, size, order="F"), dims=[[2] * n_atoms] * 2)
        images = [operator.permute(order).full().real.ravel(order="F") for order in permutations(range(n_atoms))]
        average[:, column] = np.mean(images, axis=0)
    np.testing.assert_allclose(basis @ basis.T, average, atol=1e-15)


def test_the_generator_does_not_leave_the_invariant_operators():
    basis = validation.permutation_invariant_basis(3)
    superoperator = qutip_reference.superoperator(3, 10.0, 1.0, 3.0)
    image = superoperator @ basis
    np.testing.assert_allclose(basis @ (basis.T @ image), image, atol=1e-12)


def test_a_wrong_gap_is_refused(monkeypatch):
    original = spectrum.slow_modes

    def slightly_wrong(*arguments, **keywords):
        modes = original(*arguments, **keywords)
        modes.eigenvalues[1] *= 1 + 1e-8
        return modes

    monkeypatch.setattr(spectrum, "slow_modes", slightly_wrong)
    with pytest.raises(checks.CertificateError, match=r"differ by 1\.00e-08 at N = "):
        validation.compute(PARAMETERS)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.diag([0.0, 0.0, -1.0]), "2 zeros"),
        (np.diag([-0.5, -1.0]), "0 zeros"),
        (np.diag([0.0, 0.5, -1.0]), r"largest real part 5\.0e-01"),
    ],
)
def test_what_is_no_spectrum_of_a_liouvillian_is_refused(matrix, message):
    with pytest.raises(checks.CertificateError, match=message):
        validation.slowest_rate(matrix)
