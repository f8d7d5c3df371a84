"""The tables of Fig. ext6 against polygons, the cubic's own roots, and each other."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

from driven_dicke.generator import sweep
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import hysteresis as contracts
from driven_dicke.studies.hysteresis import compute as hysteresis

COMMON = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},  # in the tables' unit 10 and 1
    "drive": {"start": 0.05, "stop": 1.1, "points": 15},
    "settling": 5.0,
}
SWEEP = COMMON | {"n_atoms": 16, "sweep_rates": [0.002, 0.3], "step_tolerance": 0.05}
ENSEMBLE = COMMON | {"n_atoms": 16, "sweep_rates": [0.3], "trajectories": 30, "samples": 4, "seed": 5}
MEAN_FIELD = COMMON | {"sweeps": [{"n_atoms": 16, "rates": [0.02]}], "static_n_atoms": [16, 128]}
CHAIN = COMMON | {"sweeps": [{"n_atoms": 16, "rates": [0.3]}]}
SUMMARY = {"standard_errors": 4.0, "loop_rates": [0.002], "common_rate": 0.3}


@pytest.fixture(scope="module")
def found():
    """Every table by its name, as columns."""
    return (
        hysteresis.master_equation(SWEEP)
        | hysteresis.chain_loops(CHAIN)
        | hysteresis.ensemble(ENSEMBLE)
        | hysteresis.mean_field_loops(MEAN_FIELD)
    )


def as_table(columns):
    return tables.Table(pd.DataFrame(columns), {})


def summarised(found, **changed):
    given = {name: as_table(columns) for name, columns in (found | changed).items()}
    lists = {name: [given.pop(name)] for name in ("sweep", "ensemble", "ensemble_areas")}
    return hysteresis.summary(SUMMARY, **lists, **given)


def test_tables_keep_their_contracts(found, tmp_path):
    every = found | summarised(found)
    assert every.keys() == {
        "sweep", "ensemble", "ensemble_areas", "chain", "mean_field", "static", "loops", "validation"
    }  # fmt: skip
    for name, columns in every.items():
        tables.write(tmp_path / name, getattr(contracts, name.upper()), columns, {})


def test_the_area_of_a_rectangle_and_of_a_triangle():
    drives = np.array([0.0, 1.0, 2.0])
    assert hysteresis.area(4, drives, np.array([-2.0, -2.0, -1.0, 0.0, 0.0])) == pytest.approx(2 / 4 * 3.0)
    assert hysteresis.area(2, drives, np.array([0.0, 0.0, 0.0, 0.5, 0.0])) == pytest.approx(0.5)
    assert hysteresis.area(2, drives, np.array([0.0, 0.5, 0.0, 0.0, 0.0])) == pytest.approx(-0.5)


def test_a_switch_lies_on_the_line_between_two_levels():
    drives = np.array([0.0, 1.0, 2.0])
    assert hysteresis.switch(drives, np.array([-1.0, -0.5, 0.0]), -0.25) == pytest.approx(1.5)
    assert hysteresis.switch(drives[::-1], np.array([0.0, -0.1, -0.6]), -0.2) == pytest.approx(0.8)
    assert np.isnan(hysteresis.switch(drives, np.array([-1.0, -0.5, -0.4]), -0.25))


def test_slow_sweeps_follow_the_steady_state_and_faster_ones_do_not(found):
    rows = pd.DataFrame(found["sweep"])
    lag = (rows["s_z"] - rows["steady_s_z"]).abs().groupby(rows["rate"]).max()
    assert lag[0.002] < 0.06 * 16 / 2
    assert lag[0.3] > 0.3 * 16 / 2
    assert rows.groupby("direction").size().to_dict() == {"up": 30, "down": 30}
    turning = rows[rows["drive"] == 1.1].groupby("rate")["s_z"].unique()
    assert [values.size for values in turning] == [1, 1]  # both ways meet where they turn


def test_the_static_loop_is_the_integral_over_the_cubic_s_roots(found):
    static = pd.DataFrame(found["static"]).set_index("n_atoms")
    for n_atoms, row in static.iterrows():
        ratio = (n_atoms - 1) * 10.0 / 11.0

        def width(drive, ratio=ratio):
            # Eq. (2) with Omega = drive Gamma / 4, in gamma: (1 + s)(1 - g s)^2 + s (g drive)^2 / 2 = 0
            roots = np.roots([ratio**2, ratio**2 - 2 * ratio, 1 - 2 * ratio + (ratio * drive) ** 2 / 2, 1])
            return np.ptp(roots.real)

        area = quad(width, row["lower_edge"] + 1e-9, row["upper_edge"] - 1e-9, limit=200)[0]
        assert row["area"] == pytest.approx(area, rel=1e-4)
        assert row["lower_edge"] < row["critical_drive"] < row["upper_edge"]


def test_a_slow_mean_field_switches_at_the_edges(found):
    loops = pd.DataFrame(summarised(found)["loops"]).set_index("source")
    edges = pd.DataFrame(found["static"]).set_index("n_atoms").loc[16]
    step = (1.1 - 0.05) / 14
    assert abs(loops.loc["mean field", "switch_up"] - edges["upper_edge"]) < step
    assert abs(loops.loc["mean field", "switch_down"] - edges["lower_edge"]) < step


def test_the_chain_comes_near_the_master_equation(found):
    loops = pd.DataFrame(summarised(found)["loops"]).set_index(["source", "rate"])
    exact, chain = loops.loc["master equation", 0.3], loops.loc["adiabatic chain", 0.3]
    assert chain["area_ratio"] == pytest.approx(chain["area"] / exact["area"])
    assert 1.0 < chain["area_ratio"] < 1.15
    assert exact["area_ratio"] == 1.0
    assert np.isnan(loops.loc["mean field", 0.02]["area_ratio"])  # the master equation was not run at this rate


def test_the_ensemble_is_held_against_the_master_equation(found):
    validation = pd.DataFrame(summarised(found)["validation"])
    (row,) = validation.to_dict("records")
    assert (row["n_atoms"], row["rate"], row["within"]) == (16, 0.3, True)
    paths = pd.DataFrame(found["ensemble_areas"])["area"]
    assert row["area_ensemble"] == pytest.approx(paths.mean())
    assert row["standard_error"] == pytest.approx(paths.std() / np.sqrt(30))
    wrong = {name: values.copy() for name, values in found["sweep"].items()}
    wrong["s_z"] = np.where(wrong["direction"] == "up", wrong["s_z"] - 4, wrong["s_z"])
    with pytest.raises(checks.CertificateError, match="standard errors from the master equation"):
        summarised(found, sweep=wrong)


def test_a_step_that_is_too_long_is_refused():
    with pytest.raises(checks.CertificateError, match="not resolved"):
        hysteresis.master_equation(SWEEP | {"sweep_rates": [0.05], "step_tolerance": 1e-4})


def test_trajectories_follow_their_steps_and_jumps():
    """Both grow with gamma_c: first there are more trajectories, at the paper's rates all, then fewer, then none."""
    drives = np.linspace(0.05, 1.1, 36)

    def count(n_atoms, ratio, wanted):
        model = Model(n_atoms, ratio)
        return hysteresis.affordable(model, *sweep.staircase(model, drives, 0.3, 6.0), wanted)

    assert count(18, 10.0, 100) == (100, "")
    assert count(128, 10.0, 6) == (6, "")
    more, note = count(16, 0.1, 12)
    assert 100 < more < 1000
    assert note.startswith(f"{more} trajectories in place of 12: one has ")
    fewer, note = count(18, 1000.0, 100)
    assert 8 <= fewer < 100
    assert note.startswith(f"cut to {fewer} of 100 trajectories: one takes ")
    assert count(128, 1000.0, 6)[0] == 0
    assert count(128, 1000.0, 6)[1].startswith("trajectories left out: one takes ")


