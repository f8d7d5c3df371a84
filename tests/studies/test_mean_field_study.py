"""Branches, edges, relaxation and the Dicke model of Figs. 1 and 9, against polynomial roots and another integrator."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import solve_ivp

from driven_dicke.mean_field import branches as mean_field
from driven_dicke.pipeline import tables
from driven_dicke.studies import mean_field as contracts
from driven_dicke.studies.mean_field import compute as study

PARAMETERS = {
    "gamma_ratios": [4.0, 12.0],
    "drive": {"start": 0.05, "stop": 1.15, "points": 12},
    "relaxation": {
        "gamma_ratio": 20.0,
        "drive": 0.7,
        "stop_time": 3.0,
        "points": 7,
        "initial_states": [[0.0, 0.0, -1.0], [0.1, 0.2, 0.3]],
    },
}


@pytest.fixture(scope="module")
def found():
    return {name: pd.DataFrame(columns) for name, columns in study.compute(PARAMETERS).items()}


def test_tables_keep_their_contracts(found, tmp_path):
    for name, data in found.items():
        columns = {column: data[column].to_numpy() for column in data}
        tables.write(tmp_path / name, getattr(contracts, name.upper()), columns, PARAMETERS)


def test_branches_are_the_physical_roots_of_the_cubic(found):
    """Eq. (2): 2 (1 + s)(s - g)^2 + w^2 s = 0 with g = gamma / Gamma, by the eigenvalues of its companion matrix."""
    for (ratio, drive), rows in found["branches"].groupby(["gamma_ratio", "drive"]):
        g = 1 / ratio
        roots = np.roots([2, 2 - 4 * g, 2 * g**2 - 4 * g + drive**2, 2 * g**2])
        real = np.sort(roots[np.abs(roots.imag) < 1e-6].real)
        physical = real[(real > -1) & (real < 0)]
        for s_z in rows["s_z"]:
            assert np.abs(physical - s_z).min() < 1e-6
        at_an_edge = drive not in np.linspace(0.05, 1.15, 12)
        assert len(rows) == len(physical) or at_an_edge


def test_edges_are_where_two_roots_meet(found):
    """The discriminant of the cubic vanishes there; none for a ratio of 4; the relaxation has its own ratio."""
    assert found["edges"]["gamma_ratio"].tolist() == [12.0, 20.0]
    for row in found["edges"].itertuples():
        g = 1 / row.gamma_ratio
        for drive in (row.lower_edge, row.upper_edge):
            roots = np.roots([2, 2 - 4 * g, 2 * g**2 - 4 * g + drive**2, 2 * g**2])
            distances = np.abs(roots[:, None] - roots)[np.triu_indices(3, 1)]
            assert distances.min() < 1e-6


def test_eigenvalues_and_stability_are_those_of_the_flow(found):
    """The Jacobian by differences of the flow; the middle branch is unstable, and no fold is stable."""
    rows = found["branches"].iloc[::3]
    for row in rows.itertuples():
        state, step = np.array([row.s_x, row.s_y, row.s_z]), 1e-6
        jacobian = np.array(
            [
                (
                    mean_field.flow(row.gamma_ratio, row.drive, state + step * unit)
                    - mean_field.flow(row.gamma_ratio, row.drive, state - step * unit)
                )
                / (2 * step)
                for unit in np.eye(3)
            ]
        ).T
        ours = np.array([getattr(row, f"eig{n}_re") + 1j * getattr(row, f"eig{n}_im") for n in (1, 2, 3)])
        np.testing.assert_allclose(np.sort_complex(ours), np.sort_complex(np.linalg.eigvals(jacobian)), atol=1e-4)
    inner = found["branches"][found["branches"]["branch"] == "middle"]
    assert len(inner)
    assert not inner["stable"].any()


def test_relaxation_is_that_of_another_integrator(found):
    times = np.linspace(0, 3, 7)
    for number, initial in enumerate(PARAMETERS["relaxation"]["initial_states"]):
        rows = found["relaxation"][found["relaxation"]["trajectory"] == number]
        solution = solve_ivp(
            lambda _, state: mean_field.flow(20.0, 0.7, state), (0, 3), initial, "LSODA", times, rtol=1e-10, atol=1e-12
        )
        np.testing.assert_allclose(rows["time"], times)
        np.testing.assert_allclose(rows[["s_x", "s_y", "s_z"]], solution.y.T, atol=1e-7)


def test_the_dicke_model_is_a_pure_state(found):
    """gamma_s = 0: s_z = -sqrt(1 - w^2), a spin of full length."""
    rows = found["dicke"]
    np.testing.assert_allclose(rows["s_z"], -np.sqrt(1 - rows["drive"] ** 2), atol=1e-12)
    np.testing.assert_allclose(rows["s_y"] ** 2 + rows["s_z"] ** 2, 1, atol=1e-12)


def test_branches_of_a_size_are_those_of_its_ratio():
    rows = pd.DataFrame(
        study.compute_for_n_atoms(
            {"rates": {"gamma_c": 20.0, "gamma_s": 2.0}, "n_atoms": 18, "drive": PARAMETERS["drive"]}
        )["branches"]
    )
    assert rows["gamma_ratio"].unique() == pytest.approx([17 * 10 / 11])
    lower = rows[rows["branch"] == "lower"]
    np.testing.assert_allclose(lower["s_z"], mean_field.branches(170 / 11, lower["drive"]).lower)
