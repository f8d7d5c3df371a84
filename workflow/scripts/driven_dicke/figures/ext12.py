"""Fig. ext12: what the steady state and its two phases are worth: Fisher information, squeezing, pairs, entropy."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.size_axis import size_axis
from driven_dicke.studies import metrology

LAW: dict[str, Any] = {"color": style.BLACK, "linewidth": style.THIN, "zorder": 1.6}
FRACTION_COLOURS = (style.SKY, style.GREEN, style.ORANGE, style.PURPLE)
STATES = {"plus": (style.PLUS, r"$\rho_+$"), "minus": (style.MINUS, r"$\rho_-$"), "steady": (style.STEADY, r"$\rho_s$")}


def fisher_information(axes: Axes, tables: Tables) -> None:
    """(a) F/N and 1/xi^2 of the steady state against drive, and their common limit."""
    limit = tables["limit"][0].data
    axes.plot(limit["drive"], limit["fisher_information"], **LAW)
    for (n_atoms, rows), colour in zip(tables["steady"][0].data.groupby("n_atoms"), style.SIZES, strict=False):
        rows = rows.sort_values("drive")
        axes.plot(rows["drive"], rows["fisher_information"], color=colour, label=f"$N = {n_atoms}$")
        axes.plot(rows["drive"], rows["inverse_squeezing"], color=colour, linestyle="--", linewidth=0.9)
    style.reference_line(axes, 1, "$F = N$")
    handles, labels = axes.get_legend_handles_labels()
    handles += [
        Line2D([], [], color=style.BLACK, linestyle="--", linewidth=0.9),
        Line2D([], [], **LAW),
    ]
    axes.legend(handles, [*labels, r"$1/\xi^2$", r"$\rho_+$, $N \to \infty$"], loc="lower left")
    axes.set_ylim(0, 1.6)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(r"$F/N$ of $\rho_s$")


def phases(axes: Axes, tables: Tables) -> None:
    """(b) F/N and 1/xi^2 of both phases and of the steady state across the bistable region."""
    rows = tables["phases"][0].data.sort_values("drive")
    drawn = rows[rows["note"] == ""]
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel("$F/N$")
    n_atoms = int(rows["n_atoms"].iloc[0])
    if drawn.empty:
        axes.set_xlim(0, 1)
        axes.set_yticks([])
        style.remark(axes, f"no two phases at $N = {n_atoms}$")
        return
    for state, (colour, label) in STATES.items():
        of_state = drawn[drawn["state"] == state]
        axes.plot(of_state["drive"], of_state["fisher_information"], "o-", color=colour, label=label)
        axes.plot(of_state["drive"], of_state["inverse_squeezing"], color=colour, linestyle="--", linewidth=0.9)
    axes.set_yscale("log")
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    handles, labels = axes.get_legend_handles_labels()
    handles.append(Line2D([], [], color=style.BLACK, linestyle="--", linewidth=0.9))
    axes.legend(handles, [*labels, r"$1/\xi^2$"], title=f"$N = {n_atoms}$", title_fontsize=7.5, loc="lower left")
    lowest, _ = axes.get_ylim()
    axes.set_ylim(lowest / 50, 3)
    if len(drawn) < len(rows):
        style.remark(axes, "elsewhere no two phases", position=(0.5, 0.06))


def missed(axes: Axes, tables: Tables) -> None:
    """(c) What xi^2 misses of F, and how far xi^2 is from the best of entangled pairs, against N."""
    rows = tables["sizes"][0].data.sort_values("n_atoms")
    for (fraction, of_place), colour, marker in zip(
        rows.groupby("region_fraction"), FRACTION_COLOURS, style.SIZE_MARKERS, strict=False
    ):
        axes.plot(of_place["n_atoms"], of_place["missed"], marker, color=colour, label=f"{fraction:g}")
        axes.plot(of_place["n_atoms"], of_place["above_pairs"], marker, color=colour, markerfacecolor="white")
    size_axis(axes, rows["n_atoms"])
    axes.set_ylabel("relative distance")
    exists = rows["missed"].notna()
    sizes = sorted(set(rows.loc[~exists, "n_atoms"]))
    if not exists.any():
        axes.set_xlim(0.9 * rows["n_atoms"].min(), 1.1 * rows["n_atoms"].max())
        axes.set_yticks([])
        style.remark(axes, f"no $\\rho_{{+}}$ at {style.listed(sizes)}")
        return
    axes.set_yscale("log")
    lowest, highest = axes.get_ylim()
    axes.set_ylim(lowest / 300, 10 * highest)
    settings: dict[str, Any] = {"handletextpad": 0.3, "columnspacing": 1.0}
    first = axes.legend(title="place in the region", title_fontsize=7.5, loc="lower left", ncols=2, **settings)
    axes.add_artist(first)
    kinds = {
        r"$F\xi^2/N - 1$": Line2D([], [], color=style.BLACK, linestyle="none", marker="o"),
        r"$\xi^2$ above pairs": Line2D(
            [], [], color=style.BLACK, linestyle="none", marker="o", markerfacecolor="white"
        ),
    }
    axes.legend(kinds.values(), kinds.keys(), loc="upper right", **settings)
    if sizes:
        style.remark(axes, f"somewhere no $\\rho_{{+}}$ at {style.listed(sizes)}", position=style.ABOVE)


def pairs(axes: Axes, tables: Tables) -> None:
    """(d) Concurrence of two atoms against the scaled drive, with the law of large N."""
    law = tables["pair_law"][0].data
    axes.plot(law["scaled_drive"], law["concurrence"], **LAW)
    for (n_atoms, rows), colour in zip(tables["pairs"][0].data.groupby("n_atoms"), style.SIZES, strict=False):
        rows = rows.sort_values("scaled_drive")
        axes.plot(rows["scaled_drive"], rows["concurrence"], color=colour, label=f"$N = {n_atoms}$")
    handles, labels = axes.get_legend_handles_labels()
    axes.legend([*handles, Line2D([], [], **LAW)], [*labels, r"$N \to \infty$"], loc="upper right")
    axes.set_ylim(bottom=0)
    axes.set_xlabel(r"scaled drive  $\sqrt{N}\,\Omega/\Omega_c$")
    axes.set_ylabel(r"$N^2 \times$ concurrence")


def entropy(axes: Axes, tables: Tables) -> None:
    """(e) Both entropies per atom of the steady state against drive."""
    limit = tables["limit"][0].data
    axes.plot(limit["drive"], limit["entropy"], **LAW)
    for (n_atoms, rows), colour in zip(tables["steady"][0].data.groupby("n_atoms"), style.SIZES, strict=False):
        rows = rows.sort_values("drive")
        axes.plot(rows["drive"], rows["entropy"], color=colour, label=f"$N = {n_atoms}$")
        axes.plot(rows["drive"], rows["renyi_entropy"], color=colour, linestyle=":", linewidth=0.9)
    handles, labels = axes.get_legend_handles_labels()
    handles += [Line2D([], [], color=style.BLACK, linestyle=":", linewidth=0.9), Line2D([], [], **LAW)]
    axes.legend(handles, [*labels, "from the purity", r"$\rho_+$, $N \to \infty$"], loc="upper left")
    axes.set_ylim(0, 1.05)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel("entropy of $\\rho_s$ (bits per atom)")


FIGURE = FigureDefinition(
    title="Fig. ext12: what the states are worth",
    contracts={
        "steady": metrology.STEADY,
        "phases": metrology.PHASES,
        "sizes": metrology.SIZES,
        "pairs": metrology.PAIRS,
        "limit": metrology.LIMIT,
        "pair_law": metrology.PAIR_LAW,
    },
    panels={"a": fisher_information, "b": phases, "c": missed, "d": pairs, "e": entropy},
    mosaic=[["a", "a", "b", "b", "c", "c"], ["d", "d", "d", "e", "e", "e"]],
    size=(style.PAGE_WIDTH, 4.8),
)
