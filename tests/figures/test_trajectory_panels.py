"""Figs. 6, 7, 8, 13 and 14 draw the numbers of the trajectory tables."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawn import line, texts
from synthetic import definition

from driven_dicke.figures import style
from driven_dicke.pipeline import tables

TRAJECTORY_PANELS = [
    *zip(["fig06"] * 6, "abcdef", ("s_z", "s_squared", "intensity", "crss_fidelity", "xi2", "g2"), strict=True),
    *(("fig08", "a", "s_z"), ("fig08", "b", "s_z"), ("fig14", "a", "s_z"), ("fig14", "b", "s_squared")),
]


@pytest.mark.parametrize(("figure", "name", "column"), TRAJECTORY_PANELS)
def test_a_trajectory_is_drawn_with_the_phases_that_exist(panel, inputs, figure, name, column):
    axes = panel(figure, name)
    axes = axes if axes.axison else axes.child_axes[0]
    table = inputs[figure]["zoom" if figure == "fig14" else "trajectory"][(figure, name) == ("fig08", "b")]
    np.testing.assert_allclose(line(axes, "trajectory").get_xydata(), table.data[["time", column]])
    rows = inputs[figure]["phases"][0].data.set_index("drive")
    row = rows.iloc[np.argmin(abs(rows.index - 0.7))]
    states = {"plus": ("+", style.PLUS, row["lower_branch"]), "minus": ("-", style.MINUS, row["upper_branch"])}
    for state, (sign, colour, exists) in states.items():
        drawn = [line for line in axes.lines if line.get_label() == f"$\\rho_{{{sign}}}$"]
        assert len(drawn) == (exists and (figure, state) != ("fig08", "plus"))
        for dashed in drawn:
            assert dashed.get_color() == colour
            assert dashed.get_linestyle() == "--"
            np.testing.assert_allclose(dashed.get_ydata(), row[f"{column}_{state}"])
            assert dashed.get_label() in texts(axes)
    low, high = axes.get_ylim()
    assert low <= table.data[column].min()
    assert table.data[column].max() <= high
    found = axes.get_title("right")
    assert f"N = {table.parameters['n_atoms']}$" in found
    assert r"\Omega = 0.7\," in found


@pytest.mark.parametrize(("figure", "name", "column"), TRAJECTORY_PANELS)
def test_phases_at_another_drive_are_refused(panel, inputs, figure, name, column):
    phases_table = inputs[figure]["phases"][0]
    other = tables.Table(phases_table.data.assign(drive=phases_table.data["drive"] + 0.01), {})
    axes = panel(figure, name)
    with pytest.raises(tables.TableError, match=re.escape("no drive 0.7; set phases.selected_drive to it")):
        definition(figure).panels[name](axes, inputs[figure] | {"phases": [other]})


@pytest.mark.parametrize("name", ["a", "e"])
def test_fig06_insets_lie_above_the_data(panel, inputs, name):
    axes = panel("fig06", name)
    axes.figure.canvas.draw()
    data = inputs["fig06"]["trajectory"][0].data
    highest = data["s_z" if name == "a" else "xi2"].max()
    (inset,) = axes.child_axes
    assert inset.get_window_extent().y0 > axes.transData.transform((0, highest))[1]
    assert max(axes.get_yticks()) <= highest


def test_fig06a_draws_the_two_state_process(panel, inputs):
    (inset,) = panel("fig06", "a").child_axes
    *_, left, right = sorted((patch for patch in inset.patches if hasattr(patch, "radius")), key=lambda p: p.center)
    assert [mpl.colors.to_hex(circle.get_edgecolor()).upper() for circle in (left, right)] == [style.PLUS, style.MINUS]
    assert {text.get_text() for text in inset.texts} == {
        *(r"$\rho_{+}$", r"$\rho_{-}$"),
        *(r"$\Gamma_{+} = 0.046\,\gamma_s$", r"$\Gamma_{-} = 0.012\,\gamma_s$"),
    }
    heights = {text.get_text()[:11]: text.get_position()[1] for text in inset.texts}
    arrows = [patch for patch in inset.patches if isinstance(patch, mpl.patches.FancyArrowPatch)]
    for arrow, symbol, rightwards in zip(arrows, (r"$\Gamma_{+}", r"$\Gamma_{-}"), (True, False), strict=True):
        (path, *_), _ = arrow._get_path_in_displaycoord()
        (start, height), stop = inset.transData.inverted().transform(path.vertices[[0, -1]])
        assert (stop[0] > start) == rightwards
        assert (height > 0) == (heights[symbol] > 0)
    rates = inputs["fig06"]["dwell_rates"][0]
    other = tables.Table(rates.data.assign(drive=0.71), {})
    with pytest.raises(tables.TableError, match=re.escape("rates at drive 0.7; set trajectories.dwell_times.drive")):
        definition("fig06").panels["a"](inset, inputs["fig06"] | {"dwell_rates": [other]})


def test_fig06e_enlarges_the_squeezing(panel, inputs):
    axes = panel("fig06", "e")
    (inset,) = axes.child_axes
    assert (inset.get_ylim(), inset.get_yscale(), axes.get_yscale()) == ((0.5, 1.25), "linear", "log")
    assert inset.get_xlim() == axes.get_xlim()
    np.testing.assert_allclose(inset.lines[0].get_xydata(), line(axes, "trajectory").get_xydata())
    plus = line(axes, r"$\rho_{+}$")
    assert [dashed.get_ydata()[0] for dashed in inset.lines if dashed.get_color() == style.PLUS] == [
        plus.get_ydata()[0]
    ]
    assert panel("fig06", "f").get_yscale() == "log"


@pytest.mark.parametrize(("name", "column"), [("a", "s_z"), ("b", "crss_fidelity")])
def test_fig07_marks_the_first_individual_jump(panel, inputs, name, column):
    axes, given = panel("fig07", name), inputs["fig07"]
    for label, source, colour in (
        ("one trajectory", "trajectory", style.VERMILION),
        (r"$\rho(t)$", "transient", style.BLUE),
    ):
        curve = line(axes, label)
        np.testing.assert_allclose(curve.get_xydata(), given[source][0].data[["time", column]])
        assert curve.get_color() == colour
    (mark,) = [line for line in axes.lines if line.get_linestyle() == "--"]
    np.testing.assert_allclose(mark.get_xdata(), 1.25)
    assert any("= 1.25$" in text for text in texts(axes))
    assert axes.get_xscale() == "log"
    assert axes.get_xlim() == pytest.approx((0.1, 10))


@pytest.mark.parametrize("parameters", [{"n_atoms": 77}, {"drive": 0.71}])
def test_fig07_refuses_a_trajectory_of_another_model(panel, inputs, parameters):
    (transient,) = inputs["fig07"]["transient"]
    other = tables.Table(transient.data, transient.parameters | parameters)
    axes = panel("fig07", "a")
    with pytest.raises(tables.TableError, match=re.escape("make dynamics and trajectories.transient alike")):
        definition("fig07").panels["a"](axes, inputs["fig07"] | {"transient": [other]})


def test_fig08b_draws_the_drive_below(panel, inputs):
    upper, lower = panel("fig08", "b").child_axes
    (steps,) = lower.lines
    np.testing.assert_allclose(steps.get_xydata(), inputs["fig08"]["trajectory"][1].data[["time", "drive"]])
    assert steps.get_drawstyle() == "steps-post"
    assert [label.get_text() for label in lower.get_yticklabels()] == ["2.5", "0.7"]
    assert lower.get_xlim() == upper.get_xlim()


@pytest.mark.parametrize(("name", "channel", "values"), [("a", "individual", [2.5]), ("b", "collective", [25])])
def test_fig13_draws_counts_and_what_is_expected(panel, inputs, name, channel, values):
    axes = panel("fig13", name)
    (dots,) = [line for line in axes.lines if line.get_marker() == "o"]
    np.testing.assert_allclose(dots.get_xydata(), inputs["fig13"]["counts"][0].data[["time", channel]])
    dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
    np.testing.assert_allclose([line.get_ydata()[0] for line in dashed], values)
    assert [line.get_color() for line in dashed] == [style.PLUS, style.MINUS][: len(values)]
    assert axes.get_xlim() == (0, 1.5)
    assert axes.get_ylim()[1] > dots.get_ydata().max()
    assert all(text in axes.get_title("right") for text in (r"\Omega = 0.7\,", r"\Delta t = 0.5$"))


@pytest.mark.parametrize("name", ["a", "b"])
def test_fig14_marks_the_individual_jumps_of_its_window(panel, name):
    axes = panel("fig14", name)
    vertical = [line for line in axes.lines if line.get_xdata()[0] == line.get_xdata()[-1]]
    assert [line.get_xdata()[0] for line in vertical] == [4.5, 4.75]
    assert axes.get_xlim() == (4, 5)
    assert "grey: individual jumps" in axes.get_title("right")
    assert "no switch" in texts(axes)


@pytest.mark.parametrize("figure", ["fig06", "fig07", "fig13", "fig14"])
def test_panels_above_one_another_share_a_time_axis(inputs, figure):
    style.use()
    given = definition(figure)
    _, axes = plt.subplot_mosaic([list(row) for row in given.mosaic])
    for name, draw_panel in given.panels.items():
        draw_panel(axes[name], inputs[figure])
    for column in zip(*given.mosaic, strict=True):
        first, *_, last = column
        assert len({axes[name].get_xlim() for name in column}) == 1
        assert [bool(axes[name].get_xlabel()) for name in column] == [name == last for name in column]
        assert [bool(axes[name].get_title("right")) for name in column] == [name == first for name in column]
        hidden = [not any(tick.label1.get_visible() for tick in axes[name].xaxis.get_major_ticks()) for name in column]
        assert hidden == [name != last for name in column]
    plt.close("all")
