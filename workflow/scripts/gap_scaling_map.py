"""The gap over number of atoms and drive, with the edges of the bistable region: Fig. ext3."""

from driven_dicke import command_line
from driven_dicke.contracts import gap_scaling as contracts
from driven_dicke.studies import gap_scaling

if __name__ == "__main__":
    command_line.run_study(gap_scaling.compute_map, {"map": contracts.MAP, "edges": contracts.EDGES})
