"""Fig. ext1 draws the numbers of its tables, and labels that follow them."""

import numpy as np
import pytest
from drawn import columns, draw_panel, line, require_labels_and_room, texts, written_and_read

from driven_dicke.figures import ext1
from driven_dicke.studies import critical_point_limit as contracts

PARAMETERS = {"distribution": {"n_atoms": 40, "step": 0.03}}
SIZES = np.array([16, 20, 1024, 4096])
LIMIT = 0.51234


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ext1")
    names = np.array(["derived", "logarithm", "power", "logarithm_few", "exponential"])
    first = np.array([1000, 1000, 1000, 16, 16])
    limits = np.array([LIMIT, LIMIT, LIMIT, 0.52, 0.61234])
    # Rates of the paper's figures first, others after them, as the study writes them; sizes out of order.
    ratios, n = np.repeat([10.0, 3.0], 4), np.tile(SIZES[::-1], 2)
    curve_n = np.tile([16, 1024, 4096], 6)
    curves = {
        "law": np.repeat([*names, "derived"], 3),
        "rate_ratio": np.repeat([10.0] * 5 + [3.0], 3),
        "n_atoms": curve_n,
    }
    position = np.tile(np.linspace(0, 1, 5), 4)
    given = {
        "equal_weights": columns(
            contracts.EQUAL_WEIGHTS, 8, rate_ratio=ratios, n_atoms=n, drive=LIMIT + 3 / n, scaled=n**0.1 + 20 / ratios
        ),
        "criteria": columns(
            contracts.CRITERIA,
            4,
            n_atoms=SIZES,
            mid_branch=LIMIT + 2 / SIZES,
            equal_weights=LIMIT + 3 / SIZES,
            scaled_difference_predicted=np.full(4, -0.4321),
        ),
        "decomposition": columns(
            contracts.DECOMPOSITION, 2, n_atoms=[16, 20], drive=[0.61, 0.6], drive_physical=[0.59, 0.58]
        ),
        "laws": columns(
            contracts.LAWS,
            5,
            law=names,
            n_atoms_first=first,
            n_atoms_last=np.where(first == 16, 77, 4096),
            limit=limits,
            limit_error=np.full(5, 0.0034),
            exponent=np.array([1, 1, 0.87, 1, np.nan]),
        ),
        "law_curves": columns(
            contracts.LAW_CURVES, 18, **curves, drive=LIMIT + np.arange(1, 19) / curve_n, scaled=np.arange(18.0)
        ),
        "residuals": columns(
            contracts.RESIDUALS,
            20,
            law=np.repeat(names, 4),
            n_atoms=np.tile(SIZES, 5),
            relative_residual=np.arange(1, 21) / 100,
        ),
        "distribution": columns(
            contracts.DISTRIBUTION,
            20,
            case=np.repeat(["below", "at", "above", "limit"], 5),
            drive=np.repeat([0.541, 0.571, 0.601, LIMIT], 5),
            position=position,
            exponent=np.repeat([0.1, 0.2, 0.3, 0.4], 5) * position,
        ),
    }
    found = {}
    for name, values in given.items():
        found[name] = [written_and_read(folder / f"{name}.parquet", ext1.FIGURE.contracts[name], values, PARAMETERS)]
    return found


@pytest.fixture
def panel(inputs):
    return lambda name: draw_panel(ext1.FIGURE, name, inputs)


def test_the_promised_panels_are_labelled(panel):
    assert list(ext1.FIGURE.panels) == ["a", "b", "c", "d", "e", "f"]
    assert sorted(name for row in ext1.FIGURE.mosaic for name in row) == list(ext1.FIGURE.panels)
    for name in ext1.FIGURE.panels:
        axes = panel(name)
        require_labels_and_room(axes)


def test_every_criterion_at_the_rates_of_the_paper(panel):
    axes = panel("a")
    np.testing.assert_allclose(line(axes, "Eq. (C2)").get_xydata(), np.stack([SIZES, LIMIT + 2 / SIZES], 1))
    crosses = line(axes, "equal weights of $p_k$").get_xydata()
    np.testing.assert_allclose(crosses[::-1], np.stack([SIZES, LIMIT + 3 / SIZES], 1))
    np.testing.assert_allclose(line(axes, "$a_+ = a_-$").get_ydata(), [0.61, 0.6])
    np.testing.assert_allclose(line(axes, "$a_+ = a_-$, physical").get_ydata(), [0.59, 0.58])
    np.testing.assert_allclose(
        line(axes, "exponential fit").get_ydata(), LIMIT + np.array([13, 14, 15]) / [16, 1024, 4096]
    )
    found = " ".join(texts(axes))
    assert "0.51234" in found
    assert "0.612 \\pm 0.003" in found


def test_distances_are_from_the_exact_limit(panel):
    axes = panel("b")
    np.testing.assert_allclose(line(axes, "Eq. (C2)").get_ydata(), 2 / SIZES)
    np.testing.assert_allclose(line(axes, "exponential fit").get_ydata(), np.array([13, 14, 15]) / [16, 1024, 4096])
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert "0.51234" in axes.get_ylabel()


def test_distributions_carry_their_drives(panel):
    axes = panel("c")
    found = " ".join(texts(axes))
    assert "N = 40" in found
    for label, factor in (("below, $0.541$", 0.1), ("at, $0.571$", 0.2), ("above, $0.601$", 0.3)):
        np.testing.assert_allclose(line(axes, label).get_ydata(), factor * np.linspace(0, 1, 5))
    np.testing.assert_allclose(line(axes, "$N \\to \\infty$, $0.512$").get_ydata(), 0.4 * np.linspace(0, 1, 5))
    assert axes.get_ylim()[1] > 0.4


def test_scaled_distances_of_every_rate(panel):
    axes = panel("d")
    assert [text.get_text() for text in axes.texts] == ["$10$", "$3$", r"$\gamma_c/\gamma_s$"]
    law, points, other_law, other_points = axes.lines
    np.testing.assert_allclose(law.get_xydata(), [(1024, 1), (4096, 2)])
    np.testing.assert_allclose(other_law.get_xydata(), [(1024, 16), (4096, 17)])
    for drawn, ratio in ((points, 10), (other_points, 3)):
        n = np.array([1024.0, 4096.0])
        np.testing.assert_allclose(drawn.get_xydata(), np.stack([n, n**0.1 + 20 / ratio], 1))
    assert law.get_color() == points.get_color() != other_points.get_color()


def test_residuals_name_their_laws(panel):
    axes = panel("e")
    labels = [text.get_text() for text in axes.get_legend().texts]
    assert labels[0] == "derived, no parameter"
    assert "-0.87" in labels[1]
    assert "1000" in labels[1]
    assert all("77" in label for label in labels[2:])
    drawn = {curve.get_label(): curve.get_ydata() for curve in axes.lines}
    for label, start in zip(labels, (1, 9, 13, 17), strict=True):
        np.testing.assert_allclose(drawn[label], np.arange(start, start + 4) / 100)


def test_differences_of_the_criteria(panel):
    axes = panel("f")
    np.testing.assert_allclose(line(axes, "Eq. (C2)").get_ydata(), 1 / SIZES)
    np.testing.assert_allclose(line(axes, "$0.4321/N^2$").get_ydata(), 0.4321 / SIZES**2.0)
    equal = LIMIT + 3 / np.array([16, 20])
    np.testing.assert_allclose(line(axes, "$a_+ = a_-$").get_ydata(), np.abs(equal - [0.61, 0.6]))
    np.testing.assert_allclose(line(axes, "$a_+ = a_-$, physical").get_ydata(), np.abs(equal - [0.59, 0.58]))
