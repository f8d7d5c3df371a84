"""Figs. 4, 5, 11 and 12 draw the numbers of the tables of the two phases."""

import matplotlib as mpl
import numpy as np
import pytest
from drawn import line, texts
from synthetic import definition

from driven_dicke.figures import style
from driven_dicke.pipeline import tables


@pytest.mark.parametrize(
    ("figure", "name", "column", "states"),
    [
        ("fig04", "a", "s_z", ("plus", "minus")),
        ("fig04", "c", "s_squared", ("plus", "minus")),
        ("fig04", "d", "intensity", ("plus", "minus")),
        ("fig05", "a", "crss_fidelity", ("plus",)),
        ("fig05", "b", "g2", ("plus",)),
        ("fig05", "c", "xi2", ("plus",)),
    ],
)
def test_a_phase_is_bold_where_its_branch_exists(panel, inputs, figure, name, column, states):
    axes = panel(figure, name)
    rows = inputs[figure]["phases"][0].data
    branches = {"plus": ("+", style.PLUS, "lower_branch"), "minus": ("-", style.MINUS, "upper_branch")}
    for state in states:
        sign, colour, flag = branches[state]
        existing = rows[rows[flag]]
        assert (f"$\\rho_{{{sign}}}$" in texts(axes)) == (len(existing) > 0)
        if len(existing):
            bold = line(axes, f"$\\rho_{{{sign}}}$")
            assert bold.get_color() == colour
            np.testing.assert_allclose(bold.get_xydata(), existing[["drive", f"{column}_{state}"]])
        (thin,) = [line for line in axes.lines if line.get_color() == colour and line.get_linewidth() < style.THIN]
        np.testing.assert_allclose(thin.get_ydata(), rows[f"{column}_{state}"])
    others = {"plus", "minus"}.difference(states)
    assert not [line for line in axes.lines if line.get_color() in {branches[state][1] for state in others}]
    shaded = [patch.get_extents().transformed(axes.transData.inverted()) for patch in axes.patches]
    bistable = rows["drive"][rows["bistable"]]
    assert len(shaded) == (len(bistable) > 0)
    if shaded:
        np.testing.assert_allclose(shaded[0].intervalx, [bistable.min(), bistable.max()])
    assert f"$N = {inputs[figure]['phases'][0].parameters['n_atoms']}$" in texts(axes)


@pytest.mark.parametrize(
    ("figure", "name", "table", "column"),
    [
        ("fig04", "c", "steady_state", "s_squared"),
        ("fig04", "d", "steady_state", "intensity"),
        ("fig05", "a", "phases", "crss_fidelity_steady"),
        ("fig05", "b", "steady_state", "g2"),
        ("fig05", "c", "steady_state", "xi2"),
    ],
)
def test_the_steady_state_lies_beside_the_phases(panel, inputs, figure, name, table, column):
    curve = line(panel(figure, name), r"$\rho_s$")
    np.testing.assert_allclose(curve.get_xydata(), inputs[figure][table][0].data[["drive", column]])
    assert curve.get_color() == style.STEADY


def test_fig04a_scales_the_mean_field_to_n_atoms(panel, inputs):
    axes, branches = panel("fig04", "a"), inputs["fig04"]["branches"][0]
    black = [line for line in axes.lines if line.get_color() == style.BLACK]
    assert len(black) == branches.data["branch"].nunique()
    lowest = min(line.get_ydata().min() for line in black)
    np.testing.assert_allclose(lowest, -branches.parameters["n_atoms"] / 2)


def test_fig04b_weights_the_distributions(panel, inputs):
    axes = panel("fig04", "b")
    rows = inputs["fig04"]["magnetization"][0].data.set_index("state")
    expected = {state: 0.25 * rows.loc["plus", "probability"].to_numpy() for state in ("plus",)}
    expected["minus"] = 0.5 * rows.loc["minus", "probability"].to_numpy()
    steps = [(patch.get_data(), patch) for patch in axes.patches]
    for state, colour in (("plus", style.PLUS), ("minus", style.MINUS)):
        drawn = [data for data, patch in steps if mpl.colors.same_color(patch.get_edgecolor(), colour)]
        assert drawn
        for values, edges, _ in drawn:
            np.testing.assert_allclose(values, expected[state])
            np.testing.assert_allclose((edges[1:] + edges[:-1]) / 2, rows.loc[state, "m"])
    np.testing.assert_allclose(steps[-1][0].values, expected["plus"] + expected["minus"])
    steady = rows.loc["steady", ["m", "probability"]]
    np.testing.assert_allclose(line(axes, r"$\rho_s$").get_xydata(), steady)
    assert axes.get_ylim()[1] > max(steady["probability"])
    found = " ".join(texts(axes))
    assert f"N = {inputs['fig04']['magnetization'][0].parameters['n_atoms']}" in found
    assert all(number in found for number in ("0.654", "= 0.25", "= 0.50"))


@pytest.mark.parametrize(("name", "column"), [("c", "s_squared"), ("d", "intensity")])
def test_fig04_marks_the_totally_mixed_state(panel, inputs, name, column):
    axes, mixed = panel("fig04", name), inputs["fig04"]["totally_mixed"][0]
    n_atoms = inputs["fig04"]["phases"][0].parameters["n_atoms"]
    dotted = {line.get_ydata()[0] for line in axes.lines if line.get_linestyle() == ":"}
    assert mixed.data.set_index("n_atoms")[column][n_atoms] in dotted
    assert (n_atoms * (n_atoms + 2) / 4 in dotted) == (name == "c")
    other = tables.Table(mixed.data[mixed.data["n_atoms"] != n_atoms], {})
    with pytest.raises(tables.TableError, match=f"{n_atoms} to steady_state.n_atoms"):
        definition("fig04").panels[name](axes, inputs["fig04"] | {"totally_mixed": [other]})


