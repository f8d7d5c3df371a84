"""The first switch of a trajectory at fine resolution: Fig. 14."""

from driven_dicke import command_line
from driven_dicke.contracts import phases as phases_contracts
from driven_dicke.contracts import trajectories as contracts
from driven_dicke.studies import switching

if __name__ == "__main__":
    command_line.run_study(
        switching.compute_zoom,
        {"zoom": contracts.ZOOM},
        {"trajectory": contracts.TRAJECTORY, "jumps": contracts.JUMPS, "phases": phases_contracts.PHASES},
    )
