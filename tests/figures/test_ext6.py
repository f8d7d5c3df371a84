"""Fig. ext6 from made-up tables: what is drawn is what the tables hold."""

import numpy as np
import pytest
from drawn import draw_panel, require_labels_and_room, require_same_bytes_twice, texts, written_and_read
from matplotlib.colors import to_rgba
from synthetic import branch_columns

from driven_dicke.figures import ext6, style
from driven_dicke.pipeline.tables import TableError
from driven_dicke.studies import hysteresis, mean_field

DRIVES = np.array([0.1, 0.4, 0.7, 1.0])
LOOP = {"direction": np.repeat(["up", "down"], 4), "drive": np.concatenate([DRIVES, DRIVES[::-1]])}
UP, DOWN = np.array([-0.9, -0.8, -0.5, -0.1]), np.array([-0.1, -0.15, -0.4, -0.85])


def loop(n_atoms, rate, shift=0.0):
    s_z = n_atoms / 2 * (np.concatenate([UP, DOWN]) + shift)
    return {"n_atoms": [n_atoms] * 8, "rate": [rate] * 8, **LOOP, "s_z": s_z}


def make_tables(folder, loop_rates=(0.02, 2.0)):
    def table(name, contract, columns):
        return written_and_read(folder / name, contract, columns, {})

    def joined(*parts):
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    zeros = {"error": np.zeros(16), "steady_s_z": np.tile(np.full(8, -3.0), 2)}
    loops = [
        ("master equation", 18, 0.02, 0.31),
        ("master equation", 18, 2.0, 0.22),
        ("ensemble", 90, 2.0, 0.5),
        ("mean field", 18, 2.0, 0.11),
    ]
    columns = dict(zip(("source", "n_atoms", "rate", "area"), zip(*loops, strict=True), strict=True))
    columns |= {
        "area_error": [0.0, 0.0, 0.05, 0.0],
        "area_ratio": [1.0, 1.0, np.nan, 0.5],
        "switch_up": [0.8, 0.9, 0.95, 0.7],
    }
    columns |= {"switch_down": [0.6, np.nan, 0.3, 0.65]}
    columns |= {"loop_rate": [row[2] in loop_rates for row in loops], "common_rate": [row[2] == 2.0 for row in loops]}
    static = {"n_atoms": [18, 90], "lower_edge": [0.6, 0.3], "upper_edge": [0.8, 0.75], "area": [0.07, 0.35]}
    static |= {"level": [-0.35, -0.4], "critical_drive": [0.72, 0.6]}
    return {
        "sweep": [table("sweep", hysteresis.SWEEP, joined(loop(18, 0.02), loop(18, 2.0, -0.02)) | zeros)],
        "ensemble": [table("ensemble", hysteresis.ENSEMBLE, loop(90, 2.0) | {"standard_error": np.full(8, 0.1)})],
        "mean_field": [table("mean_field", hysteresis.MEAN_FIELD, loop(90, 2.0, 0.05))],
        "static": [table("static", hysteresis.STATIC, static)],
        "loops": [table("loops", hysteresis.LOOPS, columns)],
        "branches": [table("branches", mean_field.BRANCHES, branch_columns(True))],
    }


@pytest.fixture
def panel(tmp_path):
    return lambda name, **changed: draw_panel(ext6.FIGURE, name, make_tables(tmp_path, **changed))


def test_every_panel_has_its_labels_and_the_same_bytes_twice(panel, tmp_path):
    assert list(ext6.FIGURE.panels) == ["a", "b", "c", "d"]
    for name in "abcd":
        axes = panel(name)
        require_labels_and_room(axes)
    require_same_bytes_twice(ext6.FIGURE, make_tables(tmp_path), tmp_path)


def test_loops_are_those_of_the_tables_per_atom(panel):
    axes = panel("a")
    marked = [line for line in axes.lines if line.get_marker() in ("<", ">")]
    assert [line.get_marker() for line in marked] == [">", "<", ">", "<"]
    for line, values in zip(marked, (UP, DOWN, UP - 0.02, DOWN - 0.02), strict=True):
        assert line.get_ydata() == pytest.approx(values)
    assert marked[1].get_xdata() == pytest.approx(DRIVES[::-1])
    assert {"0.02", "2", "steady state", "mean field"} <= set(texts(axes))
    assert any("N = 18" in text for text in texts(axes))


