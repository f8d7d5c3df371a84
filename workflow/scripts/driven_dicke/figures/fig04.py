"""Fig. 4: the steady state as a mixture of two phases."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS, curves, legend, steady_state_curve
from driven_dicke.pipeline.tables import TableError
from driven_dicke.studies import mean_field, phases, steady_state


def _legend_line(linestyle: Any, colour: str = style.BLACK, width: float = style.THIN) -> Line2D:
    return Line2D([], [], color=colour, linestyle=linestyle, linewidth=width)


def _n_atoms(tables: Tables) -> int:
    return int(tables["phases"][0].parameters["n_atoms"])


def _totally_mixed_line(axes: Axes, tables: Tables, column: str) -> None:
    """Dotted line at the value of the totally mixed state.

    Raises:
        TableError: the table lacks this number of atoms.
    """
    n_atoms, values = _n_atoms(tables), tables["totally_mixed"][0].data.set_index("n_atoms")[column]
    if n_atoms not in values.index:
        raise TableError(
            f"Fig. 4 needs the totally mixed state of {n_atoms} atoms; add {n_atoms} to steady_state.n_atoms"
        )
    axes.axhline(values[n_atoms], color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) <S_z> in both phases, with N s_z / 2 of the mean-field branches."""
    colours = dict.fromkeys(style.BRANCHES, style.BLACK)
    style.branch_curves(axes, tables["branches"][0].data, colours, scale=_n_atoms(tables) / 2, width=style.THIN)
    curves(axes, tables, "s_z", *LOOKS)
    axes.set_ylabel(r"$\langle \hat S_z \rangle$")
    legend(axes, tables, "upper left", **{"mean field": _legend_line("-"), "unstable": _legend_line(style.UNSTABLE)})


def magnetisation_distribution(axes: Axes, tables: Tables) -> None:
    """(b) P_m of a_+ rho_+ and a_- rho_-, of their sum and of rho_s."""
    table = tables["magnetization"][0]
    rows = table.data.assign(weighted=table.data["weight"] * table.data["probability"])
    probability = rows.pivot_table(index="m", columns="state", values="weighted")
    weights = rows.groupby("state")["weight"].first()
    edges = [*(probability.index - 0.5), probability.index[-1] + 0.5]
    for state, look in LOOKS.items():
        axes.stairs(probability[state], edges, fill=True, facecolor=look.colour, alpha=0.35)
        label = f"${look.weight}{look.symbol}$, ${look.weight} = {weights[state]:.2f}$"
        axes.stairs(probability[state], edges, color=look.colour, linewidth=0.8, label=label)
    both = probability[list(LOOKS)].sum(axis=1)
    axes.stairs(both, edges, color=style.BLACK, linestyle="--", linewidth=0.9, label="sum of both")
    axes.plot(probability.index, probability["steady"], "D", color=style.STEADY, markersize=2.8, label=r"$\rho_s$")
    title = f"$N = {table.parameters['n_atoms']}$, $\\Omega = {rows['drive'].iloc[0]:g}\\,\\Omega_c$"
    axes.legend(title=title, title_fontsize=7.5, alignment="left", loc="upper right")
    axes.set_xlim(edges[0], edges[-1])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.set_ylim(0, 1.3 * probability.to_numpy().max())
    axes.set_xlabel(r"eigenvalue $m$ of $\hat S_z$")
    axes.set_ylabel("$P_m$")


def total_angular_momentum(axes: Axes, tables: Tables) -> None:
    """(c) <S^2> in both phases and in rho_s, with the largest value, j = N/2, and 3N/4 of the totally mixed state."""
    largest = _n_atoms(tables) / 2 * (_n_atoms(tables) / 2 + 1)
    curves(axes, tables, "s_squared", *LOOKS)
    steady_state_curve(axes, tables["steady_state"][0].data, "s_squared")
    style.reference_line(axes, largest, "$j = N/2$")
    _totally_mixed_line(axes, tables, "s_squared")
    axes.set_ylim(0, 1.12 * largest)
    axes.set_ylabel(r"$\langle \hat{\mathbf{S}}^{\,2} \rangle$")
    legend(axes, tables, (0.015, 0.22), **{"mixed, $3N/4$": _legend_line(":", style.GREY, 0.9)})


def intensity(axes: Axes, tables: Tables) -> None:
    """(d) <S_+ S_-> in both phases and in rho_s, without individual decay, and N/2 of the totally mixed state."""
    dicke = tables["dicke"][0].data.sort_values("drive")
    curves(axes, tables, "intensity", *LOOKS)
    steady_state_curve(axes, tables["steady_state"][0].data, "intensity")
    axes.plot(
        dicke["drive"],
        dicke["intensity"],
        color=style.DICKE,
        linestyle="-.",
        label=r"Dicke, $\gamma_s = 0$",
        zorder=2.5,
    )
    _totally_mixed_line(axes, tables, "intensity")
    axes.set_ylim(bottom=0)
    axes.set_ylabel(r"$\langle \hat S_{+} \hat S_{-} \rangle$")
    legend(axes, tables, "upper left", **{"mixed, $N/2$": _legend_line(":", style.GREY, 0.9)})


FIGURE = FigureDefinition(
    title="Fig. 4: the steady state as a mixture of two phases",
    contracts={
        "phases": phases.PHASES,
        "branches": mean_field.BRANCHES,
        "magnetization": phases.MAGNETIZATION,
        "steady_state": steady_state.STEADY_STATE,
        "totally_mixed": steady_state.TOTALLY_MIXED,
        "dicke": phases.DICKE_INTENSITY,
    },
    panels={"a": magnetisation, "b": magnetisation_distribution, "c": total_angular_momentum, "d": intensity},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 4.6),
)
