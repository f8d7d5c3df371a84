"""Critical point against N by Eq. (C2), with the paper's exponential fit and the exact limit: Fig. 10."""

from driven_dicke import command_line
from driven_dicke.contracts import critical_point as contracts
from driven_dicke.studies import critical_point

if __name__ == "__main__":
    command_line.run_study(
        critical_point.compute,
        {
            "critical_point": contracts.CRITICAL_POINT,
            "fit": contracts.FIT,
            "fit_curve": contracts.FIT_CURVE,
        },
    )
