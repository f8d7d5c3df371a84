"""The tables of Fig. ext12 against other routes to the same numbers, derived limits and convexity."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.closed_form.closed_form_phases import mixture
from driven_dicke.model import fisher_information
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import metrology as contracts
from driven_dicke.studies.metrology import compute as study

PARAMETERS = {
    "rates": {"gamma_c": 5.0, "gamma_s": 0.5},  # in the tables' unit 10 and 1
    "n_atoms": [4, 18],
    "drive": {"start": 0.1, "stop": 1.0, "points": 4},
    "phases": {"n_atoms": 32, "points": 3},
    "sizes": {"n_atoms": [8, 100, 200], "region_fractions": [0.5, 0.75]},
    "pairs": {"n_atoms": [200, 400], "scaled_drive": {"start": 0.0, "stop": 2.5, "points": 11}},
}
NAMES = ("steady", "phases", "sizes", "pairs", "limit", "pair_law")


def written(folder, parameters):
    found = study.compute(parameters)
    assert tuple(found) == NAMES
    read = {}
    for name in NAMES:
        contract = getattr(contracts, name.upper())
        tables.write(folder / name, contract, found[name], {})
        read[name] = tables.read(folder / name, contract).data
    return read


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return written(tmp_path_factory.mktemp("metrology"), PARAMETERS)


def test_squeezing_never_exceeds_the_information(found):
    for name in ("steady", "phases"):
        assert (found[name]["inverse_squeezing"] <= found[name]["fisher_information"] * (1 + 1e-9)).all()
    assert found["sizes"]["missed"].dropna().min() >= 0


def test_squeezing_is_that_of_the_closed_form(found):
    row = found["steady"].iloc[-1]
    model = Model(int(row["n_atoms"]), 10.0)
    expected = absorber.steady_state_moments(model, model.rabi_frequency(row["drive"])).xi2
    assert row["inverse_squeezing"] == pytest.approx(1 / expected)


def test_the_steady_state_is_worth_what_its_phases_are(found):
    """They hardly overlap: F(rho_s) = a_+ F(rho_+) + a_- F(rho_-) but for what switches."""
    wide = found["phases"].pivot(index="drive", columns="state", values=["weight", "fisher_information"])
    mixed = sum(wide["weight"][state] * wide["fisher_information"][state] for state in ("plus", "minus"))
    both = (wide["weight"] > 0.03).all(axis=1)
    assert both.any()
    # Of the order of lambda_1 = 0.02 gamma_s, as all that the decomposition neglects.
    assert wide["fisher_information"]["steady"][both].to_numpy() == pytest.approx(mixed[both].to_numpy(), abs=0.15)


def test_information_is_convex():
    model = Model(24, 10.0)
    split = absorber.restricted(absorber.pair_distribution(model, model.rabi_frequency(0.7)))
    parts = fisher_information.parts_of(mixture(split))
    together = np.trace(fisher_information.fisher_information(parts))
    apart = [np.trace(fisher_information.fisher_information(absorber.parts(part))) for part in split[:2]]
    weights = np.exp([split.log_weight_plus, split.log_weight_minus])
    assert 0 < weights @ apart - together < 0.2 * together


def test_both_distances_vanish_with_the_number_of_atoms(found):
    rows = found["sizes"].set_index(["region_fraction", "n_atoms"])
    for fraction in (0.5, 0.75):
        for column in ("missed", "above_pairs"):
            assert 0 < rows[column][fraction, 200] < rows[column][fraction, 100] / 2 < 0.01
    assert (rows["entanglement_depth"].dropna() == 2).all()


def test_a_size_without_a_bistable_region_has_rows_with_a_note(found):
    small = found["sizes"][found["sizes"]["n_atoms"] == 8]
    assert small["drive"].isna().all()
    assert small["note"].str.contains("nowhere bistable").all()


def test_concurrence_follows_its_law(found):
    """The distance from x^2/2 - x^4/8 falls as 1/N, and no pair is entangled beyond x = 2."""
    law = found["pair_law"]
    distance = {}
    for n_atoms, rows in found["pairs"].groupby("n_atoms"):
        expected = np.interp(rows["scaled_drive"], law["scaled_drive"], law["concurrence"], right=0)
        distance[n_atoms] = abs(rows["concurrence"] - expected).max()
        assert rows["concurrence"].to_numpy() == pytest.approx(rows["negativity"].to_numpy(), abs=1e-6)
    assert 0 < distance[400] < 0.6 * distance[200] < 0.01


def test_limit_is_reached(found):
    """At 200 atoms and the middle of the region, and at its end 3/2 and the entropy of |s| = sqrt(3)/2."""
    limit = found["limit"]
    assert limit["fisher_information"].iloc[-1] == pytest.approx(1.5)
    up = (1 - np.sqrt(3) / 2) / 2
    assert limit["entropy"].iloc[-1] == pytest.approx(-up * np.log2(up) - (1 - up) * np.log2(1 - up))
    row = found["sizes"].set_index(["region_fraction", "n_atoms"]).loc[(0.5, 200)]
    expected = np.interp(row["drive"], limit["drive"], limit["fisher_information"])
    assert row["fisher_information"] == pytest.approx(expected, rel=0.01)


def test_rates_without_two_phases(tmp_path):
    tables_of = written(tmp_path, PARAMETERS | {"rates": {"gamma_c": 0.1, "gamma_s": 1.0}})
    assert (tables_of["phases"]["note"] != "").all()
    assert tables_of["phases"]["fisher_information"].isna().all()
    assert pd.unique(tables_of["phases"]["state"]).tolist() == ["plus", "minus", "steady"]
