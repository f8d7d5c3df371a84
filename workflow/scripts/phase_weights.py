"""Weights of the two phases at the critical point of each N: Fig. 12(c)."""

from driven_dicke import command_line
from driven_dicke.contracts import phases as contracts
from driven_dicke.studies import phases

if __name__ == "__main__":
    command_line.run_study(
        phases.compute_weights,
        {"weights": contracts.WEIGHTS_AT_TRANSITION, "weights_law": contracts.WEIGHTS_LAW},
    )
