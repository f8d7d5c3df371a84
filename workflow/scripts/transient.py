"""rho(t) of the master equation from all atoms down: Fig. 7."""

from driven_dicke import command_line
from driven_dicke.contracts import dynamics as contracts
from driven_dicke.studies import dynamics

if __name__ == "__main__":
    command_line.run_study(dynamics.compute, {"transient": contracts.TRANSIENT})
