"""Times spent in either phase along long trajectories, and the rates of leaving them, Eq. (10)."""

from driven_dicke import command_line
from driven_dicke.contracts import phases as phases_contracts
from driven_dicke.contracts import trajectories as contracts
from driven_dicke.studies import dwell_times

if __name__ == "__main__":
    command_line.run_study(
        dwell_times.compute,
        {
            "dwell_times": contracts.DWELL_TIMES,
            "dwell_rates": contracts.DWELL_RATES,
            "dwell_thresholds": contracts.DWELL_THRESHOLDS,
        },
        {"phases": phases_contracts.PHASES},
    )
