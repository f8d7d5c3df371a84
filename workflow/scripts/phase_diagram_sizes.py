"""Edges, critical point by two criteria and gap of the adiabatic chain against N: Fig. ext7."""

from driven_dicke import command_line
from driven_dicke.contracts import critical_point
from driven_dicke.contracts import phase_diagram as contracts
from driven_dicke.studies import phase_diagram

if __name__ == "__main__":
    command_line.run_study(
        phase_diagram.sizes,
        {"sizes": contracts.SIZES, "chain": contracts.CHAIN},
        {"critical_point": critical_point.CRITICAL_POINT},
    )
