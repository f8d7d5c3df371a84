"""Fig. 8: two ways to prepare rho_-: from singlets, and by a quench of the drive."""

from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.trajectories import TIME_LABEL, conditions, curve, phase_lines, phase_values
from driven_dicke.pipeline.tables import Table
from driven_dicke.studies import phases, trajectories


def _magnetisation(axes: Axes, tables: Tables, table: Table) -> None:
    """<S_z> of a trajectory, with its value in rho_-."""
    curve(axes, table, "s_z")
    phase_lines(axes, {"minus": phase_values(tables, table, "s_z")["minus"]})
    axes.set_xlim(0, table.data["time"].max())
    axes.set_title(conditions(table), loc="right", fontsize=7.5)


def singlets(axes: Axes, tables: Tables) -> None:
    """(a) <S_z> from a product of singlets."""
    _magnetisation(axes, tables, tables["trajectory"][0])
    axes.set_xlabel(TIME_LABEL)


def quench(axes: Axes, tables: Tables) -> None:
    """(b) <S_z> from all atoms down, and the drive below it."""
    table = tables["trajectory"][1]
    axes.set_axis_off()
    upper, lower = axes.inset_axes((0, 0.32, 1, 0.68)), axes.inset_axes((0, 0, 1, 0.26))
    _magnetisation(upper, tables, table)
    upper.tick_params(labelbottom=False)
    lower.plot(table.data["time"], table.data["drive"], color=style.BLACK, drawstyle="steps-post")
    lower.set_xlim(upper.get_xlim())
    lower.set_ylim(0, 1.15 * table.data["drive"].max())
    drives = table.data["drive"].round(9).unique()
    lower.set_yticks(drives, [f"{drive:g}" for drive in drives])
    lower.set_xlabel(TIME_LABEL)
    lower.set_ylabel(r"$\Omega/\Omega_c$")
    for part in (upper, lower):
        part.yaxis.set_label_coords(-0.12, 0.5)


FIGURE = FigureDefinition(
    title="Fig. 8: preparation of the phase rho_-",
    contracts={"trajectory": trajectories.TRAJECTORY, "phases": phases.PHASES},
    panels={"a": singlets, "b": quench},
    mosaic=[["a"], ["b"]],
    size=(style.COLUMN_WIDTH, 4.8),
    panel_size=(style.COLUMN_WIDTH, 2.6),
    height_ratios=(1, 1.35),
)
