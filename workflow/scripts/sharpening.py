"""Exact steady states up to 10^5 atoms against drive, and the jump that they tend to: Fig. ext2."""

from driven_dicke import command_line
from driven_dicke.contracts import sharpening as contracts
from driven_dicke.studies import sharpening

if __name__ == "__main__":
    command_line.run_study(
        sharpening.compute,
        {
            "curves": contracts.CURVES,
            "limit": contracts.LIMIT,
            "transition": contracts.TRANSITION,
            "validation": contracts.VALIDATION,
        },
    )
