"""Critical point by equal weights up to a million atoms, with the law by which it approaches its limit: Fig. ext1."""

from driven_dicke import command_line
from driven_dicke.contracts import critical_point
from driven_dicke.contracts import critical_point_limit as contracts
from driven_dicke.studies import critical_point_limit

if __name__ == "__main__":
    command_line.run_study(
        critical_point_limit.compute,
        {
            "equal_weights": contracts.EQUAL_WEIGHTS,
            "criteria": contracts.CRITERIA,
            "laws": contracts.LAWS,
            "law_curves": contracts.LAW_CURVES,
            "residuals": contracts.RESIDUALS,
            "distribution": contracts.DISTRIBUTION,
        },
        {"mid_branch": critical_point.CRITICAL_POINT, "exponential_fit": critical_point.FIT},
    )
