"""Numbers in double precision against proven balls: what is compared, at any rates, and that a wrong digit is seen."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies.critical_point import compute as critical_point
from driven_dicke.studies.critical_point_limit import compute as critical_point_limit
from driven_dicke.studies.proven_digits import compute as proven_digits
from driven_dicke.studies.sharpening import compute as sharpening
from driven_dicke.studies.steady_state import compute as steady_state

OBSERVABLES = {"s_z", "s_squared", "intensity", "g2", "xi2", "s_minus"}
TOLERANCES = {"per_atom": 1e-15, "drive_tolerance": 1e-10}


def inputs(gamma_c, n_atoms=18, start=0.1):
    """Tables of one N, as the studies make them."""
    given = {"rates": {"gamma_c": gamma_c, "gamma_s": 1.0}, "n_atoms": n_atoms}
    grid = {"start": start, "stop": 1.2, "points": 4}
    sizes = {"n_atoms_fitted": [1, 16, 18, 20, 24], "n_atoms_large": [3000]}
    made = {
        **steady_state.compute(given | {"drive": grid}),
        "magnetization": steady_state.compute_magnetization(given)["magnetization"],
        "critical_point": critical_point.compute(given | sizes)["critical_point"],
    }
    found = {name: Table(pd.DataFrame(made[name]), given) for name in made}
    return given | TOLERANCES, found | {"steady_state": [found["steady_state"]]}


@pytest.fixture(scope="module")
def paper():
    return inputs(10.0)


def test_every_number_is_compared(paper):
    parameters, given = paper
    made = proven_digits.compute(parameters, **given)
    rows = pd.DataFrame(made["proven_digits"])
    assert rows["within"].all()
    second = rows[rows["figure"] == "2"].set_index("quantity")
    assert set(second.index) == OBSERVABLES | {"probability"}
    assert (second["values"] == [*[4] * 6, 19]).all()
    tenth = rows[rows["figure"] == "10"]
    assert set(tenth["quantity"]) == OBSERVABLES | {"drive"}
    assert tenth["values"].sum() == 5 * 7
    assert (tenth[tenth["note"] != ""]["n_atoms"] == 1).all()
    assert rows["largest_radius"].max() < 1e-18
    at = tenth[(tenth["quantity"] == "drive") & (tenth["n_atoms"] == 18)].iloc[0]
    assert float(at["digits"]) == pytest.approx(at["drive"], rel=1e-12)
    assert len(at["digits"]) >= 18
    constants = pd.DataFrame(made["constants"]).set_index("quantity")
    assert constants.loc["limit", "digits"] == "0.569038767524636611048643551675"
    assert constants["within"].all()


@pytest.mark.parametrize("gamma_c", [0.1, 1.0, 1000.0])
@pytest.mark.parametrize("n_atoms", [2, 30])
def test_any_rates_and_sizes(gamma_c, n_atoms):
    """Without a critical point a row says so; without a drive nothing is summed."""
    parameters, given = inputs(gamma_c, n_atoms, start=0.0)
    rows = pd.DataFrame(proven_digits.compute(parameters, **given)["proven_digits"])
    assert rows["within"].all()
    assert rows[rows["figure"] == "2"].iloc[0]["values"] == 3
    empty = rows[rows["values"] == 0]
    assert (empty["note"] != "").all()
    assert empty["largest_deviation"].isna().all()
    assert len(empty) == (
        given["critical_point"].data["drive"].isna().sum() + (given["magnetization"].data["note"][0] != "")
    )


@pytest.mark.parametrize(
    ("name", "column", "factor"),
    [("steady_state", "xi2", 1 + 1e-12), ("steady_state", "s_z", np.nan), ("critical_point", "drive", 1 + 1e-8)],
)
def test_a_wrong_digit_stops_the_study(paper, name, column, factor):
    parameters, given = paper
    table = given[name][0] if name == "steady_state" else given[name]
    data = table.data.copy()
    data.loc[2, column] *= factor
    forged = Table(data, table.parameters)
    with pytest.raises(checks.CertificateError, match=r"deviates by|no sign change"):
        proven_digits.compute(parameters, **given | {name: [forged] if name == "steady_state" else forged})


def test_the_extensions_are_compared():
    parameters = {"rates": {"gamma_c": 10.0, "gamma_s": 1.0}} | TOLERANCES
    weights = critical_point_limit.equal_weights(Model(2, 10.0), np.array([4, 18, 4096]))
    weights = {name: np.concatenate([weights[name], weights[name][-1:]]) for name in weights}
    curve = sharpening.exact_curve(Model(256, 10.0), np.array([0.0, 0.3, 0.58, 0.9]), 0.58)
    given = {"equal_weights": weights, "curves": curve}
    tables = {name: Table(pd.DataFrame(columns), {}) for name, columns in given.items()}
    rows = pd.DataFrame(proven_digits.compute_extensions(parameters, **tables)["proven_digits"])
    assert rows["within"].all()
    assert rows[rows["figure"] == "ext1"]["values"].tolist() == [0, 1, 1, 1]
    assert rows[rows["figure"] == "ext2"]["values"].tolist() == [3] * 6
    tables["curves"].data.loc[2, "g2"] *= 1 + 1e-11
    with pytest.raises(checks.CertificateError, match=r"g2 of N = 256 \(Fig. ext2\) deviates by 1.0e-11"):
        proven_digits.compute_extensions(parameters, **tables)
