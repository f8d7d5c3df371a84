"""One quantum trajectory and the record of its jumps: Figs. 6, 7 and 8."""

from driven_dicke import command_line
from driven_dicke.contracts import trajectories as contracts
from driven_dicke.studies import trajectories

if __name__ == "__main__":
    command_line.run_study(trajectories.compute, {"trajectory": contracts.TRAJECTORY, "jumps": contracts.JUMPS})
