"""The study of the critical point's limit at small size: its laws, its criteria, and both ways to a critical point."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import absorber, critical_point, phase_balance
from driven_dicke.generator import phases
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import approach_laws
from driven_dicke.studies import critical_point_limit as contracts
from driven_dicke.studies.critical_point_limit import compute as critical_point_limit
from driven_dicke.studies.critical_point_limit import decomposition as critical_point_limit_decomposition

RATES = {"gamma_c": 5.0, "gamma_s": 0.5}
PARAMETERS = {
    "rates": RATES,
    "n_atoms": [2048, 4096, 8192],
    "law_from": 1000,
    "other_rate_ratios": [2.0],
    "distribution": {"n_atoms": 64, "step": 0.03},
}
FITTED = [16, 24, 32, 48, 64]
LIMIT = absorber.limit_critical_drive()


@pytest.fixture(scope="module")
def exponential():
    n_atoms = np.array(FITTED)
    drives = np.array([critical_point.critical_drive(Model(n, 10.0)) for n in FITTED])
    law = critical_point.fit_exponential(n_atoms, drives)
    names = ("limit", "amplitude", "scale")
    return dict(zip(names, law.parameters, strict=True)) | {
        f"{name}_error": error for name, error in zip(names, law.errors, strict=True)
    }


@pytest.fixture(scope="module")
def found(exponential):
    sizes = [*FITTED, 1024]
    drives = [critical_point.critical_drive(Model(n, 10.0)) for n in sizes]
    points = {"n_atoms": sizes, "drive": drives, "fitted": [n in FITTED for n in sizes]}
    return critical_point_limit.compute(
        PARAMETERS, Table(pd.DataFrame(points), {}), Table(pd.DataFrame([exponential]), {})
    )


def test_every_size_at_its_rates(found):
    rows = pd.DataFrame(found["equal_weights"])
    assert rows.loc[rows["rate_ratio"] == 10, "n_atoms"].tolist() == [*FITTED, 1024, 2048, 4096, 8192]
    assert rows.loc[rows["rate_ratio"] == 2, "n_atoms"].tolist() == [1024, 2048, 4096, 8192]
    for row in rows.itertuples():
        assert row.drive == pytest.approx(
            phase_balance.equal_weight_drive(Model(row.n_atoms, row.rate_ratio)), abs=1e-12
        )
    assert rows["log_ratio_check"].abs().max() < 2e-9
    np.testing.assert_allclose(rows["scaled"], rows["n_atoms"] * (rows["drive"] - LIMIT))


def test_both_criteria_stand_side_by_side(found):
    rows = pd.DataFrame(found["criteria"])
    np.testing.assert_allclose(
        rows["scaled_difference"], rows["n_atoms"] ** 2 * (rows["mid_branch"] - rows["equal_weights"])
    )
    last = rows.iloc[-1]
    assert last["n_atoms"] == 1024
    assert last["scaled_difference"] == pytest.approx(last["scaled_difference_predicted"], rel=0.1)


def test_the_logarithm_is_what_the_drives_show(found):
    laws = pd.DataFrame(found["laws"]).set_index("law")
    derived, fitted = laws.loc["derived"], laws.loc["logarithm"]
    assert fitted["logarithm"] == pytest.approx(derived["logarithm"], rel=0.02)
    assert fitted["constant"] == pytest.approx(derived["constant"], rel=0.1)
    assert laws.loc["power", "largest_relative_residual"] > 3 * fitted["largest_relative_residual"]
    assert laws["n_atoms_first"].tolist() == [1024, 1024, 1024, 16, 16]
    # The right law finds the limit from the paper's sizes; the exponential one does not.
    assert abs(laws.loc["logarithm_few", "limit"] - LIMIT) < 0.003
    assert laws.loc["exponential", "limit"] - LIMIT > 0.04
    assert laws.loc["exponential", "excess_at_largest"] == pytest.approx(
        laws.loc["exponential", "limit"] - LIMIT, abs=1e-3
    )


def test_laws_that_are_exact_are_recovered(exponential):
    derived = phase_balance.approach_law(Model(2, 3.0))
    n, m = np.array([1000, 3000, 9000, 27000]), np.array([16, 20, 40, 80])
    laws = {law.name: law for law in approach_laws.laws(derived, (n, derived(n)), (m, 0.6 + 2 / m), exponential)}
    assert laws["logarithm"].values["logarithm"] == pytest.approx(derived.logarithm, rel=1e-9)
    assert laws["logarithm"].values["constant"] == pytest.approx(derived.constant, rel=1e-8)
    assert laws["logarithm_few"].values["limit"] == pytest.approx(0.6, abs=1e-12)
    assert laws["logarithm_few"].values["constant"] == pytest.approx(2.0, abs=1e-9)
    power = {
        law.name: law
        for law in approach_laws.laws(derived, (n, derived.limit + 3 * n**-0.8), (m, 0.6 + 2 / m), exponential)
    }["power"]
    assert power.values["exponent"] == pytest.approx(0.8, rel=1e-9)
    assert power.values["constant"] == pytest.approx(3.0, rel=1e-9)
    assert power.residuals.max() < 1e-12


@pytest.mark.parametrize(("large", "few"), [(2, 4), (3, 3)])
def test_a_law_of_too_few_drives_has_no_parameters_and_says_so(exponential, large, few):
    """A drive that does not exist is NaN and does not count."""
    derived = phase_balance.approach_law(Model(2, 3.0))
    n, m = np.arange(1, large + 1) * 1000, np.arange(1, few + 1) * 16
    sizes, drives = np.append(n, 10**6), np.append(derived(n), np.nan)
    laws = {law.name: law for law in approach_laws.laws(derived, (sizes, drives), (m, derived(m)), exponential)}
    lacking = laws["logarithm" if large == 2 else "logarithm_few"]
    assert (
        lacking.note
        == f"needs {large + 1 if large == 2 else few + 1} drives, but only {min(large, few)} of the sizes have one"
    )
    assert np.isnan(lacking.values["constant"])
    assert np.isnan(lacking.drive(sizes.astype(float))).all()
    assert laws["derived"].note == ""


def test_residuals_and_curves_are_those_of_the_laws(found):
    rows, curves = pd.DataFrame(found["residuals"]), pd.DataFrame(found["law_curves"])
    law = phase_balance.approach_law(Model(2, 10.0))
    drive = critical_point.critical_drive(Model(1024, 10.0))
    mine = rows[(rows["law"] == "derived") & (rows["n_atoms"] == 1024)]["relative_residual"].item()
    assert mine == pytest.approx(abs(law(1024) - drive) / (drive - LIMIT), rel=1e-9)
    other = curves[(curves["law"] == "derived") & (curves["rate_ratio"] == 2)]
    np.testing.assert_allclose(other["drive"], phase_balance.approach_law(Model(2, 2.0))(other["n_atoms"]))


def test_the_distribution_has_two_equal_sides_at_the_drive_of_equal_weights(found):
    rows = pd.DataFrame(found["distribution"])
    sums = {}
    for case, part in rows.groupby("case"):
        assert part["exponent"].min() == 0
        inner = part["exponent"].to_numpy() * 64
        lowest = 20 + int(np.argmax(inner[20:]))
        sums[case] = np.log(np.exp(-inner[: lowest + 1]).sum() / np.exp(-inner[lowest + 1 :]).sum())
    drives = rows.groupby("case")["drive"].first()
    centre = phase_balance.equal_weight_drive(Model(64, 10.0))
    assert drives[["below", "at", "above", "limit"]].tolist() == pytest.approx(
        [centre - 0.03, centre, centre + 0.03, LIMIT]
    )
    assert sums["at"] == pytest.approx(0, abs=1e-8)
    assert sums["below"] > 3
    assert sums["above"] < -3


@pytest.fixture(scope="module")
def decomposed():
    parameters = {"rates": RATES, "n_atoms": [18, 32], "window": 0.03, "step": 0.01, "tolerance": 1e-7}
    return pd.DataFrame(critical_point_limit_decomposition.compute(parameters)["decomposition"])


def test_weights_are_equal_where_the_table_says(decomposed):
    assert decomposed["difference"].max() < 1e-4
    for row in decomposed.itertuples():
        model = Model(row.n_atoms, 10.0)
        for drive, suffix in ((row.drive, ""), (row.drive_physical, "_physical")):
            there = phases.decompose(model, model.rabi_frequency(drive))
            assert getattr(there, f"a_plus{suffix}") == pytest.approx(getattr(row, f"weight{suffix}"), abs=1e-9)
        assert row.drive_physical <= row.drive
    np.testing.assert_allclose(decomposed["drive"], [0.72199, 0.66253], atol=1e-5)


def test_the_spectrum_finds_the_drive_of_the_closed_form(decomposed):
    """Independent of p_k: eigenvectors of the master equation. The two draw together as the phases part."""
    equal = [phase_balance.equal_weight_drive(Model(n, 10.0)) for n in (18, 32)]
    first, second = np.abs(decomposed["drive"] - equal)
    assert first < 0.01
    assert second < 0.1 * first


@pytest.mark.parametrize(
    ("n_atoms", "window", "reason"), [(16, 1e-3, "do not cross within"), (8, 0.03, "has no critical point")]
)
def test_what_does_not_cross_keeps_its_row(n_atoms, window, reason):
    parameters = {"rates": RATES, "n_atoms": [n_atoms], "window": window, "step": 0.01, "tolerance": 1e-4}
    found = critical_point_limit_decomposition.compute(parameters)["decomposition"]
    assert found.keys() == set(contracts.DECOMPOSITION.column_names)
    assert found["n_atoms"].tolist() == [n_atoms]
    assert np.isnan(found["drive"]).all()
    assert reason in found["note"][0]


def test_what_has_no_equal_weights_keeps_its_row():
    """gamma_c = 0.1 gamma_s: p_k of 16 atoms has one maximum, that of 1024 two."""
    found = critical_point_limit.equal_weights(Model(2, 0.1), np.array([16, 1024]))
    assert np.isnan(found["drive"]).tolist() == [True, False]
    assert [bool(note) for note in found["note"]] == [True, False]
