"""The exponential law: exact data, data of known scatter, and refusals."""

import numpy as np
import pytest
from scipy.stats import linregress

from driven_dicke.model import checks
from driven_dicke.studies import decay_law

SIZES = np.array([18, 24, 32, 48])


def test_an_exponential_is_recovered():
    law = decay_law.fit(SIZES, 3.5 * np.exp(-0.12 * SIZES))
    assert law["rate"] == pytest.approx(0.12, rel=1e-12)
    assert law["prefactor"] == pytest.approx(3.5, rel=1e-12)
    assert law["rate_error"] == pytest.approx(0, abs=1e-12)
    assert law["largest_residual"] == pytest.approx(0, abs=1e-12)
    assert law["first_rate"] == pytest.approx(0.12, rel=1e-12)
    assert law["last_rate"] == pytest.approx(0.12, rel=1e-12)
    assert (law["n_atoms_first"], law["n_atoms_last"]) == (18, 48)


def test_scatter_shows_in_every_measure():
    logarithms = np.array([-1.0, -1.5, -3.0, -4.0])
    law = decay_law.fit(SIZES, np.exp(logarithms))
    reference = linregress(SIZES, logarithms)
    assert law["rate"] == pytest.approx(-reference.slope, rel=1e-12)
    assert law["rate_error"] == pytest.approx(reference.stderr, rel=1e-12)
    assert law["prefactor"] == pytest.approx(np.exp(reference.intercept), rel=1e-12)
    distances = np.abs(reference.intercept + reference.slope * SIZES - logarithms)
    assert law["largest_residual"] == pytest.approx(distances.max(), rel=1e-12)
    assert law["first_rate"] == pytest.approx(0.5 / 6, rel=1e-12)
    assert law["last_rate"] == pytest.approx(1 / 16, rel=1e-12)


@pytest.mark.parametrize("values", [[1.0, 0.0], [1.0, 0.5, 0.0], [1.0, -0.5, 0.2], [1.0, np.nan, 0.2]])
def test_what_has_no_logarithm_is_refused(values):
    with pytest.raises(checks.ParameterError, match="needs positive values"):
        decay_law.fit(SIZES[: len(values)], np.array(values))


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 0.5]])
def test_fewer_than_three_sizes_have_no_law(values):
    law = decay_law.fit(SIZES[: len(values)], np.array(values))
    assert law["note"] == f"an exponential law needs three sizes, but there are {len(values)}"
    assert np.isnan(law["rate"])
    assert law.keys() == decay_law.fit(SIZES, np.exp(-SIZES / 10.0)).keys()
