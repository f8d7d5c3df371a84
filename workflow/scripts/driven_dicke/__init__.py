"""Exact physics of N driven spins under collective and individual decay.

Master equation (Leppenen and Shahmoon, Eq. 1), with hbar = 1::

    d rho/dt = -i [2 Omega S_x, rho] + gamma_c D[S_-] rho + gamma_s sum_n D[sigma_n] rho

Import the module that you need (``from driven_dicke import absorber``): nothing is imported here, so that a
table is rebuilt only when a module that it uses has changed.
"""

__version__ = "0.1.0"
