"""Fig. ext5: how close is rho_+ to a coherently radiating spin state (CRSS)?

To that of spin N/2, as the paper compares, less and less with N; to the CRSS of each spin that it holds, more and more.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.figures.size_axis import size_axis
from driven_dicke.studies import crss_closeness

LAW: dict[str, Any] = {"color": style.BLACK, "linewidth": style.THIN, "zorder": 1.6}
FRACTION_COLOURS = (style.SKY, style.GREEN, style.ORANGE, style.PURPLE)
LEAST_WEIGHT = 1e-6  # of spins that are drawn


def _against_size(axes: Axes, tables: Tables, column: str) -> dict[str, Line2D]:
    """`column` against N at every fraction: spectrum filled, closed form open, law a line; returns their legend."""
    rows = tables["fidelity"][0].data.sort_values("n_atoms")
    for (fraction, of_place), colour, marker in zip(
        rows.groupby("region_fraction"), FRACTION_COLOURS, style.SIZE_MARKERS, strict=False
    ):
        of_source = {source: of_place[of_place["source"] == source] for source in ("closed_form", "spectral", "law")}
        closed, spectral, law = of_source.values()
        axes.plot(law["n_atoms"], law[column], **LAW)
        axes.plot(closed["n_atoms"], closed[column], marker, color=colour, markerfacecolor="white", markersize=4)
        axes.plot(
            spectral["n_atoms"],
            spectral[column],
            marker,
            color=colour,
            markersize=2.4,
            label=f"{fraction:g}",
            zorder=2.5,
        )
    size_axis(axes, rows["n_atoms"])
    return {
        "spectrum": Line2D([], [], color=style.BLACK, linestyle="none", marker="o", markersize=2.4),
        "closed form": Line2D([], [], color=style.BLACK, linestyle="none", marker="o", markerfacecolor="white"),
        "leading order": Line2D([], [], color=style.BLACK, linewidth=style.THIN),
    }


def _left_out(axes: Axes, tables: Tables, position: tuple[float, float]) -> bool:
    """Name the sizes that have no rho_+ somewhere in the region, in the middle if nothing is left; whether some is."""
    rows = tables["fidelity"][0].data
    missing, spectral = rows["crss_fidelity"].isna(), rows["source"] == "spectral"
    bistable = rows["drive"].notna()
    reasons = {
        "not bistable": missing & ~bistable,
        "somewhere one maximum of $p_k$": missing & bistable & ~spectral,
        "somewhere hidden by rounding": missing & bistable & spectral,
    }
    texts = [
        f"{text} at {style.listed(sorted(set(rows.loc[which, 'n_atoms'])))}"
        for text, which in reasons.items()
        if which.any()
    ]
    if texts:
        style.remark(axes, "\n".join(texts), position=(0.5, 0.5) if missing.all() else position)
    if missing.all():
        axes.set_xlim(0.9 * rows["n_atoms"].min(), 1.1 * rows["n_atoms"].max())
        axes.set_yticks([])
    return not missing.all()


def _legends(axes: Axes, sources: dict[str, Line2D], places: dict[str, Any], below: dict[str, Any]) -> None:
    """Legend of the fractions at `places` and of the sources at `below`, given as arguments of a legend."""
    handles, labels = axes.get_legend_handles_labels()
    settings: dict[str, Any] = {"columnspacing": 1.0, "handletextpad": 0.3, "alignment": "left"}
    first = axes.legend(handles, labels, title="place in the region", title_fontsize=7.5, **settings, **places)
    axes.add_artist(first)
    axes.legend(sources.values(), sources.keys(), **settings, **below)


def _sizes(tables: Tables) -> Iterator[tuple[int, str, str, pd.DataFrame]]:
    """N, colour, marker and the spins with weight of every selected size, of the spectrum where it was decomposed.

    There are none where the size has no rho_+.
    """
    rows = tables["spins"][0].data
    sizes = sorted(int(n_atoms) for n_atoms in rows["n_atoms"].unique())
    for n_atoms, colour, marker in zip(sizes, style.SIZES, style.SIZE_MARKERS, strict=False):
        of_size = rows[(rows["n_atoms"] == n_atoms) & (rows["weight"] > LEAST_WEIGHT)]
        spectral = of_size[of_size["source"] == "spectral"]
        yield n_atoms, colour, marker, (of_size if spectral.empty else spectral).sort_values("relative_spin")


def _nothing(axes: Axes, tables: Tables) -> None:
    """If no selected size has a rho_+, say so in place of curves and legend."""
    sizes = [(n_atoms, rows.empty) for n_atoms, _, _, rows in _sizes(tables)]
    if all(empty for _, empty in sizes):
        legend = axes.get_legend()
        if legend:
            legend.remove()
        axes.set_xlim(0, 1.005)
        axes.set_yticks([])
        axes.set_yticks([], minor=True)
        style.remark(axes, f"no $\\rho_{{+}}$ at {style.listed([n_atoms for n_atoms, _ in sizes])}")


def _label(n_atoms: int, rows: pd.DataFrame) -> str:
    return f"$N = {n_atoms}$" if len(rows) else f"$N = {n_atoms}$: no $\\rho_{{+}}$"


def largest_spin(axes: Axes, tables: Tables) -> None:
    """(a) Root fidelity of rho_+ with the CRSS of spin N/2."""
    sources = _against_size(axes, tables, "crss_fidelity")
    axes.axhline(1, color=style.GREY, linestyle=":", linewidth=0.9, zorder=1)
    axes.set_ylim(0, 1.5)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_ylabel("fidelity with the CRSS of $j = N/2$")
    if _left_out(axes, tables, (0.6, 0.6)):
        _legends(axes, sources, {"loc": "upper left", "ncols": 4}, {"loc": (0.0, 0.71), "ncols": 3})


def spin_weights(axes: Axes, tables: Tables) -> None:
    """(b) Weight of every spin in rho_+ relative to the largest one, with the mean field's |s|."""
    landmarks = tables["landmarks"][0].data.set_index("n_atoms")
    for n_atoms, colour, marker, rows in _sizes(tables):
        share = rows["weight"] / rows["weight"].max()
        axes.plot(
            rows["relative_spin"],
            share,
            color=colour,
            marker=marker,
            markersize=2.4,
            linewidth=0.9,
            label=_label(n_atoms, rows),
        )
        if rows.empty:
            continue
        axes.axvline(landmarks["mean_field_spin"][n_atoms], color=colour, linestyle=":", linewidth=0.9, zorder=1)
    handles, labels = axes.get_legend_handles_labels()
    mean_field = Line2D([], [], color=style.BLACK, linestyle=":", linewidth=0.9)
    axes.legend([*handles, mean_field], [*labels, r"mean field $|\mathbf{s}|$"], loc="upper left")
    axes.set_ylim(bottom=0)
    axes.set_xlim(right=1.005)
    axes.set_xlabel("spin  $2j/N$")
    axes.set_ylabel("weight / largest weight")
    _nothing(axes, tables)


