"""Audit of every printed equation, inline formula and cross-reference."""

from driven_dicke import command_line
from driven_dicke.contracts import claims as contracts
from driven_dicke.studies import equations

if __name__ == "__main__":
    command_line.run_study(equations.compute, {"equations": contracts.EQUATIONS})
