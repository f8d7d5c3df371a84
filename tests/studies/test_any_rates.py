"""What does not exist at some rates or sizes keeps its row, with a note: nothing stops, nothing is silently empty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driven_dicke.closed_form import critical_point
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import claims as claims_contracts
from driven_dicke.studies import critical_point as critical_contracts
from driven_dicke.studies import phases as phases_contracts
from driven_dicke.studies import steady_state as steady_contracts
from driven_dicke.studies import validation as validation_contracts
from driven_dicke.studies.claims import evidence as claims_evidence
from driven_dicke.studies.common import model_of
from driven_dicke.studies.critical_point import compute as critical_study
from driven_dicke.studies.phases import compute as phases
from driven_dicke.studies.steady_state import compute as steady_state
from driven_dicke.studies.validation import compute as validation

RATIOS = [0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 100.0, 1000.0]


def rates(ratio):
    return {"rates": {"gamma_c": ratio, "gamma_s": 1.0}}


def kept(tmp_path, contract, columns):
    """The table as written and read: it keeps its contract, and where a number is missing a note says why."""
    tables.write(tmp_path / "t.parquet", contract, columns, {})
    data = tables.read(tmp_path / "t.parquet", contract).data
    missing = data.drop(columns="note").isna().any(axis=1)
    assert (missing == (data["note"] != "")).all()
    return data


@pytest.mark.parametrize("ratio", RATIOS)
def test_critical_points_exist_from_a_size_on(tmp_path, ratio):
    """Bistability needs (N - 1) gamma_c > 8 (gamma_c + gamma_s), and the steady state somewhat more."""
    parameters = rates(ratio) | {"n_atoms_fitted": [40, 2, 17], "n_atoms_large": [2000]}
    found = critical_study.compute(parameters)
    points = kept(tmp_path, critical_contracts.CRITICAL_POINT, found["critical_point"])
    assert points["n_atoms"].tolist() == [2, 17, 40, 2000]
    bistable = (points["n_atoms"] - 1) * ratio > 8 * (ratio + 1)
    assert not points["drive"].notna()[~bistable].any()
    assert points["drive"].notna().to_numpy()[-1]
    first = int(np.ceil(8 * (1 + 1 / ratio))) + 1
    assert f"bistable from N = {first if (first - 1) * ratio > 8 * (ratio + 1) else first + 1} on" in points["note"][0]
    assert kept(tmp_path, critical_contracts.FIT, found["fit"])["note"][0].startswith("the fit needs 4 critical points")
    kept_curve = found["fit_curve"]["drive"]
    assert np.isnan(kept_curve).all()


@pytest.mark.parametrize(("ratio", "n_atoms"), [(0.3, 31), (1.0, 17), (1.0, 18), (8.0, 10), (10.0, 9), (1000.0, 10)])
def test_the_smallest_bistable_size_is_the_smallest(ratio, n_atoms):
    smallest = critical_point.smallest_bistable_size(Model(n_atoms, ratio))
    for size, bistable in ((smallest - 1, False), (smallest, True)):
        model = Model(size, ratio)
        assert (model.collective_rate > 8 * model.single_atom_rate) == bistable


@pytest.mark.parametrize("ratio", [0.5, 10.0])
def test_what_belongs_to_a_critical_point_is_missing_without_one(tmp_path, ratio):
    there = ratio == 10
    parameters = rates(ratio) | {"n_atoms": [16, 18]}
    weights = phases.compute_weights(parameters)
    table = kept(tmp_path, phases_contracts.WEIGHTS_AT_TRANSITION, weights["weights"])
    assert table["a_plus"].notna().tolist() == [there, there]
    tables.write(tmp_path / "law.parquet", phases_contracts.WEIGHTS_LAW, weights["weights_law"], {})
    magnetization = steady_state.compute_magnetization(parameters | {"n_atoms": 18})
    table = kept(tmp_path, steady_contracts.MAGNETIZATION, magnetization["magnetization"])
    assert table["probability"].notna().all() == there
    kept(tmp_path, steady_contracts.MEAN_FIELD_MAGNETIZATION, magnetization["mean_field_magnetization"])


@pytest.mark.parametrize("ratio", [0.1, 100.0])
def test_evidence_of_claims_keeps_its_rows(tmp_path, ratio):
    parameters = rates(ratio) | {
        "large_n": {"n_atoms": [16, 2000], "drives": [0.01, 0.6]},
        "fidelity": {"n_atoms": 12, "region_fractions": [0.25, 0.75]},
    }
    large = kept(tmp_path, claims_contracts.LARGE_N, claims_evidence.large_n(parameters))
    assert large["xi2"].notna().tolist() == ([False] * 3 + [True] if ratio < 1 else [False, True, False, True])
    fidelity = kept(tmp_path, claims_contracts.FIDELITY, claims_evidence.fidelity(parameters))
    assert fidelity["drive"].notna().all() == (ratio > 1)


def test_an_imprecise_reference_is_noted_and_a_precise_one_stops(tmp_path):
    """PIQS has its rates in single precision: at N = 8 it is off by 1e-7 or so."""
    way = {"n_atoms": [8], "tolerance": 1e-12}
    none = {"n_atoms": [], "tolerance": 1.0}
    parameters = rates(10.0) | {"drives": [0.73], "sparse_solve": none, "full_master_equation": none, "piqs": way}
    found = validation.compute(parameters)["validation"]
    tables.write(tmp_path / "t.parquet", validation_contracts.VALIDATION, found, {})
    assert found["within"] == [False]
    assert found["note"][0].startswith("the rates of PIQS are in single precision, which explains up to")
    assert 1e-9 < found["largest_deviation"][0] < 1e-4
    with pytest.raises(checks.CertificateError, match=r"closed form and sparse solve differ by .* N = 8, drive 0\.73"):
        validation.compute(parameters | {"sparse_solve": way | {"tolerance": 1e-18}, "piqs": none})


@given(st.sampled_from([0.1, 0.3, 0.7, 2.0, 10.0, 28.0]), st.sampled_from([1.0, 2.0, 0.3]), st.integers(-6, 6))
def test_the_unit_of_the_rates_does_not_matter(gamma_c, gamma_s, power):
    """Not even in the last digit: 0.3e-6 / 1e-6 is 0.3 and not 0.29999999999999993."""
    scaled = {"gamma_c": float(f"{gamma_c}e{power}"), "gamma_s": float(f"{gamma_s}e{power}")}
    found = model_of({"rates": scaled}, 5)
    assert found == model_of({"rates": {"gamma_c": gamma_c, "gamma_s": gamma_s}}, 5)
    assert found.gamma_c == pytest.approx(gamma_c / gamma_s, rel=1e-15)


SCALED = {
    "critical point": (critical_study.compute, {"n_atoms_fitted": [18, 20, 24, 32], "n_atoms_large": [1000]}),
    "steady state": (steady_state.compute, {"n_atoms": 9, "drive": {"start": 0.1, "stop": 1.2, "points": 5}}),
    "magnetization": (steady_state.compute_magnetization, {"n_atoms": 24}),
    "weights of the phases": (phases.compute_weights, {"n_atoms": [17, 18, 20]}),
}


@pytest.mark.parametrize("name", SCALED)
@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_the_unit_of_the_rates_shows_in_no_digit(name, unit):
    compute, parameters = SCALED[name]
    found = [
        compute(parameters | {"rates": {"gamma_c": gamma_c, "gamma_s": gamma_s}})
        for gamma_c, gamma_s in ((3.7, 1.0), (float(f"{3.7 * unit:g}"), unit))
    ]
    for table in found[0]:
        for column, values in found[0][table].items():
            np.testing.assert_array_equal(np.asarray(values), np.asarray(found[1][table][column]))
