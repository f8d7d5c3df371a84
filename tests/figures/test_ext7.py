"""Fig. ext7 from made-up tables: what is drawn is what the tables hold."""

import numpy as np
import pytest
from drawn import draw_panel, require_labels_and_room, require_same_bytes_twice, texts, written_and_read

from driven_dicke.figures import ext7, style
from driven_dicke.studies import phase_diagram

RATIOS = np.array([1.0, 10.0, 100.0])
DRIVES = np.array([0.3, 0.6, 0.9])


def make_tables(folder, tweezers=20):
    def table(name, contract, columns, parameters):
        return written_and_read(folder / name, contract, columns, parameters)

    ratio, drive = np.repeat(RATIOS, 3), np.tile(DRIVES, 3)
    half = {"rate_ratio": RATIOS, "lower_edge": [0.8, 0.7, 0.6], "upper_edge": [0.85, 0.9, 0.95]}
    half |= {"critical_drive": [np.nan, 0.75, 0.7]}
    n_atoms = np.repeat([10, 1000, 10000], 3)
    columns = {
        "map": {
            "n_atoms": [tweezers] * 9,
            "rate_ratio": ratio,
            "drive": drive,
            "gap": drive / ratio,
            "residual": [0] * 9,
        },
        "boundaries": {name: np.tile(values, 2) for name, values in half.items()}
        | {"n_atoms": np.repeat([tweezers, 10000], 3)},
        "plane": {
            "n_atoms": n_atoms,
            "threshold": 8 / (n_atoms - 9.0),
            "rate_ratio": 16 / (n_atoms - 9.0) * np.tile(RATIOS, 3),
            "critical_drive": [np.nan, np.nan, np.nan, 0.7, 0.65, 0.6, 0.68, 0.6, 0.57],
        },
        "sizes": {
            "n_atoms": [16, 100, 10000],
            "lower_edge": [0.7, 0.4, 0.1],
            "upper_edge": [0.8, 0.73, 0.71],
            "critical_drive": [0.75, 0.6, 0.57],
            "equal_weight_drive": [np.nan, 0.601, 0.57],
        },
        "chain": {
            "n_atoms": np.repeat([10, 100], 3),
            "drive": np.tile(DRIVES, 2),
            "log10_gap": [0.0, -0.2, 0.0, 0.0, -8.0, -0.5],
        },
        "experiments": {
            "experiment": ["tweezer_array", "atomic_ensemble"],
            "n_atoms": [tweezers, 10000],
            "rate_ratio": [10.0, np.nan],
            "threshold": [8 / (tweezers - 9), 8 / 9991],
        },
    }
    contracts = {name: getattr(phase_diagram, name.upper()) for name in columns}
    parameters = {"chain": {"rates": {"gamma_c": 6.0, "gamma_s": 2.0}}}
    return {name: [table(name, contracts[name], columns[name], parameters.get(name, {}))] for name in columns}


@pytest.fixture
def panel(tmp_path):
    return lambda name, **changed: draw_panel(ext7.FIGURE, name, make_tables(tmp_path, **changed))


def curves(axes, colour):
    return [line for line in axes.lines if line.get_color() == colour and line.get_linestyle() == "-"]


def test_every_panel_has_its_labels_and_the_same_bytes_twice(panel, tmp_path):
    assert list(ext7.FIGURE.panels) == ["a", "b", "c", "d"]
    for name in "abcd":
        axes = panel(name)
        require_labels_and_room(axes)
    require_same_bytes_twice(ext7.FIGURE, make_tables(tmp_path), tmp_path)


def test_the_star_stands_on_the_critical_point_of_the_tweezer_array(panel):
    axes = panel("a", tweezers=24)
    (star,) = [line for line in axes.lines if line.get_marker() == "*"]
    assert (star.get_xdata()[0], star.get_ydata()[0]) == pytest.approx((0.75, 10.0))
    lower, upper = curves(axes, "white")[:2]
    assert list(lower.get_xdata()) == [0.8, 0.7, 0.6]
    assert list(upper.get_ydata()) == list(RATIOS)
    assert "24" in axes.get_ylabel()
    assert axes.get_yscale() == "log"


def test_boundaries_against_size_are_those_of_the_table(panel):
    axes = panel("b")
    lower, upper = curves(axes, style.BLACK)[:2]
    assert (list(lower.get_ydata()), list(upper.get_ydata())) == ([0.7, 0.4, 0.1], [0.8, 0.73, 0.71])
    assert list(curves(axes, style.VERMILION)[0].get_ydata()) == [0.75, 0.6, 0.57]
    (dots,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert dots.get_ydata()[1:] == pytest.approx([0.601, 0.57])
    assert np.isnan(dots.get_ydata()[0])
    assert any(r"\gamma_c = 3\," in text for text in texts(axes))


def test_only_gaps_that_occur_get_a_contour(panel):
    axes = panel("b")
    (lines,) = [collection for collection in axes.collections if hasattr(collection, "levels")]
    assert list(lines.levels) == [-3, -1]


def test_the_ensemble_begins_where_gamma_is_eight_gamma(panel):
    axes = panel("c")
    (level,) = [line.get_ydata()[0] for line in axes.lines if line.get_linestyle() == ":"]
    assert level == pytest.approx(8 / 9991)
    assert any("8.0\\times 10^{-4}" in text for text in texts(axes))
    assert "10^{4}" in axes.get_ylabel()


def test_the_plane_marks_both_experiments_from_their_smallest_ratio(panel):
    axes = panel("d")
    bars = {line.get_xdata()[0]: line.get_ydata()[0] for line in axes.lines if line.get_linewidth() > 2}
    assert bars == {20: 10.0, 10000: pytest.approx(8 / 9991)}
    threshold = curves(axes, style.BLACK)[0]
    assert threshold.get_ydata() == pytest.approx(8 / (np.array([10, 1000, 10000]) - 9))
