"""Every figure draws from small tables: the promised panels, the tables' numbers, and the same bytes twice."""

import importlib
import json
import re
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from PIL import Image

from driven_dicke import tables
from driven_dicke.contracts import (
    critical_point,
    dynamics,
    liouvillian_gap,
    mean_field,
    phases,
    squeezing,
    steady_state,
    trajectories,
)
from driven_dicke.figures import fig02, style
from driven_dicke.figures.drawing import draw

PANELS = {
    "fig01": ["a", "b"],
    "fig02": ["a", "b", "c", "d", "e", "f"],
    "fig03": [""],
    "fig04": ["a", "b", "c", "d"],
    "fig05": ["a", "b", "c"],
    "fig06": ["a", "b", "c", "d", "e", "f"],
    "fig07": ["a", "b"],
    "fig08": ["a", "b"],
    "fig09": ["a", "b", "c"],
    "fig10": [""],
    "fig11": ["left", "right"],
    "fig12": ["a", "b", "c"],
    "fig13": ["a", "b"],
    "fig14": ["a", "b"],
}
FORMATS = ("pdf", "svg", "png")
RATIO = 12.5  # Gamma / gamma of the synthetic tables
SIZES = {"two sizes": (5, 9), "four sizes, no bistability": (2, 3, 5, 8)}
ALL_PANELS = [(figure, panel) for figure, panels in PANELS.items() for panel in panels]


def branch_columns(bistable):
    """Made-up branches: straight lines, so that every drawn point is known."""
    pieces = {"lower": (0.1, 1.2, -1.0, -0.2, True)}
    if bistable:
        pieces = {
            "lower": (0.1, 0.8, -1.0, -0.6, True),
            "middle": (0.6, 0.8, -0.2, -0.5, False),
            "upper": (0.6, 1.2, -0.1, -0.05, True),
        }
    columns = {name: [] for name in mean_field.BRANCHES.column_names}
    for branch, (start, stop, first, last, stable) in pieces.items():
        drive = np.linspace(start, stop, 8)
        values = {"gamma_ratio": RATIO, "drive": drive, "branch": branch, "stable": stable}
        values |= {"s_x": 0.0, "s_y": 0.3, "s_z": np.linspace(first, last, 8)}
        for k in (1, 2, 3):
            values |= {f"eig{k}_re": (k - 4) * drive + (not stable), f"eig{k}_im": (k - 2) * drive}
        for name, value in values.items():
            columns[name].extend(np.broadcast_to(value, 8).tolist())
    return columns


def steady_state_columns(n_atoms):
    drive = np.linspace(0.1, 1.2, 9)
    columns = dict.fromkeys(steady_state.STEADY_STATE.column_names, 0 * drive)
    return columns | {
        "drive": drive,
        "s_z": n_atoms / 2 * (drive / 1.2 - 1),
        "s_squared": n_atoms / 2 * (n_atoms / 2 + 1) * (1.2 - drive),
        "intensity": n_atoms * drive**2,
        "g2": 1 + drive / n_atoms,
        "xi2": 1 - drive / 3 + drive**6,
    }


