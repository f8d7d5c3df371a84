"""The gaps of Fig. ext7 against complete spectra."""

from driven_dicke import command_line
from driven_dicke.contracts import phase_diagram as contracts
from driven_dicke.studies import phase_diagram_validation

if __name__ == "__main__":
    command_line.run_study(phase_diagram_validation.compute, {"validation": contracts.VALIDATION})
