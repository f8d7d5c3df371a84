"""Fig. ext3: the Liouvillian gap beyond Fig. 3.

Black: the fixed drive, orange: the critical point of each N. Vermilion and green belong to rho_+ and rho_-, as
everywhere: to the rates of leaving them and to their barriers.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import gap_scaling

PLACES = {"fixed": (style.BLACK, "o"), "critical": (style.ORANGE, "s")}
RATES = {"plus": (style.PLUS, "+"), "minus": (style.MINUS, "-")}  # colour, and sign in the phase's name
WIDE_RANGE = 30  # of ratios, from which on their axis is logarithmic
LARGEST_SHOWN = 1.1  # of the largest N with an eigenvalue: where the axis of (a) ends and its inset goes on


def _exact(tables: Tables) -> pd.DataFrame:
    """The rows of all sizes, N rising."""
    return pd.concat([table.data for table in tables["gap"]]).sort_values("n_atoms")


def _label(place: str, drive: float) -> str:
    return f"$\\Omega = {drive:g}\\,\\Omega_c$" if place == "fixed" else r"$\Omega = \Omega_{\mathrm{PT}}(N)$"


def _left_out(tables: Tables) -> list[str]:
    """What (a) does not draw: sizes without a critical point, and those whose gap rounding hides or which oscillate."""
    exact, chains = _exact(tables), tables["chains"][0].data
    critical = pd.concat([rows[rows["place"] == "critical"] for rows in (exact, chains)])
    without = critical.loc[critical["drive"].isna(), "n_atoms"]
    texts = [f"no $\\Omega_{{\\mathrm{{PT}}}}$ up to $N = {without.max()}$"] if len(without) else []
    for place, symbol in (("fixed", r"$\Omega$"), ("critical", r"$\Omega_{\mathrm{PT}}$")):
        rows = exact[(exact["place"] == place) & exact["drive"].notna() & exact["gap_flow"].isna()]
        hidden = rows.loc[rows["gap_eigenvalue"].isna(), "n_atoms"].tolist()
        oscillating = rows.loc[rows["gap_eigenvalue"].notna(), "n_atoms"].tolist()
        texts += [f"at {symbol} rounding hides {style.listed(hidden)}"] if hidden else []
        texts += [f"at {symbol} oscillating: {style.listed(oscillating)}"] if oscillating else []
    return texts


def gap(axes: Axes, tables: Tables) -> None:
    """(a) lambda_1 against N at both drives: eigenvalues, chain in j, closed law; in the inset to the largest."""
    exact, chains = _exact(tables), tables["chains"][0].data.sort_values("n_atoms")
    limit = LARGEST_SHOWN * exact["n_atoms"].max()
    inset = axes.inset_axes((0.62, 0.66, 0.33, 0.31))
    for place, (colour, marker) in PLACES.items():
        rows, theory = exact[exact["place"] == place], chains[chains["place"] == place]
        rows = rows[rows["gap_flow"].notna()]
        if len(rows):
            label = _label(place, rows["drive"].iloc[0])
            axes.plot(rows["n_atoms"], rows["gap_flow"], marker, color=colour, markerfacecolor="white", label=label)
        near = theory[theory["n_atoms"] <= limit]
        axes.plot(near["n_atoms"], np.exp(near["log_law"]), color=colour, linewidth=0.9, zorder=1.6)
        chain = np.exp(near["log_gap_spin_chain"])
        axes.plot(near["n_atoms"], chain, color=colour, linestyle=":", linewidth=1.1, zorder=1.5)
        # Not on a logarithmic axis: the gap itself may lie below the smallest number.
        inset.plot(theory["n_atoms"], theory["log_gap_spin_chain"] / np.log(10), color=colour, linestyle=":")
        inset.plot(theory["n_atoms"], theory["log_law"] / np.log(10), color=colour, linewidth=0.9)
    axes.plot([], [], color=style.GREY, linewidth=0.9, label="closed law")
    axes.plot([], [], color=style.GREY, linestyle=":", linewidth=1.1, label="chain in $j$")
    axes.set_yscale("log")
    if exact["gap_flow"].max() < 2 * exact["gap_flow"].min():  # the points would lie behind the inset
        axes.set_ylim(exact["gap_flow"].min() / 30, 30 * exact["gap_flow"].max())
    axes.set_xlim(0, limit)
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$\lambda_1/\gamma_s$")
    for text in _left_out(tables):
        axes.plot([], [], linestyle="none", label=text)
    axes.legend(loc="lower left")
    inset.locator_params(axis="x", nbins=2)
    inset.locator_params(axis="y", nbins=3)
    inset.tick_params(labelsize=6.5, pad=2)
    inset.set_ylabel(r"$\log_{10}\lambda_1/\gamma_s$", fontsize=6.5, labelpad=1)


def local_slope(axes: Axes, tables: Tables) -> None:
    """(b) -d ln lambda_1 / dN at the fixed drive, and the same of the rates of leaving either phase."""
    slopes = tables["slopes"][0].data.sort_values("n_atoms_middle")
    exact, chain = (slopes[slopes["source"] == source] for source in ("eigenvalue", "pair_chain"))
    columns = {"slope": (style.BLACK, r"$\lambda_1$")}
    columns |= {f"slope_{name}": (colour, f"$\\Gamma_{sign}$") for name, (colour, sign) in RATES.items()}
    for column, (colour, label) in columns.items():
        if slopes[column].isna().all():
            continue
        axes.plot(exact["n_atoms_middle"], exact[column], "o", color=colour, markerfacecolor="white", label=label)
        axes.plot(chain["n_atoms_middle"], chain[column], color=colour, linewidth=0.9, zorder=1.5)
    for name, (colour, sign) in RATES.items():
        barrier = slopes[f"barrier_{name}"].iloc[0]
        style.reference_line(axes, barrier, f"$\\Phi_{sign} = {barrier:.4f}$", colour=colour)
    single = chain.loc[chain["slope_plus"].isna(), "n_atoms_first"]
    if len(single):
        style.remark(axes, f"$p_k$ has one maximum up to $N = {single.max()}$", position=(0.5, 0.94))
    axes.set_ylim(min(0, 1.1 * slopes["slope"].min()), 1.25 * slopes["barrier_minus"].iloc[0])
    axes.set_xlim(0, chain["n_atoms_last"].max())
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$-\mathrm{d}\ln(\lambda_1,\,\Gamma_{\pm})/\mathrm{d}N$")
    title = f"$\\Omega = {slopes['drive'].iloc[0]:g}\\,\\Omega_c$"
    place: dict[str, Any] = {"loc": "lower right"}  # below both barriers, where nothing is drawn but lambda_1 alone
    if slopes["slope_plus"].isna().all():
        place = {"loc": "center right", "bbox_to_anchor": (1, 0.6)}
    axes.legend(title=title, title_fontsize=7.5, alignment="left", **place)


def prefactor(axes: Axes, tables: Tables) -> None:
    """(c) Exact gap and both chains over the closed law, at both drives."""
    exact, chains = _exact(tables), tables["chains"][0].data.sort_values("n_atoms")
    for place, (colour, marker) in PLACES.items():
        rows, theory = exact[exact["place"] == place], chains[chains["place"] == place]
        axes.plot(rows["n_atoms"], rows["ratio_exact"], marker, color=colour, markerfacecolor="white")
        axes.plot(theory["n_atoms"], theory["ratio_pair_chain"], color=colour, linestyle="--", linewidth=0.9)
        axes.plot(theory["n_atoms"], theory["ratio_spin_chain"], color=colour, linestyle=":", linewidth=1.1)
    axes.plot([], [], "o", color=style.GREY, markerfacecolor="white", label="exact")
    axes.plot([], [], color=style.GREY, linestyle="--", linewidth=0.9, label="chain in $k$")
    axes.plot([], [], color=style.GREY, linestyle=":", linewidth=1.1, label="chain in $j$")
    axes.axhline(1, color=style.GREY, linewidth=0.6, zorder=1)
    axes.set_xscale("log")
    axes.xaxis.set_minor_formatter(NullFormatter())  # over one decade its labels would overlap
    ratios = pd.concat([exact["ratio_exact"], chains["ratio_spin_chain"], chains["ratio_pair_chain"]])
    wide = ratios.max() > WIDE_RANGE * ratios.min()  # at few atoms and small gamma_c the law is far off
    if wide:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(r"$\lambda_1\;/$ closed law")
    axes.legend(loc="best" if wide else "lower right")


def _up_to(edges: pd.DataFrame, column: str) -> str:
    """Up to which N a column of the table edges, which has every N, is missing; empty if it is nowhere."""
    there = edges.loc[edges[column].notna(), "n_atoms"]
    if there.empty:
        return f"up to $N = {edges['n_atoms'].max()}$"
    return f"below $N = {there.min()}$" if there.min() > edges["n_atoms"].min() else ""


def plane(axes: Axes, tables: Tables) -> None:
    """(d) log10 lambda_1 over N and drive, with the edges of the bistable region and the critical point."""
    values = tables["map"][0].data.pivot(index="drive", columns="n_atoms", values="gap_eigenvalue")
    edges = tables["edges"][0].data.sort_values("n_atoms")
    logs = np.log10(values.to_numpy())
    lowest, highest = np.floor(2 * np.nanmin(logs)) / 2, np.ceil(2 * np.nanmax(logs)) / 2
    levels = np.arange(min(lowest, highest - 1), highest + 0.25, 0.5)
    filled = axes.contourf(values.columns, values.index, logs, levels=levels, cmap="Blues_r")
    filled.set_edgecolor("face")  # no seams between the levels
    whole = levels[levels == np.round(levels)]
    axes.contour(values.columns, values.index, logs, levels=whole, colors="white", linewidths=0.6, linestyles="-")
    for column in ("drive_lower", "drive_upper"):
        axes.plot(edges["n_atoms"], edges[column], color=style.BLACK, linestyle="--", linewidth=0.9)
    axes.plot(edges["n_atoms"], edges["drive_critical"], color=style.ORANGE, linewidth=1.4)
    with_transition = edges.dropna()
    lines = [
        f"{text} {place}"
        for text, place in (
            ("not bistable", _up_to(edges, "drive_lower")),
            ("no critical point", _up_to(edges, "drive_critical")),
        )
        if place
    ]
    lines += ["white: hidden by rounding"] if np.isnan(logs).any() else []
    if lines:
        style.remark(axes, "; ".join(lines), position=style.ABOVE)
    for rows, column, text, offset, align in (
        (
            with_transition.iloc[len(with_transition) // 4 :][:1],
            "drive_critical",
            r"$\Omega_{\mathrm{PT}}$",
            (2, 3),
            "left",
        ),
        (with_transition.iloc[-1:], "drive_upper", "upper edge", (-4, 4), "right"),
    ):
        for n_atoms, drive in rows[["n_atoms", column]].to_numpy():  # none if no N of the map has two phases
            axes.annotate(
                text, (n_atoms, drive), offset, textcoords="offset points", ha=align, va="bottom", fontsize=7.5
            )
    axes.set_xlim(edges["n_atoms"].min(), edges["n_atoms"].max())
    axes.set_ylim(float(values.index[0]), float(values.index[-1]))
    axes.set_xlabel("number of atoms  $N$")
    axes.set_ylabel(style.DRIVE_LABEL)
    scale = axes.inset_axes((0.05, 0.15, 0.32, 0.045))
    axes.figure.colorbar(filled, cax=scale, orientation="horizontal", ticks=whole)
    scale.tick_params(labelsize=6.5, pad=2)
    scale.set_title(r"$\log_{10}\,\lambda_1/\gamma_s$", fontsize=7.5, loc="center", pad=3)


def rate_per_atom(axes: Axes, tables: Tables) -> None:
    """(e) -d ln lambda_1 / dN of the chain in j between two large N, against the barriers of both phases."""
    rates = tables["rates"][0].data.sort_values("drive")
    smaller = np.minimum(rates["barrier_plus"], rates["barrier_minus"])
    for name, (colour, sign) in RATES.items():
        barrier = rates[f"barrier_{name}"]
        axes.plot(rates["drive"], barrier, color=colour, linestyle="--", linewidth=0.9, zorder=1.5)
        axes.plot(rates["drive"], barrier.where(barrier == smaller), color=colour, label=f"$\\Phi_{sign}$", zorder=1.6)
    axes.plot(
        rates["drive"], rates["rate_spin_chain"], "o", color=style.BLACK, markerfacecolor="white", label="chain in $j$"
    )
    sizes = f"$N = {rates['n_atoms_first'].iloc[0]}$ to {rates['n_atoms_last'].iloc[0]}"
    axes.annotate(sizes, (0.04, 0.05), xycoords="axes fraction", fontsize=7.5)
    axes.set_ylim(0, 1.7 * smaller.max())
    axes.set_xlim(rates["drive"].min(), rates["drive"].max())
    axes.set_xlabel(style.DRIVE_LABEL)
    axes.set_ylabel("rate per atom")
    axes.legend(loc="upper left")


FIGURE = FigureDefinition(
    title="Fig. ext3: scaling of the Liouvillian gap",
    contracts={
        "gap": gap_scaling.GAP,
        "chains": gap_scaling.CHAINS,
        "slopes": gap_scaling.SLOPES,
        "map": gap_scaling.MAP,
        "edges": gap_scaling.EDGES,
        "rates": gap_scaling.RATES,
    },
    panels={"a": gap, "b": local_slope, "c": prefactor, "d": plane, "e": rate_per_atom},
    mosaic=[["a", "b", "c"], ["d", "d", "e"]],
    size=(style.PAGE_WIDTH, 4.8),
)