def test_fig04d_draws_the_dicke_model(panel, inputs):
    dicke = line(panel("fig04", "d"), r"Dicke, $\gamma_s = 0$")
    np.testing.assert_allclose(dicke.get_xydata(), inputs["fig04"]["dicke"][0].data[["drive", "intensity"]])
    assert dicke.get_color() == style.DICKE


def test_fig05a_squares_the_fidelity(panel, inputs):
    rows = inputs["fig05"]["phases"][0].data
    dotted = [line for line in panel("fig05", "a").lines if line.get_linestyle() == ":"]
    for squared, column in zip(dotted, ("crss_fidelity_plus", "crss_fidelity_steady"), strict=True):
        np.testing.assert_allclose(squared.get_ydata(), rows[column] ** 2)


def test_fig05c_draws_the_analytic_squeezing(panel, inputs):
    analytic = line(panel("fig05", "c"), "Eq. (7)")
    np.testing.assert_allclose(analytic.get_xydata(), inputs["fig05"]["squeezing"][0].data[["drive", "xi2"]])


@pytest.mark.parametrize(("name", "factor", "sign"), [("left", 0.1, "-"), ("right", 1, "+")])
def test_fig11_orders_spins_and_m_falling(panel, inputs, name, factor, sign):
    axes = panel("fig11", name)
    n_atoms = inputs["fig11"]["matrices"][0].parameters["n_atoms"]
    spins = np.arange(n_atoms, -1, -2) / 2
    sizes = (2 * spins + 1).astype(int)
    blocks = [np.abs(100 * j + np.add.outer(10 * np.arange(j, -j - 1, -1), np.arange(j, -j - 1, -1))) for j in spins]
    expected, starts = np.zeros((sizes.sum(), sizes.sum())), np.cumsum(sizes) - sizes
    for start, block in zip(starts, blocks, strict=True):
        expected[start : start + len(block), start : start + len(block)] = factor * block
    (image,) = axes.images
    np.testing.assert_allclose(image.get_array(), expected)
    assert axes.get_ylim() == (sizes.sum(), 0)
    largest = max(block.max() for block in blocks)
    np.testing.assert_allclose((image.norm.vmin, image.norm.vmax), (largest / 1000, largest))
    np.testing.assert_allclose(image.to_rgba([0, largest / 1001]), 1)
    borders = [(*patch.get_xy(), patch.get_width(), patch.get_height()) for patch in axes.patches]
    assert borders == [(start, start, size, size) for start, size in zip(starts, sizes, strict=True)]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels[0] == (f"{n_atoms}/2" if n_atoms % 2 else f"{n_atoms // 2}")
    found = " ".join(texts(axes))
    assert all(text in found for text in (f"rho_{{{sign}}}", f"N = {n_atoms}", "0.654"))


@pytest.mark.parametrize(("name", "index"), [("a", 0), ("b", 1)])
def test_fig12_draws_the_weights_of_the_bistable_region(panel, inputs, name, index):
    axes, given = panel("fig12", name), inputs["fig12"]
    n_atoms = given["phases"][index].parameters["n_atoms"]
    rows = given["phases"][index].data
    rows = rows[rows["bistable"]]
    columns = ["a_plus", "a_plus_physical", "a_minus", "a_minus_physical"]
    *curves, transition = axes.lines
    for curve, column in zip(curves, columns, strict=True):
        np.testing.assert_allclose(curve.get_xydata(), rows[["drive", column]])
        assert curve.get_color() == (style.PLUS if "plus" in column else style.MINUS)
        assert (curve.get_linewidth() == style.THIN) == ("physical" in column)
    critical = given["weights"][0].data.set_index("n_atoms")["drive"]
    np.testing.assert_allclose(transition.get_xdata(), critical[n_atoms])
    assert f"$N = {n_atoms}$" in texts(axes)
    other = given["weights"][0].data
    other = tables.Table(other[other["n_atoms"] != n_atoms], {})
    with pytest.raises(tables.TableError, match=f"weights of {n_atoms} atoms"):
        definition("fig12").panels[name](axes, given | {"weights": [other]})


def test_fig12c_draws_both_conventions(panel, inputs):
    axes = panel("fig12", "c")
    rows, laws = (inputs["fig12"][name][0].data for name in ("weights", "weights_law"))
    for index, (column, filled) in enumerate((("error", True), ("error_physical", False))):
        points, fit = axes.lines[2 * index : 2 * index + 2]
        law = laws.iloc[index]
        ends = np.array([law["n_atoms_first"], law["n_atoms_last"]])
        np.testing.assert_allclose(points.get_xydata(), rows[["n_atoms", column]])
        assert (points.get_markerfacecolor() == style.BLACK) == filled
        np.testing.assert_allclose(fit.get_xdata(), ends)
        np.testing.assert_allclose(fit.get_ydata(), law["prefactor"] * np.exp(-law["rate"] * ends.astype(float)))
    assert axes.get_yscale() == "log"
    found = " ".join(texts(axes))
    assert "block, $r = 0.050" in found
    assert "physical, $r = 0.040" in found
