"""How the two phases and the steady state look in every figure, and where each phase exists.

The slowest mode of the Liouvillian splits into two states at any drive. rho_+ belongs to the lower mean-field branch
and rho_- to the upper one: beyond its branch a state is no phase, and is drawn thin.
"""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import Tables

BEYOND = 0.4  # points, width of a curve beyond its branch
DOT_SPACING = 0.07  # distance along a curve between the computed points that get a marker, in diagonals of the axes
REGION_COLOUR = "#EFEFEF"


class Look(NamedTuple):
    """A phase in figures: mathematical text of the state and its weight, mean-field branch, colour and marker."""

    symbol: str
    weight: str
    branch: str
    colour: str
    marker: str


LOOKS = {
    "plus": Look(r"\rho_{+}", "a_{+}", "lower", style.PLUS, "o"),
    "minus": Look(r"\rho_{-}", "a_{-}", "upper", style.MINUS, "s"),
}


def curves(axes: Axes, tables: Tables, column: str, *states: str) -> None:
    """`column` of each of `states` (plus, minus) against drive, over the grey region of bistability."""
    rows = tables["phases"][0].data.sort_values("drive")
    region = rows["drive"][rows["bistable"]]
    if len(region):
        axes.axvspan(region.min(), region.max(), color=REGION_COLOUR, linewidth=0, zorder=0)
    for state in states:
        look = LOOKS[state]
        axes.plot(rows["drive"], rows[f"{column}_{state}"], color=look.colour, linewidth=BEYOND, zorder=1.9)
        phase = rows[rows[f"{look.branch}_branch"]]
        if phase.empty:  # the mean field is not bistable at this N
            continue
        axes.plot(
            phase["drive"],
            phase[f"{column}_{state}"],
            color=look.colour,
            marker=look.marker,
            markevery=DOT_SPACING,
            markersize=2.6,
            markerfacecolor=look.colour if look.marker == "o" else "white",
            markeredgewidth=0.7,
            label=f"${look.symbol}$",
        )
    axes.set_xlim(0, rows["drive"].max())
    axes.set_xlabel(style.DRIVE_LABEL)


def steady_state_curve(axes: Axes, rows: pd.DataFrame, column: str) -> None:
    """`column` of rho_s against drive."""
    rows = rows.sort_values("drive")
    axes.plot(rows["drive"], rows[column], color=style.STEADY, linestyle="--", linewidth=0.9, label=r"$\rho_s$")


def legend(axes: Axes, tables: Tables, loc: Any, **extra: Line2D) -> None:
    """Legend of the curves under the number of atoms, with `extra` entries by their text."""
    handles, labels = axes.get_legend_handles_labels()
    beyond = {"beyond its branch": Line2D([], [], color=style.BLACK, linewidth=BEYOND)}
    title = f"$N = {tables['phases'][0].parameters['n_atoms']}$"
    axes.legend(
        [*handles, *extra.values(), *beyond.values()],
        [*labels, *extra, *beyond],
        title=title,
        title_fontsize=7.5,
        alignment="left",
        loc=loc,
    )