def make_tables(folder, sizes, bistable):
    """Tables of all four figures by the name of the input, written and read as in the workflow."""

    def table(name, contract, columns, parameters):
        path = folder / f"{name}.parquet"
        tables.write(path, contract, columns, parameters)
        return tables.read(path, contract)

    drive = np.linspace(0.1, 1, 7)
    relaxation = {"gamma_ratio": RATIO, "drive": 0.7}
    times = np.tile(np.linspace(0, 3, 20), 2)
    number = np.repeat([0, 1], 20)
    mean_field_parameters = {"gamma_ratios": [RATIO, 3.0], "relaxation": relaxation}
    n_atoms = np.array([4, 8, 16, 32, 512] if bistable else [4, 8, 16, 32])
    points = {"n_atoms": n_atoms, "drive": 0.57 + 1 / n_atoms}
    law = {name: [0.001] for name in critical_point.FIT.column_names}
    found = {
        "branches": [table("branches", mean_field.BRANCHES, branch_columns(bistable), mean_field_parameters)],
        "dicke": [table("dicke", mean_field.DICKE, {"drive": drive, "s_y": drive, "s_z": drive - 1}, {})],
        "relaxation": [
            table(
                "relaxation",
                mean_field.RELAXATION,
                {
                    "trajectory": number,
                    "time": times,
                    "s_x": 0 * times,
                    "s_y": 0 * times,
                    "s_z": np.where(number == 0, -0.65, -0.09) + 0.3 * np.exp(-3 * times),
                },
                mean_field_parameters,
            )
        ],
        "totally_mixed": [
            table(
                "totally_mixed",
                steady_state.TOTALLY_MIXED,
                {
                    "n_atoms": sizes,
                    "s_z": np.zeros(len(sizes)),
                    "s_squared": 0.75 * np.array(sizes),
                    "intensity": 0.5 * np.array(sizes),
                    "g2": 2 - 2 / np.array(sizes),
                },
                {"n_atoms": list(sizes)},
            )
        ],
        "critical_point": [table("points", critical_point.CRITICAL_POINT, points | {"fitted": n_atoms < 100}, {})],
        "fit": [table("fit", critical_point.FIT, law | {"limit": [0.61], "exact_limit": [0.57]}, {})],
        "fit_curve": [table("fit_curve", critical_point.FIT_CURVE, points, {})],
    }
    stable = ["lower", "upper"] if bistable else ["lower"]
    for size in sizes:
        m = np.arange(size + 1) - size / 2
        per_size = {
            "steady_state": (steady_state.STEADY_STATE, steady_state_columns(size)),
            "magnetization": (
                steady_state.MAGNETIZATION,
                {"drive": np.full(m.size, 0.654), "m": m, "probability": np.full(m.size, 1 / m.size)},
            ),
            "mean_field_magnetization": (
                steady_state.MEAN_FIELD_MAGNETIZATION,
                {"drive": [0.654] * len(stable), "branch": stable, "s_z": [-0.3 * size, -0.04 * size][: len(stable)]},
            ),
            "squeezing": (
                squeezing.SQUEEZING,
                dict.fromkeys(squeezing.SQUEEZING.column_names, 0.3 + 0 * drive)
                | {"drive": drive, "xi2": 1 - drive / 3},
            ),
            "branches_of_size": (mean_field.BRANCHES, branch_columns(bistable)),
        }
        for name, (contract, columns) in per_size.items():
            found.setdefault(name, []).append(table(f"{name}_{size}", contract, columns, {"n_atoms": size}))
    return found


def phases_columns(bistable):
    """Made-up phases: every column is a line of its own, the flags are those of the made-up branches."""
    drive = np.linspace(0.1, 1.2, 12)
    names = phases.PHASES.column_names
    columns = {name: drive / 2 + number / (4 * len(names)) for number, name in enumerate(names)}
    lower = drive <= 0.8 if bistable else np.full(12, True)
    upper = drive >= 0.6 if bistable else np.full(12, False)
    return columns | {"drive": drive, "lower_branch": lower, "upper_branch": upper, "bistable": lower & upper}


def matrices_columns(n_atoms):
    """Every element says where it is, 100 j + 10 m + m'; negative in rho_+, a tenth in rho_-; j, m, m' rising."""
    elements = [
        (state, j, m, m_prime, factor * (100 * j + 10 * m + m_prime))
        for state, factor in (("plus", -1), ("minus", 0.1))
        for j in np.arange(n_atoms % 2, n_atoms + 1, 2) / 2
        for m in np.arange(-j, j + 1)
        for m_prime in np.arange(-j, j + 1)
    ]
    return dict(zip(phases.MATRICES.column_names, zip(*elements, strict=True), strict=True))


