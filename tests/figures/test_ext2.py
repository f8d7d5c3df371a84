"""Fig. ext2 draws the numbers of its tables, and labels that follow them."""

import numpy as np
import pytest
from drawn import columns, draw_panel, line, require_labels_and_room, texts, written_and_read

from driven_dicke.figures import ext2, style
from driven_dicke.studies import sharpening as contracts

SIZES = (20, 3000, 100000)
SWITCH = 0.5
COLUMNS = {"a": "s_z_per_atom", "b": "s_squared_share", "c": "xi2", "d": "g2"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ext2")
    drive, n = np.tile(np.linspace(0.1, 0.9, 9), 3), np.repeat(SIZES, 9)
    curves = {"s_z_per_atom": drive - 1, "s_squared_share": 1 - drive, "g2": 1 + drive / n, "xi2": 0.9 + drive / n}
    curves |= {"scaled_distance": n * (drive - SWITCH), "jump_fraction": np.where(drive < 0.2, np.nan, drive)}
    branch = np.repeat(["lower", "middle", "upper"], 4)
    limit_drive = np.concatenate([[0.1, 0.3, SWITCH, 0.7], [0.1, 0.3, 0.6, 0.7], [0.2, SWITCH, 0.6, 0.9]])
    favoured = np.isin(np.arange(12), [0, 1, 2, 9, 10, 11])
    limit = {"branch": branch, "drive": limit_drive, "favoured": favoured, "s_z_per_atom": -np.arange(12) / 12}
    limit |= {"s_squared_share": np.arange(12) / 12, "g2": np.repeat([1.0, np.nan, 2.0], 4)}
    limit |= {"xi2": np.concatenate([[0.95, 0.9, 0.8123, 0.7], np.full(8, np.nan)])}
    transition = {"width": [np.nan, 1e-3, 1e-5], "width_two_states": [0.1, 1.1e-3, 1.1e-5]}
    transition |= {"width_limit": [0.2, 2e-3, 2e-5], "g2_peak": [2.0, 100, 4000], "g2_peak_limit": [1.0, 90, 3900]}
    transition |= {"g2_peak_drive": [0.58, 0.55, 0.51], "n_atoms": SIZES}
    given = {
        "curves": columns(contracts.CURVES, 27, n_atoms=n, drive=drive, **curves),
        "limit": columns(contracts.LIMIT, 12, **limit),
        "transition": columns(contracts.TRANSITION, 3, **transition),
    }
    found = {}
    for name, values in given.items():
        found[name] = [written_and_read(folder / f"{name}.parquet", ext2.FIGURE.contracts[name], values, {})]
    return found


@pytest.fixture
def panel(inputs):
    return lambda name: draw_panel(ext2.FIGURE, name, inputs)


def test_the_promised_panels_are_labelled(panel):
    assert list(ext2.FIGURE.panels) == ["a", "b", "c", "d", "e", "f"]
    assert sorted(name for row in ext2.FIGURE.mosaic for name in row) == list(ext2.FIGURE.panels)
    for name in ext2.FIGURE.panels:
        axes = panel(name)
        require_labels_and_room(axes)


def test_sizes_are_named(panel):
    found = texts(panel("a"))
    assert found[:3] == ["$20$", "$3000$", "$10^{5}$"]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_curve_of_every_size_in_its_colour(panel, inputs, name):
    axes, rows = panel(name), inputs["curves"][0].data
    for n_atoms, label, colour in zip(SIZES, ("$20$", "$3000$", "$10^{5}$"), style.SIZES, strict=False):
        curve = line(axes, label)
        np.testing.assert_allclose(curve.get_xydata(), rows.loc[rows["n_atoms"] == n_atoms, ["drive", COLUMNS[name]]])
        assert curve.get_color() == colour


@pytest.mark.parametrize("name", ["a", "b"])
def test_the_limit_jumps_between_the_branches(panel, inputs, name):
    limit = inputs["limit"][0].data
    (bold,) = [line for line in panel(name).lines if line.get_linewidth() == ext2.FOLLOWED["linewidth"]]
    followed = limit[limit["favoured"]]
    np.testing.assert_allclose(bold.get_xydata(), followed[["drive", COLUMNS[name]]])
    assert list(bold.get_xdata()).count(SWITCH) == 2
    thin = [line for line in panel(name).lines if line.get_color() == style.GREY]
    assert len(thin) == 3
    assert [line.get_linestyle() == "-" for line in thin] == [True, False, True]


def test_best_squeezing_of_the_steady_state_is_marked(panel):
    axes = panel("c")
    assert "0.8123" in " ".join(texts(axes))
    bold = [line for line in axes.lines if line.get_linewidth() == ext2.FOLLOWED["linewidth"]]
    np.testing.assert_allclose(bold[0].get_xydata()[-1], (SWITCH, 0.8123))
    np.testing.assert_allclose(bold[1].get_xdata(), SWITCH)


def test_flashes_have_their_predicted_height(panel):
    axes = panel("d")
    marks = line(axes, r"$Nw^2/8$")
    np.testing.assert_allclose(marks.get_xydata(), [(0.58, 1.0), (0.55, 90), (0.51, 3900)])
    assert axes.get_xlim()[0] < SWITCH < axes.get_xlim()[1]
    assert axes.get_yscale() == "log"


def test_the_jumps_collapse_on_a_logistic_function(panel, inputs):
    axes, rows = panel("e"), inputs["curves"][0].data
    logistic = line(axes, "logistic")
    np.testing.assert_allclose(logistic.get_ydata(), 0.5 * (1 + np.tanh(logistic.get_xdata() / 2)))
    for n_atoms, curve in zip(SIZES, axes.lines[1:], strict=True):
        expected = rows.loc[rows["n_atoms"] == n_atoms, ["scaled_distance", "jump_fraction"]]
        np.testing.assert_allclose(curve.get_xydata(), expected)


def test_width_and_flash_against_size(panel):
    axes = panel("f")
    expected = {
        "width": [np.nan, 1e-3, 1e-5],
        "width, two phases": [0.1, 1.1e-3, 1.1e-5],
        "law": [0.2, 2e-3, 2e-5],
        r"$1/\max g^{(2)}$": [1 / 2, 1 / 100, 1 / 4000],
        r"$8/Nw^2$": [1, 1 / 90, 1 / 3900],
    }
    for label, values in expected.items():
        np.testing.assert_allclose(line(axes, label).get_xydata(), np.stack([SIZES, values], 1))
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
