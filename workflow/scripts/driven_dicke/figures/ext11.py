"""Fig. ext11: what the detectors count: large deviations, Fano factor, counts in a bin."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import counting

TWO_STATES: dict[str, Any] = {"color": style.BLACK, "linewidth": style.THIN, "linestyle": (0, (1, 2)), "zorder": 2.4}
LEAST = 1e-6  # probability of a number of counts that is drawn
MARK = Line2D([], [], **TWO_STATES)


def _missing(axes: Axes, tables: Tables, name: str) -> bool:
    """Name the sizes without two phases; whether there is none with them."""
    rows = tables[name][0].data
    style.left_out(
        axes,
        rows[rows["port"] == "cavity"].drop_duplicates("n_atoms"),
        "no two phases",
        position=(0.5, 0.5) if (rows["note"] != "").all() else (0.5, 0.93),
    )
    if not (rows["note"] != "").all():
        return False
    axes.set_xticks([])
    axes.set_yticks([])
    return True


def _deviations(axes: Axes, tables: Tables, abscissa: str, ordinate: str, two_states: bool) -> bool:
    """Cavity port solid, side port dashed; whether anything was drawn."""
    if _missing(axes, tables, "generating"):
        return False
    rows = tables["generating"][0].data.sort_values("scaled_tilt")
    rows = rows[rows["note"] == ""]
    for (n_atoms, of_size), colour in zip(rows.groupby("n_atoms"), style.SIZES, strict=False):
        for port, dashes in (("cavity", "-"), ("side", "--")):
            one = of_size[of_size["port"] == port]
            label = f"$N = {n_atoms}$" if port == "cavity" else None
            axes.plot(one[abscissa], one[ordinate], color=colour, linestyle=dashes, linewidth=1.0, label=label)
            if two_states:
                axes.plot(one[abscissa], one["excess_two_states"], **TWO_STATES)
    return True


def generating_function(axes: Axes, tables: Tables) -> None:
    """(a) theta(s) less its line of the dimmer phase, over lambda_1, against the scaled tilt, with two states."""
    axes.set_xlabel(r"$(e^s - 1)\,|r_+ - r_-|/\lambda_1$")
    axes.set_ylabel(r"$[\theta(s) - r_{\mathrm{dim}}(e^s - 1)]/\lambda_1$")
    if not _deviations(axes, tables, "scaled_tilt", "excess", two_states=True):
        return
    handles, labels = axes.get_legend_handles_labels()
    side = Line2D([], [], color=style.BLACK, linestyle="--", linewidth=1.0)
    axes.legend([*handles, side, MARK], [*labels, "side port", "two states"], loc="upper left")


def rate_function(axes: Axes, tables: Tables) -> None:
    """(b) Rate function of the counts between those of rho_- and of rho_+."""
    axes.set_xlabel(r"counts per time  $(k - r_-)/(r_+ - r_-)$")
    axes.set_ylabel(r"rate function  $I(k)/\lambda_1$")
    if not _deviations(axes, tables, "activity", "rate_function", two_states=False):
        return
    axes.set_xlim(-0.25, 1.25)
    axes.set_ylim(0, 0.8)
    axes.legend(loc="upper center")


def fano_factor(axes: Axes, tables: Tables) -> None:
    """(c) Fano factor against the window: all photons, a detector's counts, two states."""
    axes.set_xlabel(r"window  $\gamma_s T$")
    axes.set_ylabel("Fano factor")
    if _missing(axes, tables, "fano"):
        return
    rows = tables["fano"][0].data.sort_values("window")
    rows = rows[rows["note"] == ""]
    for (n_atoms, of_size), colour in zip(rows.groupby("n_atoms"), style.SIZES, strict=False):
        for port, dashes in (("cavity", "-"), ("side", "--")):
            one = of_size[of_size["port"] == port]
            label = f"$N = {n_atoms}$" if port == "cavity" else None
            axes.plot(one["window"], one["fano"], color=colour, linestyle=dashes, linewidth=1.0, label=label)
            axes.plot(one["window"], one["fano_detected"], color=colour, linestyle=dashes, linewidth=0.9, alpha=0.35)
            axes.plot(one["window"], one["fano_two_states"], **TWO_STATES)
    axes.set_xscale("log")
    axes.set_yscale("log")
    handles, labels = axes.get_legend_handles_labels()
    handles += [
        Line2D([], [], color=style.BLACK, linestyle="--", linewidth=1.0),
        Line2D([], [], color=style.BLACK, linewidth=0.9, alpha=0.35),
        MARK,
    ]
    axes.legend(handles, [*labels, "side port", "detected", "two states"], loc="upper left")


def bins(axes: Axes, tables: Tables) -> None:
    """(d) Counts of the cavity port in one bin: the record of Fig. 13, the exact distribution, two states."""
    table = tables["bins"][0]
    rows, record = table.data.sort_values("counts"), table.parameters["record"]
    width = max(len(rows) // 40, 1)
    coarse = rows.groupby(rows["counts"] // width).agg({"counts": "first", "record": "sum"})
    axes.bar(
        coarse["counts"],
        coarse["record"] / width,
        width=width,
        align="edge",
        color=style.SKY,
        alpha=0.5,
        label="record",
    )
    axes.plot(rows["counts"], rows["probability"], color=style.VERMILION, label="exact")
    axes.plot(rows["counts"], rows["two_states"], **TWO_STATES, label="two states")
    likely = rows["counts"][(rows["probability"] > LEAST) | (rows["record"] > 0)]
    axes.set_xlim(0, 1.05 * float(likely.max()))
    axes.set_ylim(bottom=0)
    axes.set_xlabel(f"counts of the cavity port in ${record['bin_width']:g}/\\gamma_s$")
    axes.set_ylabel("probability")
    title = rf"$N = {record['n_atoms']}$, ${record['drive']:g}\,\Omega_c$"
    axes.legend(title=title, title_fontsize=7.5, loc="upper right")


FIGURE = FigureDefinition(
    title="Fig. ext11: counting",
    contracts={"generating": counting.GENERATING, "fano": counting.FANO, "bins": counting.BINS},
    panels={"a": generating_function, "b": rate_function, "c": fano_factor, "d": bins},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 5.2),
)
