"""Analytic spin squeezing of N atoms, Eq. (7): thin curves of Fig. 2(d)."""

from driven_dicke import command_line
from driven_dicke.contracts import squeezing as contracts
from driven_dicke.studies import squeezing

if __name__ == "__main__":
    command_line.run_study(squeezing.compute, {"squeezing": contracts.SQUEEZING})
