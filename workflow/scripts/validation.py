"""The steady state by four independent ways, and how far apart they are."""

from driven_dicke import command_line
from driven_dicke.contracts import validation as contracts
from driven_dicke.studies import validation

if __name__ == "__main__":
    command_line.run_study(validation.compute, {"validation": contracts.VALIDATION})
