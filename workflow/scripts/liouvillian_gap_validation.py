"""The Liouvillian gap against complete spectra, also of the full master equation."""

from driven_dicke import command_line
from driven_dicke.contracts import liouvillian_gap as contracts
from driven_dicke.studies import liouvillian_gap_validation

if __name__ == "__main__":
    command_line.run_study(liouvillian_gap_validation.compute, {"validation": contracts.VALIDATION})