def test_rates_that_are_not_chosen_are_not_drawn_and_none_at_all_is_an_error(panel):
    assert len([line for line in panel("a", loop_rates=(2.0,)).lines if line.get_marker() == ">"]) == 1
    with pytest.raises(TableError, match="loop_rates"):
        panel("a", loop_rates=())


def test_sizes_keep_the_colours_of_the_other_figures(panel):
    axes = panel("b")
    colours = {line.get_label(): line.get_color() for line in axes.lines if not line.get_label().startswith("_")}
    assert colours["$N = 18$"] == style.VERMILION
    assert colours["$N = 90$ (trajectories)"] not in (style.VERMILION, style.BLUE)
    dashed = [line for line in axes.lines if line.get_label() == "mean field, $N = 90$"]
    assert dashed[0].get_ydata()[:4] == pytest.approx(UP + 0.05)
    assert any("rate $2" in text for text in texts(axes))


def test_areas_are_those_of_the_table(panel):
    axes = panel("c")
    assert axes.get_xscale() == "log"
    exact, sampled = (container.lines[0] for container in axes.containers)
    assert (list(exact.get_xdata()), list(exact.get_ydata())) == ([0.02, 2.0], [0.31, 0.22])
    assert list(sampled.get_ydata()) == [0.5]
    assert to_rgba(sampled.get_markerfacecolor()) == to_rgba("white")
    (theory,) = [line for line in axes.lines if line.get_linestyle() == ext6.THEORY["mean field"]]
    assert list(theory.get_ydata()) == [0.11]
    levels = {line.get_ydata()[0] for line in axes.lines if line.get_linestyle() == ":"}
    assert levels == {0.07, 0.35}


def test_switches_are_those_of_the_table_and_a_missing_one_is_left_out(panel):
    axes = panel("d")
    up, down = axes.lines[0], axes.lines[1]
    assert list(up.get_ydata()) == [0.8, 0.9]
    assert down.get_ydata()[0] == 0.6
    assert np.isnan(down.get_ydata()[1])
    bars = [line.get_ydata()[0] for line in axes.lines if line.get_linewidth() > 2]
    assert bars == [0.72, 0.6]


def without(tables, folder, name, missing, **values):
    """The tables with NaN in the optional columns of one of them where `missing`, and `values` in it."""
    contract = getattr(hysteresis, name.upper())
    data = tables[name][0].data.copy()
    data.loc[missing, [column.name for column in contract.columns if column.optional]] = np.nan
    data.loc[missing, "note"] = "none"
    return tables | {name: [written_and_read(folder / f"{name}_without", contract, dict(data.assign(**values)), {})]}


def test_trajectories_that_take_too_long_are_named(tmp_path):
    made = make_tables(tmp_path)
    made = without(made, tmp_path, "ensemble", made["ensemble"][0].data["n_atoms"] == 90)
    made = without(made, tmp_path, "loops", made["loops"][0].data["source"] == "ensemble")
    axes = draw_panel(ext6.FIGURE, "b", made)
    assert "trajectories too long at $N = 90$" in texts(axes)
    assert "mean field, $N = 90$" in texts(axes)
    assert "$N = 90$ (trajectories)" not in texts(axes)
    axes = draw_panel(ext6.FIGURE, "c", made)
    assert "no trajectories at $N = 90$" in texts(axes)
    assert len(axes.containers) == 1
    require_labels_and_room(axes)


def test_sizes_without_a_loop_of_the_mean_field_or_a_critical_point_are_named(tmp_path):
    made = make_tables(tmp_path)
    made = without(made, tmp_path, "static", made["static"][0].data["n_atoms"] == 18)
    axes = draw_panel(ext6.FIGURE, "c", made)
    assert "no slow mean-field loop, not bistable, at $N = 18$" in texts(axes)
    axes = draw_panel(ext6.FIGURE, "d", made)
    assert "no critical point, so no switch, at $N = 18$" in texts(axes)
    assert [line.get_ydata()[0] for line in axes.lines if line.get_linewidth() > 2] == [0.6]
    made = without(made, tmp_path, "static", np.array([True, True]))
    none = {"switch_up": np.full(4, np.nan), "switch_down": np.full(4, np.nan)}
    made = without(made, tmp_path, "loops", np.zeros(4, dtype=bool), **none)
    axes = draw_panel(ext6.FIGURE, "d", made)
    assert texts(axes) == ["no critical point, so no switch, at $N = 18, 90$"]
    assert not axes.lines
    require_labels_and_room(axes)
