"""The critical points of Fig. 10 against published numbers, and the exponential law against them."""

import numpy as np
import pytest

from driven_dicke.pipeline import tables
from driven_dicke.studies import critical_point as contracts
from driven_dicke.studies.critical_point import compute as critical_point

PUBLISHED = {18: 0.72468, 64: 0.61899, 80: 0.60992, 256: 0.58346, 1024: 0.57319}
PARAMETERS = {"rates": {"gamma_c": 10.0, "gamma_s": 1.0}, "n_atoms_fitted": [18, 32, 48, 64, 80]} | {
    "n_atoms_large": [256, 1024]
}


@pytest.fixture(scope="module")
def found():
    return critical_point.compute(PARAMETERS)


def test_tables_keep_their_contracts(found, tmp_path):
    for name, columns in found.items():
        tables.write(tmp_path / name, getattr(contracts, name.upper()), columns, PARAMETERS)


def test_points_are_the_published_ones(found):
    drives = dict(zip(found["critical_point"]["n_atoms"].tolist(), found["critical_point"]["drive"], strict=True))
    for n_atoms, drive in PUBLISHED.items():
        assert drives[n_atoms] == pytest.approx(drive, abs=6e-6)
    assert found["critical_point"]["fitted"].tolist() == [True] * 5 + [False] * 2


def test_the_law_is_the_least_squares_one(found):
    """Its residuals are orthogonal to its derivatives by each parameter; the curve is the law."""
    fit = {name: values[0] for name, values in found["fit"].items()}
    points = found["critical_point"]
    n, drive = points["n_atoms"][:5], points["drive"][:5]
    decay = np.exp(-n / fit["scale"])
    residual = drive - fit["limit"] - fit["amplitude"] * decay
    for derivative in (np.ones(5), decay, n * decay):
        assert abs(residual @ derivative) < 1e-6 * np.linalg.norm(derivative)
    assert fit["largest_residual"] == pytest.approx(np.abs(residual).max(), rel=1e-9)
    assert fit["exact_limit"] == pytest.approx(0.56904, abs=5e-6)
    curve = found["fit_curve"]
    law = fit["limit"] + fit["amplitude"] * np.exp(-curve["n_atoms"] / fit["scale"])
    np.testing.assert_allclose(curve["drive"], law)
    assert (curve["n_atoms"][0], curve["n_atoms"][-1]) == (18, 1024)
