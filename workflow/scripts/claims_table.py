"""What the paper asserts, decided on the tables of the other studies."""

from driven_dicke import command_line
from driven_dicke.claims.inputs import INPUTS
from driven_dicke.contracts import claims as contracts
from driven_dicke.studies import claims

if __name__ == "__main__":
    command_line.run_study(claims.compute, {"claims": contracts.CLAIMS}, INPUTS)
