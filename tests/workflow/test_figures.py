"""Every figure draws from small tables: the promised panels, the tables' numbers, and the same bytes twice."""

import importlib
import json
import re
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from driven_dicke import tables
from driven_dicke.contracts import critical_point, mean_field, squeezing, steady_state
from driven_dicke.figures import style
from driven_dicke.figures.drawing import draw

PANELS = {
    "fig01": ["a", "b"],
    "fig02": ["a", "b", "c", "d", "e", "f"],
    "fig09": ["a", "b", "c"],
    "fig10": [""],
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
        values |= {f"eig{k}_{part}": (k - 4) * drive + (not stable) for k in (1, 2, 3) for part in ("re", "im")}
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
                {name: drive if name == "drive" else 1 - drive / 3 for name in squeezing.SQUEEZING.column_names},
            ),
            "branches_of_size": (mean_field.BRANCHES, branch_columns(bistable)),
        }
        for name, (contract, columns) in per_size.items():
            found.setdefault(name, []).append(table(f"{name}_{size}", contract, columns, {"n_atoms": size}))
    return found


def make_inputs(folder, case):
    """Tables of each figure, by figure and input name."""
    found = make_tables(folder, SIZES[case], bistable=case == "two sizes")
    by_figure = {figure: {name: found[name] for name in definition(figure).contracts} for figure in PANELS}
    by_figure["fig02"]["branches"] = found["branches_of_size"]
    return by_figure


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
        mpl.rcParams.update({"lines.linewidth": 7, "font.size": 20} if folder == folders[1] else {})
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
