"""Mean-field branches with their stability, the edges of bistability, and relaxation: Figs. 1(b) and 9."""

from driven_dicke import command_line
from driven_dicke.contracts import mean_field as contracts
from driven_dicke.studies import mean_field

if __name__ == "__main__":
    command_line.run_study(
        mean_field.compute,
        {
            "branches": contracts.BRANCHES,
            "edges": contracts.EDGES,
            "relaxation": contracts.RELAXATION,
            "dicke": contracts.DICKE,
        },
    )
