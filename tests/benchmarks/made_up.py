"""A made-up record of measurements, and how the tests read a table."""

from benchmarks import (
    machine,
    tables,
)
from benchmarks.topics import SOLVERS

# Solvers as other people ship them: recorded, whatever they do.
SHIPPED = [solver for solvers in SOLVERS.values() for solver in solvers if tables._is_shipped(solver)]


def synthetic():
    """A record with planted times: 0.002 N^2.5 s for this library, 1e-4 * 3^N s for the rest; one method fails."""
    measurements = []
    for topic, solvers in SOLVERS.items():
        for solver in solvers:
            for number, n_atoms in enumerate(solver.sizes):
                seconds = 2e-3 * n_atoms**2.5 if solver.growth == "power" else 1e-4 * 3.0 ** min(n_atoms, 20)
                amount = solver.amount(n_atoms)
                measurements.append(
                    {
                        "topic": topic,
                        "solver": solver.name,
                        "n_atoms": n_atoms,
                        "unknowns": solver.unknowns(min(n_atoms, 100)),
                        "amount": amount,
                        "megabytes_before": 100.0,
                        "peak_megabytes": 100.0 + 10.0 * (number + 1),
                        "residual": 1e-17,
                        "set_up": [0.25 * seconds * amount] * 3,
                        "solve": [0.5 * seconds * amount, 0.75 * seconds * amount, 1.5 * seconds * amount],
                        "validation": [1e-3] * 3,
                        "outcome": "solved",
                        "deviation": 1e-12,
                        "value": -1.25,
                        "exact": -1.5,
                        "warnings": [],
                    }
                )
    broken = next(one for one in measurements if one["solver"] == "piqs_direct")
    broken |= {"outcome": "raised", "error": "ValueError: Matrix is singular", "set_up": [], "solve": []}
    for cores, seconds in ((1, 261.4), (2, 157.0)):
        whole = {"topic": "pipeline", "solver": "all", "n_atoms": cores, "seconds": seconds, "outcome": "solved"}
        measurements.append(whole | {"jobs": 70, "job_seconds": 250.0, "peak_megabytes": 436.0, "checksum": "abc"})
    return {"environment": machine.environment(), "measurements": measurements}


def rows(text):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
