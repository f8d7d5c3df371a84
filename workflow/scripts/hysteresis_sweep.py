"""Sweeps of the drive by the master equation: Fig. ext6."""

from driven_dicke import command_line
from driven_dicke.contracts import hysteresis as contracts
from driven_dicke.studies import hysteresis

if __name__ == "__main__":
    command_line.run_study(
        hysteresis.master_equation,
        {
            "sweep": contracts.SWEEP,
        },
    )
