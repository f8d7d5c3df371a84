"""The tables of Fig. ext7 against printed formulas, a sparse solve, and the full master equation."""

import numpy as np
import pandas as pd
import pytest

from driven_dicke.generator import stationary
from driven_dicke.model import checks, observables
from driven_dicke.model.parameters import Model
from driven_dicke.pipeline import tables
from driven_dicke.studies import critical_point
from driven_dicke.studies import phase_diagram as contracts
from driven_dicke.studies.liouvillian_gap.validation import full_master_equation, slowest_rate
from driven_dicke.studies.phase_diagram import compute as phase_diagram
from driven_dicke.studies.phase_diagram import validation as phase_diagram_validation

EXPERIMENTS = {
    "tweezer_array": {"n_atoms": 18, "rate_ratio": 10.0},
    "atomic_ensemble": {"n_atoms": 2000},
}
BOUNDARIES = {
    "experiments": EXPERIMENTS,
    "largest_rate_ratio": 100.0,
    "curves": {"points": 6},
    "plane": {"n_atoms": {"start": 10, "stop": 40, "points": 3}, "first": 1.2, "points": 4},
}
SIZES = {
    "rates": {"gamma_c": 20.0, "gamma_s": 2.0},
    "chain": {"n_atoms": [18, 64], "drive": {"start": 0.5, "stop": 0.61, "points": 2}},
}
VALIDATION = {
    "n_atoms": {"complete_diagonalisation": [5], "full_master_equation": [3]},
    "rate_ratios": [0.3, 10.0],
    "drives": [0.6],
    "tolerance": 1e-9,
}


@pytest.fixture(scope="module")
def boundaries():
    return phase_diagram.boundaries(BOUNDARIES)


@pytest.fixture(scope="module")
def sizes():
    columns = {"n_atoms": [16, 64], "drive": [0.75, 0.62], "fitted": [True, True], "note": ["", ""]}
    assert list(columns) == critical_point.CRITICAL_POINT.column_names
    return phase_diagram.sizes(SIZES, tables.Table(pd.DataFrame(columns), {}))


def test_tables_keep_their_contracts(boundaries, sizes, tmp_path):
    parameters = {
        "n_atoms": 4,
        "rate_ratio": {"start": 1.0, "stop": 10.0, "points": 2},
        "drive": {"start": 0.4, "stop": 0.8, "points": 2},
    }
    every = boundaries | sizes | phase_diagram.gap_map(parameters) | phase_diagram_validation.compute(VALIDATION)
    assert every.keys() == {"boundaries", "plane", "experiments", "sizes", "chain", "map", "validation"}
    for name, columns in every.items():
        tables.write(tmp_path / name, getattr(contracts, name.upper()), columns, {})


@pytest.mark.parametrize("n_atoms", [10, 18, 100000])
def test_the_threshold_is_where_gamma_ratio_is_eight(n_atoms):
    ratio = phase_diagram.threshold(n_atoms)
    assert (n_atoms - 1) * ratio / (1 + ratio) == pytest.approx(8.0, rel=1e-12)


def test_nine_atoms_are_never_bistable():
    with pytest.raises(checks.ParameterError, match="n_atoms"):
        phase_diagram.threshold(9)


def test_edges_are_those_printed_in_b5(boundaries):
    rows = pd.DataFrame(boundaries["boundaries"])
    assert sorted(rows["n_atoms"].unique()) == [18, 2000]
    g = (1 + rows["rate_ratio"]) / (rows["rate_ratio"] * (rows["n_atoms"] - 1))  # gamma / Gamma
    root = np.sqrt(np.maximum(1 - 8 * g, 0) ** 3)
    assert rows["lower_edge"].to_numpy() == pytest.approx(np.sqrt(1 + 20 * g - 8 * g**2 - root) / 2, abs=1e-6)
    assert rows["upper_edge"].to_numpy() == pytest.approx(np.sqrt(1 + 20 * g - 8 * g**2 + root) / 2, abs=1e-6)
    assert rows.groupby("n_atoms")["rate_ratio"].max().to_list() == pytest.approx([100.0, 100.0])


def test_critical_points_halve_the_distance_between_the_branches(boundaries):
    """<S_z> by a sparse solve of the master equation, branches as roots of the cubic (2)."""
    rows = pd.DataFrame(boundaries["plane"]).dropna()
    rows = rows[rows["n_atoms"] == 20]
    assert len(rows) >= 2
    for ratio, drive in zip(rows["rate_ratio"], rows["critical_drive"], strict=True):
        model = Model(20, ratio)
        s_z = observables.expectation(stationary.steady_state(model, model.rabi_frequency(drive)).blocks).s_z
        g = model.collective_rate / model.single_atom_rate
        roots = np.sort(np.roots([g**2, g**2 - 2 * g, 1 - 2 * g + (g * drive) ** 2 / 2, 1]).real)
        assert s_z == pytest.approx(20 / 2 * (roots[0] + roots[-1]) / 2, rel=1e-6)


def test_a_size_without_critical_point_says_so(boundaries):
    rows = pd.DataFrame(boundaries["plane"])
    assert rows[rows["n_atoms"] == 10]["critical_drive"].isna().all()  # bistable, but (C2) has no solution
    assert (rows["rate_ratio"] > 1.19 * rows["threshold"]).all()
    experiments = pd.DataFrame(boundaries["experiments"]).set_index("experiment")
    assert experiments.loc["tweezer_array", "threshold"] == pytest.approx(8 / 9)
    assert np.isnan(experiments.loc["atomic_ensemble", "rate_ratio"])


def test_the_map_is_the_gap_of_the_full_master_equation():
    grid = {"start": 3.0, "stop": 30.0, "points": 2}
    columns = phase_diagram.gap_map(
        {"n_atoms": 3, "rate_ratio": grid, "drive": {"start": 0.4, "stop": 0.8, "points": 2}}
    )["map"]
    for ratio, drive, gap in zip(columns["rate_ratio"], columns["drive"], columns["gap"], strict=True):
        model = Model(3, ratio)
        assert gap == pytest.approx(
            slowest_rate(full_master_equation(model, model.rabi_frequency(drive))[0])[0], rel=1e-9
        )
    assert len(set(columns["rate_ratio"])) == 2


def test_sizes_and_chain_hold_published_numbers(sizes):
    chain = pd.DataFrame(sizes["chain"]).set_index(["n_atoms", "drive"])["log10_gap"]
    assert 10 ** chain[64, 0.61] == pytest.approx(1.416e-4, rel=1e-3)
    rows = pd.DataFrame(sizes["sizes"]).set_index("n_atoms")
    assert rows.loc[64, "critical_drive"] == 0.62  # as given
    assert rows.loc[64, "equal_weight_drive"] == pytest.approx(0.619, abs=0.01)
    assert rows.loc[64, ["lower_edge", "upper_edge"]].to_list() == pytest.approx([0.37040, 0.73225], abs=1e-5)


def test_validation_holds_and_refuses():
    rows = pd.DataFrame(phase_diagram_validation.compute(VALIDATION)["validation"])
    assert len(rows) == 4
    assert rows["within"].all()
    assert (rows["slowest_rate"] <= rows["gap"] * (1 + 1e-9)).all()
    with pytest.raises(checks.CertificateError, match="differ by"):
        phase_diagram_validation.compute(VALIDATION | {"tolerance": 1e-18})