def own_spins(axes: Axes, tables: Tables) -> None:
    """(c) 1 - F^2 of every spin in rho_+ with its own CRSS."""
    for n_atoms, colour, marker, rows in _sizes(tables):
        axes.plot(
            rows["relative_spin"],
            1 - rows["crss_fidelity"] ** 2,
            color=colour,
            marker=marker,
            markersize=2.4,
            linewidth=0.9,
            label=_label(n_atoms, rows),
        )
        axes.plot(rows["relative_spin"], rows["infidelity_law"], **LAW)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend([*handles, Line2D([], [], **LAW)], [*labels, "leading order"], loc="lower left")
    axes.set_yscale("log")
    axes.set_xlim(right=1.005)
    axes.set_xlabel("spin  $2j/N$")
    axes.set_ylabel(r"$1 - F_j^2$ with the CRSS of $j$")
    _nothing(axes, tables)


def own_spins_on_average(axes: Axes, tables: Tables) -> None:
    """(d) Probability not to find the CRSS of whatever spin there is, against N."""
    sources = _against_size(axes, tables, "own_spin_infidelity")
    axes.set_ylabel(r"$1 - \sum_j w_j F_j^2$")
    if _left_out(axes, tables, (0.68, 0.09)):
        axes.set_yscale("log")
        lowest, highest = axes.get_ylim()
        axes.set_ylim(lowest / 10, highest)
        _legends(axes, sources, {"loc": "upper right"}, {"loc": "lower left"})


FIGURE = FigureDefinition(
    title="Fig. ext5: how close to a CRSS?",
    contracts={
        "fidelity": crss_closeness.FIDELITY,
        "spins": crss_closeness.SPINS,
        "landmarks": crss_closeness.LANDMARKS,
    },
    panels={"a": largest_spin, "b": spin_weights, "c": own_spins, "d": own_spins_on_average},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 5.2),
)
