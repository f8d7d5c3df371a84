"""Fig. ext7: phase diagram. Where the model is bistable, where it switches, how fast, and where experiments stand."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import phase_diagram

RATIO_LABEL = r"$\gamma_c/\gamma_s$"
SIZE_LABEL = "number of atoms  $N$"
GAP_COLOURS, DRIVE_COLOURS = "viridis", "cividis"
DECADES = (-1, -3, -10, -30)  # log10 of the gaps that get a contour
LABEL_DRIVE = 0.42  # where it is labelled
LIGHT = "#DDDDDD"  # bistable by the mean field, without a critical point by Eq. (C2)
EDGE: dict[str, Any] = {"color": style.BLACK, "linewidth": 1.0}
CRITICAL: dict[str, Any] = {"color": style.VERMILION, "linewidth": 1.3}
TWEEZERS, ENSEMBLE = "tweezer_array", "atomic_ensemble"


def _experiment(tables: Tables, name: str) -> pd.Series:
    rows = tables["experiments"][0].data
    return rows[rows["experiment"] == name].iloc[0]


def _boundaries(tables: Tables, name: str) -> pd.DataFrame:
    rows = tables["boundaries"][0].data
    return rows[rows["n_atoms"] == _experiment(tables, name)["n_atoms"]].sort_values("rate_ratio")


def _boundary_handles(**extra: Line2D) -> list[Line2D]:
    handles = [
        Line2D([], [], label="edges (B5)", **EDGE),
        Line2D([], [], label=r"$\Omega_{\mathrm{PT}}$ (C2)", **CRITICAL),
    ]
    return handles + list(extra.values())


def _mesh(rows: pd.DataFrame, columns: str, index: str, values: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = rows.pivot(index=index, columns=columns, values=values)
    return table.columns.to_numpy(), table.index.to_numpy(), table.to_numpy()


def gap(axes: Axes, tables: Tables) -> None:
    """(a) lambda_1 of the tweezer array over drive and gamma_c / gamma_s, with edges and critical point."""
    rows, curves = tables["map"][0].data, _boundaries(tables, TWEEZERS)
    array = _experiment(tables, TWEEZERS)
    drives, ratios, values = _mesh(rows, "drive", "rate_ratio", "gap")
    logs = np.log10(values)
    levels = MaxNLocator(14, steps=[1, 2, 5, 10]).tick_values(logs.min(), logs.max())
    image = axes.contourf(drives, ratios, logs, levels=levels, cmap=GAP_COLOURS)
    for edge in ("lower_edge", "upper_edge"):
        axes.plot(curves[edge], curves["rate_ratio"], **EDGE | {"color": "white"})
    axes.plot(curves["critical_drive"], curves["rate_ratio"], **CRITICAL)
    middle = float(np.interp(np.log(array["rate_ratio"]), np.log(curves["rate_ratio"]), curves["critical_drive"]))
    axes.axhline(array["rate_ratio"], color=style.BLACK, linestyle=":", linewidth=0.9)
    for text, offset, place in (
        ("tweezer arrays:", 3, "bottom"),
        (f"$\\gamma_c/\\gamma_s \\geq {array['rate_ratio']:g}$", -3, "top"),
    ):
        axes.annotate(
            text,
            (drives[0], array["rate_ratio"]),
            xytext=(4, offset),
            textcoords="offset points",
            va=place,
            color=style.BLACK,
            fontsize=7.5,
        )
    axes.plot(middle, array["rate_ratio"], "*", color="white", markeredgecolor=style.BLACK, markersize=8, zorder=4)
    axes.set_yscale("log")
    axes.set_xlim(drives[0], drives[-1])
    axes.set_ylim(ratios[0], ratios[-1])
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(f"{RATIO_LABEL}   ($N = {int(array['n_atoms'])}$)")
    bar = axes.figure.colorbar(image, ax=axes, pad=0.02, ticks=levels[::2])
    bar.set_label(r"$\log_{10}\,\lambda_1/\gamma_s$")


def sizes(axes: Axes, tables: Tables) -> None:
    """(b) Edges, critical point by two criteria and contours of the chain's gap against N, at the configured rates."""
    rows, chain = tables["sizes"][0].data.sort_values("n_atoms"), tables["chain"][0]
    axes.fill_between(rows["n_atoms"], rows["lower_edge"], rows["upper_edge"], color=LIGHT, linewidth=0)
    for edge in ("lower_edge", "upper_edge"):
        axes.plot(rows["n_atoms"], rows[edge], **EDGE)
    axes.plot(rows["n_atoms"], rows["critical_drive"], **CRITICAL)
    axes.plot(rows["n_atoms"], rows["equal_weight_drive"], "o", color=style.BLUE, markersize=2.2, zorder=3)
    style.left_out(axes, rows, "not bistable", position=(0.5, 0.6))
    n_atoms, drives, values = _mesh(chain.data, "n_atoms", "drive", "log10_gap")
    levels = [level for level in sorted(DECADES) if values.min() < level < values.max()]
    if levels:
        lines = axes.contour(
            n_atoms, drives, values, levels=levels, colors=style.GREEN, linewidths=0.8, linestyles="solid"
        )
        # A label on each contour where it passes below the transition.
        points = [np.concatenate(segments) for segments in lines.allsegs]
        places = [tuple(curve[np.argmin(np.abs(curve[:, 1] - LABEL_DRIVE))]) for curve in points]
        axes.clabel(lines, manual=places, fmt=lambda level: f"$10^{{{level:.0f}}}$", fontsize=6.5, inline_spacing=1)
    for name, text, side in ((TWEEZERS, "tweezer arrays", "left"), (ENSEMBLE, "atomic ensembles", "right")):
        size = _experiment(tables, name)["n_atoms"]
        axes.axvline(size, ymax=0.76, color=style.GREY, linestyle=":", linewidth=0.9)
        axes.annotate(
            text,
            (size, 0.03),
            xytext=(2 if side == "left" else -2, 0),
            textcoords="offset points",
            ha=side,
            rotation=90,
            fontsize=7,
            color=style.GREY,
        )
    axes.set_xscale("log")
    axes.set_xlim(min(rows["n_atoms"].min(), n_atoms[0]), rows["n_atoms"].max())
    axes.set_ylim(0, 1.2)
    axes.set_xlabel(SIZE_LABEL)
    axes.set_ylabel(style.DRIVE_LABEL)
    rates = chain.parameters["rates"]
    handles = _boundary_handles(
        weights=Line2D([], [], color=style.BLUE, marker="o", markersize=2.2, linestyle="none", label="equal weights"),
        chain=Line2D([], [], color=style.GREEN, linewidth=0.8, label=r"$\lambda_1/\gamma_s$ of the chain in $j$"),
    )
    title = f"$\\gamma_c = {rates['gamma_c'] / rates['gamma_s']:g}\\,\\gamma_s$"
    axes.legend(handles=handles, title=title, title_fontsize=7.5, alignment="left", loc="upper right", ncols=2)


