"""What the claims need and no figure shows."""

from driven_dicke import command_line
from driven_dicke.contracts import claims as contracts
from driven_dicke.studies import claims_evidence

if __name__ == "__main__":
    command_line.run_study(
        claims_evidence.compute,
        {
            "large_n": contracts.LARGE_N,
            "purely_collective": contracts.PURELY_COLLECTIVE,
            "fidelity": contracts.FIDELITY,
        },
    )
