"""Fig. 5: the phase rho_+ against the physics of purely collective decay, which rho_s (dashed) leaves earlier."""

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.phases import curves, legend, steady_state_curve
from driven_dicke.studies import phases, squeezing, steady_state

SQUEEZING_RANGE = (0.5, 1.3)  # beyond the bistable region xi^2 grows without bound, as |<S>| vanishes


def fidelity(axes: Axes, tables: Tables) -> None:
    """(a) root fidelity of rho_+ and of rho_s with the CRSS, and their squares."""
    rows = tables["phases"][0].data.sort_values("drive")
    curves(axes, tables, "crss_fidelity", "plus")
    steady_state_curve(axes, rows, "crss_fidelity_steady")
    for column, colour in (("crss_fidelity_plus", style.PLUS), ("crss_fidelity_steady", style.STEADY)):
        axes.plot(rows["drive"], rows[column] ** 2, color=colour, linestyle=":", linewidth=style.THIN)
    axes.set_ylim(0, 1.06)
    axes.set_ylabel("fidelity with the CRSS")
    squared = Line2D([], [], color=style.BLACK, linestyle=":", linewidth=style.THIN)
    legend(axes, tables, "lower left", squared=squared)


def second_order_coherence(axes: Axes, tables: Tables) -> None:
    """(b) g2(0) of rho_+ and of rho_s, with 1 of coherent light."""
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    curves(axes, tables, "g2", "plus")
    steady_state_curve(axes, tables["steady_state"][0].data, "g2")
    axes.set_ylabel(r"$g^{(2)}(0)$")
    legend(axes, tables, "upper left")


def spin_squeezing(axes: Axes, tables: Tables) -> None:
    """(c) xi^2 of rho_+ and of rho_s, with Eq. (7)."""
    analytic = tables["squeezing"][0].data.sort_values("drive")
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    curves(axes, tables, "xi2", "plus")
    steady_state_curve(axes, tables["steady_state"][0].data, "xi2")
    axes.plot(analytic["drive"], analytic["xi2"], color=style.BLACK, linewidth=0.9, label="Eq. (7)", zorder=1.8)
    axes.set_ylim(*SQUEEZING_RANGE)
    axes.set_ylabel(r"$\xi^2$")
    legend(axes, tables, "lower left")


FIGURE = FigureDefinition(
    title="Fig. 5: collective physics in the phase rho_+",
    contracts={
        "phases": phases.PHASES,
        "steady_state": steady_state.STEADY_STATE,
        "squeezing": squeezing.SQUEEZING,
    },
    panels={"a": fidelity, "b": second_order_coherence, "c": spin_squeezing},
    mosaic=[["a"], ["b"], ["c"]],
    size=(style.COLUMN_WIDTH, 6.4),
)
