"""Fig. ext3 draws the numbers of its tables, and labels that follow them."""

import numpy as np
import pytest
from drawn import columns, draw_panel, require_labels_and_room, texts, written_and_read

from driven_dicke.figures import ext3, style
from driven_dicke.studies import gap_scaling as contracts

PARAMETERS = {"made": "up"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ext3")
    places = np.array(["fixed", "critical"])
    made = {"gap": [], "chains": [], "slopes": [], "map": [], "edges": [], "rates": []}

    def add(name, contract, values):
        path = folder / f"{name}{len(made[name])}.parquet"
        made[name].append(written_and_read(path, contract, values, PARAMETERS))

    for n in (32, 16):  # out of order
        gap = {"gap_flow": np.exp([-n / 10, -n / 20]), "ratio_exact": np.array([1 - 1 / n, 1 + 1 / n])}
        drives = np.array([0.57, 0.6])
        add("gap", contracts.GAP, columns(contracts.GAP, 2, n_atoms=np.full(2, n), place=places, drive=drives, **gap))
    sizes = np.repeat([16, 32, 500], 2)
    law = {"log_law": -sizes / 9.0, "log_gap_spin_chain": -sizes / 8.0, "ratio_spin_chain": 1 + 2 / sizes}
    law |= {"ratio_pair_chain": np.where(sizes > 100, np.nan, 1 + 3 / sizes)}
    add("chains", contracts.CHAINS, columns(contracts.CHAINS, 6, n_atoms=sizes, place=np.tile(places, 3), **law))
    slopes = {"n_atoms_first": [16, 16, 32], "n_atoms_last": [32, 32, 48], "n_atoms_middle": [24.0, 24.0, 40.0]}
    slopes |= {"slope": [0.11, 0.12, 0.13], "slope_plus": [0.21, 0.22, 0.23], "slope_minus": [0.31, 0.32, 0.33]}
    slopes |= {"barrier_plus": np.full(3, 0.1234), "barrier_minus": np.full(3, 0.3456), "drive": np.full(3, 0.57)}
    slopes |= {"source": ["eigenvalue", "pair_chain", "pair_chain"]}
    add("slopes", contracts.SLOPES, columns(contracts.SLOPES, 3, **slopes))
    grid_n, grid_drive = np.repeat([8, 16, 24], 4), np.tile([0.4, 0.5, 0.6, 0.7], 3)
    values = columns(contracts.MAP, 12, n_atoms=grid_n, drive=grid_drive, gap_eigenvalue=np.exp(-grid_n * grid_drive))
    add("map", contracts.MAP, values)
    edges = {"n_atoms": [8, 16, 24], "drive_lower": [np.nan, 0.45, 0.44], "drive_upper": [np.nan, 0.65, 0.66]}
    add("edges", contracts.EDGES, columns(contracts.EDGES, 3, **edges, drive_critical=[np.nan, np.nan, 0.55]))
    rates = {"drive": [0.5, 0.6, 0.7], "barrier_plus": [0.3, 0.2, 0.1], "barrier_minus": [0.15, 0.25, 0.35]}
    rates |= {"rate_spin_chain": [0.16, 0.19, 0.11], "n_atoms_first": np.full(3, 300), "n_atoms_last": np.full(3, 500)}
    add("rates", contracts.RATES, columns(contracts.RATES, 3, **rates))
    return made


@pytest.fixture
def panel(inputs):
    return lambda name: draw_panel(ext3.FIGURE, name, inputs)


@pytest.mark.parametrize("name", "abcde")
def test_every_axis_is_labelled(panel, name):
    axes = panel(name)
    require_labels_and_room(axes)
    assert set(ext3.FIGURE.panels) == set("abcde") == {name for row in ext3.FIGURE.mosaic for name in row}


def test_gap_is_drawn_at_both_drives(panel):
    axes = panel("a")
    points = [line for line in axes.lines if line.get_linestyle() == "None"]
    np.testing.assert_allclose(points[0].get_xydata(), [(16, np.exp(-1.6)), (32, np.exp(-3.2))])
    np.testing.assert_allclose(points[1].get_xydata(), [(16, np.exp(-0.8)), (32, np.exp(-1.6))])
    assert "$\\Omega = 0.57\\,\\Omega_c$" in texts(axes)
    (inset,) = axes.child_axes
    logs = [(n, -n / 9 / np.log(10)) for n in (16, 32, 500)]
    np.testing.assert_allclose(inset.lines[1].get_xydata(), logs)
    np.testing.assert_allclose(axes.lines[1].get_xdata(), [16, 32])  # the chains end with the axis
    assert axes.get_yscale() == "log"


def test_slopes_are_those_of_the_gap_and_of_both_rates(panel):
    axes = panel("b")
    for number, first in enumerate((0.11, 0.21, 0.31)):
        exact, chain = axes.lines[2 * number : 2 * number + 2]
        np.testing.assert_allclose(exact.get_xydata(), [(24, first)])
        np.testing.assert_allclose(chain.get_xydata(), [(24, first + 0.01), (40, first + 0.02)])
    assert {"$\\Phi_+ = 0.1234$", "$\\Phi_- = 0.3456$", "$\\Omega = 0.57\\,\\Omega_c$"} <= set(texts(axes))
    assert [line.get_color() for line in axes.lines[2::2][:2]] == [style.PLUS, style.MINUS]


def test_prefactors_are_the_tables_ratios(panel):
    lines = panel("c").lines
    np.testing.assert_allclose(lines[0].get_xydata(), [(16, 15 / 16), (32, 31 / 32)])
    np.testing.assert_allclose(lines[1].get_ydata(), [1 + 3 / 16, 1 + 3 / 32, np.nan])
    np.testing.assert_allclose(lines[2].get_xydata(), [(n, 1 + 2 / n) for n in (16, 32, 500)])
    assert len(lines) == 10


def test_map_shows_edges_and_critical_point(panel):
    axes = panel("d")
    filled = axes.collections[0]
    logs = -np.array([[8, 24], [8, 24]]) * np.array([[0.4, 0.4], [0.7, 0.7]]) / np.log(10)
    assert filled.levels[0] <= logs.min() < filled.levels[1]
    assert filled.levels[-2] < logs.max() <= filled.levels[-1]
    lower, upper, critical = (line.get_ydata() for line in axes.lines)
    np.testing.assert_allclose(lower, [np.nan, 0.45, 0.44])
    np.testing.assert_allclose(upper, [np.nan, 0.65, 0.66])
    np.testing.assert_allclose(critical, [np.nan, np.nan, 0.55])
    assert axes.get_xlim() == (8, 24)


def test_the_smaller_barrier_is_solid(panel):
    axes = panel("e")
    dashed_plus, solid_plus, dashed_minus, solid_minus, points = axes.lines
    np.testing.assert_allclose(dashed_plus.get_ydata(), [0.3, 0.2, 0.1])
    np.testing.assert_allclose(solid_plus.get_ydata(), [np.nan, 0.2, 0.1])
    np.testing.assert_allclose(dashed_minus.get_ydata(), [0.15, 0.25, 0.35])
    np.testing.assert_allclose(solid_minus.get_ydata(), [0.15, np.nan, np.nan])
    np.testing.assert_allclose(points.get_xydata(), [(0.5, 0.16), (0.6, 0.19), (0.7, 0.11)])
    assert any("300$ to 500" in text for text in texts(axes))


def changed(inputs, folder, name, contract, **values):
    """The tables with one of them replaced, `values` in it."""
    data = inputs[name][0].data.assign(**values)
    table = written_and_read(folder / f"{name}.parquet", contract, dict(data), PARAMETERS)
    return {**inputs, name: [table, *inputs[name][1:]]}


def test_sizes_without_critical_point_or_gap_are_named(inputs, tmp_path):
    """Here N = 16 and 32 have no critical point, N = 32 no gap at the fixed drive."""
    there = inputs["chains"][0].data["drive"].where(inputs["chains"][0].data["n_atoms"] > 100)
    notes = np.where(there.isna(), "none", "")
    found = changed(inputs, tmp_path, "chains", contracts.CHAINS, drive=there, note=notes)
    missing = {name: [np.nan] * 2 for name in ("gap_eigenvalue", "gap_flow", "ratio_exact")}
    notes = ["hidden", "none"]
    found = changed(found, tmp_path, "gap", contracts.GAP, drive=[0.57, np.nan], note=notes, **missing)
    axes = draw_panel(ext3.FIGURE, "a", found)
    assert {r"no $\Omega_{\mathrm{PT}}$ up to $N = 32$", r"at $\Omega$ rounding hides $N = 32$"} <= set(texts(axes))
    points = [line for line in axes.lines if line.get_linestyle() == "None" and line.get_marker() == "o"]
    np.testing.assert_allclose(points[0].get_xydata(), [(16, np.exp(-1.6))])
    require_labels_and_room(axes)


def test_one_phase_has_no_rates_of_leaving(inputs, tmp_path):
    missing = {name: [np.nan] * 3 for name in ("slope_plus", "slope_minus", "share_minus")}
    found = changed(inputs, tmp_path, "slopes", contracts.SLOPES, note=["one maximum"] * 3, **missing)
    axes = draw_panel(ext3.FIGURE, "b", found)
    assert "$p_k$ has one maximum up to $N = 32$" in texts(axes)
    assert "$\\Gamma_+$" not in texts(axes)
    assert "$\\lambda_1$" in texts(axes)


def test_map_says_from_where_on_there_are_edges(panel, inputs, tmp_path):
    assert "not bistable below $N = 16$; no critical point below $N = 24$" in texts(panel("d"))
    nowhere = dict.fromkeys(("drive_lower", "drive_upper", "drive_critical"), np.full(3, np.nan))
    found = changed(inputs, tmp_path, "edges", contracts.EDGES, note=["none"] * 3, **nowhere)
    axes = draw_panel(ext3.FIGURE, "d", found)
    assert "not bistable up to $N = 24$; no critical point up to $N = 24$" in texts(axes)


def test_ratios_over_decades_are_on_a_logarithmic_axis(panel, inputs, tmp_path):
    assert panel("c").get_yscale() == "linear"
    found = changed(inputs, tmp_path, "chains", contracts.CHAINS, ratio_spin_chain=np.geomspace(1e-4, 1, 6))
    assert draw_panel(ext3.FIGURE, "c", found).get_yscale() == "log"