def phase_inputs(folder, sizes, bistable, found):
    """Inputs of the figures of the gap and the phases; `found` holds the tables that other figures share."""

    def table(name, contract, columns, parameters):
        path = folder / f"{name}.parquet"
        tables.write(path, contract, columns, parameters)
        return tables.read(path, contract)

    n_atoms, drive = np.array([4, 8, 12, 16, 20]), np.linspace(0.1, 1.2, 12)
    gap = dict.fromkeys(liouvillian_gap.GAP.column_names, np.zeros(5))
    gap |= {"n_atoms": n_atoms, "drive": np.full(5, 0.654), "gap_eigenvalue": 1 / n_atoms}
    gap |= {"gap_fit": 1.1 / n_atoms, "gap_fit_error": 0.3 / n_atoms}
    time = np.tile(np.arange(10.0), 5)
    relaxation = {"n_atoms": np.repeat(n_atoms, 10), "time": time, "distance": np.exp(-time), "error": 0 * time}
    relaxation |= {"fitted": (time > 3) & (time < 8)}
    law = {name: [0.123] for name in liouvillian_gap.LAW.column_names}
    weights = {
        name: np.arange(1, 6) / (7 + number) for number, name in enumerate(phases.WEIGHTS_AT_TRANSITION.column_names)
    }
    weights |= {"n_atoms": np.unique([*sizes, 20, 21, 22])[:5], "drive": np.linspace(0.71, 0.75, 5)}
    laws = {name: [0.05, 0.04] for name in phases.WEIGHTS_LAW.column_names} | {"convention": ["block", "physical"]}
    ends = {"n_atoms_first": [4, 8], "n_atoms_last": [16, 12]}
    of_size = {}
    for size in sizes[:2]:
        m = np.arange(size + 1) - size / 2
        distribution = {"drive": np.full(3 * m.size, 0.654), "m": np.tile(m, 3)}
        distribution |= {"state": np.repeat(["plus", "minus", "steady"], m.size)}
        distribution |= {"probability": np.arange(3 * m.size) / 30, "weight": np.repeat([0.25, 0.5, 1], m.size)}
        per_size = {
            "phases": (phases.PHASES, phases_columns(bistable)),
            "magnetization": (phases.MAGNETIZATION, distribution),
            "matrices": (phases.MATRICES, matrices_columns(size)),
            "dicke": (phases.DICKE_INTENSITY, {"drive": drive, "intensity": 3 * drive, "s_z": -drive}),
        }
        for name, (contract, columns) in per_size.items():
            parameters = {"n_atoms": size, "selected_drive": 0.654}
            of_size.setdefault(name, []).append(table(f"phases_{name}_{size}", contract, columns, parameters))
    first = {name: group[:1] for name, group in of_size.items()}
    shared = {name: found[name][:1] for name in ("steady_state", "squeezing", "totally_mixed")}
    weight_tables = {
        "weights": [table("weights", phases.WEIGHTS_AT_TRANSITION, weights, {})],
        "weights_law": [table("weights_law", phases.WEIGHTS_LAW, laws | ends, {})],
    }
    given = {
        "fig03": {
            "gap": [table("gap", liouvillian_gap.GAP, gap, {})],
            "relaxation": [table("gap_relaxation", liouvillian_gap.RELAXATION, relaxation, {})],
            "law": [table("law", liouvillian_gap.LAW, law | {"n_atoms_first": [8], "n_atoms_last": [16]}, {})],
        },
        "fig04": first | shared | {"branches": found["branches_of_size"][:1]},
        "fig05": first | shared,
        "fig11": first,
        "fig12": of_size | weight_tables,
    }
    return {figure: {name: groups[name] for name in definition(figure).contracts} for figure, groups in given.items()}


def trajectory_columns(time, drive, n_atoms):
    """A made-up trajectory that oscillates; xi^2 is missing at one time, xi^2 and g2 span four decades."""
    wave = np.sin(7 * time)
    columns = {"s_z": n_atoms / 2 * wave, "s_squared": 5 + wave, "intensity": 3 - wave, "crss_fidelity": 0.5 + wave / 2}
    xi2 = np.where(np.arange(time.size) == 5, np.nan, 10 ** (2 + 2.1 * wave))
    return columns | {"time": time, "g2": 10 ** (2 * wave), "xi2": xi2, "drive": np.broadcast_to(drive, time.shape)}


