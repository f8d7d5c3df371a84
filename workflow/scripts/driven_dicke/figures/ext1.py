"""Fig. ext1: the true critical point, by three criteria and up to a million atoms, and how it approaches its limit."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from driven_dicke.figures import style
from driven_dicke.figures.drawing import FigureDefinition, Tables
from driven_dicke.studies import critical_point_limit as contracts

CRITERIA: dict[str, dict[str, Any]] = {
    "Eq. (C2)": {"marker": "o", "color": style.BLACK, "markerfacecolor": "white", "markersize": 4.4},
    "equal weights of $p_k$": {"marker": "x", "color": style.VERMILION, "markersize": 3.4},
    "$a_+ = a_-$": {"marker": "^", "color": style.GREEN, "markersize": 3.2},
    "$a_+ = a_-$, physical": {"marker": "^", "color": style.GREEN, "markerfacecolor": "white", "markersize": 3.2},
}
LAWS: dict[str, dict[str, Any]] = {
    "derived": {"color": style.VERMILION, "linestyle": "-"},
    "power": {"color": style.GREY, "linestyle": "-."},
    "logarithm_few": {"color": style.PURPLE, "linestyle": ":"},
    "exponential": {"color": style.BLUE, "linestyle": "--"},
}
CASES = {"below": style.PLUS, "at": style.BLACK, "above": style.MINUS}
ATOMS = "number of atoms  $N$"


def _own_rates(tables: Tables, name: str) -> pd.DataFrame:
    """Rows at the rates of the paper's figures, which come first; those at other rates follow them in the table."""
    rows = tables[name][0].data
    return rows[rows["rate_ratio"] == rows["rate_ratio"].iloc[0]]


def _points(tables: Tables) -> dict[str, tuple[pd.Series, pd.Series]]:
    """(N, drive) by each criterion, at the configured rates."""
    criteria, decomposition = tables["criteria"][0].data, tables["decomposition"][0].data
    equal = _own_rates(tables, "equal_weights")
    found = ((criteria, "mid_branch"), (equal, "drive"), (decomposition, "drive"), (decomposition, "drive_physical"))
    return {name: (rows["n_atoms"], rows[column]) for name, (rows, column) in zip(CRITERIA, found, strict=True)}


def _curve(axes: Axes, tables: Tables, name: str, label: str, subtract: float = 0.0) -> None:
    curves = _own_rates(tables, "law_curves")
    rows = curves[curves["law"] == name]
    if rows["drive"].isna().all():
        return
    axes.plot(rows["n_atoms"], rows["drive"] - subtract, linewidth=1.0, zorder=1.5, label=label, **LAWS[name])


def _parameter(tables: Tables, law: str, name: str) -> float:
    rows = tables["laws"][0].data
    return float(rows.loc[rows["law"] == law, name].to_numpy()[0])


def critical_drive(axes: Axes, tables: Tables) -> None:
    """(a) Omega_PT / Omega_c by three criteria, with the paper's exponential fit and the derived law."""
    limit, fitted = _parameter(tables, "derived", "limit"), _parameter(tables, "exponential", "limit")
    for name, (n_atoms, drive) in _points(tables).items():
        if drive.isna().all():
            continue
        axes.plot(n_atoms, drive, linestyle="none", markeredgewidth=0.8, label=name, **CRITERIA[name])
    _curve(axes, tables, "derived", "derived law")
    _curve(axes, tables, "exponential", "exponential fit")
    axes.set_xscale("log")
    axes.set_xlabel(ATOMS)
    axes.set_ylabel(r"$\Omega_{\mathrm{PT}}/\Omega_c$")
    style.reference_line(axes, limit, f"limit {limit:.5f}", position=0.03)
    if np.isfinite(fitted):
        text = f"${fitted:.3f} \\pm {_parameter(tables, 'exponential', 'limit_error'):.3f}$"
        style.reference_line(axes, fitted, text, colour=style.BLUE, position=0.97)
    axes.set_ylim(bottom=limit - 0.02)
    axes.legend(loc="upper right")


