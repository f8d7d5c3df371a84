"""Jumps of a trajectory per time bin, and the counts expected in either phase: Fig. 13."""

from driven_dicke import command_line
from driven_dicke.contracts import phases as phases_contracts
from driven_dicke.contracts import trajectories as contracts
from driven_dicke.studies import switching

if __name__ == "__main__":
    command_line.run_study(
        switching.compute_counts,
        {"counts": contracts.COUNTS, "expected_counts": contracts.EXPECTED_COUNTS},
        {"jumps": contracts.JUMPS, "phases": phases_contracts.PHASES},
    )
