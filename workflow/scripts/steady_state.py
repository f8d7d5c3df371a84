"""Exact steady state of N atoms against drive, certified: Fig. 2(a), (c) to (f)."""

from driven_dicke import command_line
from driven_dicke.contracts import steady_state as contracts
from driven_dicke.studies import steady_state

if __name__ == "__main__":
    command_line.run_study(steady_state.compute, {"steady_state": contracts.STEADY_STATE})
