"""The tables of Fig. ext5 against the phases study's numbers, both sources, and the limit."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.generator import phases
from driven_dicke.mean_field import branches as mean_field
from driven_dicke.model import checks, crss
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import crss_closeness as contracts
from driven_dicke.studies.crss_closeness import compute as study

PARAMETERS = {
    "rates": {"gamma_c": 5.0, "gamma_s": 0.5},  # in the tables' unit 10 and 1
    "n_atoms": [18, 48, 300],
    "region_fractions": [0.25, 0.9],
    "spectral_until": 48,
    "selected_n_atoms": [18, 48, 300],
    "selected_fraction": 0.25,
}
CONTRACTS = {"fidelity": contracts.FIDELITY, "spins": contracts.SPINS, "landmarks": contracts.LANDMARKS}


@pytest.fixture(scope="module")
def results():
    return study.compute(PARAMETERS)


@pytest.fixture(scope="module")
def fidelity(results):
    return pd.DataFrame(results["fidelity"]).set_index(["n_atoms", "region_fraction", "source"]).sort_index()


def test_tables_keep_their_contracts(results, tmp_path):
    assert results.keys() == CONTRACTS.keys()
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, results[name], {})


def test_spectral_fidelity_is_that_of_the_phases(fidelity):
    """Claim 18's number at N = 18, and the definition at N = 48."""
    assert fidelity.loc[(18, 0.9, "spectral"), "crss_fidelity"] == pytest.approx(0.7396, abs=1e-4)
    model, drive = Model(48, 10.0), fidelity.loc[(48, 0.9, "spectral"), "drive"]
    edges = mean_field.bistability_edges(model.collective_rate / model.single_atom_rate)
    assert (drive - edges.lower) / (edges.upper - edges.lower) == pytest.approx(0.9)
    plus = phases.decompose(model, model.rabi_frequency(drive)).plus
    expected = crss.fidelity(plus, model, model.rabi_frequency(drive))
    assert fidelity.loc[(48, 0.9, "spectral"), "crss_fidelity"] == pytest.approx(expected, rel=1e-8)


def test_closed_form_approaches_the_spectrum(fidelity):
    for fraction, allowed in ((0.25, 0.06), (0.9, 0.08)):
        both = [fidelity.loc[(48, fraction, source), "crss_fidelity"] for source in ("spectral", "closed_form")]
        assert both[1] == pytest.approx(both[0], rel=allowed)
        small = [fidelity.loc[(18, fraction, source), "crss_fidelity"] for source in ("spectral", "closed_form")]
        assert fraction > 0.5 or abs(both[1] / both[0] - 1) < abs(small[1] / small[0] - 1)


def test_closed_form_meets_the_law(fidelity):
    for fraction in (0.25, 0.9):
        exact, law = (fidelity.loc[(300, fraction, source)] for source in ("closed_form", "law"))
        assert law["crss_fidelity"] == pytest.approx(exact["crss_fidelity"], rel=5e-3)
        assert law["mean_spin"] == pytest.approx(exact["mean_spin"], abs=2e-3)
    assert fidelity.loc[(300, 0.25, "law"), "own_spin_infidelity"] == pytest.approx(
        fidelity.loc[(300, 0.25, "closed_form"), "own_spin_infidelity"], rel=0.02
    )
    assert (18, 0.9, "law") not in fidelity.index  # 2 |alpha| / N is beyond 1 / sqrt 2
    assert (
        fidelity["rate"]
        .isna()
        .equals(fidelity.index.get_level_values("source").to_series(index=fidelity.index) != "law")
    )


def test_what_survives(fidelity):
    """From N = 48 to 300 near the end of the region: spin N/2 falls away, the own spins come nearer."""
    near_end = fidelity.xs((0.9, "closed_form"), level=("region_fraction", "source"))
    assert near_end.loc[300, "crss_fidelity"] < 0.1 < 0.4 < near_end.loc[48, "crss_fidelity"]
    assert near_end.loc[300, "own_spin_infidelity"] < 1e-3 * near_end.loc[48, "own_spin_infidelity"]


def test_spins_and_landmarks(results):
    spins, landmarks = pd.DataFrame(results["spins"]), pd.DataFrame(results["landmarks"]).set_index("n_atoms")
    for (n_atoms, _), rows in spins.groupby(["n_atoms", "source"]):
        assert rows["weight"].sum() == pytest.approx(1, abs=1e-9)
        assert rows["j"].tolist() == np.arange(n_atoms / 2, -0.1, -1).tolist()
        assert rows["relative_spin"].to_numpy() == pytest.approx(2 * rows["j"].to_numpy() / n_atoms)
    assert set(spins.loc[spins["n_atoms"] == 300, "source"]) == {"closed_form"}
    large = spins[spins["n_atoms"] == 300]
    assert large["weight"] @ large["relative_spin"] == pytest.approx(landmarks.loc[300, "mean_field_spin"], abs=2e-3)
    model = Model(300, 10.0)
    rabi_frequency = model.rabi_frequency(landmarks.loc[300, "drive"])
    assert landmarks.loc[300, "shortest_spin"] == pytest.approx(2 * 2 * rabi_frequency / 10 / 300)
    assert spins.loc[spins["weight"] == 0, "crss_fidelity"].isna().all()


@pytest.mark.parametrize("change", [{"selected_fraction": 0.5}, {"selected_n_atoms": [64]}])
def test_a_selection_off_the_lists_is_refused(change):
    with pytest.raises(checks.ParameterError, match="must be among region_fractions and n_atoms"):
        study.compute(PARAMETERS | change)


def test_sizes_and_drives_without_two_phases_keep_their_rows(tmp_path):
    """At gamma_c = 0.5 gamma_s the mean field of N = 18 is not bistable; p_k of N = 28 has one maximum."""
    parameters = PARAMETERS | {"rates": {"gamma_c": 0.5, "gamma_s": 1.0}, "n_atoms": [18, 28, 100]}
    parameters |= {"region_fractions": [0.05, 0.5], "selected_n_atoms": [18, 100], "selected_fraction": 0.5}
    found = study.compute(parameters)
    read = {}
    for name, contract in CONTRACTS.items():
        tables.write(tmp_path / name, contract, found[name], {})
        read[name] = tables.read(tmp_path / name, contract).data
    fidelity = read["fidelity"]
    assert (fidelity["note"] != "").equals(fidelity["crss_fidelity"].isna())
    small = fidelity[fidelity["n_atoms"] == 18]
    assert small["drive"].isna().all()
    assert small["source"].tolist() == ["spectral", "closed_form"] * 2
    assert small["note"].str.contains("nowhere bistable: Gamma / gamma is 5.67, not above 8").all()
    edge = fidelity[(fidelity["n_atoms"] == 28) & (fidelity["source"] == "closed_form")]
    assert edge["drive"].notna().all()
    assert edge["crss_fidelity"].isna().all()
    spins, landmarks = read["spins"], read["landmarks"].set_index("n_atoms")
    assert spins.loc[spins["n_atoms"] == 18, "weight"].isna().all()
    assert spins.loc[spins["n_atoms"] == 100, "weight"].sum() == pytest.approx(1, abs=1e-9)
    assert landmarks["mean_field_spin"].isna().tolist() == [True, False]
