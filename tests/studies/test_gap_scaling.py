"""The tables of the gap's scaling against the full master equation, published numbers, and their own definitions."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import critical_point
from driven_dicke.generator import liouvillian, spectrum
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import gap_scaling as contracts
from driven_dicke.studies import resolution
from driven_dicke.studies.gap_scaling import chains as gap_scaling_chains
from driven_dicke.studies.gap_scaling import compute as gap_scaling
from driven_dicke.studies.gap_scaling import validation as gap_scaling_validation
from driven_dicke.studies.liouvillian_gap import validation as liouvillian_gap_validation

RATES = {"rates": {"gamma_c": 5.0, "gamma_s": 0.5}}  # in the tables' unit 10 and 1
CONTRACTS = {
    name.lower(): getattr(contracts, name)
    for name in ("GAP", "CHAINS", "RATES", "SLOPES", "MAP", "EDGES", "FIRST_PASSAGE", "RATIOS")
}


def written(results, folder, name="table"):
    """Read back what a study returns: names, kinds, units and ranges are those of the contract."""
    frames = {}
    for table, columns in results.items():
        tables.write(folder / f"{name}_{table}.parquet", CONTRACTS[table], columns, RATES)
        frames[table] = tables.read(folder / f"{name}_{table}.parquet", CONTRACTS[table])
    return frames


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("gap_scaling")


@pytest.fixture(scope="module")
def gap(folder):
    """Tables of 32, 48 and 64 atoms."""
    sizes = [RATES | {"n_atoms": n, "drive": 0.61, "critical": n < 64} for n in (32, 48, 64)]
    return [written(gap_scaling.compute(p), folder, str(p["n_atoms"]))["gap"] for p in sizes]


def test_gap_has_the_published_values(gap):
    rows = pd.concat([table.data[table.data["place"] == "fixed"] for table in gap])
    np.testing.assert_allclose(rows["gap_eigenvalue"], [0.0359472, 0.00296514, 0.000200512], rtol=3e-6)
    np.testing.assert_allclose(rows["gap_flow"], rows["gap_eigenvalue"], rtol=1e-6)


def test_rates_of_leaving_add_up_to_the_gap_and_are_equal_at_the_critical_point(gap):
    rows = pd.concat([table.data for table in gap])
    np.testing.assert_allclose(rows["rate_plus"] + rows["rate_minus"], rows["gap_flow"], rtol=1e-12)
    critical = rows[rows["place"] == "critical"]
    np.testing.assert_array_equal(critical["n_atoms"], [32, 48])
    np.testing.assert_allclose(critical["rate_plus"], critical["rate_minus"], rtol=0.12)
    expected = [critical_point.critical_drive(Model(n, 10.0)) for n in (32, 48)]
    np.testing.assert_allclose(critical["drive"], expected, rtol=1e-12)


def test_ratios_are_over_the_law(gap):
    row = gap[-1].data.iloc[0]
    assert row["ratio_exact"] == pytest.approx(row["gap_flow"] / np.exp(row["log_law"]), rel=1e-12)
    assert row["ratio_spin_chain"] / row["ratio_exact"] == pytest.approx(1.416e-4 / 2.005e-4, rel=1e-3)


def test_map_is_the_gap_of_the_full_master_equation(folder):
    parameters = RATES | {"n_atoms": [3, 4], "drive": {"start": 0.5, "stop": 0.9, "points": 2}}
    found = written(gap_scaling.compute_map(parameters), folder)
    for row in found["map"].data.itertuples():
        model = Model(row.n_atoms, 10.0)
        invariant, *_ = liouvillian_gap_validation.full_master_equation(model, model.rabi_frequency(row.drive))
        exact, _ = liouvillian_gap_validation.slowest_rate(invariant)
        assert row.gap_eigenvalue == pytest.approx(exact, rel=1e-9)
    assert found["edges"].data["drive_lower"].isna().all()  # Gamma < 8 gamma


def test_edges_are_those_of_the_mean_field():
    parameters = RATES | {"n_atoms": [15, 16], "drive": {"start": 0.5, "stop": 0.9, "points": 2}}
    edges = gap_scaling.compute_map(parameters)["edges"]
    expected = mean_field.bistability_edges(15 * 10 / 11)
    assert (edges["drive_lower"][1], edges["drive_upper"][1]) == pytest.approx(tuple(expected))
    assert np.isnan(edges["drive_critical"][0])
    assert edges["drive_critical"][1] == pytest.approx(critical_point.critical_drive(Model(16, 10.0)))


@pytest.fixture(scope="module")
def chains(folder):
    rates = {"n_atoms": [800, 1000], "drive": {"start": 0.5, "stop": 0.65, "points": 4}}
    parameters = RATES | {"drive": 0.61, "n_atoms": [16, 1000], "pair_chain_largest": 100, "rates_per_atom": rates}
    return written(gap_scaling_chains.compute(parameters), folder)


def test_chains_reach_a_thousand_atoms(chains):
    rows = chains["chains"].data.set_index(["n_atoms", "place"])
    assert rows.loc[(1000, "fixed"), "log_gap_spin_chain"] == pytest.approx(-105.752, abs=1e-3)
    np.testing.assert_allclose(rows.loc[1000, "ratio_spin_chain"], [1.2647, 0.8239], rtol=1e-3)
    assert rows["log_gap_pair_chain"].isna().tolist() == [False, False, True, True]
    assert np.isnan(rows.loc[(16, "critical"), "log_law"])  # Omega_PT(16) = 0.74 Omega_c


def test_rates_per_atom_approach_the_smaller_barrier(chains):
    rows = chains["rates"].data
    smaller = np.minimum(rows["barrier_plus"], rows["barrier_minus"])
    np.testing.assert_allclose(rows["drive"], [0.5, 0.55, 0.6, 0.65])
    np.testing.assert_allclose(rows["rate_spin_chain"], smaller, atol=0.0015)
    np.testing.assert_allclose(rows["rate_spin_chain"], rows["rate_law"], atol=4e-4)  # powers of N differ: 1 and 1.2


@pytest.fixture(scope="module")
def slopes(gap, folder):
    parameters = RATES | {"drive": 0.61, "first": 48, "last": 400, "step": 16}
    return written(gap_scaling_chains.compute_slopes(parameters, gap=gap), folder)["slopes"].data


def test_slopes_are_differences_of_logarithms(slopes, gap):
    exact = slopes[slopes["source"] == "eigenvalue"]
    logs = [np.log(table.data["gap_flow"].iloc[0]) for table in gap]
    np.testing.assert_allclose(exact["slope"], -np.diff(logs) / 16)
    np.testing.assert_allclose(exact["n_atoms_middle"], [40, 56])
    assert exact["slope"].iloc[-1] == pytest.approx(0.168, abs=5e-4)  # measured independently


def test_local_slope_bends_where_the_other_rate_takes_over(slopes):
    """First the rate out of rho_- decides, then the rate out of rho_+, whose slope is the smaller barrier."""
    chain = slopes[slopes["source"] == "pair_chain"]
    assert chain["share_minus"].is_monotonic_decreasing
    early, late = chain.iloc[0], chain.iloc[-1]
    assert early["share_minus"] > 0.75
    assert late["share_minus"] < 1e-10
    assert abs(early["slope"] - early["slope_minus"]) < abs(early["slope"] - early["slope_plus"])
    assert late["slope"] == pytest.approx(late["barrier_plus"], abs=1e-4)
    assert chain["slope"].max() > 1.4 * late["barrier_plus"]


def test_one_size_has_no_slope(gap):
    with pytest.raises(checks.ParameterError, match="at least two numbers of atoms"):
        gap_scaling_chains.compute_slopes(RATES | {"drive": 0.61, "first": 48, "last": 64, "step": 16}, gap=gap[:1])


def test_rates_of_leaving_are_the_exact_ones_between_thresholds(folder):
    parameters = RATES | {
        "drive": 0.61,
        "first_passage": {"n_atoms": [40], "minus": 0.1, "plus": 0.9},
        "ratios": {"n_atoms": 24, "drives": [0.6], "gamma_ratios": [1e4, 1e5]},
    }
    found = written(gap_scaling_validation.compute(parameters), folder)
    row = found["first_passage"].data.iloc[0]
    assert row["rate_plus_exact"] == pytest.approx(row["rate_plus"], rel=0.02)
    assert row["rate_minus_exact"] == pytest.approx(row["rate_minus"], rel=0.02)
    ratios = found["ratios"].data
    # The chain in j is exact for gamma_s -> 0, the others are not at N = 24.
    errors = np.abs(ratios["ratio_spin_chain"] / ratios["ratio_exact"] - 1)
    assert errors.iloc[1] < 1e-3
    assert errors.iloc[0] == pytest.approx(10 * errors.iloc[1], rel=0.1)


def test_more_of_the_steady_state_in_the_slow_mode_is_allowed_only_on_request():
    """What makes N = 200 possible: the flow takes out a mixture that would spoil the eigenvalue."""
    model = Model(18, 10.0)
    modes = spectrum.slow_modes(model, model.rabi_frequency(0.61), count=2, mixing=0.0099)
    scale = liouvillian.norm(liouvillian.generator(model, model.rabi_frequency(0.61)))
    mixed = dataclasses.replace(modes, trace_errors=np.array([0.005]))
    spectrum.require_certificate(mixed, scale, mixing=0.01)
    for limit in ({}, {"mixing": 0.004}):
        with pytest.raises(checks.CertificateError, match="trace of rho_k 5"):
            spectrum.require_certificate(mixed, scale, **limit)
    with pytest.raises(checks.CertificateError, match="of lambda_1"):
        spectrum.slow_modes(model, model.rabi_frequency(0.61), count=2, mixing=0.0)


def weak(ratio):
    return {"rates": {"gamma_c": ratio, "gamma_s": 1.0}}


def test_sizes_without_a_critical_point_keep_their_rows(folder):
    """At gamma_c = 0.5 gamma_s the mean field of 16 atoms is not bistable, and p_k has one maximum."""
    parameters = weak(0.5) | {"n_atoms": 16, "drive": 0.61, "critical": True}
    found = written(gap_scaling.compute(parameters), folder, "weak")["gap"].data.set_index("place")
    fixed, critical = found.loc["fixed"], found.loc["critical"]
    assert fixed["gap_flow"] == pytest.approx(fixed["gap_eigenvalue"], rel=1e-6)
    assert np.isnan(fixed["rate_plus"])
    assert fixed["note"] == gap_scaling.ONE_MAXIMUM
    assert np.isnan(critical["drive"])
    assert np.isnan(critical["gap_flow"])
    assert "no critical point by Eq. (C2)" in critical["note"]
    edges = gap_scaling.compute_map(
        weak(0.5) | {"n_atoms": [24, 28], "drive": {"start": 0.5, "stop": 0.9, "points": 2}}
    )["edges"]
    edges = written({"edges": edges}, folder, "weak")["edges"].data.set_index("n_atoms")
    assert edges["drive_lower"].notna().tolist() == [False, False, True, True, True]
    assert (edges["note"] != "").equals(edges["drive_critical"].isna())
    rates = {"n_atoms": [100, 200], "drive": {"start": 0.5, "stop": 0.65, "points": 2}}
    chains = gap_scaling_chains.compute(
        weak(0.5) | {"drive": 0.61, "n_atoms": [16, 64], "pair_chain_largest": 32, "rates_per_atom": rates}
    )
    rows = written(chains, folder, "weak")["chains"].data.set_index(["n_atoms", "place"])
    assert np.isnan(rows.loc[(16, "critical"), "log_gap_spin_chain"])
    assert rows.loc[(64, "fixed"), "note"] == "the chain in k ends at N = 32"
    assert rows["log_gap_spin_chain"].notna().tolist() == [True, False, True, True]


def test_slopes_next_to_a_missing_gap_keep_their_rows(folder):
    parameters = [weak(0.5) | {"n_atoms": n, "drive": 0.61, "critical": False} for n in (12, 16)]
    tables_of = [written(gap_scaling.compute(p), folder, f"weak{p['n_atoms']}")["gap"] for p in parameters]
    tables_of[0].data.loc[0, "gap_flow"] = np.nan
    slopes = gap_scaling_chains.compute_slopes(
        weak(0.5) | {"drive": 0.61, "first": 12, "last": 16, "step": 4}, gap=tables_of
    )
    rows = written(slopes, folder, "weak")["slopes"].data
    assert rows["slope"].notna().tolist() == [False, True]
    assert rows["note"].tolist() == ["no gap at one of both N", "p_k has one maximum at one of both N"]


def test_a_gap_that_rounding_hides_is_left_out_before_it_is_looked_for(folder):
    """At gamma_c = 1e9 gamma_s, ||L|| is 1e8 times what it is at 10, the gap is not."""
    parameters = weak(1e9) | {"n_atoms": 80, "drive": 0.61, "critical": False}
    (row,) = written(gap_scaling.compute(parameters), folder, "fast")["gap"].data.to_dict("records")
    assert row["drive"] == 0.61
    assert np.isnan(row["gap_eigenvalue"])
    assert row["note"].startswith("rounding hides the slow mode of N = 80")
    for ratio, n_atoms in ((0.1, 64), (10.0, 144), (1000.0, 100)):
        model = Model(n_atoms, ratio)
        resolution.require_resolved(model, model.rabi_frequency(0.61))


def test_first_passage_needs_two_phases(folder):
    parameters = weak(0.5) | {
        "drive": 0.61,
        "first_passage": {"n_atoms": [16], "minus": 0.1, "plus": 0.9},
        "ratios": {"n_atoms": 8, "drives": [0.6], "gamma_ratios": [5.0]},
    }
    (row,) = written(gap_scaling_validation.compute(parameters), folder, "weak")["first_passage"].data.to_dict(
        "records"
    )
    assert np.isnan(row["rate_plus_exact"])
    assert "must have two maxima" in row["note"]
