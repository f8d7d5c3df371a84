"""Fig. ext6: hysteresis. Sweeps of the drive up and down, exact and by trajectories, against the mean-field loop."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.pipeline.tables import Table, TableError
from driven_dicke.studies import hysteresis, mean_field

RATE_COLOURS = (style.BLUE, style.VERMILION, style.GREEN, style.PURPLE)
WAYS = {"up": ">", "down": "<"}
SPACING = 0.13  # of the marks along a curve, in diagonals of the axes
THEORY: dict[str, Any] = {"adiabatic chain": "--", "mean field": "-."}  # thin lines beside the exact sweeps
RATE_LABEL = r"sweep rate  $\dot\Omega\,/\,\Omega_c\gamma_s$"
POLARISATION_LABEL = r"$2\langle \hat S_z \rangle / N$"


def _looks(static: Table) -> dict[int, tuple[str, str]]:
    """Colour and marker of every number of atoms: 18 and 64 as in the other figures."""
    colours = {18: style.VERMILION, 64: style.BLUE}
    others = iter([colour for colour in style.SIZES if colour not in colours.values()])
    sizes = sorted(static.data["n_atoms"].tolist())
    return {
        n_atoms: (colours.get(n_atoms) or next(others), style.SIZE_MARKERS[i % len(style.SIZE_MARKERS)])
        for i, n_atoms in enumerate(sizes)
    }


def _loops(group: Sequence[Table]) -> Iterator[tuple[int, float, pd.DataFrame]]:
    for table in group:
        for key, rows in table.data.groupby(["n_atoms", "rate"]):
            n_atoms, rate = cast("tuple[int, float]", key)
            yield n_atoms, rate, rows


def _curves(loops: pd.DataFrame) -> Iterator[tuple[int, str, pd.DataFrame]]:
    for key, rows in loops.sort_values("rate").groupby(["n_atoms", "source"]):
        n_atoms, source = cast("tuple[int, str]", key)
        yield n_atoms, source, rows


def _draw_loop(axes: Axes, n_atoms: int, rows: pd.DataFrame, colour: str, label: str) -> None:
    for way, marker in WAYS.items():
        half = rows[rows["direction"] == way]
        axes.plot(
            half["drive"],
            2 / n_atoms * half["s_z"],
            color=colour,
            marker=marker,
            markevery=SPACING,
            markersize=3.2,
            linewidth=1.0,
            label=label if way == "up" else None,
        )


def _finish_loops(axes: Axes, drives: pd.Series, top: float) -> None:
    axes.set_xlim(drives.min(), drives.max())
    axes.set_ylim(-1.02, top)
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(POLARISATION_LABEL)


def rates(axes: Axes, tables: Tables) -> None:
    """(a) Loops of the first N at several rates, the steady state, and the mean-field branches.

    Raises:
        TableError: none of its sweeps has one of the configured rates.
    """
    loops = tables["loops"][0].data
    drawn = sorted(set(loops.loc[loops["loop_rate"], "rate"]))
    chosen = [loop for loop in _loops(tables["sweep"][:1]) if loop[1] in drawn]
    if not chosen:
        raise TableError("Fig. ext6(a) needs a sweep of the first N at one of hysteresis.loop_rates")
    n_atoms, _, rows = chosen[0]
    grey = dict.fromkeys(style.BRANCHES, style.GREY)
    style.branch_curves(axes, tables["branches"][0].data, grey, width=style.THIN)
    steady = rows[rows["direction"] == "up"]
    axes.plot(steady["drive"], 2 / n_atoms * steady["steady_s_z"], color=style.BLACK, linestyle=":", linewidth=1.4)
    for (_, rate, loop), colour in zip(chosen, RATE_COLOURS, strict=False):
        _draw_loop(axes, n_atoms, loop, colour, f"{rate:g}")
    _finish_loops(axes, rows["drive"], 0.1)
    handles, labels = axes.get_legend_handles_labels()
    extra = {
        "steady state": Line2D([], [], color=style.BLACK, linestyle=":", linewidth=1.4),
        "mean field": Line2D([], [], color=style.GREY, linewidth=style.THIN),
    }
    title = f"$N = {n_atoms}$; rate $\\dot\\Omega / \\Omega_c\\gamma_s$"
    axes.legend(
        [*handles, *extra.values()],
        [*labels, *extra],
        title=title,
        title_fontsize=7.5,
        alignment="left",
        loc="upper left",
    )


def sizes(axes: Axes, tables: Tables) -> None:
    """(b) Loops of every N at one rate; the mean field of the largest one, at this rate and infinitely slow.

    Raises:
        TableError: no sweep has the configured rate.
    """
    looks, loops = _looks(tables["static"][0]), tables["loops"][0].data
    common = set(loops.loc[loops["common_rate"], "rate"])
    exact = {n_atoms: (rate, rows) for n_atoms, rate, rows in _loops(tables["sweep"]) if rate in common}
    sampled = {n_atoms: (rate, rows) for n_atoms, rate, rows in _loops(tables["ensemble"]) if rate in common}
    drawn = sampled | exact  # the master equation where both exist
    if not drawn:
        raise TableError("Fig. ext6(b) needs a sweep at hysteresis.common_rate")
    left_out = sorted(n_atoms for n_atoms, (_, rows) in drawn.items() if rows["s_z"].isna().all())
    for n_atoms in sorted(set(drawn) - set(left_out)):
        rate, rows = drawn[n_atoms]
        kind = "" if n_atoms in exact else " (trajectories)"
        _draw_loop(axes, n_atoms, rows, looks[n_atoms][0], f"$N = {n_atoms}${kind}")
    if left_out:
        axes.plot([], [], linestyle="none", label=f"trajectories too long at {style.listed(left_out)}")
    drives = drawn[max(drawn)][1]["drive"]
    for n_atoms, rate, rows in _loops(tables["mean_field"]):
        if n_atoms == max(drawn) and rate in common:
            label = f"mean field, $N = {n_atoms}$"
            axes.plot(rows["drive"], 2 / n_atoms * rows["s_z"], "--", color=style.BLACK, linewidth=0.9, label=label)
    _finish_loops(axes, drives, 0.75)  # room for the legend
    title = f"rate ${min(common):g}\\,\\Omega_c\\gamma_s$"
    axes.legend(title=title, title_fontsize=7.5, alignment="left", loc="upper left", ncols=2, columnspacing=1.0)


def areas(axes: Axes, tables: Tables) -> None:
    """(c) Loop area against rate, with the infinitely slow mean-field loop of every N."""
    loops, static = tables["loops"][0].data, tables["static"][0].data
    looks = _looks(tables["static"][0])
    for n_atoms, source, rows in _curves(loops[loops["area"].notna()]):
        colour, marker = looks[n_atoms]
        if source in THEORY:
            axes.plot(rows["rate"], rows["area"], THEORY[source], color=colour, linewidth=style.THIN, zorder=1.6)
            continue
        axes.errorbar(
            rows["rate"],
            rows["area"],
            rows["area_error"] if source == "ensemble" else None,
            color=colour,
            marker=marker,
            markersize=4 if source == "ensemble" else 3.4,
            markerfacecolor="white" if source == "ensemble" else colour,
            linestyle="-" if source == "master equation" else "none",
            linewidth=1.0,
            zorder=2.5 if source == "ensemble" else 2,
        )
    first, last = loops["rate"].min(), loops["rate"].max()
    for n_atoms, area in zip(static["n_atoms"].tolist(), static["area"].tolist(), strict=True):
        axes.plot(
            [first / 2, last * 2],
            2 * [area],
            ":",
            color=looks[n_atoms][0],
            linewidth=0.9,
            zorder=1,
        )
    axes.set_xscale("log")
    axes.set_xlim(first / 1.6, last * 1.6)
    axes.set_ylim(0, 1.6 * loops["area"].max())
    axes.set_xlabel(RATE_LABEL)
    axes.set_ylabel(r"loop area  $\oint (2\langle \hat S_z \rangle/N)\,d\Omega/\Omega_c$")
    cut = loops.loc[(loops["source"] == "ensemble") & loops["area"].isna(), "n_atoms"]
    title = _named(
        "no slow mean-field loop, not bistable,", static.loc[static["area"].isna(), "n_atoms"], "no trajectories", cut
    )
    handles = _size_handles(looks) + _kind_handles()
    axes.legend(handles=handles, loc="upper left", ncols=2, columnspacing=1.0, **_titled(title))


def _named(*parts: Any) -> str:
    """One line per pair of a text and sizes, unless there are none: what is left out, and where."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return "\n".join(f"{text} at {style.listed(sorted(set(sizes)))}" for text, sizes in pairs if len(sizes))


