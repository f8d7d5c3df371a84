"""Fig. 12: the weights of the two phases in the steady state.

Bold and filled: traces over blocks that carry all copies of a spin, as in the paper. Thin and open: physical traces,
over the 2^N states. Their a_- hangs on the largest spin within rho_- and falls where that block goes over to rho_+.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.pipeline.tables import Table, TableError
from driven_dicke.studies import phases


def _weights(axes: Axes, table: Table, transitions: Table) -> None:
    """a_+ and a_- against drive over the bistable region of one N, with its critical point.

    Raises:
        TableError: the critical point of this N is missing.
    """
    n_atoms, critical_drives = table.parameters["n_atoms"], transitions.data.set_index("n_atoms")["drive"]
    if n_atoms not in critical_drives.index:
        raise TableError(f"Fig. 12 needs the weights of {n_atoms} atoms at their critical point; add {n_atoms} to them")
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(r"$a_{\pm}$")
    rows = table.data[table.data["bistable"]].sort_values("drive")
    if rows.empty:
        style.remark(axes, f"the mean field of $N = {n_atoms}$\nis nowhere bistable")
        axes.set(xlim=(0, table.data["drive"].max()), ylim=(0, 1))
    for state, look in LOOKS.items():
        axes.plot(rows["drive"], rows[f"a_{state}"], color=look.colour, label=f"${look.weight}$")
        axes.plot(rows["drive"], rows[f"a_{state}_physical"], color=look.colour, linewidth=style.THIN, zorder=1.9)
    if np.isnan(critical_drives[n_atoms]):
        style.remark(axes, "no critical point", position=(0.5, 0.08))
    axes.axvline(critical_drives[n_atoms], color=style.BLACK, linestyle="--", linewidth=0.8, zorder=1)
    handles, labels = axes.get_legend_handles_labels()
    extra = {
        "physical": Line2D([], [], color=style.BLACK, linewidth=style.THIN),
        r"$\Omega_{\mathrm{PT}}$": Line2D([], [], color=style.BLACK, linestyle="--", linewidth=0.8),
    }
    axes.legend(
        [*handles, *extra.values()],
        [*labels, *extra],
        title=f"$N = {n_atoms}$",
        title_fontsize=7.5,
        alignment="left",
        loc="best",
    )
    if len(rows):
        axes.margins(x=0)
        axes.set_ylim(bottom=0)


def first_size(axes: Axes, tables: Tables) -> None:
    """(a) a_+ and a_- of the first N."""
    _weights(axes, tables["phases"][0], tables["weights"][0])


def second_size(axes: Axes, tables: Tables) -> None:
    """(b) a_+ and a_- of the second N."""
    _weights(axes, tables["phases"][1], tables["weights"][0])


def error(axes: Axes, tables: Tables) -> None:
    """(c) |1 - a_+ - a_-| at the critical point of each N, with exponential fits."""
    rows = tables["weights"][0].data.sort_values("n_atoms")
    style.left_out(axes, rows, "no critical point", position=style.ABOVE)
    laws = tables["weights_law"][0].data.set_index("convention")
    entries = {}
    for convention, column, face in (("block", "error", style.BLACK), ("physical", "error_physical", "white")):
        law, width = laws.loc[convention], 1.0 if convention == "block" else style.THIN
        ends = law[["n_atoms_first", "n_atoms_last"]].to_numpy(dtype=float)
        values = law["prefactor"] * np.exp(-law["rate"] * ends)
        (points,) = axes.plot(rows["n_atoms"], rows[column], "o", color=style.BLACK, markerfacecolor=face)
        (line,) = axes.plot(ends, values, color=style.VERMILION, linestyle="--", linewidth=width, zorder=1.5)
        rate = "no law" if law["note"] else f"$r = {law['rate']:.3f} \\pm {law['rate_error']:.3f}$"
        entries[f"{convention}, {rate}"] = (line, points)
    axes.set_yscale("log")
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$|1 - a_{+} - a_{-}|$")
    axes.legend(
        entries.values(),
        entries.keys(),
        title=r"fits $\propto e^{-rN}$",
        title_fontsize=7.5,
        alignment="left",
        loc="lower left",
    )


FIGURE = FigureDefinition(
    title="Fig. 12: weights of the two phases in the steady state",
    contracts={
        "phases": phases.PHASES,
        "weights": phases.WEIGHTS_AT_TRANSITION,
        "weights_law": phases.WEIGHTS_LAW,
    },
    panels={"a": first_size, "b": second_size, "c": error},
    mosaic=[["a", "b", "c"]],
    size=(style.PAGE_WIDTH, 2.5),
)
