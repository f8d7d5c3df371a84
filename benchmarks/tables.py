"""Markdown tables from a record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import growth, pipeline
from benchmarks.solver import Solver
from benchmarks.topics import SOLVERS, find

Record = Mapping[str, Any]
Measurement = Mapping[str, Any]

DASH = "–"
INACCURATE = 1e-2  # deviations up to this are called inaccurate, larger ones wrong


@dataclass(frozen=True)
class Comparison:
    """A line of the short table: one of this library's solvers and what stands against it."""

    problem: str
    topic: str
    ours: str
    other: str


COMPARISONS = (
    Comparison("steady state: closed form", "steady_state", "closed_form", "piqs_blocks"),
    Comparison("steady state: sparse solve", "steady_state", "sparse", "piqs_blocks"),
    Comparison("steady state: sparse solve", "steady_state", "sparse", "full_bicgstab"),
    Comparison("steady state: sparse solve", "steady_state", "sparse", "full"),
    Comparison("gap and slow mode", "spectrum", "davidson", "piqs_blocks"),
    Comparison("gap and slow mode", "spectrum", "davidson", "full_sparse"),
    Comparison("trajectory, per unit of γ_s t", "trajectories", "atom_resolved", "mcsolve"),
)


# Cells ----------------------------------------------------------------------------------------------------------------