def ensemble(axes: Axes, tables: Tables) -> None:
    """(c) Edges and critical point of the atomic ensemble against gamma_c / gamma_s, which the paper leaves open."""
    rows, experiment = _boundaries(tables, ENSEMBLE), _experiment(tables, ENSEMBLE)
    axes.fill_betweenx(rows["rate_ratio"], rows["lower_edge"], rows["upper_edge"], color=LIGHT, linewidth=0)
    for edge in ("lower_edge", "upper_edge"):
        axes.plot(rows[edge], rows["rate_ratio"], **EDGE)
    axes.plot(rows["critical_drive"], rows["rate_ratio"], **CRITICAL)
    axes.axhline(experiment["threshold"], color=style.GREY, linestyle=":", linewidth=0.9)
    axes.annotate(
        rf"$\Gamma = 8\gamma$:  $\gamma_c/\gamma_s = ${_power(experiment['threshold'])}",
        (0.03, experiment["threshold"]),
        xycoords=("axes fraction", "data"),
        xytext=(0, -2.5),
        textcoords="offset points",
        va="top",
        fontsize=7,
        color=style.GREY,
    )
    axes.set_yscale("log")
    axes.set_xlim(0, 1)
    axes.set_ylim(experiment["threshold"] / 4, rows["rate_ratio"].max())
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel(f"{RATIO_LABEL}   ($N = ${_power(experiment['n_atoms'])})")
    axes.legend(handles=_boundary_handles(), loc="upper right")