def trajectory_inputs(folder, n_atoms, phases_group):
    """Inputs of the figures of trajectories, at drive 0.7."""

    def table(name, contract, columns, **parameters):
        path = folder / f"{name}.parquet"
        tables.write(path, contract, columns, {"n_atoms": n_atoms, "drive": [[0.0, 0.7]]} | parameters)
        return [tables.read(path, contract)]

    def trajectory(name, start, stop, drive=0.7):
        time = np.linspace(start, stop, 41)
        return table(name, trajectories.TRAJECTORY, trajectory_columns(time, drive, n_atoms))

    channel = ["collective", "individual", "collective", "individual", "individual", "collective"]
    record = {"time": [0.5, 1.25, 1.5, 4.5, 4.75, 5.25], "channel": channel, "atom": [-1, 0, -1, 1, 0, -1]}
    transient = dict.fromkeys(dynamics.TRANSIENT.column_names, np.full(30, 0.5)) | {"time": np.geomspace(0.1, 10, 30)}
    quench = np.where(np.linspace(0, 10, 41) < 4, 2.5, 0.7)
    counts = {"time": [0.25, 0.75, 1.25], "individual": [4, 0, 2], "collective": [11, 30, 21]}
    expected = {"state": ["plus", "minus"], "individual": [2.5, np.nan], "individual_exact": [2.25, 4.5]}
    rates = dict.fromkeys(trajectories.DWELL_RATES.column_names, np.zeros(2, int)) | {"n_atoms": [n_atoms] * 2}
    rates |= {"drive": [0.7, 0.7], "state": ["minus", "plus"], "rate_predicted": [0.0123, 0.0456], "rate": [0.3, 0.4]}
    jumps = table("jumps", trajectories.JUMPS, record)
    given = {
        "fig06": {
            "trajectory": trajectory("switching", 0, 10),
            "phases": phases_group,
            "dwell_rates": table("dwell_rates", trajectories.DWELL_RATES, rates),
        },
        "fig07": {
            "transient": table("transient", dynamics.TRANSIENT, transient, drive=0.7),
            "trajectory": trajectory("transient_trajectory", 0.1, 10),
            "jumps": jumps,
        },
        "fig08": {
            "trajectory": trajectory("singlets", 0, 10) + trajectory("quench", 0, 10, quench),
            "phases": phases_group,
        },
        "fig13": {
            "counts": table("counts", trajectories.COUNTS, counts, bin_width=0.5),
            "expected_counts": table(
                "expected_counts", trajectories.EXPECTED_COUNTS, expected | {"collective": [25, 12]}, bin_width=0.5
            ),
        },
        "fig14": {"zoom": trajectory("zoom", 4, 5), "jumps": jumps, "phases": phases_group},
    }
    return {figure: {name: groups[name] for name in definition(figure).contracts} for figure, groups in given.items()}


def make_inputs(folder, case):
    """Tables of each figure, by figure and input name."""
    sizes, bistable = SIZES[case], case == "two sizes"
    found = make_tables(folder, sizes, bistable)
    by_figure = {
        figure: {name: found[name] for name in definition(figure).contracts}
        for figure in ("fig01", "fig02", "fig09", "fig10")
    }
    by_figure["fig02"]["branches"] = found["branches_of_size"]
    by_figure |= phase_inputs(folder, sizes, bistable, found)
    return by_figure | trajectory_inputs(folder, sizes[0], by_figure["fig05"]["phases"])


@pytest.fixture(scope="module", params=SIZES)
def inputs(request, tmp_path_factory):
    return make_inputs(tmp_path_factory.mktemp("tables"), request.param)


@pytest.fixture
def panel(inputs):
    """Draw one panel on axes of its own."""
    style.use()

    def drawn(figure, name):
        _, axes = plt.subplots(figsize=definition(figure).panel_size)
        definition(figure).panels[name](axes, inputs[figure])
        return axes

    yield drawn
    plt.close("all")


def definition(figure):
    return importlib.import_module(f"driven_dicke.figures.{figure}").FIGURE


def line(axes, label):
    (found,) = [line for line in axes.lines if line.get_label() == label]
    return found


def texts(axes):
    legend = axes.get_legend()
    return [text.get_text() for text in axes.texts + ([*legend.texts, legend.get_title()] if legend else [])]


# Files


@pytest.fixture(scope="module")
def drawn_twice(tmp_path_factory):
    """The tables, and two folders with all files: drawn in opposite order and under other settings of the user's."""
    inputs = make_inputs(tmp_path_factory.mktemp("tables"), "two sizes")
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    for folder, figures in zip(folders, (list(PANELS), list(reversed(PANELS))), strict=True):
        mpl.rcParams.update({"axes.grid": True, "font.size": 20} if folder == folders[1] else {})
        for figure in figures:
            (folder / figure).mkdir()
            names = enumerate(definition(figure).panels)
            # One format per panel, in turn; the assembled figure in every format.
            panels = {name: [folder / figure / f"{figure}{name}.{FORMATS[i % 3]}"] for i, name in names}
            draw(definition(figure), inputs[figure], panels, [folder / f"{figure}.{ext}" for ext in FORMATS])
    return inputs, *folders


