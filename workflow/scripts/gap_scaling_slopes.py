"""How fast the gap closes locally, and which rate of leaving a phase decides it: Fig. ext3."""

from driven_dicke import command_line
from driven_dicke.contracts import gap_scaling as contracts
from driven_dicke.studies import gap_scaling_chains

if __name__ == "__main__":
    command_line.run_study(
        gap_scaling_chains.compute_slopes, {"slopes": contracts.SLOPES}, gathered={"gap": contracts.GAP}
    )
