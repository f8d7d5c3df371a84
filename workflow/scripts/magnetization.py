"""Distribution of S_z of N atoms at their critical point, and the mean field's values there: Fig. 2(b)."""

from driven_dicke import command_line
from driven_dicke.contracts import steady_state as contracts
from driven_dicke.studies import steady_state

if __name__ == "__main__":
    command_line.run_study(
        steady_state.compute_magnetization,
        {
            "magnetization": contracts.MAGNETIZATION,
            "mean_field_magnetization": contracts.MEAN_FIELD_MAGNETIZATION,
        },
    )
