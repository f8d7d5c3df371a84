"""The tables of Figs. ext10 and ext11: contracts, consistency between them, and rates without two phases."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.closed_form import absorber
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import counting as counting_contracts
from driven_dicke.studies import light as light_contracts
from driven_dicke.studies.counting import compute as counting
from driven_dicke.studies.light import compute as light

RATES = {"gamma_c": 5.0, "gamma_s": 0.5}  # in the tables' unit 10 and 1
LIGHT = {
    "rates": RATES,
    "n_atoms": [12, 16],
    "places": [0.8, 1.0],
    "side_until": 12,
    "log_frequency": {"start": -2.0, "stop": 3.0, "points": 11},
    "log_time": {"start": -4.0, "stop": 4.0, "points": 9},
}
DETECTOR = {"efficiency": 0.5, "dark_counts": 1.0}
COUNTING = {
    "rates": RATES,
    "n_atoms": [16, 20],
    "log_tilt": {"start": -1.0, "stop": 0.5, "points": 4},
    "log_window": {"start": -3.0, "stop": 5.0, "points": 9},
    "detector": {"cavity": DETECTOR, "side": DETECTOR},
    "record": {"n_atoms": 12, "drive": 0.7, "bin_width": 0.5},
}
SEEN = tables.Table(pd.DataFrame({"time": [0.25, 0.75], "individual": [1, 2], "collective": [50, 70]}), {})


def written(folder, found, contracts):
    assert found.keys() == contracts.keys()
    read = {}
    for name, contract in contracts.items():
        tables.write(folder / name, contract, found[name], {})
        read[name] = tables.read(folder / name, contract).data
    return read


def light_tables(folder, parameters):
    module = light_contracts
    contracts = {"spectra": module.SPECTRA, "light_rates": module.RATES, "coherence": module.COHERENCE}
    return written(folder, light.compute(parameters), contracts)


def counting_tables(folder, parameters):
    module = counting_contracts
    contracts = {"generating": module.GENERATING, "fano": module.FANO, "bins": module.BINS}
    return written(folder, counting.compute(parameters, SEEN), contracts)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return light_tables(tmp_path_factory.mktemp("light"), LIGHT)


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    return counting_tables(tmp_path_factory.mktemp("counting"), COUNTING)


def test_rates_and_coherence_of_the_closed_form(seen):
    for row in seen["light_rates"].itertuples():
        model = Model(row.n_atoms, 10.0)
        exact = absorber.steady_state_moments(model, model.rabi_frequency(row.drive))
        expected = {"cavity": 10 * exact.intensity, "side": exact.s_z + row.n_atoms / 2}[row.port]
        assert row.rate == pytest.approx(expected, rel=1e-9)
    first = seen["coherence"][(seen["coherence"]["n_atoms"] == 16) & (seen["coherence"]["place"] == 1.0)]
    cavity = first[(first["first"] == "cavity") & (first["second"] == "cavity")].iloc[0]
    model = Model(16, 10.0)
    exact = absorber.steady_state_moments(model, model.rabi_frequency(cavity["drive"]))
    assert cavity["g2"] == pytest.approx(exact.g2, rel=1e-2)  # at 1e-4 / gamma_s
    assert set(seen["spectra"].groupby("n_atoms")["port"].unique().map(len)) == {1, 2}
    assert (seen["spectra"]["spectrum"] > -1e-9).all()


def test_fano_factor_of_both_tables(counted, seen):
    """For short windows F - 1 is rate times window times g2 - 1."""
    rows = counted["fano"].set_index(["n_atoms", "port", "window"])
    here = seen["coherence"]
    pair = here[(here["n_atoms"] == 16) & (here["place"] == 1.0) & (here["first"] == "cavity")]
    g2 = pair[pair["second"] == "cavity"]["g2"].iloc[0]
    rates = seen["light_rates"].set_index(["n_atoms", "place", "port"])["rate"]
    shortest = rows.loc[(16, "cavity")].iloc[0]
    assert shortest["fano"] - 1 == pytest.approx(1e-3 * rates[16, 1.0, "cavity"] * (g2 - 1), rel=0.05)
    assert (counted["fano"]["fano_detected"] < counted["fano"]["fano"] + 1e-9).all()


def test_generating_function_and_its_transform(counted):
    rows = counted["generating"]
    for (n_atoms, port), one in rows.groupby(["n_atoms", "port"]):
        assert np.interp(0.0, one["scaled_tilt"], one["theta"]) == 0
        assert (np.diff(one["theta"]) > 0).all(), (n_atoms, port)  # more counts, more weight
        assert one["theta"].to_numpy() == pytest.approx(one["theta_two_states"].to_numpy(), rel=0.25)
        # A Legendre transform: dI/dk = s, which is odd about 0 and of the size of lambda_1 / |r_+ - r_-|.
        order = one.sort_values("activity")
        activity, rate_function = order["activity"].to_numpy(), order["rate_function"].to_numpy()
        assert (np.diff(np.diff(rate_function) / np.diff(activity)) > 0).all(), (n_atoms, port)  # convex
        slopes = np.gradient(rate_function, activity)[1:-1]
        steps = np.abs(order["scaled_tilt"].to_numpy()[1:-1])
        assert np.abs(slopes) == pytest.approx(steps, rel=0.3, abs=0.1)
        assert one["excess"].iloc[0] == pytest.approx(one["excess_two_states"].iloc[0], rel=0.25, abs=0.1)
    assert rows["rate_function"].min() >= -1e-9


def test_counts_in_a_bin(counted):
    bins = counted["bins"]
    assert bins["probability"].sum() == pytest.approx(1, abs=1e-6)
    assert bins["two_states"].sum() == pytest.approx(1, abs=1e-6)
    assert bins.loc[bins["record"] > 0, "counts"].tolist() == [50, 70]
    model = Model(12, 10.0)
    exact = absorber.steady_state_moments(model, model.rabi_frequency(0.7))
    assert bins["probability"] @ bins["counts"] == pytest.approx(5 * exact.intensity, rel=1e-5)


def test_counts_of_spins_brighter_than_their_mean(tmp_path):
    """Without two phases, at gamma_c = 1000 gamma_s, single spins are four times as bright as the steady state."""
    record = {"n_atoms": 8, "drive": 0.73, "bin_width": 0.02}
    parameters = COUNTING | {"rates": {"gamma_c": 1000.0, "gamma_s": 1.0}, "n_atoms": [8], "record": record}
    found = counting_tables(tmp_path, parameters)["bins"]
    model = Model(8, 1000.0)
    exact = absorber.steady_state_moments(model, model.rabi_frequency(0.73))
    assert found["probability"] @ found["counts"] == pytest.approx(20 * exact.intensity, rel=1e-5)


def test_rates_without_two_phases(tmp_path):
    low = {"gamma_c": 0.2, "gamma_s": 1.0}
    seen = light_tables(tmp_path, LIGHT | {"rates": low, "n_atoms": [12]})
    assert seen["coherence"]["two_states"].isna().all()
    assert seen["spectra"]["note"].str.startswith("relative to 0.7 Omega_c").all()
    counted = counting_tables(tmp_path, COUNTING | {"rates": low, "n_atoms": [16]})
    for name in ("generating", "fano"):
        assert (counted[name]["note"] != "").all()
        assert len(counted[name]) == 2
    assert counted["bins"]["two_states"].isna().all()
