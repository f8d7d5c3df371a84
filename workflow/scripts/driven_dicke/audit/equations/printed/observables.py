"""Formulas in the text of Secs. II, III B and VII B: operators, distributions and observables of the spins."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import sympy as sp

from driven_dicke.audit.equations import spins
from driven_dicke.audit.equations.finding import Check, Gap, given, on_matrices
from driven_dicke.audit.equations.formula import evaluate, symbols

AMPLITUDE = sp.Symbol("amplitude", positive=True)  # |alpha| with S_- rho = alpha rho


def _spin_algebra(equations: sp.Tuple) -> Iterator[Gap]:
    """[S_x, S_y] = i S_z and cyclic, S_- = S_x - i S_y, and S^2 as large as N spins 1/2 allow."""
    for n_atoms in (2, 3):
        table = spins.operators(n_atoms)
        atoms = {name: table[name] for name in ("sigma", "sigma_d", "sigma_x", "sigma_y", "sigma_z")}
        s_m, s_p, s_x, s_y, s_z = (evaluate(right, atoms) for _, right in equations)
        yield s_x @ s_y - s_y @ s_x - 1j * s_z
        yield s_y @ s_z - s_z @ s_y - 1j * s_x
        yield s_z @ s_x - s_x @ s_z - 1j * s_y
        yield s_m - (s_x - 1j * s_y)
        yield s_p - s_m.conj().T


def _population_samples() -> Iterator[dict[str, Any]]:
    excited = np.diag([1, 0]).astype(complex)
    yield {**spins.operators(1), "p_excited": excited}


def _spin_squared_samples() -> Iterator[dict[str, Any]]:
    for n_atoms in (2, 3, 4):
        table = spins.operators(n_atoms)
        for spin, projector in spins.spin_projectors(n_atoms).items():
            squared = sum(table[f"S_{axis}"] @ table[f"S_{axis}"] for axis in "xyz") @ projector
            yield {**table, "j": spin, "P_j": projector, "S2_j": squared}


def _singlets(equations: sp.Tuple) -> Iterator[Gap]:
    """S^2 of the product of singlets on |gggg>, for the sign inside each pair."""
    (_, relative_sign) = equations[0]
    table = spins.operators(4)
    raising = table["sigma_d"]
    state = np.zeros(16, dtype=complex)
    state[-1] = 1
    sign = complex(relative_sign)
    state = (raising[0] + sign * raising[1]) @ (raising[2] + sign * raising[3]) @ state
    yield sum(table[f"S_{axis}"] @ table[f"S_{axis}"] for axis in "xyz") @ state


def _distribution(*, all_copies: bool) -> Callable[[], Iterable[dict[str, Any]]]:
    """Samples of P_m at N = 4; <j,m|rho|j,m> carries all d_j copies of spin j, or is that of one copy."""

    def samples() -> Iterator[dict[str, Any]]:
        n_atoms = 4
        state = spins.product_state((0.5, 0.25, -0.5), n_atoms)
        projectors = spins.spin_projectors(n_atoms)
        for m, at_m in spins.magnetization_projectors(n_atoms).items():
            entries = {}
            for j, of_spin in projectors.items():
                copies = np.real(np.trace(of_spin)) / (2 * j + 1)
                weight = np.real(np.trace(of_spin @ at_m @ state)) if j >= abs(m) else np.nan
                entries[j] = {"element": weight if all_copies else weight / copies, "d_j": copies}
            yield {"P": np.real(np.trace(at_m @ state)), "m": m, "N": n_atoms, "of_spin": entries.__getitem__}

    return samples


def _wineland(equations: sp.Tuple) -> Iterator[Gap]:
    """Phase variance V / length^2 over that of N unentangled spins, 1/N (Wineland et al.); a coherent state has 1."""
    ((_, right),) = equations
    n_atoms, variance, length = symbols("N V length")
    yield right - (variance / length**2) / (1 / n_atoms)
    yield right.xreplace({variance: n_atoms / 4, length: n_atoms / 2}) - 1


CHECKS = (
    Check(
        "inline after (1), collective spin",
        "Sec. II",
        "Collective operators are sums over the atoms and obey the algebra of a spin.",
        "S_m = each_atom(sigma); S_p = each_atom(sigma_d); S_x = each_atom(sigma_x)/2; S_y = each_atom(sigma_y)/2;"
        " S_z = each_atom(sigma_z)/2",
        _spin_algebra,
        definition=True,
    ),
    Check(
        "inline after (1), population",
        "Sec. II",
        "Population of the excited state of one atom, what the side detector sees.",
        "p_excited = (1 + sigma_z)/2",
        on_matrices(_population_samples),
    ),
    Check(
        "inline Sec. III B, P_m (elements with the weight of all copies)",
        "Sec. III B",
        "Magnetisation distribution from block elements that carry all d_j copies of spin j (PIQS).",
        "P = each_spin(element, abs(m), N/2)",
        on_matrices(_distribution(all_copies=True)),
    ),
    Check(
        "inline Sec. III B, P_m (elements of one copy)",
        "Sec. III B",
        "Magnetisation distribution, if |j, m> is read as a state of one copy of spin j: the degeneracy is missing.",
        "P = each_spin(element, abs(m), N/2)",
        on_matrices(_distribution(all_copies=False)),
        corrected="P = each_spin(d_j*element, abs(m), N/2)",
    ),
    Check(
        "inline Sec. III B, squeezing parameter",
        "Sec. III B",
        "Spin-squeezing parameter from the smallest variance across the mean spin and that spin's length.",
        "xi2 = V*N/length**2",
        _wineland,
        definition=True,
    ),
    Check(
        "inline Sec. III B, total angular momentum",
        "Sec. III B",
        "S^2 and its eigenvalue on every spin sector.",
        "S2_j = (S_x**2 + S_y**2 + S_z**2)*P_j; S2_j = j*(j + 1)*P_j",
        on_matrices(_spin_squared_samples),
    ),
    Check(
        "inline Sec. III B, photon correlation",
        "Sec. III B",
        "g2(0) from G4 = <S_+ S_+ S_- S_-> and G2 = <S_+ S_->; an eigenstate of S_- has 1.",
        "g2 = G4/G2**2",
        given({"G4": AMPLITUDE**4, "G2": AMPLITUDE**2, "g2": sp.Integer(1)}),
        definition=True,
    ),
    Check(
        "inline Sec. VII B, singlets",
        "Sec. VII B",
        "Relative sign of the pairs in the product state that has j = 0.",
        "relative_sign = -1",
        _singlets,
    ),
)
