"""Edges of bistability and critical points over gamma_c / gamma_s and N: Fig. ext7."""

from driven_dicke import command_line
from driven_dicke.contracts import phase_diagram as contracts
from driven_dicke.studies import phase_diagram

if __name__ == "__main__":
    command_line.run_study(
        phase_diagram.boundaries,
        {"boundaries": contracts.BOUNDARIES, "plane": contracts.PLANE, "experiments": contracts.EXPERIMENTS},
    )
