"""Second ways to the gap's scaling: exact rates between thresholds of j, other ratios gamma_c / gamma_s."""

from driven_dicke import command_line
from driven_dicke.contracts import gap_scaling as contracts
from driven_dicke.studies import gap_scaling_validation

if __name__ == "__main__":
    command_line.run_study(
        gap_scaling_validation.compute, {"first_passage": contracts.FIRST_PASSAGE, "ratios": contracts.RATIOS}
    )
