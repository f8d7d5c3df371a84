"""Small plots of the page of claims, where a picture says more than the numbers."""

from collections.abc import Callable, Mapping
from io import StringIO

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.pipeline.tables import Table

Tables = Mapping[str, Table]
SIZE = (style.COLUMN_WIDTH, 2.3)


def critical_point(axes: Axes, tables: Tables) -> None:
    """Exact critical points, the exponential law, and the exact limit."""
    data, curve = tables["critical_point"].data, tables["fit_curve"].data
    axes.semilogx(curve["n_atoms"], curve["drive"], color=style.GREY, label="exponential law")
    for fitted, colour, label in (
        (True, style.BLUE, "exact, in the law"),
        (False, style.VERMILION, "exact, beyond it"),
    ):
        rows = data[data["fitted"] == fitted]
        axes.plot(rows["n_atoms"], rows["drive"], "o", color=colour, label=label)
    style.reference_line(axes, float(tables["fit"].data["exact_limit"].iloc[0]), "exact limit", position=0.02)
    axes.set(xlabel="number of atoms  $N$", ylabel=r"$\Omega_{\rm PT}/\Omega_c$")
    axes.legend()


def gap(axes: Axes, tables: Tables) -> None:
    """Decrease of ln lambda_1 per atom between neighbouring sizes."""
    data = tables["gap"].data.sort_values("n_atoms")
    n_atoms = data["n_atoms"].to_numpy(dtype=float)
    rates = -np.diff(np.log(data["gap_eigenvalue"])) / np.diff(n_atoms)
    axes.plot((n_atoms[1:] + n_atoms[:-1]) / 2, rates, "o-", color=style.BLUE)
    style.reference_line(axes, float(tables["law"].data["rate"].iloc[0]), "one exponential law", position=0.02)
    axes.set(xlabel="number of atoms  $N$", ylabel=r"$-\Delta\ln\lambda_1/\Delta N$")


def fidelity(axes: Axes, tables: Tables) -> None:
    """Squared fidelity of rho_+ with the CRSS against the place in the bistable region."""
    curves = []
    for name in ("phases_small", "phases_large"):
        rows = tables[name].data[tables[name].data["bistable"]]
        first, last = rows["drive"].min(), rows["drive"].max()
        curves.append(
            (tables[name].parameters["n_atoms"], (rows["drive"] - first) / (last - first), rows["crss_fidelity_plus"])
        )
    beyond = tables["fidelity"].data
    curves.append((beyond["n_atoms"].iloc[0], beyond["region_fraction"], beyond["crss_fidelity_plus"]))
    for (n_atoms, fraction, root), colour, marker in zip(curves, style.SIZES, style.SIZE_MARKERS, strict=False):
        line = "-" if len(root) > 10 else f"{marker}-"
        axes.plot(fraction, root**2, line, color=colour, label=f"$N = {n_atoms}$")
    axes.set(xlabel="place in the bistable region", ylabel=r"$\langle\alpha|\rho_+|\alpha\rangle$", ylim=(0, 1.02))
    axes.legend()


def squeezing(axes: Axes, tables: Tables) -> None:
    """xi^2 of rho_+ at the largest N against both analytic forms."""
    data = tables["large_n"].data
    rows = data[data["n_atoms"] == data["n_atoms"].max()].sort_values("drive")
    axes.plot(rows["drive"], rows["xi2_printed"], "--", color=style.GREY, label="(F10), (F11)")
    axes.plot(rows["drive"], rows["xi2_pair_correlation"], color=style.BLUE, label="pair correlations")
    axes.plot(
        rows["drive"], rows["xi2"], "o", color=style.VERMILION, label=f"closed form, $N = {rows['n_atoms'].iloc[0]}$"
    )
    for value, text in ((3**-0.5, r"$1/\sqrt{3}$"), (2 / 3, "2/3")):
        style.reference_line(axes, value, text, position=0.02)
    axes.set(xlabel=style.DRIVE_LABEL, ylabel=r"$\xi^2$ of $\rho_+$")
    axes.legend()


def weights(axes: Axes, tables: Tables) -> None:
    """|1 - a_+ - a_-| at the critical point in both conventions of the trace."""
    data = tables["weights"].data
    for column, colour, marker, label in (
        ("error", style.BLUE, "o", "block traces (paper)"),
        ("error_physical", style.VERMILION, "s", "physical traces"),
    ):
        axes.semilogy(data["n_atoms"], data[column], f"{marker}-", color=colour, label=label)
    axes.set(xlabel="number of atoms  $N$", ylabel=r"$|1 - a_+ - a_-|$")
    axes.legend()


PLOTS: dict[int, Callable[[Axes, Tables], None]] = {
    6: critical_point,
    11: gap,
    18: fidelity,
    21: squeezing,
    27: weights,
}


def draw(claim: int, tables: Tables) -> str:
    """The plot of a claim as SVG without a date; the same tables give the same text."""
    style.use()
    figure, axes = plt.subplots(figsize=SIZE)
    PLOTS[claim](axes, tables)
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Title": f"claim {claim}", "Date": None})
    plt.close(figure)
    return text.getvalue()
