"""Entropy and purity of a state in the space of 2^N states, where spin j of a weighted block stands d_j times."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from driven_dicke.model.dicke_basis import log_degeneracy
from driven_dicke.model.fisher_information import Part


class Mixedness(NamedTuple):
    """How mixed a state of N atoms is; both numbers lie between 0 (pure) and 1 (totally mixed), up to rounding."""

    entropy: float  # -tr rho ln rho / (N ln 2)
    renyi_entropy: float  # -ln tr rho^2 / (N ln 2)


def mixedness(n_atoms: int, parts: Iterable[Part]) -> Mixedness:
    """Von Neumann's and the second Renyi entropy per atom, in bits, of a state given as parts of its blocks.

    An eigenvalue p of a weighted block is p / d_j in each of d_j copies; ln d_j is finite where d_j overflows.
    """
    log_copies = log_degeneracy(n_atoms)
    entropy, logs = 0.0, []
    for part in parts:
        p = np.linalg.eigvalsh(part.matrix)
        log_p = np.log(p[p > 0])
        copies = float(log_copies[(n_atoms - part.doubled_spin) // 2])
        entropy -= float(p[p > 0] @ (log_p - copies))
        logs.append(2 * log_p - copies)
    log_purity = float(np.logaddexp.reduce(np.concatenate(logs)))
    bits = n_atoms * np.log(2)
    return Mixedness(entropy / bits, -log_purity / bits)
