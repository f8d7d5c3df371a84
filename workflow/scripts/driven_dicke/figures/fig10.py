"""Fig. 10: the critical point against the number of atoms.

The paper fits an exponential law to N <= 80. The closed form reaches a million atoms, so the axis is logarithmic and
shows where the exponential law ends; the inset shows the paper's range as the paper does.
"""

from typing import Any

from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import critical_point

FIT: dict[str, Any] = {"color": style.BLUE, "linestyle": "--", "linewidth": 1.0, "zorder": 1.5}


def critical_drive(axes: Axes, tables: Tables) -> None:
    """Omega_PT / Omega_c from Eq. (C2) with the exponential fit and the exact limit."""
    points, curve = tables["critical_point"][0].data, tables["fit_curve"][0].data
    fit = tables["fit"][0].data.iloc[0]
    fitted, large = points[points["fitted"]], points[~points["fitted"]]

    if len(fitted):
        axes.plot(fitted["n_atoms"], fitted["drive"], "o", color=style.BLACK, label="Eq. (C2), fitted")
    if large["drive"].notna().any():
        axes.plot(large["n_atoms"], large["drive"], "o", color=style.BLACK, markerfacecolor="white", label="larger $N$")
    style.left_out(axes, points, "no critical point", position=style.ABOVE)
    if fit["note"]:
        style.remark(axes, "no exponential fit: too few points", position=(0.5, 0.24))
    else:
        axes.plot(curve["n_atoms"], curve["drive"], label="exponential fit", **FIT)
    axes.set_xscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$\Omega_{\mathrm{PT}}/\Omega_c$")
    style.reference_line(axes, fit["exact_limit"], f"exact limit {fit['exact_limit']:.3f}", position=0.03)
    if not fit["note"]:
        text = f"limit of the fit ${fit['limit']:.3f} \\pm {fit['limit_error']:.3f}$"
        style.reference_line(axes, fit["limit"], text, colour=style.BLUE, position=0.97)
    if points["drive"].notna().any():
        axes.set_ylim(bottom=fit["exact_limit"] - 0.2 * (points["drive"].max() - fit["exact_limit"]))
        axes.legend(loc="lower center", ncols=3, columnspacing=1.2, handletextpad=0.4)

    # Where the fitted points do not fill the axes anyway.
    if not fit["note"] and points["n_atoms"].max() >= 10 * fitted["n_atoms"].max():
        near = curve[curve["n_atoms"] <= fitted["n_atoms"].max()]
        inset = axes.inset_axes((0.47, 0.57, 0.51, 0.40))
        inset.plot(fitted["n_atoms"], fitted["drive"], "o", color=style.BLACK, markersize=2.2)
        inset.plot(near["n_atoms"], near["drive"], **FIT)
        inset.locator_params(nbins=5)
        inset.tick_params(labelsize=6.5, pad=2)


FIGURE = FigureDefinition(
    title="Fig. 10: critical point against the number of atoms",
    contracts={
        "critical_point": critical_point.CRITICAL_POINT,
        "fit": critical_point.FIT,
        "fit_curve": critical_point.FIT_CURVE,
    },
    panels={"": critical_drive},
    mosaic=[[""]],
    size=(style.COLUMN_WIDTH, 2.8),
    panel_size=(style.COLUMN_WIDTH, 2.8),
)
