"""Fig. 14: a switch of the trajectory of Fig. 6 at fine resolution; every individual jump is a grey line."""

from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.trajectories import conditions, curve, individual_jumps, phase_lines, phase_values, time_axis
from driven_dicke.studies import phases, trajectories

JUMP_COLOUR = "#BFBFBF"


def _switch(axes: Axes, tables: Tables, column: str) -> None:
    """`column` around the switch, with its values in both phases and the individual jumps."""
    table = tables["zoom"][0]
    start, stop = table.data["time"].min(), table.data["time"].max()
    times = individual_jumps(tables["jumps"][0])
    for time in times[times.between(start, stop)]:
        axes.axvline(time, color=JUMP_COLOUR, linewidth=0.7, zorder=1)
    phase_lines(axes, phase_values(tables, table, column))
    curve(axes, table, column, width=0.9)
    if note := table.data["note"].iloc[0]:
        bottom, top = axes.get_ylim()
        axes.set_ylim(bottom, top + 0.3 * (top - bottom))
        style.remark(axes, note, position=(0.5, 0.95))
    time_axis(axes, start, stop, f"grey: individual jumps;  {conditions(table)}")


def magnetisation(axes: Axes, tables: Tables) -> None:
    """(a) <S_z>."""
    _switch(axes, tables, "s_z")


def total_angular_momentum(axes: Axes, tables: Tables) -> None:
    """(b) <S^2>."""
    _switch(axes, tables, "s_squared")
    axes.set_ylim(bottom=0)


FIGURE = FigureDefinition(
    title="Fig. 14: individual jumps in a switch between the two phases",
    contracts={"zoom": trajectories.ZOOM, "jumps": trajectories.JUMPS, "phases": phases.PHASES},
    panels={"a": magnetisation, "b": total_angular_momentum},
    mosaic=[["a"], ["b"]],
    size=(style.COLUMN_WIDTH, 4.2),
)