@pytest.fixture(scope="module")
def weak():
    """At gamma_c = 0.5 gamma_s the mean field of 16 atoms is not bistable; too many steps for any trajectory."""
    rates = {"rates": {"gamma_c": 0.5, "gamma_s": 1.0}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hysteresis, "LARGEST_WORK", 1.0)
        return (
            hysteresis.master_equation(SWEEP | rates | {"sweep_rates": [0.3]})
            | hysteresis.chain_loops(CHAIN | rates)
            | hysteresis.ensemble(ENSEMBLE | rates)
            | hysteresis.mean_field_loops(MEAN_FIELD | rates)
        )


def test_what_does_not_exist_keeps_its_rows(weak, tmp_path):
    every, read = weak | summarised(weak), {}
    for name, columns in every.items():
        contract = getattr(contracts, name.upper())
        tables.write(tmp_path / name, contract, columns, {})
        read[name] = tables.read(tmp_path / name, contract).data
    assert read["ensemble"]["s_z"].isna().all()
    assert read["ensemble_areas"]["note"].str.startswith("trajectories left out").all()
    assert len(read["ensemble_areas"]) == 30
    static = read["static"].set_index("n_atoms")
    assert static["area"].isna().tolist() == [True, False]
    assert "nowhere bistable" in static.loc[16, "note"]
    loops = read["loops"].set_index("source")
    assert np.isnan(loops.loc["ensemble", "area"])
    assert loops["switch_up"].isna().all()
    assert loops.loc["master equation", "note"] == "no switch without a critical point"
    assert loops.loc["ensemble", "note"].startswith("no switch without a critical point; trajectories left out")
    (row,) = read["validation"].to_dict("records")
    assert (row["within"], row["note"]) == (False, "trajectories left out")
