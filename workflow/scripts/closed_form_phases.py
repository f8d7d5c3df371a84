"""The two phases of the spectrum beside those cut out of the closed form, at the critical point of each N."""

from driven_dicke import command_line
from driven_dicke.contracts import closed_form_phases as contracts
from driven_dicke.studies import closed_form_phases

if __name__ == "__main__":
    command_line.run_study(
        closed_form_phases.compute,
        {"comparison": contracts.COMPARISON, "observables": contracts.OBSERVABLES},
    )