def approach(axes: Axes, tables: Tables) -> None:
    """(b) Distance from the limit, with the derived law and the paper's exponential fit."""
    limit = _parameter(tables, "derived", "limit")
    for name in ("Eq. (C2)", "equal weights of $p_k$"):
        n_atoms, drive = _points(tables)[name]
        axes.plot(n_atoms, drive - limit, linestyle="none", markeredgewidth=0.8, label=name, **CRITERIA[name])
    _curve(axes, tables, "derived", r"derived, $(a \ln N + b)/N$", limit)
    _curve(axes, tables, "exponential", "exponential fit", limit)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(ATOMS)
    axes.set_ylabel(f"$\\Omega_{{\\mathrm{{PT}}}}/\\Omega_c - {limit:.5f}$")
    axes.legend(loc="lower left")


def distribution(axes: Axes, tables: Tables) -> None:
    """(c) Exponent of p_k below, at and above the drive of equal weights: both maxima, and the barrier."""
    table = tables["distribution"][0]
    if (missing := table.data["note"] != "").any():
        style.remark(axes, "no equal weights at this $N$", position=(0.5, 0.9))
    for case in (*CASES, "limit"):
        rows = table.data[(table.data["case"] == case) & ~missing]
        if rows.empty:
            continue
        drive = rows["drive"].to_numpy()[0]
        look: dict[str, Any] = {"color": style.GREY, "linestyle": ":", "label": f"$N \\to \\infty$, ${drive:.3f}$"}
        if case in CASES:
            look = {"color": CASES[case], "label": f"{case}, ${drive:.3f}$"}
        axes.plot(rows["position"], rows["exponent"], **look)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.75 * table.data["exponent"].max())
    axes.set_xlabel("pairs  $k/N$")
    axes.set_ylabel(r"$-\ln(p_k/p_{\max})\,/\,N$")
    title = f"$N = {table.parameters['distribution']['n_atoms']}$, $\\Omega/\\Omega_c$"
    axes.legend(title=title, title_fontsize=7.5, alignment="left", loc="upper center", ncols=2)


def logarithm(axes: Axes, tables: Tables) -> None:
    """(d) N times the distance from the limit: straight against ln N, with the derived slope, at several rates."""
    points, curves = tables["equal_weights"][0].data, tables["law_curves"][0].data
    first, derived = _parameter(tables, "derived", "n_atoms_first"), curves[curves["law"] == "derived"]
    for number, ratio in enumerate(points["rate_ratio"].unique()):
        rows = points[(points["rate_ratio"] == ratio) & (points["n_atoms"] >= first)].sort_values("n_atoms")
        law = derived[(derived["rate_ratio"] == ratio) & (derived["n_atoms"] >= first)]
        colour = style.SIZES[number % len(style.SIZES)]
        axes.plot(law["n_atoms"], law["scaled"], color=colour, linewidth=1.0, zorder=1.5)
        axes.plot(rows["n_atoms"], rows["scaled"], "x", color=colour, markeredgewidth=0.8)
        axes.annotate(
            f"${ratio:g}$",
            (rows["n_atoms"].to_numpy()[-1], rows["scaled"].to_numpy()[-1]),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=7.5,
        )
    axes.annotate(r"$\gamma_c/\gamma_s$", (0.97, 0.97), xycoords="axes fraction", ha="right", va="top", fontsize=8)
    axes.set_xscale("log")
    axes.set_xlim(right=5 * points["n_atoms"].max())
    axes.set_ylim(0, 1.15 * points.loc[points["n_atoms"] >= first, "scaled"].max())
    axes.set_xlabel(ATOMS)
    axes.set_ylabel(r"$N\,(\Omega_{\mathrm{PT}} - \Omega_\infty)/\Omega_c$")


