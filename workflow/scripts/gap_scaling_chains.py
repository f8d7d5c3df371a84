"""The gap beyond the reach of eigenvalues, by birth-death chains and in closed form: Fig. ext3."""

from driven_dicke import command_line
from driven_dicke.contracts import gap_scaling as contracts
from driven_dicke.studies import gap_scaling_chains

if __name__ == "__main__":
    command_line.run_study(gap_scaling_chains.compute, {"chains": contracts.CHAINS, "rates": contracts.RATES})
