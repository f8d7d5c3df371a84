"""Dwell times of made-up records with known stays, of random telegraphs with known rates, and of real trajectories."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.model import observables
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import trajectories as contracts
from driven_dicke.studies.trajectories import dwell_times
from driven_dicke.switching import switching_rates

N_ATOMS, DRIVE = 12, 0.73
PARAMETERS = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},
    "n_atoms": N_ATOMS,
    "drive": DRIVE,
    "trajectories": 2,
    "times": {"spacing": "linear", "start": 0.0, "stop": 10.0, "points": 11},
    "seed": 5,
    "thresholds": {"minus": 0.2, "plus": 0.8},
    "other_thresholds": {"minus": [0.0, 0.4], "plus": [0.2, 0.9]},
}
VALUES = {"s_squared_plus": 40.0, "s_squared_minus": 10.0, "gap": 0.25, "a_plus": 0.6, "a_minus": 0.3} | {
    "a_plus_physical": 0.5,
    "a_minus_physical": 0.7,
}
CONTRACTS = {
    "dwell_times": contracts.DWELL_TIMES,
    "dwell_rates": contracts.DWELL_RATES,
    "dwell_thresholds": contracts.DWELL_THRESHOLDS,
}


def phases_table(values=VALUES, drive=DRIVE):
    return Table(pd.DataFrame({name: [value] for name, value in values.items()} | {"drive": [drive]}), {})


def with_records(monkeypatch, records, parameters=PARAMETERS, values=VALUES):
    """The study on made-up records of <S^2> in place of trajectories."""

    def ensemble(model, schedule, initial, times, seeds, progress, *, with_jumps):
        assert len(seeds) == parameters["trajectories"] == len(records)
        return [SimpleNamespace(s_squared=np.asarray(record, dtype=float)) for record in records]

    monkeypatch.setattr(dwell_times.spin_resolved, "ensemble", ensemble)
    return dwell_times.compute(parameters, phases_table(values))


def test_known_stays(monkeypatch, tmp_path):
    """Thresholds are 16 and 34: the first record is + 0-3, - 3-6, + 6-10, the second - 1-8, + 8-10."""
    first = [40, 36, 17, 15, 20, 33, 34, 30, 17, 35, 40]
    second = [20, 16, 10, 33, 20, 17, 9, 12, 38, 40, 40]
    parameters = PARAMETERS | {"other_thresholds": {"minus": [0.2], "plus": [0.7]}}
    results = with_records(monkeypatch, [first, second], parameters)
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], PARAMETERS)
    rows = list(zip(*(results["dwell_times"][column] for column in contracts.DWELL_TIMES.column_names), strict=True))
    assert rows == [
        (0, "plus", 3.0, True),
        (0, "plus", 4.0, True),
        (1, "plus", 2.0, True),
        (0, "minus", 3.0, False),
        (1, "minus", 7.0, True),
    ]
    rates = results["dwell_rates"]
    assert rates["state"] == ["plus", "minus"]
    assert rates["rate"] == pytest.approx([1 / 9, 2 / 10])
    assert rates["rate_error"] == pytest.approx([1 / 9, np.sqrt(2) / 10])
    assert rates["switches"] == [1, 2]
    assert rates["n_atoms"] == [N_ATOMS, N_ATOMS]
    assert rates["drive"] == [DRIVE, DRIVE]


def test_predicted_rates_use_the_weight_of_the_other_phase(monkeypatch):
    rates = with_records(monkeypatch, [[40, 10, 40, 10, 40, 10, 40, 10, 40, 10, 40]] * 2)["dwell_rates"]
    assert rates["rate_predicted"] == pytest.approx([0.25 * 0.3, 0.25 * 0.6])
    assert rates["rate_predicted_physical"] == pytest.approx([0.25 * 0.7, 0.25 * 0.5])
    model = Model(N_ATOMS, 10.0)
    steady = observables.expectation(absorber.density_blocks(model, model.rabi_frequency(DRIVE)))
    plus = (steady.s_squared - 10) / 30
    assert rates["rate_predicted_mixture"] == pytest.approx([0.25 * (1 - plus), 0.25 * plus])


def test_other_thresholds_cover_every_pair_in_order(monkeypatch):
    """Fractions 0, 0.4 and 0.2, 0.9 are <S^2> = 10, 22 and 16, 37; 0.4 with 0.2 is no pair."""
    record = [40, 20, 15, 36, 9, 20, 40, 21, 17, 36, 40]
    results = with_records(monkeypatch, [record, record])
    scan = results["dwell_thresholds"]
    assert list(zip(scan["minus"], scan["plus"], scan["state"], scan["switches"], strict=True)) == [
        (0.0, 0.2, "plus", 2),
        (0.0, 0.2, "minus", 2),
        (0.0, 0.9, "plus", 2),
        (0.0, 0.9, "minus", 2),
        (0.4, 0.9, "plus", 4),
        (0.4, 0.9, "minus", 4),
    ]
    # to 9: + 0-4, - 4-5 (16) or 4-6 (37), + to 10
    assert scan["rate"][:4] == pytest.approx([2 / 18, 2 / 2, 2 / 16, 2 / 4])


def test_rates_of_random_telegraphs_are_recovered(monkeypatch):
    """40 two-state Markov records with rates 0.05 and 0.1 for 500/gamma_s: within four standard errors."""
    generator, rates = np.random.default_rng(0), {True: 0.05, False: 0.1}
    times = np.linspace(0, 500, 50001)
    records = []
    for _ in range(40):
        switches, high = [0.0], True
        while switches[-1] < 500:
            switches.append(switches[-1] + generator.exponential(1 / rates[high]))
            high = not high
        records.append(np.where(np.searchsorted(switches, times, side="right") % 2 == 1, 40, 10))
    parameters = PARAMETERS | {"trajectories": 40} | {"times": PARAMETERS["times"] | {"stop": 500.0, "points": 50001}}
    table = with_records(monkeypatch, records, parameters)["dwell_rates"]
    for rate, error, exact in zip(table["rate"], table["rate_error"], rates.values(), strict=True):
        assert error == pytest.approx(exact / np.sqrt(40 * 500 / 30), rel=0.15)
        assert abs(rate - exact) < 4 * error


def test_there_is_no_rate_without_a_switch(monkeypatch, tmp_path):
    results = with_records(monkeypatch, [[40] * 11, [40] * 5 + [10] * 6])
    tables.write(tmp_path / "rates", contracts.DWELL_RATES, results["dwell_rates"], PARAMETERS)
    assert results["dwell_rates"]["switches"] == [1, 0]
    assert results["dwell_rates"]["rate"] == pytest.approx([1 / 15, np.nan], nan_ok=True)
    assert np.isnan(results["dwell_rates"]["rate_error"][1])


def test_without_a_spin_beyond_a_threshold_there_is_no_exact_rate(monkeypatch):
    results = with_records(monkeypatch, [[40, 10] * 5 + [40]] * 2, values=VALUES | {"s_squared_plus": 80.0})
    assert np.isnan(results["dwell_rates"]["rate_exact"]).all()


@pytest.mark.parametrize(("gamma_c", "count", "stop"), [(10.0, 80, 190.0), (100.0, 18, 190.0), (1000.0, 8, 45.64)])
def test_the_cost_follows_the_question(gamma_c, count, stop):
    """The number of jumps grows with gamma_c, that of switches does not: trajectories first, then time is cut."""
    times = {"spacing": "linear", "start": 30.0, "stop": 190.0, "points": 3201}
    parameters = {"n_atoms": 18, "drive": 0.73, "trajectories": 80, "times": times}
    found, grid, note = dwell_times.affordable(parameters, Model(18, gamma_c))
    assert (found, grid[-1]) == (count, pytest.approx(stop, abs=0.01))
    assert np.diff(grid) == pytest.approx(0.05)
    assert grid[0] == pytest.approx(min(30.0, stop / 2), abs=0.05)
    assert note.startswith(f"cut to {count} of 80 trajectories, up to t = {stop:.4g}") == (gamma_c > 10)


def test_trajectories_leave_the_phases_at_the_exact_rates():
    """40 trajectories of N = 4 to 20/gamma_s between j(j+1) <= 0 and >= 6: within four standard errors."""
    parameters = PARAMETERS | {
        "rates": {"gamma_c": 4.0, "gamma_s": 2.0},
        "n_atoms": 4,
        "drive": 3.0,
        "trajectories": 40,
        "times": {"spacing": "linear", "start": 0.0, "stop": 20.0, "points": 1001},
        "thresholds": {"minus": 0.0, "plus": 1.0},
        "other_thresholds": {"minus": [0.0, 0.5], "plus": [1.0]},
    }
    values = VALUES | {"s_squared_plus": 6.0, "s_squared_minus": 0.0}
    results = dwell_times.compute(parameters, phases_table(values, drive=3.0))
    table, scan = results["dwell_rates"], results["dwell_thresholds"]
    assert min(table["switches"]) > 80
    for rate, error, exact in zip(table["rate"], table["rate_error"], table["rate_exact"], strict=True):
        assert abs(rate - exact) < 4 * error, table
    model = Model(4, 2.0)
    expected = [switching_rates.switching_rates(model, model.rabi_frequency(3.0), low, 6.0) for low in (0.0, 3.0)]
    assert table["rate_exact"] == [expected[0].plus, expected[0].minus]
    assert scan["rate_exact"] == [rate for rates in expected for rate in (rates.plus, rates.minus)]
    assert scan["rate"][:2] == table["rate"]
    assert results["dwell_times"]["dwell_time"].sum() == pytest.approx(40 * 20)  # all down is in rho_+ from the start
