"""The tables of Fig. ext4 against the phases study, published numbers, other formulas and their definitions."""

import numpy as np
import pytest

from driven_dicke.closed_form import absorber, closed_form_phases, critical_point
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import closed_form_phases as contracts
from driven_dicke.studies.closed_form_phases import compute as study

RATES = {"gamma_c": 5.0, "gamma_s": 0.5}  # in the tables' unit 10 and 1
COMPARED = {"rates": RATES, "n_atoms": [18, 32, 48]}
SQUEEZED = {
    "rates": RATES,
    "squeezing": {"n_atoms": [1000, 100000], "drive_start": 0.4, "points": 21},
    "best": {"n_atoms": [32, 1000, 3162, 10000], "first": 1000, "spectral_n_atoms": [18]},
}
CONTRACTS = {
    "comparison": contracts.COMPARISON,
    "observables": contracts.OBSERVABLES,
    "squeezing": contracts.SQUEEZING,
    "limits": contracts.LIMITS,
    "best": contracts.BEST,
    "best_law": contracts.BEST_LAW,
}


@pytest.fixture(scope="module")
def results():
    return study.compute(COMPARED) | study.compute_squeezing(SQUEEZED)


def test_tables_keep_their_contracts(results, tmp_path):
    assert results.keys() == CONTRACTS.keys()
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], {})


def test_comparison_is_at_the_critical_point_with_the_known_weights(results):
    """a_+- at N = 18 as in Fig. 12 of the notes: block traces first, then physical ones."""
    table = results["comparison"]
    assert table["drive"][0] == pytest.approx(critical_point.critical_drive(Model(18, 10.0)), abs=1e-10)
    assert table["drive"][0] == pytest.approx(0.72468, abs=5e-6)
    assert abs(1 - table["a_plus"][0] - table["a_minus"][0]) == pytest.approx(0.107, abs=5e-4)
    assert table["weight_plus"] + table["weight_minus"] == pytest.approx(1, abs=1e-12)
    assert abs(table["weight_plus"][0] - table["a_plus"][0]) > 0.1
    assert table["weight_plus"][2] == pytest.approx(table["a_plus"][2], abs=5e-3)


def test_distances_fall_with_the_gap(results):
    """All three trace distances are of the order of lambda_1 / gamma_s: what the cut neglects is the switching."""
    table = results["comparison"]
    for name in ("distance_plus", "distance_minus", "distance_mixture"):
        assert (np.diff(table[name]) < 0).all()
        assert np.ptp(np.log(table[name] / table["gap"])) < 1
    assert table["distance_plus"][2] < 0.01


def test_observables_pair_the_two_ways(results):
    table = {name: np.array(values) for name, values in results["observables"].items()}
    row = (table["n_atoms"] == 48) & (table["state"] == "plus")
    values = {
        name: pair
        for name, *pair in zip(table["observable"][row], table["spectral"][row], table["closed_form"][row], strict=True)
    }
    assert values.keys() == {"s_z", "s_squared", "intensity", "g2", "xi2"}
    assert values["s_z"] == pytest.approx([-17.65595, -17.60609], abs=1e-4)
    for spectral, closed in values.values():
        assert closed == pytest.approx(spectral, rel=1e-2)
        assert closed != spectral


def test_physical_weight_of_rho_minus_is_left_out_where_rounding_hides_it():
    assert study.rounding_resolves_purity(80)
    assert not study.rounding_resolves_purity(100)


def test_squeezing_follows_the_corrected_formula_to_the_edge(results):
    """At N = 10^5 below 0.705 within 1e-4; Eq. (8) is off by more than 0.05 at 0.7."""
    table, limits = results["squeezing"], results["limits"]
    rows = (table["n_atoms"] == 100_000) & (table["drive"] < 0.705)
    assert table["xi2"][rows] == pytest.approx(table["xi2_pair_correlation"][rows], rel=3e-4)
    last = np.flatnonzero(rows)[-1]
    assert table["xi2_printed"][last] < table["xi2"][last] - 0.05
    assert limits["drive"][-1] == pytest.approx(np.sqrt(0.5), abs=1e-15)
    assert limits["xi2_printed"][-1] == pytest.approx(1 / np.sqrt(3))
    assert limits["xi2_pair_correlation"][-1] == pytest.approx(2 / 3)
    _, s_y, s_z = mean_field.spin(1e9, limits["drive"], mean_field.branches(1e9, limits["drive"]).lower).T
    assert limits["xi2_printed"] == pytest.approx(np.abs(s_z) / np.hypot(s_y, s_z), abs=1e-4)
    assert limits["xi2_pair_correlation"] == pytest.approx(limits["xi2_printed"] / np.hypot(s_y, s_z), abs=1e-4)