def duration(seconds: float) -> str:
    """Three digits and a unit, as 1.23 ms."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= 0.9995 * size:
            return f"{_three_digits(seconds / size)} {unit}"
    return f"{_three_digits(seconds / 1e-6)} µs"


def _three_digits(value: float) -> str:
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values: Sequence[float]) -> str:
    """Median and, from two runs on, smallest and largest value."""
    if len(values) == 1:
        return f"{duration(values[0])} (1 run)"
    return f"{duration(growth.median(values))} ({duration(min(values))} … {duration(max(values))})"


def memory(measurement: Measurement) -> str:
    """Peak resident memory beyond that of the imported libraries."""
    megabytes = measurement["peak_megabytes"] - measurement["megabytes_before"]
    if megabytes < 1:
        return "< 1 MB"
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def verdict(solver: Solver, measurement: Measurement) -> str:
    """How the result compares with the reference, or how the solver failed."""
    if measurement["outcome"] == "raised":
        return f"**raises** `{measurement['error']}`"
    if measurement["outcome"] != "solved":
        return f"**{measurement['error']}**"
    if solver.tolerance is None or measurement.get("deviation", DASH) == DASH:
        return DASH
    deviation = measurement["deviation"]
    if deviation is None:
        return "**wrong**: not finite"
    if deviation <= solver.tolerance:
        return f"agrees, {deviation:.0e}"
    return f"**off by {deviation:.0e}**" if deviation <= INACCURATE else f"**wrong**, off by {deviation:.1g}"


def is_right(solver: Solver, measurement: Measurement) -> bool:
    """True if the solver gave a result and no comparison says that it is wrong."""
    if measurement["outcome"] != "solved":
        return False
    deviation = measurement.get("deviation", 0.0)
    return solver.tolerance is None or (deviation is not None and deviation <= solver.tolerance)


# Tables ---------------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def measurements(record: Record, topic: str, solver: str | None = None) -> list[Measurement]:
    """Those of one topic, or of one solver, in the order of the solvers and of N."""
    order = [one.name for one in SOLVERS[topic]] if topic in SOLVERS else []
    chosen = [
        one
        for one in record["measurements"]
        if one["topic"] == topic and solver in (None, one["solver"]) and (one["solver"] in order or not order)
    ]
    return sorted(chosen, key=lambda one: (order.index(one["solver"]) if order else 0, one["solver"], one["n_atoms"]))


def machine(record: Record) -> str:
    """Processor, threads and versions."""
    about = record["environment"]
    packages = {"Python": "python", "NumPy": "numpy", "SciPy": "scipy", "QuTiP": "qutip", "Snakemake": "snakemake"}
    versions = ", ".join(f"{label} {about[key]}" for label, key in packages.items())
    return (
        f"{about['processor']}, {about['cores']} cores, {about['memory_gigabytes']:.0f} GB, {about['system']}; "
        f"{about['threads']} thread per process; {versions}, {about['blas']}; driven-dicke {about['driven_dicke']}."
    )


def _phases(topic: str, keep: Callable[[Solver], bool]) -> Callable[[Record], str]:
    """Maker of the table of all phases of the solvers that `keep` chooses."""

    def make(record: Record) -> str:
        rows = []
        for one in measurements(record, topic):
            solver = find(topic, one["solver"])
            if keep(solver):
                label = f"**{solver.label}**" if solver.ours else solver.label
                rows.append([label, f"{one['n_atoms']:_}".replace("_", " "), *_phase_cells(solver, one)])
        head = ["method", "N", "unknowns", "set-up", "solve", "validation", "memory", "residual", "comparison"]
        return _table(head, rows)

    return make


def _phase_cells(solver: Solver, one: Measurement) -> list[str]:
    if one["outcome"] != "solved":
        return [f"{one.get('unknowns', DASH)}", *[DASH] * 5, verdict(solver, one)]
    times = {name: [value / one["amount"] for value in one[name]] for name in ("set_up", "solve", "validation")}
    # The empty validation of a solver that has none takes a microsecond.
    checked = duration(growth.median(times["validation"])) if max(one["validation"]) > 1e-5 else DASH
    residual = DASH if one["residual"] is None else f"{one['residual']:.0e}"
    return [
        str(one["unknowns"]),
        duration(growth.median(times["set_up"])),
        spread(times["solve"]),
        checked,
        memory(one),
        residual,
        verdict(solver, one),
    ]


def _is_shipped(solver: Solver) -> bool:
    return solver.name.startswith("piqs_") and solver.name != "piqs_blocks"


def shipped(record: Record) -> str:
    """QuTiP's own solvers on PIQS's matrix as shipped: which raise, which are wrong."""
    rows = []
    for topic, quantity in (("steady_state", "⟨S_z⟩"), ("spectrum", "gap/γ_s")):
        for one in measurements(record, topic):
            solver = find(topic, one["solver"])
            if not _is_shipped(solver):
                continue
            rows.append(
                [
                    solver.label.removeprefix("PIQS as shipped, "),
                    one["n_atoms"],
                    spread(growth.work_seconds(one)) if one["outcome"] == "solved" else DASH,
                    f"{quantity} = {_number(one.get('value'))}",
                    _number(one.get("exact")),
                    verdict(solver, one),
                ]
            )
    return _table(["method", "N", "set-up and solve", "its value", "right", "density matrix or gap"], rows)


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:.5g}"


def averages(record: Record) -> str:
    """Averages of all unravellings against the master equation."""
    rows = []
    for one in measurements(record, "trajectories"):
        solver = find("trajectories", one["solver"])
        if solver.name.endswith("_averages"):
            if one["outcome"] == "solved":
                result = f"{one['deviation']:.1f} ({'agrees' if is_right(solver, one) else '**differs**'})"
            else:
                result = verdict(solver, one)
            rows.append([solver.label, one["n_atoms"], result])
    return _table(["method", "N", "largest deviation of ⟨S₊S₋⟩ from the master equation, in standard errors"], rows)


def growths(record: Record) -> dict[tuple[str, str], growth.Growth]:
    """The fit of every solver that has enough sizes, by topic and name."""
    fits = {}
    for topic, solvers in SOLVERS.items():
        for solver in solvers:
            solved = [
                one
                for one in measurements(record, topic, solver.name)
                if one["outcome"] == "solved" and one["n_atoms"] >= solver.fit_from
            ]
            if solver.growth is None:
                continue
            seconds = [growth.median(growth.work_seconds(one)) for one in solved]
            result = growth.fit(solver.growth, [one["n_atoms"] for one in solved], seconds)
            if result is not None:
                fits[topic, solver.name] = result
    return fits


def growth_table(record: Record) -> str:
    """Exponent or base of every fit, and the range that it was fitted on."""
    rows = []
    for (topic, name), law in growths(record).items():
        solver = find(topic, name)
        number = f"{law.parameter:.2f} ± {law.error:.2f}"
        formula = f"N^({number})" if law.law == "power" else f"({number})^N"
        rows.append([topic.replace("_", " "), solver.label, formula, f"{law.first} … {law.last}"])
    return _table(["problem", "method", "set-up and solve grow as", "N of the fit"], rows)


def pipeline_table(record: Record) -> str:
    """The whole build against the number of cores."""
    found = measurements(record, pipeline.TOPIC)
    rows = []
    for one in found:
        if one["outcome"] != "solved":
            rows.append([one["solver"], one["n_atoms"], f"**{one['error']}**", *[DASH] * 4])
            continue
        first = next(other for other in found if other["solver"] == one["solver"])
        same = DASH
        if first is not one and first.get("checksum") and one["checksum"]:
            same = "the same bytes" if first["checksum"] == one["checksum"] else "**other bytes**"
        minutes, seconds = divmod(round(one["seconds"]), 60)
        rows.append(
            [
                f"`{one['solver']}`",
                one["n_atoms"],
                f"{minutes} min {seconds:02d} s",
                one["jobs"],
                f"{one['job_seconds']:.0f} s",
                f"{one['peak_megabytes']:.0f} MB",
                same,
            ]
        )
    head = ["target", "cores", "wall time", "jobs", "sum over jobs", "largest job", "compared with the first"]
    return _table(head, rows)


def summary(record: Record) -> str:
    """The README's short table: each comparison at the largest N that both sides solved."""
    rows = []
    for comparison in COMPARISONS:
        sides = [
            {one["n_atoms"]: one for one in measurements(record, comparison.topic, name) if one["outcome"] == "solved"}
            for name in (comparison.ours, comparison.other)
        ]
        shared = sorted(set(sides[0]) & set(sides[1]))
        if not shared:
            continue
        ours, other = (side[shared[-1]] for side in sides)
        seconds = [growth.median(growth.work_seconds(one)) for one in (ours, other)]
        solver = find(comparison.topic, comparison.other)
        rows.append(
            [
                comparison.problem,
                solver.label,
                shared[-1],
                f"{duration(seconds[0])}, {memory(ours)}",
                f"{duration(seconds[1])}, {memory(other)}",
                _ratio(seconds[1] / seconds[0]),
                verdict(solver, other),
            ]
        )
    return _table(["problem", "alternative", "N", "this library", "alternative's", "ratio", "its numbers"], rows)


def _ratio(value: float) -> str:
    """Two digits."""
    return f"{float(f'{value:.2g}'):g}" if value < 1e6 else f"{value:.0e}"


PAGE: dict[str, Callable[[Record], str]] = {
    "machine": machine,
    "steady_state": _phases("steady_state", lambda solver: not _is_shipped(solver)),
    "spectrum": _phases("spectrum", lambda solver: not _is_shipped(solver)),
    "shipped": shipped,
    "trajectories": _phases("trajectories", lambda solver: not solver.name.endswith("_averages")),
    "averages": averages,
    "growth": growth_table,
    "pipeline": pipeline_table,
}
