"""The generator L of the master equation as a sparse matrix: steady state, rho(t), slow modes, the two phases.

May import `model`, `mean_field` and `closed_form`.
"""