def test_the_same_bytes_twice(drawn_twice):
    first, second = ({p.relative_to(folder): p for p in folder.rglob("*.*")} for folder in drawn_twice[1:])
    assert first.keys() == second.keys()
    assert len(first) == len(ALL_PANELS) + len(FORMATS) * len(PANELS)
    assert [name for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


@pytest.mark.parametrize("figure", PANELS)
def test_files_hold_the_provenance_and_no_date(drawn_twice, figure):
    inputs, folder, _ = drawn_twice
    path = folder / figure
    png = Image.open(path.with_suffix(".png")).text
    svg = ElementTree.parse(path.with_suffix(".svg"))
    pdf = path.with_suffix(".pdf").read_bytes()
    description = svg.find(".//{http://purl.org/dc/elements/1.1/}description").text
    assert png["Title"] == definition(figure).title
    assert png["Description"] == description
    record = json.loads(description)
    assert record.keys() == {"parameters", "versions", "source_sha256"}
    given = {name: [table.parameters for table in group] for name, group in inputs[figure].items()}
    assert json.loads(record["parameters"]) == given
    assert record["source_sha256"].encode() in pdf
    assert svg.find(".//{http://purl.org/dc/elements/1.1/}date") is None
    assert b"CreationDate" not in pdf
    assert not {key for key in png if "date" in key.lower() or "time" in key.lower()}


# Panels


@pytest.mark.parametrize("figure", PANELS)
def test_panels_are_those_promised(figure):
    assert list(definition(figure).panels) == PANELS[figure]
    assert {name for row in definition(figure).mosaic for name in row} == set(PANELS[figure])


@pytest.mark.parametrize(("figure", "name"), ALL_PANELS)
def test_axes_are_labelled_and_nothing_is_cut_off(panel, figure, name):
    axes = panel(figure, name)
    if (figure, name) == ("fig01", "a"):
        found = " ".join(texts(axes))
        assert all(symbol in found for symbol in (r"\Omega", r"\gamma_c", r"\gamma_s", r"\perp", r"\parallel"))
    else:
        labelled = [axes] if axes.axison else axes.child_axes
        assert all(part.get_ylabel() for part in labelled)
        assert labelled[-1].get_xlabel()
    axes.figure.canvas.draw()
    box = axes.figure.get_tightbbox()
    width, height = definition(figure).panel_size
    assert min(box.x0, box.y0) > -0.02
    assert box.x1 < width + 0.02
    assert box.y1 < height + 0.02


def test_labels_follow_the_tables(panel, inputs):
    sizes = [table.parameters["n_atoms"] for table in inputs["fig02"]["steady_state"]]
    for name in "acdef":
        assert [text for text in texts(panel("fig02", name)) if "N = " in text] == [f"$N = {n}$" for n in sizes]
    (text,) = [text for text in texts(panel("fig02", "b")) if "N = " in text]
    assert f"N = {sizes[-1]}" in text
    assert "0.654" in text
    assert any(f"{RATIO:g}" in text for text in texts(panel("fig01", "b")))
    assert any(f"{RATIO:g}" in text and "0.7" in text for text in texts(panel("fig09", "a")))
    limits = " ".join(texts(panel("fig10", "")))
    assert "0.610" in limits
    assert "0.570" in limits


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


@pytest.mark.parametrize(("figure", "name"), [("fig01", "b"), ("fig09", "b")])
def test_only_the_unstable_branch_is_dashed_and_it_joins_the_others(panel, inputs, figure, name):
    curves = panel(figure, name).lines
    dashed = [curve for curve in curves if curve.get_linestyle() == "--"]
    lower, *_ = [curve for curve in curves if curve.get_ydata()[0] == -1]
    assert lower.get_linestyle() == "-"
    if inputs[figure]["branches"][0].data["branch"].nunique() > 1:
        np.testing.assert_allclose(dashed[0].get_ydata()[[0, 1, -2, -1]], [-0.1, -0.2, -0.5, -0.6])
    assert len(dashed) == inputs[figure]["branches"][0].data["branch"].nunique() // 3


def test_fig09a_colours_a_path_by_the_branch_it_reaches(panel, inputs):
    paths = [line for line in panel("fig09", "a").lines if line.get_marker() == "o"]
    bistable = inputs["fig09"]["branches"][0].data["branch"].nunique() > 1
    expected = ["lower", "upper"] if bistable else ["lower", "lower"]
    assert [line.get_color() for line in paths] == [style.BRANCHES[name] for name in expected]


def test_fig09c_draws_every_eigenvalue(panel, inputs):
    real, imaginary = panel("fig09", "c").child_axes
    rows = inputs["fig09"]["branches"][0].data
    for axes, part in ((real, "re"), (imaginary, "im")):
        drawn = np.concatenate([line.get_ydata() for line in axes.lines])
        for number in (1, 2, 3):
            assert np.isin(rows[f"eig{number}_{part}"], drawn).all()


def test_fig09_asks_for_a_missing_ratio(inputs):
    (relaxation,) = inputs["fig09"]["relaxation"]
    other = tables.Table(relaxation.data, {"relaxation": {"gamma_ratio": 17.5, "drive": 0.7}})
    _, axes = plt.subplots()
    with pytest.raises(tables.TableError, match=re.escape("17.5; add it to mean_field.gamma_ratios")):
        definition("fig09").panels["b"](axes, inputs["fig09"] | {"relaxation": [other]})
    plt.close("all")


def test_fig10_separates_the_fitted_points(panel, inputs):
    axes = panel("fig10", "")
    points = inputs["fig10"]["critical_point"][0].data
    fitted, large = points[points["fitted"]], points[~points["fitted"]]
    np.testing.assert_allclose(line(axes, "Eq. (C2), fitted").get_xydata(), fitted[["n_atoms", "drive"]])
    assert len(axes.child_axes) == (len(large) > 0)
    if len(large):
        np.testing.assert_allclose(line(axes, "larger $N$").get_xydata(), large[["n_atoms", "drive"]])
        assert axes.child_axes[0].lines[1].get_xdata().max() == fitted["n_atoms"].max()


def test_fig03_draws_eigenvalue_fit_and_law(panel, inputs):
    axes = panel("fig03", "")
    gap, law = inputs["fig03"]["gap"][0].data, inputs["fig03"]["law"][0].data.iloc[0]
    eigenvalue, *_, straight = axes.lines
    np.testing.assert_allclose(eigenvalue.get_xydata(), gap[["n_atoms", "gap_eigenvalue"]])
    (container,) = axes.containers
    np.testing.assert_allclose(container.lines[0].get_xydata(), gap[["n_atoms", "gap_fit"]])
    bars = [bar[:, 1] for bar in container.lines[2][0].get_segments()]
    np.testing.assert_allclose(bars, [(1.1 / n - 0.3 / n, 1.1 / n + 0.3 / n) for n in gap["n_atoms"]])
    np.testing.assert_allclose(straight.get_xdata(), [8, 16])
    np.testing.assert_allclose(straight.get_ydata(), law["prefactor"] * np.exp(-law["rate"] * np.array([8, 16])))
    found = " ".join(texts(axes))
    assert "0.654" in found
    assert found.count("0.123") == 4
    assert axes.get_yscale() == "log"


def test_fig03_inset_highlights_the_window_of_the_fit(panel):
    (inset,) = panel("fig03", "").child_axes
    assert [text.get_text() for text in inset.get_legend().texts] == ["$N = 4$", "$N = 12$", "$N = 20$"]
    for n_atoms, whole, window in zip((4, 12, 20), inset.lines[::2], inset.lines[1::2], strict=True):
        np.testing.assert_allclose(whole.get_xdata(), np.arange(10) / n_atoms)
        np.testing.assert_allclose(whole.get_ydata(), np.exp(-np.arange(10)))
        np.testing.assert_allclose(window.get_xdata()[4:8], np.arange(4, 8) / n_atoms)
        assert np.isnan(window.get_xdata()[[*range(4), 8, 9]]).all()


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
