"""Critical point by equal weights of the spectral decomposition: Fig. ext1."""

from driven_dicke import command_line
from driven_dicke.contracts import critical_point_limit as contracts
from driven_dicke.studies import critical_point_limit_decomposition

if __name__ == "__main__":
    command_line.run_study(critical_point_limit_decomposition.compute, {"decomposition": contracts.DECOMPOSITION})
