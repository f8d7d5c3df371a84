"""Fig. 3 draws the numbers of the gap tables."""

import numpy as np
from drawn import texts


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