def test_best_values(results):
    """The closed form's fall to 2/3 nearly as N^(-1/3); the spectrum's is the minimum over its own drives."""
    best, law = results["best"], results["best_law"]
    assert best["source"].tolist() == ["closed_form"] * 4 + ["spectral"]
    assert best["excess"] == pytest.approx(best["xi2"] - 2 / 3, abs=1e-15)
    assert best["xi2"][1] == pytest.approx(0.71987, abs=1e-5)
    assert best["xi2"][4] == pytest.approx(0.7397, abs=1e-4)
    assert best["drive"][4] == pytest.approx(0.759, abs=5e-3)
    assert best["edge_distance"][[1, 4]] == pytest.approx([0.01539, -0.052], abs=5e-3)
    assert law["exponent"][0] == pytest.approx(-1 / 3, abs=0.02)
    assert law["n_atoms_first"] == [1000]
    fitted = law["prefactor"][0] * best["n_atoms"][1:4] ** law["exponent"][0]
    assert np.abs(np.log(fitted / best["excess"][1:4])).max() == pytest.approx(law["largest_residual"][0], rel=1e-6)


def test_drives_end_at_the_edge_and_crowd_there():
    drives = study.drives_to_edge(0.4, 50)
    assert drives[0] == pytest.approx(0.4)
    assert (np.diff(drives, 2) < 0).all()
    pairs = absorber.pair_distribution(Model(1000, 10.0), Model(1000, 10.0).rabi_frequency(drives[-1]))
    assert absorber.barrier(pairs) is not None


def test_a_law_needs_three_sizes(tmp_path):
    best = {"n_atoms": np.array([100, 1000]), "source": np.array(["closed_form"] * 2), "excess": np.array([0.1, 0.05])}
    law = study.power_law(best, 100)
    assert law["note"] == ["a power law needs 3 sizes from 100 on, but there are 2"]
    assert np.isnan(law["exponent"][0])
    tables.write(tmp_path / "law", contracts.BEST_LAW, law, {})


def kept(folder, found):
    """The tables as written and read: they keep their contracts."""
    read = {}
    for name, columns in found.items():
        tables.write(folder / name, CONTRACTS[name], columns, {})
        read[name] = tables.read(folder / name, CONTRACTS[name]).data
    return read


def test_sizes_without_a_critical_point_keep_their_rows(tmp_path):
    found = kept(tmp_path, study.compute({"rates": {"gamma_c": 0.5, "gamma_s": 1.0}, "n_atoms": [18, 40]}))
    comparison = found["comparison"]
    assert comparison["distance_plus"].notna().tolist() == [False, True]
    assert "no critical point by Eq. (C2)" in comparison["note"][0]
    assert comparison["note"][1] == ""
    rows = found["observables"]
    assert len(rows) == 20
    assert (rows["note"] != "").equals(rows["n_atoms"] == 18)
    assert rows["spectral"].isna().equals(rows["n_atoms"] == 18)


def test_a_slow_mode_hidden_by_rounding_keeps_its_drive(tmp_path):
    found = kept(tmp_path, study.compute({"rates": {"gamma_c": 1e9, "gamma_s": 1.0}, "n_atoms": [56]}))
    (row,) = found["comparison"].to_dict("records")
    assert row["drive"] == pytest.approx(0.61, abs=0.02)
    assert np.isnan(row["gap"])
    assert row["note"].startswith("rounding hides the slow mode of N = 56")


def test_squeezing_without_two_phases_keeps_its_rows(tmp_path):
    """At gamma_c = 0.1 gamma_s, N = 40 is not bistable and N = 316 has two phases at few drives only."""
    parameters = {
        "rates": {"gamma_c": 0.1, "gamma_s": 1.0},
        "squeezing": {"n_atoms": [40, 1000], "drive_start": 0.4, "points": 5},
        "best": {"n_atoms": [40, 316, 1000], "first": 1000, "spectral_n_atoms": [18]},
    }
    found = kept(tmp_path, study.compute_squeezing(parameters))
    rows = found["squeezing"].set_index("n_atoms")
    assert rows.loc[40, "xi2"].isna().all()
    assert rows.loc[1000, "xi2"].notna().any()
    assert (rows["note"] != "").equals(rows["xi2"].isna())
    best = found["best"]
    assert best["xi2"].notna().tolist() == [False, False, True, False]
    assert (best["note"] != "").equals(best["xi2"].isna())
    assert found["best_law"]["note"][0].startswith("a power law needs 3 sizes")


def test_a_region_that_ends_before_the_optimum_has_none():
    with pytest.raises(checks.ParameterError, match="no least value within the bistable region"):
        closed_form_phases.best_squeezing(Model(32, 0.75))
    with pytest.raises(checks.ParameterError, match=r"spectral rho_.+ has no least value within the bistable region"):
        study.spectral_best(Model(18, 1.0))
