"""Observables of the totally mixed state, Eqs. (D3): dotted lines of Fig. 2."""

from driven_dicke import command_line
from driven_dicke.contracts import steady_state as contracts
from driven_dicke.studies import steady_state

if __name__ == "__main__":
    command_line.run_study(steady_state.compute_totally_mixed, {"totally_mixed": contracts.TOTALLY_MIXED})
