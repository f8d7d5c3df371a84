"""Fig. 6: one trajectory switches between the two phases, in six observables.

xi^2 diverges where the mean spin vanishes, as it nearly does again and again in rho_-, and g2 is large where hardly any
light is emitted: their axes are logarithmic, and no value is cut off. The inset of (e) shows xi^2 around 1 on a linear
axis, over the same times. Above the data of (a) and (e) there is room for the insets.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.ticker import Locator, LogLocator, MaxNLocator

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import LOOKS
from driven_dicke.figures.trajectories import PHASE, conditions, curve, drive, phase_lines, phase_values, time_axis
from driven_dicke.pipeline.tables import TableError
from driven_dicke.studies import phases, trajectories

SQUEEZING_RANGE = (0.5, 1.25)  # of the inset
ROOM = 0.42  # of the height of a panel, for its inset
RATES = {"plus": r"\Gamma_{+}", "minus": r"\Gamma_{-}"}  # of leaving the phase


def _observable(axes: Axes, tables: Tables, column: str) -> pd.Series:
    """Draw and return `column` along the trajectory, with its values in both phases."""
    table = tables["trajectory"][0]
    curve(axes, table, column)
    phase_lines(axes, phase_values(tables, table, column))
    time_axis(axes, table.data["time"].min(), table.data["time"].max(), conditions(table))
    return table.data[column]


def _ticks(axes: Axes, values: pd.Series, locator: Locator) -> None:
    """Ticks of `locator` within the range of the data, and none beside the inset."""
    low, high = values.min(), values.max()
    axes.set_yticks([tick for tick in locator.tick_values(low, high) if low <= tick <= high])
    axes.minorticks_off()


def _two_state_process(axes: Axes, tables: Tables) -> None:
    """The phases as circles, with an arrow and the rate lambda_1 a_-+ of Eq. (10) for leaving each.

    Raises:
        TableError: the rates are those of another drive.
    """
    rows, wanted = tables["dwell_rates"][0].data.set_index("state"), drive(tables["trajectory"][0])
    if not np.isclose(rows["drive"], wanted, rtol=0, atol=1e-9).all():
        raise TableError(f"Fig. 6 needs the rates at drive {wanted:g}; set trajectories.dwell_times.drive to it")
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-0.8, 4.8)
    axes.set_ylim(-1.4, 1.4)
    for state, centre, side in (("plus", 0, 1), ("minus", 4, -1)):
        look = LOOKS[state]
        axes.add_patch(Circle((centre, 0), 0.7, facecolor="white", edgecolor=look.colour, linewidth=1.0))
        axes.text(centre, -0.05, f"${look.symbol}$", color=look.colour, ha="center", va="center")
        start, stop = [(x, 0.4 * side) for x in (0.65, 3.35)[::side]]
        arrow = FancyArrowPatch(start, stop, arrowstyle="-|>", mutation_scale=7, shrinkA=0, shrinkB=0)
        arrow.set(connectionstyle="arc3,rad=-0.15", color=style.BLACK, linewidth=0.8)
        axes.add_patch(arrow)
        rate = float(rows["rate_predicted"][state])
        text = f"${RATES[state]} = {rate:.3f}\\,\\gamma_s$"
        axes.text(2, 0.75 * side, text, ha="center", va="bottom" if side > 0 else "top", fontsize=7)


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) <S_z>, and the process of two states that switch at the rates of Eq. (10)."""
    values = _observable(axes, tables, "s_z")
    bottom = values.min() - 0.06 * np.ptp(values)
    axes.set_ylim(bottom, bottom + (values.max() - bottom) / (1 - ROOM))
    _ticks(axes, values, MaxNLocator(nbins=4))
    _two_state_process(axes.inset_axes((0.02, 1 - 0.97 * ROOM, 0.6, 0.94 * ROOM)), tables)


def total_angular_momentum(axes: Axes, tables: Tables) -> None:
    """(b) <S^2>."""
    _observable(axes, tables, "s_squared")
    axes.set_ylim(bottom=0)


def intensity(axes: Axes, tables: Tables) -> None:
    """(c) <S_+ S_->."""
    _observable(axes, tables, "intensity")
    axes.set_ylim(bottom=0)


def fidelity(axes: Axes, tables: Tables) -> None:
    """(d) root fidelity with the CRSS."""
    _observable(axes, tables, "crss_fidelity")
    axes.set_ylim(-0.04, 1.04)


def spin_squeezing(axes: Axes, tables: Tables) -> None:
    """(e) xi^2, and its range around 1 in the inset."""
    values = _observable(axes, tables, "xi2")
    bottom = values.min() / (values.max() / values.min()) ** 0.06
    axes.set_yscale("log")
    axes.set_ylim(bottom, bottom * (values.max() / bottom) ** (1 / (1 - ROOM)))
    _ticks(axes, values, LogLocator(numticks=8))
    inset = axes.inset_axes((0, 1 - 0.9 * ROOM, 1, 0.9 * ROOM))
    table = tables["trajectory"][0]
    curve(inset, table, "xi2", width=0.35)
    inset.axhline(phase_values(tables, table, "xi2")["plus"], color=style.PLUS, **PHASE)
    inset.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    inset.set_xlim(axes.get_xlim())
    inset.set_ylim(*SQUEEZING_RANGE)
    inset.set_ylabel("")
    inset.set_yticks([0.5, 0.75, 1.0, 1.25])
    inset.tick_params(labelsize=6.5, labelbottom=False)


def second_order_coherence(axes: Axes, tables: Tables) -> None:
    """(f) g2(0)."""
    _observable(axes, tables, "g2")
    axes.set_yscale("log")


FIGURE = FigureDefinition(
    title="Fig. 6: switching between the two phases along one trajectory",
    contracts={
        "trajectory": trajectories.TRAJECTORY,
        "phases": phases.PHASES,
        "dwell_rates": trajectories.DWELL_RATES,
    },
    panels={
        "a": magnetisation,
        "b": total_angular_momentum,
        "c": intensity,
        "d": fidelity,
        "e": spin_squeezing,
        "f": second_order_coherence,
    },
    mosaic=[["a", "d"], ["b", "e"], ["c", "f"]],
    size=(style.PAGE_WIDTH, 5.8),
)
