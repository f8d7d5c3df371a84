"""Figs. 1 and 9 draw the numbers of the mean-field tables."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from synthetic import definition

from driven_dicke.figures import style
from driven_dicke.pipeline import tables


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
