"""Mean-field branches at the rates of N atoms: thin curves of Fig. 2(a)."""

from driven_dicke import command_line
from driven_dicke.contracts import mean_field as contracts
from driven_dicke.studies import mean_field

if __name__ == "__main__":
    command_line.run_study(mean_field.compute_for_n_atoms, {"branches": contracts.BRANCHES})
