"""Fig. 9: stability of the mean field: relaxation, branches and eigenvalues of the Jacobian."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.pipeline.tables import TableError
from driven_dicke.studies import mean_field

EIGENVALUES = ("eig1", "eig2", "eig3")


def _branches(tables: Tables) -> pd.DataFrame:
    """Rows of the branches at the Gamma / gamma of the relaxation.

    Raises:
        TableError: the branches were not computed at that ratio.
    """
    rows = tables["branches"][0].data
    ratio = tables["relaxation"][0].parameters["relaxation"]["gamma_ratio"]
    rows = rows[np.isclose(rows["gamma_ratio"], ratio)]
    if rows.empty:
        raise TableError(f"Fig. 9 needs the branches at gamma_ratio {ratio:g}; add it to mean_field.gamma_ratios")
    return rows


def relaxation(axes: Axes, tables: Tables) -> None:
    """(a) s_z(t) from several initial states, each in the colour of the branch that it ends on."""
    table = tables["relaxation"][0]
    parameters = table.parameters["relaxation"]
    drive = parameters["drive"]
    at_drive = {
        str(name): np.interp(drive, rows["drive"], rows["s_z"], left=np.nan, right=np.nan)
        for name, rows in _branches(tables).sort_values("drive").groupby("branch")
    }
    present = {name: s_z for name, s_z in at_drive.items() if np.isfinite(s_z)}
    for _, rows in table.data.sort_values("time").groupby("trajectory"):
        end = rows["s_z"].iloc[-1]
        reached = min(present, key=lambda name: abs(present[name] - end), default="lower")
        colour = style.BRANCHES[reached]
        axes.plot(rows["time"], rows["s_z"], color=colour, linewidth=0.9, marker="o", markevery=[0], clip_on=False)
    for name, s_z in present.items():
        linestyle = style.UNSTABLE if name == "middle" else ":"
        axes.axhline(s_z, color=style.BRANCHES[name], linestyle=linestyle, linewidth=0.9, label=f"{name} branch")
    title = f"$\\Omega = {drive:g}\\,\\Omega_c$, $\\Gamma/\\gamma = {parameters['gamma_ratio']:g}$"
    axes.legend(title=title, title_fontsize=7.5, loc="upper right")
    axes.set_xlim(0, table.data["time"].max())
    axes.set_ylim(-1.05, 1.05)
    axes.set_yticks(np.linspace(-1, 1, 5))
    axes.set_xlabel(r"time  $\gamma t$")
    axes.set_ylabel("$s_z$")


def branches(axes: Axes, tables: Tables) -> None:
    """(b) s_z of the branches against drive."""
    rows = _branches(tables)
    style.branch_curves(axes, rows, style.BRANCHES, labels=True)
    axes.set_xlim(0, rows["drive"].max())
    axes.set_ylim(-1.05, 0.05)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel("$s_z$")
    axes.legend(loc="best")


def eigenvalues(axes: Axes, tables: Tables) -> None:
    """(c) eigenvalues of the Jacobian (B11) on each branch: real parts above, imaginary parts below."""
    rows = _branches(tables)
    axes.set_axis_off()
    real, imaginary = axes.inset_axes((0, 0.38, 1, 0.62)), axes.inset_axes((0, 0, 1, 0.34))
    for place, part, label in ((real, "re", "Re"), (imaginary, "im", "Im")):
        for eigenvalue in EIGENVALUES:
            first = eigenvalue == EIGENVALUES[0]
            style.branch_curves(place, rows, style.BRANCHES, column=f"{eigenvalue}_{part}", width=0.9, labels=first)
        place.axhline(0, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
        place.set_xlim(0, rows["drive"].max())
        place.yaxis.set_label_coords(-0.12, 0.5)
        place.set_ylabel(f"{label} $l_k\\,/\\,\\gamma$")
    real.tick_params(labelbottom=False)
    real.legend(loc="best")
    imaginary.set_xlabel(style.DRIVE_LABEL)


FIGURE = FigureDefinition(
    title="Fig. 9: mean-field branches, their stability and relaxation to them",
    contracts={"branches": mean_field.BRANCHES, "relaxation": mean_field.RELAXATION},
    panels={"a": relaxation, "b": branches, "c": eigenvalues},
    mosaic=[["a", "c"], ["b", "c"]],
    size=(style.PAGE_WIDTH, 4.4),
    panel_size=(style.COLUMN_WIDTH, 2.6),
)
