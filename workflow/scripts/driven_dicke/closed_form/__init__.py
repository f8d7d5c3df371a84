"""What follows from the exact closed form of the steady state, to a million atoms: no matrix is factorised here.

May import `model` and `mean_field`.
"""
