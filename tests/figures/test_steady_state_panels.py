"""Figs. 2 and 10 draw the numbers of the steady-state and critical-point tables."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import line
from matplotlib.colors import to_rgba

from driven_dicke.figures import fig02, style


@pytest.mark.parametrize(
    ("name", "column", "unit"),
    [
        ("a", "s_z", lambda n: 1),
        ("c", "s_squared", lambda n: n / 2 * (n / 2 + 1)),
        ("d", "xi2", lambda n: 1),
        ("e", "intensity", lambda n: n / 2 * (n / 2 + 1)),
        ("f", "g2", lambda n: 1),
    ],
)
def test_fig02_draws_the_steady_state(panel, inputs, name, column, unit):
    axes = panel("fig02", name)
    for table in inputs["fig02"]["steady_state"]:
        n_atoms = table.parameters["n_atoms"]
        curve = line(axes, f"$N = {n_atoms}$")
        np.testing.assert_allclose(curve.get_xdata(), table.data["drive"])
        np.testing.assert_allclose(np.multiply(curve.get_ydata(), unit(n_atoms)), table.data[column])
    if column in ("s_squared", "intensity", "g2"):
        mixed = inputs["fig02"]["totally_mixed"][0].data
        dotted = [line.get_ydata()[0] for line in axes.lines if line.get_linestyle() == ":"]
        expected = mixed[column] / [unit(n) for n in mixed["n_atoms"]]
        np.testing.assert_allclose(dotted[-len(expected) :], expected)


def test_fig02_scales_the_mean_field_to_n_atoms(panel, inputs):
    axes = panel("fig02", "a")
    thin = [line for line in axes.lines if line.get_linewidth() == style.THIN]
    branches = inputs["fig02"]["branches"]
    assert len(thin) == sum(table.data["branch"].nunique() for table in branches)
    lowest = [table.parameters["n_atoms"] / 2 * table.data["s_z"].min() for table in branches]
    starts = [line.get_ydata()[0] for line in thin if line.get_xdata()[0] == 0.1]
    np.testing.assert_allclose(starts, lowest)


def test_fig02b_draws_the_distribution_of_the_largest_size(panel, inputs):
    axes = panel("fig02", "b")
    rows = inputs["fig02"]["magnetization"][-1].data
    values, edges, _ = axes.patches[0].get_data()
    np.testing.assert_allclose(values, rows["probability"])
    np.testing.assert_allclose((edges[1:] + edges[:-1]) / 2, rows["m"])
    marks = [line.get_xdata()[0] for line in axes.lines]
    np.testing.assert_allclose(marks, inputs["fig02"]["mean_field_magnetization"][-1].data["s_z"])


def test_fig02b_has_the_colour_of_the_largest_size(panel, inputs):
    """Given the one table that the rule passes, not one per N."""
    largest = inputs["fig02"] | {"magnetization": inputs["fig02"]["magnetization"][-1:]}
    _, axes = plt.subplots()
    fig02.FIGURE.panels["b"](axes, largest)
    curve = [line for line in panel("fig02", "c").lines if line.get_marker() not in ("None", None, "")][-1]
    assert len(inputs["fig02"]["steady_state"]) > 1
    assert axes.patches[1].get_edgecolor() == to_rgba(curve.get_color())
    plt.close(axes.figure)


def test_fig10_separates_the_fitted_points(panel, inputs):
    axes = panel("fig10", "")
    points = inputs["fig10"]["critical_point"][0].data
    fitted, large = points[points["fitted"]], points[~points["fitted"]]
    np.testing.assert_allclose(line(axes, "Eq. (C2), fitted").get_xydata(), fitted[["n_atoms", "drive"]])
    assert len(axes.child_axes) == (len(large) > 0)
    if len(large):
        np.testing.assert_allclose(line(axes, "larger $N$").get_xydata(), large[["n_atoms", "drive"]])
        assert axes.child_axes[0].lines[1].get_xdata().max() == fitted["n_atoms"].max()
