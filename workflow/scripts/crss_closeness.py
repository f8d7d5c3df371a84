"""rho_+ beside the CRSS of spin N/2 and beside the CRSS of each of its spins, from 18 atoms to thousands."""

from driven_dicke import command_line
from driven_dicke.contracts import crss_closeness as contracts
from driven_dicke.studies import crss_closeness

if __name__ == "__main__":
    command_line.run_study(
        crss_closeness.compute,
        {"fidelity": contracts.FIDELITY, "spins": contracts.SPINS, "landmarks": contracts.LANDMARKS},
    )
