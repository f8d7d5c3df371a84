"""The gap of one N at a fixed drive and at its critical point, exact and approximated: Fig. ext3."""

from driven_dicke import command_line
from driven_dicke.contracts import gap_scaling as contracts
from driven_dicke.studies import gap_scaling

if __name__ == "__main__":
    command_line.run_study(gap_scaling.compute, {"gap": contracts.GAP})
