"""Fig. 3: the Liouvillian gap against the number of atoms.

Eigenvalue and fit agree to much less than a line's width: the fit, with its error bar, is a dot inside the open circle
of the eigenvalue. The inset shows what was fitted: against lambda_1 t the relaxation of every N ends on one slope.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import liouvillian_gap

GREYS = ("#A0A0A0", "#606060", style.BLACK)  # in the inset: the first, a middle and the last number of atoms


def _relaxation(axes: Axes, relaxation: pd.DataFrame, gaps: pd.Series) -> None:
    """|<S_z(t)> - <S_z(inf)>| against lambda_1 t, with the windows of the fit."""
    sizes = sorted(relaxation["n_atoms"].unique())
    chosen = {sizes[round(i * (len(sizes) - 1) / (len(GREYS) - 1))]: grey for i, grey in enumerate(GREYS)}
    for n_atoms, grey in chosen.items():
        rows = relaxation[relaxation["n_atoms"] == n_atoms].sort_values("time")
        decays, distance = gaps[n_atoms] * rows["time"], rows["distance"]
        axes.plot(decays, distance, color=grey, linewidth=0.9, label=f"$N = {n_atoms}$")
        axes.plot(decays.where(rows["fitted"]), distance, color=style.ORANGE, linewidth=2.8, zorder=1.5)
    axes.set_yscale("log")
    axes.legend(fontsize=6.5, handlelength=1.0, labelspacing=0.1, loc="upper right")
    axes.set_xlim(left=0)
    axes.set_xlabel(r"$\lambda_1 t$", fontsize=7.5, labelpad=1)
    axes.set_ylabel(r"$|\langle \hat S_z(t) \rangle - \langle \hat S_z(\infty) \rangle|$", fontsize=7.5, labelpad=1)
    axes.tick_params(labelsize=6.5, pad=2)


def gap(axes: Axes, tables: Tables) -> None:
    """lambda_1 against N by eigenvalue and by fit, the exponential law, and the relaxation that was fitted (inset)."""
    rows, law = tables["gap"][0].data.sort_values("n_atoms"), tables["law"][0].data.iloc[0]
    eigenvalue = axes.plot(
        rows["n_atoms"], rows["gap_eigenvalue"], "o", color=style.BLACK, markersize=6, markerfacecolor="white"
    )
    fit = axes.errorbar(
        rows["n_atoms"], rows["gap_fit"], rows["gap_fit_error"], fmt="o", color=style.ORANGE, markersize=2.6
    )
    ends = law[["n_atoms_first", "n_atoms_last"]].to_numpy(dtype=float)
    values = law["prefactor"] * np.exp(-law["rate"] * ends)
    line = axes.plot(ends, values, color=style.BLACK, linestyle="--", linewidth=0.9, zorder=1.5)
    law_label = (
        f"$\\propto e^{{-rN}}$, $r = {law['rate']:.3f} \\pm {law['rate_error']:.3f}$\n"
        f"(local $r$: {law['first_rate']:.3f} to {law['last_rate']:.3f})"
    )
    if law["note"]:
        law_label = "no law: fewer than three sizes"
    style.left_out(axes, rows, "no fit", position=(0.3, 0.95))
    axes.set_yscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$\lambda_1/\gamma_s$")
    axes.legend(
        [*eigenvalue, fit, *line],
        [
            r"eigenvalue of $\mathcal{L}$",
            r"fit of $\langle \hat S_z(t) \rangle$",
            law_label,
        ],
        title=f"$\\Omega = {rows['drive'].iloc[0]:g}\\,\\Omega_c$",
        title_fontsize=7.5,
        alignment="left",
        loc="lower left",
    )
    inset = axes.inset_axes((0.60, 0.60, 0.385, 0.38))
    _relaxation(inset, tables["relaxation"][0].data, rows.set_index("n_atoms")["gap_eigenvalue"])


FIGURE = FigureDefinition(
    title="Fig. 3: Liouvillian gap against the number of atoms",
    contracts={"gap": liouvillian_gap.GAP, "relaxation": liouvillian_gap.RELAXATION, "law": liouvillian_gap.LAW},
    panels={"": gap},
    mosaic=[[""]],
    size=(style.COLUMN_WIDTH, 3.0),
    panel_size=(style.COLUMN_WIDTH, 3.0),
)