def _titled(title: str) -> dict[str, Any]:
    """Arguments of a legend with a remark as its title, if there is one."""
    return {"title": title, "title_fontsize": 7, "alignment": "left"} if title else {}


def _size_handles(looks: dict[int, tuple[str, str]]) -> list[Line2D]:
    return [
        Line2D([], [], color=colour, marker=marker, markersize=3.4, linewidth=1.0, label=f"$N = {n_atoms}$")
        for n_atoms, (colour, marker) in looks.items()
    ]


def _kind_handles() -> list[Line2D]:
    black = style.BLACK
    return [
        Line2D(
            [],
            [],
            color=black,
            marker="o",
            markerfacecolor="white",
            markersize=4,
            linestyle="none",
            label="trajectories",
        ),
        *(
            Line2D([], [], color=black, linestyle=dashes, linewidth=style.THIN, label=name)
            for name, dashes in THEORY.items()
        ),
        Line2D([], [], color=black, linestyle=":", linewidth=0.9, label="mean field, slow"),
    ]


def switches(axes: Axes, tables: Tables) -> None:
    """(d) Drives of the switch up and down against rate, with the critical point and the edges of every N."""
    loops, static = tables["loops"][0].data, tables["static"][0].data
    looks = _looks(tables["static"][0])
    for n_atoms, source, rows in _curves(loops[loops[["switch_up", "switch_down"]].notna().any(axis=1)]):
        colour, marker = looks[n_atoms]
        if source == "mean field":
            continue
        if source in THEORY:
            for column in ("switch_up", "switch_down"):
                axes.plot(rows["rate"], rows[column], THEORY[source], color=colour, linewidth=style.THIN, zorder=1.6)
            continue
        for column, fill in (("switch_up", colour), ("switch_down", "white")):
            axes.plot(
                rows["rate"],
                rows[column],
                color=colour,
                marker=marker,
                markersize=3.4,
                markerfacecolor=fill,
                linewidth=1.0 if source == "master equation" else 0,
            )
    first, last = loops["rate"].min() / 1.6, loops["rate"].max() * 1.6
    for n_atoms, critical_drive in zip(static["n_atoms"].tolist(), static["critical_drive"].tolist(), strict=True):
        if np.isfinite(critical_drive):
            axes.plot([first, 1.5 * first], 2 * [critical_drive], color=looks[n_atoms][0], linewidth=2.2)
    axes.set_xscale("log")
    axes.set_xlim(first, last)
    axes.set_xlabel(RATE_LABEL)
    axes.set_ylabel(r"drive of the switch  $\Omega/\Omega_c$")
    black = style.BLACK
    handles = [
        Line2D([], [], color=black, marker="o", markersize=3.4, linewidth=1.0, label="up"),
        Line2D([], [], color=black, marker="o", markersize=3.4, markerfacecolor="white", linewidth=1.0, label="down"),
        Line2D([], [], color=black, linewidth=2.2, label=r"$\Omega_{\mathrm{PT}}$"),
    ]
    title = _named("no critical point, so no switch,", static.loc[static["critical_drive"].isna(), "n_atoms"])
    if axes.lines:
        handles = _size_handles(looks) + handles
        axes.legend(handles=handles, loc="lower left", ncols=2, columnspacing=1.0, **_titled(title))
    else:
        style.remark(axes, title)
    axes.set_yticks(np.arange(0, 1.01, 0.2))
    highest = max(1.0, loops["switch_up"].fillna(0).max())
    axes.set_ylim(-0.45 if title else -0.3, 1.05 * highest)  # room for the legend


FIGURE = FigureDefinition(
    title="Fig. ext6: hysteresis",
    contracts={
        "sweep": hysteresis.SWEEP,
        "ensemble": hysteresis.ENSEMBLE,
        "mean_field": hysteresis.MEAN_FIELD,
        "static": hysteresis.STATIC,
        "loops": hysteresis.LOOPS,
        "branches": mean_field.BRANCHES,
    },
    panels={"a": rates, "b": sizes, "c": areas, "d": switches},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 5.2),
    panel_size=(style.COLUMN_WIDTH, 2.6),
)