def _power(value: float) -> str:
    """A number as digits times a power of ten."""
    exponent = int(np.floor(np.log10(value) + 1e-9))
    digits = value / 10.0**exponent
    return f"$10^{{{exponent}}}$" if abs(digits - 1) < 0.005 else f"${digits:.1f}\\times 10^{{{exponent}}}$"


def plane(axes: Axes, tables: Tables) -> None:
    """(d) Critical point over N and gamma_c / gamma_s; no bistability where white; experiments."""
    rows = tables["plane"][0].data.sort_values(["n_atoms", "rate_ratio"])
    columns = [group for _, group in rows.groupby("n_atoms")]
    n_atoms, ratios, drives = (
        np.array([group[name].to_numpy(dtype=float) for group in columns])
        for name in ("n_atoms", "rate_ratio", "critical_drive")
    )
    threshold, top = np.array([group["threshold"].iloc[0] for group in columns]), ratios.max()
    axes.fill_between(n_atoms[:, 0], threshold, top, color=LIGHT, linewidth=0)  # remains where (C2) has no solution
    image = axes.contourf(n_atoms, ratios, np.ma.masked_invalid(drives), levels=12, cmap=DRIVE_COLOURS)
    axes.plot(n_atoms[:, 0], threshold, **EDGE)
    array, atoms = _experiment(tables, TWEEZERS), _experiment(tables, ENSEMBLE)
    for x, low, text in (
        (array["n_atoms"], array["rate_ratio"], "tweezer\narrays"),
        (atoms["n_atoms"], atoms["threshold"], "atomic\nensembles"),
    ):
        axes.plot(
            [x, x], [low, top], color=style.VERMILION, linewidth=2.2, solid_capstyle="butt", zorder=3, clip_on=False
        )
        left = x > np.sqrt(n_atoms.min() * n_atoms.max())
        axes.annotate(
            text,
            (x, top),
            xytext=(-4 if left else 4, -4),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
            fontsize=7.5,
            color="white",
        )
    axes.annotate("one stable branch", (0.05, 0.06), xycoords="axes fraction", fontsize=7.5, color=style.BLACK)
    axes.annotate(
        r"$\Gamma = 8\gamma$",
        (n_atoms[len(n_atoms) // 2, 0], threshold[len(n_atoms) // 2]),
        xytext=(-3, -3),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=7.5,
    )
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(n_atoms.min(), n_atoms.max())
    axes.set_ylim(threshold.min() / 2, top)
    axes.set_xlabel(SIZE_LABEL)
    axes.set_ylabel(RATIO_LABEL)
    bar = axes.figure.colorbar(image, ax=axes, pad=0.02)
    bar.set_label(r"$\Omega_{\mathrm{PT}}/\Omega_c$")
    axes.legend(handles=[Patch(color=LIGHT, label="no (C2)")], loc="lower left", bbox_to_anchor=(0.02, 0.13))


FIGURE = FigureDefinition(
    title="Fig. ext7: phase diagram",
    contracts={
        "map": phase_diagram.MAP,
        "boundaries": phase_diagram.BOUNDARIES,
        "plane": phase_diagram.PLANE,
        "sizes": phase_diagram.SIZES,
        "chain": phase_diagram.CHAIN,
        "experiments": phase_diagram.EXPERIMENTS,
    },
    panels={"a": gap, "b": sizes, "c": ensemble, "d": plane},
    mosaic=[["a", "b"], ["c", "d"]],
    size=(style.PAGE_WIDTH, 5.4),
    panel_size=(style.COLUMN_WIDTH, 2.7),
)
