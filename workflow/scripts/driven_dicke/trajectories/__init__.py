"""Quantum trajectories: two unravellings of Eq. (1) with exact jump times.

`atom_resolved` uses the jump operators {sqrt(gamma_c) S_-, sqrt(gamma_s) sigma_1 ... sqrt(gamma_s) sigma_N} of
Figs. 6-8, 13 and 14; `spin_resolved` also records to which total spin an individual jump leads, so that a state needs
only 2j+1 amplitudes. Averages over either obey the master equation; single trajectories of the two differ in kind.
"""
