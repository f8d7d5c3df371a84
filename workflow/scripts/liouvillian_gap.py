"""The Liouvillian gap against N, from its eigenvalue and from the relaxation of <S_z>: Fig. 3."""

from driven_dicke import command_line
from driven_dicke.contracts import liouvillian_gap as contracts
from driven_dicke.studies import liouvillian_gap

if __name__ == "__main__":
    command_line.run_study(
        liouvillian_gap.compute,
        {"gap": contracts.GAP, "relaxation": contracts.RELAXATION, "law": contracts.LAW},
    )
