"""The two phases rho_+ and rho_- of N atoms against drive, and as matrices at one drive: Figs. 4, 5, 11 and 12."""

from driven_dicke import command_line
from driven_dicke.contracts import phases as contracts
from driven_dicke.studies import phases

if __name__ == "__main__":
    command_line.run_study(
        phases.compute,
        {
            "phases": contracts.PHASES,
            "magnetization": contracts.MAGNETIZATION,
            "matrices": contracts.MATRICES,
            "dicke": contracts.DICKE_INTENSITY,
        },
    )
