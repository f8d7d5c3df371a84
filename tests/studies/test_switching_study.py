"""Counts against the jumps and rates of their own trajectory, and the zoom against the trajectory it repeats."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks
from driven_dicke.pipeline import tables
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import trajectories as contracts
from driven_dicke.studies.trajectories import compute as trajectories
from driven_dicke.studies.trajectories import switching

N_ATOMS, DRIVE, STOP = 10, 0.8, 20.0
TRAJECTORY = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},
    "n_atoms": N_ATOMS,
    "initial": "all_down",
    "drive": [[0.0, DRIVE]],
    "seed": 1,
}
TIMES = {"spacing": "linear", "start": 0.0, "stop": STOP, "points": 4001}
# Made-up values of the two phases.
VALUES = {"s_squared_plus": 28.0, "s_squared_minus": 8.0, "s_z_plus": -3.0, "s_z_minus": -0.5} | {
    "intensity_plus": 11.0,
    "intensity_minus": 5.5,
}
THRESHOLDS = {"minus": 0.1, "plus": 0.9}
ZOOM = TRAJECTORY | {"thresholds": THRESHOLDS, "zoom": {"before": 0.4, "after": 0.2, "points": 121}}


def table(columns):
    return Table(pd.DataFrame(columns), {})


@pytest.fixture(scope="module")
def phases():
    return table({name: [0.0, value] for name, value in VALUES.items()} | {"drive": [0.7, DRIVE]})


@pytest.fixture(scope="module")
def recorded():
    """Tables trajectory and jumps."""
    return {name: table(columns) for name, columns in trajectories.compute(TRAJECTORY | {"times": TIMES}).items()}


def counted(jumps, phases, bin_width=0.5, drive=DRIVE, rates=TRAJECTORY["rates"]):
    parameters = {"rates": rates, "n_atoms": N_ATOMS, "drive": [[0.0, drive]], "stop": STOP, "bin_width": bin_width}
    return switching.compute_counts(parameters, jumps, phases)


def test_counts_are_those_of_the_record(recorded, phases, tmp_path):
    results, jumps = counted(recorded["jumps"], phases), recorded["jumps"].data
    tables.write(tmp_path / "counts", contracts.COUNTS, results["counts"], {})
    tables.write(tmp_path / "expected", contracts.EXPECTED_COUNTS, results["expected_counts"], {})
    np.testing.assert_allclose(results["counts"]["time"], 0.25 + 0.5 * np.arange(40))
    for number in (0, 7, 39):
        inside = jumps[(jumps["time"] >= 0.5 * number) & (jumps["time"] < 0.5 * (number + 1))]
        for channel in ("individual", "collective"):
            assert results["counts"][channel][number] == (inside["channel"] == channel).sum()
    assert results["counts"]["individual"].sum() + results["counts"]["collective"].sum() == len(jumps)


def test_an_incomplete_bin_is_left_out_and_a_bin_must_fit(recorded, phases):
    assert counted(recorded["jumps"], phases, bin_width=3.0)["counts"]["time"].tolist() == [
        1.5 + 3 * k for k in range(6)
    ]
    with pytest.raises(checks.ParameterError, match="a bin of 30 is longer than the trajectory, 20"):
        counted(recorded["jumps"], phases, bin_width=30.0)


def test_expected_counts_follow_g1_and_g2(recorded, phases):
    """By hand for N = 10, gamma_c = 10 gamma_s, bins of 0.5/gamma_s."""
    expected = counted(recorded["jumps"], phases)["expected_counts"]
    assert list(expected["state"]) == ["plus", "minus"]
    assert expected["individual_exact"] == [2.0 * 0.5, 4.5 * 0.5]
    assert expected["collective"] == [11.0 * 10 * 0.5, 5.5 * 10 * 0.5]


def test_mean_field_counts_are_those_of_the_branches(recorded, phases):
    """Gamma / gamma = 90 / 11 is bistable around 0.9117 Omega_c; at 0.8 there is a lower branch only."""
    row = dict(VALUES) | {"drive": 0.9117}
    both = counted(recorded["jumps"], table({name: [value] for name, value in row.items()}), drive=0.9117)
    individual = both["expected_counts"]["individual"]
    for count, side in zip(individual, (-1, 1), strict=True):
        s_z = count / 0.5 / 5 - 1
        # Eq. (2) as a cubic: 2 (1 + s_z)(s_z - g)^2 + drive^2 s_z = 0; the stable branches are its outer roots
        g = 11 / 90
        roots = np.sort(np.roots([2, 2 - 4 * g, 2 * g**2 - 4 * g + 0.9117**2, 2 * g**2]).real)
        assert s_z == pytest.approx(roots[0 if side < 0 else 2], abs=1e-6)
    plus, minus = counted(recorded["jumps"], phases)["expected_counts"]["individual"]
    assert plus == pytest.approx(0.5 * 5 * (1 + float(mean_field.branches(90 / 11, DRIVE).lower)))
    assert np.isnan(minus)


def test_expected_counts_without_phases_are_missing_and_say_so(recorded, phases, tmp_path):
    empty = table(phases.data.assign(**dict.fromkeys(VALUES, np.nan), note="text"))
    expected = counted(recorded["jumps"], empty)["expected_counts"]
    tables.write(tmp_path / "expected", contracts.EXPECTED_COUNTS, expected, {})
    assert np.isnan(expected["individual_exact"]).all()
    assert np.isnan(expected["collective"]).all()
    assert expected["note"] == [
        "no rho_plus in the table of the phases",
        "the mean field has no upper branch at drive 0.8; no rho_minus in the table of the phases",
    ]


def test_counts_fluctuate_about_the_rates_of_their_own_trajectory(recorded):
    """Counts minus the integrated rates of (G1), (G2) are a martingale with that integral as its variance: |z| < 4."""
    rows, jumps = recorded["trajectory"].data, recorded["jumps"].data
    for channel, rate in (("individual", N_ATOMS / 2 + rows["s_z"]), ("collective", 10 * rows["intensity"])):
        integral = np.trapezoid(rate, rows["time"])
        assert integral > 50
        assert abs((jumps["channel"] == channel).sum() - integral) < 4 * np.sqrt(integral)


def test_phases_are_read_at_the_drive_of_the_trajectory(phases):
    assert switching.phases_at(phases, DRIVE)["s_squared_plus"] == 28.0
    with pytest.raises(checks.ParameterError, match=r"no row at drive 0\.75; set phases\.selected_drive"):
        switching.phases_at(phases, 0.75)


def test_thresholds_are_fractions_of_the_way_from_minus_to_plus():
    assert switching.thresholds(THRESHOLDS, VALUES) == pytest.approx((10.0, 26.0))


@pytest.mark.parametrize(
    ("s_squared", "switch"),
    [
        ([28, 28, 15, 9, 9, 28], 3.0),
        ([18, 28, 20, 27, 15, 9], 5.0),  # begins between the phases
        ([8, 12, 24, 11, 26, 8], 4.0),  # from rho_- to rho_+
    ],
)
def test_first_switch_of_a_record(s_squared, switch):
    assert switching.first_switch(np.arange(6.0), np.array(s_squared, float), 10.0, 26.0) == switch


@pytest.mark.parametrize("s_squared", [[28, 20, 28], [9, 20, 9], [20, 20, 20]])
def test_a_record_without_switch_has_none(s_squared):
    assert switching.first_switch(np.arange(3.0), np.array(s_squared, float), 10.0, 26.0) is None


def test_zoom_without_switch_shows_the_largest_excursion_and_says_so(recorded, phases, tmp_path):
    """Missing values of the phases, or rho_- and rho_+ that the trajectory never reaches."""
    rows = recorded["trajectory"].data
    excursion = rows["time"][(rows["s_squared"] - rows["s_squared"].median()).abs().idxmax()]
    for value in (np.nan, 1000.0):
        other = table(phases.data.assign(s_squared_plus=value, s_squared_minus=-value, note="text"))
        zoom = switching.compute_zoom(ZOOM, recorded["trajectory"], recorded["jumps"], other)["zoom"]
        tables.write(tmp_path / "zoom", contracts.ZOOM, zoom, ZOOM)
        assert zoom["time"][0] <= excursion <= zoom["time"][-1]
        assert set(zoom["note"]) == {"no switch up to t = 20: largest excursion of ⟨S²⟩"}


def test_zoom_is_the_same_trajectory_around_its_first_switch(recorded, phases, tmp_path):
    zoom = switching.compute_zoom(ZOOM, recorded["trajectory"], recorded["jumps"], phases)["zoom"]
    tables.write(tmp_path / "zoom", contracts.ZOOM, zoom, ZOOM)
    assert set(zoom["note"]) == {""}
    rows = recorded["trajectory"].data
    switch = rows["time"][(rows["s_squared"] <= 10).idxmax()]
    np.testing.assert_allclose(zoom["time"], np.linspace(switch - 0.4, switch + 0.2, 121))
    common = np.isin(np.round(rows["time"], 9), np.round(zoom["time"], 9))
    for name in ("s_z", "s_squared", "intensity", "crss_fidelity"):
        np.testing.assert_allclose(zoom[name], rows[name][common], atol=1e-8)
    assert np.ptp(zoom["s_squared"]) > 10


def test_zoom_refuses_a_record_that_is_not_its_own(recorded, phases):
    for parameters in (ZOOM | {"seed": 2}, ZOOM | {"rates": {"gamma_c": 20.002, "gamma_s": 2.0}}):
        with pytest.raises(checks.CertificateError, match="other jumps than the table"):
            switching.compute_zoom(parameters, recorded["trajectory"], recorded["jumps"], phases)
