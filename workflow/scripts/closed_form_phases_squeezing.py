"""xi^2 of rho_+ in closed form up to the edge of the bistable region, and its least value at each N."""

from driven_dicke import command_line
from driven_dicke.contracts import closed_form_phases as contracts
from driven_dicke.studies import closed_form_phases

if __name__ == "__main__":
    command_line.run_study(
        closed_form_phases.compute_squeezing,
        {
            "squeezing": contracts.SQUEEZING,
            "limits": contracts.LIMITS,
            "best": contracts.BEST,
            "best_law": contracts.BEST_LAW,
        },
    )
