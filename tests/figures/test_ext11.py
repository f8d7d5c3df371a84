"""Fig. ext11 from made-up tables: what is drawn is what the tables hold."""

import numpy as np
import pytest
from drawn import columns, draw_panel, line, require_labels_and_room, require_same_bytes_twice, texts, written_and_read

from driven_dicke.figures import ext11
from driven_dicke.studies import counting

RECORD = {"n_atoms": 4, "drive": 0.7, "bin_width": 2.0}


def make_tables(folder, note=""):
    """Two sizes and both ports; with a note, no values."""
    sizes, ports = np.repeat([4, 9], 6), np.tile(np.repeat(["cavity", "side"], 3), 2)
    bare = np.nan if note else 1.0
    grid = np.tile([-1.0, 0.0, 1.0], 4)
    made = {
        "generating": {
            "n_atoms": sizes,
            "port": ports,
            "scaled_tilt": grid,
            "theta": bare * sizes * grid,
            "theta_two_states": bare * 2 * grid,
            "excess": bare * sizes * grid**2,
            "excess_two_states": bare * 2 * grid**2,
            "activity": bare * (grid + 1) / 2,
            "rate_function": bare * grid**2 / 4,
            "drive": np.full(12, bare),
            "note": np.full(12, note),
        },
        "fano": {
            "n_atoms": sizes,
            "port": ports,
            "window": 10**grid,
            "fano": bare * sizes * (2 + grid),
            "fano_two_states": bare * 5 * (2 + grid),
            "fano_detected": bare * (2 + grid),
            "drive": np.full(12, bare),
            "note": np.full(12, note),
        },
        "bins": {
            "counts": np.arange(5),
            "probability": np.array([0.1, 0.4, 0.3, 0.2, 0.0]),
            "two_states": bare * np.full(5, 0.2),
            "record": np.array([0.0, 0.5, 0.5, 0.0, 0.0]),
            "note": np.full(5, note),
        },
    }
    read = {}
    for name, values in made.items():
        contract = getattr(counting, name.upper())
        filled = columns(contract, len(next(iter(values.values()))), **values)
        read[name] = [written_and_read(folder / name, contract, filled, {"record": RECORD})]
    return read


@pytest.fixture
def panel(tmp_path):
    return lambda name, **changed: draw_panel(ext11.FIGURE, name, make_tables(tmp_path, **changed))


@pytest.mark.parametrize("note", ["", "none"])
@pytest.mark.parametrize("name", list("abcd"))
def test_axes_are_labelled_and_nothing_is_cut_off(panel, name, note):
    require_labels_and_room(panel(name, note=note))


def test_same_bytes_twice(tmp_path):
    require_same_bytes_twice(ext11.FIGURE, make_tables(tmp_path), tmp_path)


def test_values(panel):
    np.testing.assert_allclose(line(panel("a"), "$N = 9$").get_xydata(), [[-1, 9], [0, 0], [1, 9]])
    np.testing.assert_allclose(line(panel("b"), "$N = 4$").get_xydata(), [[0, 0.25], [0.5, 0], [1, 0.25]])
    np.testing.assert_allclose(line(panel("c"), "$N = 4$").get_xydata(), [[0.1, 4], [1, 8], [10, 12]])
    axes = panel("d")
    np.testing.assert_allclose(line(axes, "exact").get_ydata(), [0.1, 0.4, 0.3, 0.2, 0.0])
    assert [bar.get_height() for bar in axes.patches] == [0.0, 0.5, 0.5, 0.0, 0.0]
    assert "$N = 4$, $0.7\\,\\Omega_c$" in texts(axes)


def test_no_two_phases(panel):
    for name in "abc":
        assert texts(panel(name, note="none")) == ["no two phases at $N = 4, 9$"]
