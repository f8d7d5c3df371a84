"""Fig. ext12 from made-up tables: what is drawn is what the tables hold."""

import numpy as np
import pytest
from drawn import columns, draw_panel, line, require_labels_and_room, require_same_bytes_twice, texts, written_and_read

from driven_dicke.figures import ext12, style
from driven_dicke.studies import metrology

DRIVES = [0.5, 0.1, 0.3]


def make_tables(folder, phases_note="", sizes_note=""):
    """Made-up tables, rows out of order."""
    missing = np.nan if phases_note else 0.4
    made = {
        "steady": {
            "n_atoms": [4] * 3 + [9] * 3,
            "drive": DRIVES * 2,
            "fisher_information": np.arange(6) / 5,
            "inverse_squeezing": np.arange(6) / 10,
            "entanglement_depth": [2.0] * 6,
            "entropy": np.arange(6) / 6,
            "renyi_entropy": np.arange(6) / 12,
        },
        "phases": {
            "n_atoms": [9] * 6,
            "drive": [0.5] * 3 + [0.4] * 3,
            "state": ["plus", "minus", "steady"] * 2,
            "fisher_information": np.array([1.2, 0.1, 0.7, 1.1, 0.2, 0.8]) + (missing - 0.4),
            "note": [phases_note] * 6,
        },
        "sizes": {
            "n_atoms": [40, 20, 20, 40],
            "region_fraction": [0.3, 0.3, 0.6, 0.6],
            "entanglement_depth": [2.0] * 4,
            "missed": [0.01, 0.02 if not sizes_note else np.nan, 0.03, 0.04],
            "above_pairs": [0.1, 0.2 if not sizes_note else np.nan, 0.3, 0.4],
            "note": ["", sizes_note, "", ""],
        },
        "pairs": {"n_atoms": [4, 4, 9, 9], "scaled_drive": [1.0, 0.0, 0.0, 1.0], "concurrence": [0.3, 0.0, 0.0, 0.4]},
        "limit": {"drive": [0.0, 0.7], "fisher_information": [1.0, 1.5], "entropy": [0.0, 0.3]},
        "pair_law": {"scaled_drive": [0.0, 2.0], "concurrence": [0.0, 0.5]},
    }
    read = {}
    for name, values in made.items():
        contract = getattr(metrology, name.upper())
        rows = len(next(iter(values.values())))
        read[name] = [written_and_read(folder / name, contract, columns(contract, rows, **values), {})]
    return read


@pytest.fixture
def panel(tmp_path):
    return lambda name, **changed: draw_panel(ext12.FIGURE, name, make_tables(tmp_path, **changed))


@pytest.mark.parametrize("name", list("abcde"))
def test_axes_are_labelled_and_nothing_is_cut_off(panel, name):
    require_labels_and_room(panel(name))


def test_same_bytes_twice(tmp_path):
    require_same_bytes_twice(ext12.FIGURE, make_tables(tmp_path), tmp_path)


@pytest.mark.parametrize(("name", "values", "thin"), [("a", [0.8, 1.0, 0.6], 0.5), ("e", [4 / 6, 5 / 6, 3 / 6], 0.5)])
def test_steady_state_against_drive(panel, name, values, thin):
    axes = panel(name)
    drawn = line(axes, "$N = 9$")
    np.testing.assert_allclose(drawn.get_xdata(), [0.1, 0.3, 0.5])
    np.testing.assert_allclose(drawn.get_ydata(), values)
    below = axes.lines[axes.lines.index(drawn) + 1]
    np.testing.assert_allclose(below.get_ydata(), thin * np.array(values))


def test_phases(panel):
    axes = panel("b")
    np.testing.assert_allclose(line(axes, r"$\rho_+$").get_xydata(), [[0.4, 1.1], [0.5, 1.2]])
    np.testing.assert_allclose(line(axes, r"$\rho_-$").get_xydata(), [[0.4, 0.2], [0.5, 0.1]])
    assert line(axes, r"$\rho_-$").get_color() == style.MINUS
    assert texts(panel("b", phases_note="none")) == ["no two phases at $N = 9$"]


def test_sizes(panel):
    axes = panel("c")
    np.testing.assert_allclose(line(axes, "0.3").get_xydata(), [[20, 0.02], [40, 0.01]])
    np.testing.assert_allclose(axes.lines[1].get_xydata(), [[20, 0.2], [40, 0.1]])
    assert axes.get_yscale() == "log"
    assert r"somewhere no $\rho_{+}$ at $N = 20$" in texts(panel("c", sizes_note="none"))


def test_pairs(panel):
    axes = panel("d")
    np.testing.assert_allclose(line(axes, "$N = 4$").get_xydata(), [[0, 0], [1, 0.3]])