def residuals(axes: Axes, tables: Tables) -> None:
    """(e) How far each law is from the exact drives, relative to what is left to the limit."""
    rows = tables["residuals"][0].data
    few, first = (
        int(_parameter(tables, law, name))
        for law, name in (("exponential", "n_atoms_last"), ("power", "n_atoms_first"))
    )
    labels = {
        "derived": "derived, no parameter",
        "power": f"$N^{{-{_parameter(tables, 'power', 'exponent'):.2f}}}$, fitted to $N \\geq {first}$",
        "logarithm_few": f"$\\ln N/N$, fitted to $N \\leq {few}$",
        "exponential": f"exponential, fitted to $N \\leq {few}$",
    }
    for name, label in labels.items():
        law = rows[rows["law"] == name].dropna().sort_values("n_atoms")
        if law.empty:
            continue
        axes.plot(
            law["n_atoms"], law["relative_residual"], marker="o", markersize=2, linewidth=0.9, label=label, **LAWS[name]
        )
    axes.set_xscale("log")
    axes.set_yscale("log")
    smallest, largest = rows["relative_residual"].min(), rows["relative_residual"].max()
    axes.set_ylim(top=largest * (largest / smallest) ** 0.45)
    axes.set_xlabel(ATOMS)
    axes.set_ylabel(r"$|\mathrm{law} - \Omega_{\mathrm{PT}}|\,/\,(\Omega_{\mathrm{PT}} - \Omega_\infty)$")
    axes.legend(loc="upper left")


def criteria(axes: Axes, tables: Tables) -> None:
    """(f) Distance of the other criteria from equal weights: Eq. (C2) as 1/N^2, with the derived coefficient."""
    rows, decomposition = tables["criteria"][0].data, tables["decomposition"][0].data
    equal = dict(zip(rows["n_atoms"], rows["equal_weights"], strict=True))
    axes.plot(rows["n_atoms"], rows["equal_weights"] - rows["mid_branch"], **CRITERIA["Eq. (C2)"], linestyle="none")
    law = -rows["scaled_difference_predicted"] / rows["n_atoms"].astype(float) ** 2
    axes.plot(rows["n_atoms"], law, color=style.BLACK, linewidth=1.0, zorder=1.5)
    shared = decomposition[decomposition["n_atoms"].isin(rows["n_atoms"])]
    reference = np.array([equal[n] for n in shared["n_atoms"]])
    for name, column in (("$a_+ = a_-$", "drive"), ("$a_+ = a_-$, physical", "drive_physical")):
        axes.plot(shared["n_atoms"], np.abs(reference - shared[column]), linestyle="none", **CRITERIA[name], label=name)
    coefficient = abs(float(rows["scaled_difference_predicted"].to_numpy()[0]))
    axes.lines[0].set_label("Eq. (C2)")
    axes.lines[1].set_label(f"${coefficient:.4f}/N^2$")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(ATOMS)
    axes.set_ylabel(r"$|\Omega_{\mathrm{equal}} - \Omega_{\mathrm{PT}}|\,/\,\Omega_c$")
    axes.legend(loc="upper right")


FIGURE = FigureDefinition(
    title="Fig. ext1: the true critical point",
    contracts={
        "equal_weights": contracts.EQUAL_WEIGHTS,
        "criteria": contracts.CRITERIA,
        "decomposition": contracts.DECOMPOSITION,
        "laws": contracts.LAWS,
        "law_curves": contracts.LAW_CURVES,
        "residuals": contracts.RESIDUALS,
        "distribution": contracts.DISTRIBUTION,
    },
    panels={
        "a": critical_drive,
        "b": approach,
        "c": distribution,
        "d": logarithm,
        "e": residuals,
        "f": criteria,
    },
    mosaic=[["a", "b"], ["c", "d"], ["e", "f"]],
    size=(style.PAGE_WIDTH, 7.5),
    panel_size=(style.COLUMN_WIDTH, 2.6),
)
