"""The Liouvillian gap over gamma_c / gamma_s and drive: Fig. ext7."""

from driven_dicke import command_line
from driven_dicke.contracts import phase_diagram as contracts
from driven_dicke.studies import phase_diagram

if __name__ == "__main__":
    command_line.run_study(phase_diagram.gap_map, {"map": contracts.MAP})
