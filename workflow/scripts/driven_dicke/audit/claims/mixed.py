"""Claims 28 and 29: the totally mixed state (Appendix D), and the number of unknowns (Sec. III B)."""

from functools import reduce

import numpy as np

from driven_dicke.audit.claims.claim import Evidence, Result, Undecided, Verdict, by_size, decides
from driven_dicke.model.dicke_basis import SymmetricCoordinates, degeneracy, doubled_spins

LOWERING, S_Z = np.array([[0.0, 0.0], [1.0, 0.0]]), np.diag([0.5, -0.5])  # excited state first


def on_atom(operator: np.ndarray, atom: int, n_atoms: int) -> np.ndarray:
    """An operator of one of N atoms on all 2^N states."""
    return reduce(np.kron, [operator if n == atom else np.eye(2) for n in range(n_atoms)])


def total(operator: np.ndarray, n_atoms: int) -> np.ndarray:
    """An operator of one atom, summed over all."""
    return np.sum([on_atom(operator, n, n_atoms) for n in range(n_atoms)], axis=0)


def forbidden_changes(n_atoms: int) -> tuple[float, float]:
    """Largest element of [S^2, S_-], and of sigma_n between spins that differ by more than 1, on all 2^N states."""
    s_minus, s_z = total(LOWERING, n_atoms), total(S_Z, n_atoms)
    s_squared = s_minus.T @ s_minus + s_z @ s_z - s_z
    values, vectors = np.linalg.eigh(s_squared)
    spin = (np.sqrt(1 + 4 * np.abs(values)) - 1) / 2
    far = np.abs(spin[:, None] - spin) > 1.5
    single = vectors.T @ on_atom(LOWERING, 0, n_atoms) @ vectors
    commutator = s_squared @ s_minus - s_minus @ s_squared
    return float(np.abs(commutator).max()), float(np.abs(single[far]).max(initial=0.0))


def explicit_averages(n_atoms: int) -> dict[str, float]:
    """Averages in 1 / 2^N with operators written out on all 2^N states."""
    s_minus, s_z = total(LOWERING, n_atoms), total(S_Z, n_atoms)
    radiated = s_minus.T @ s_minus
    average = {
        "s_z": s_z,
        "s_squared": radiated + s_z @ s_z - s_z,
        "intensity": radiated,
        "pairs": s_minus.T @ radiated @ s_minus,
    }
    values = {name: float(np.trace(operator)) / 2**n_atoms for name, operator in average.items()}
    return values | {"g2": values["pairs"] / values["intensity"] ** 2}


def printed_averages(n_atoms: int) -> dict[str, float]:
    """Eqs. (D3a)-(D3e)."""
    return {"s_z": 0.0, "s_squared": 3 * n_atoms / 4, "intensity": n_atoms / 2, "g2": 2 * (1 - 1 / n_atoms)}


@decides("28a", "28b")
def totally_mixed(evidence: Evidence) -> Result:
    table = evidence.data("totally_mixed").set_index("n_atoms")
    rows = {n: dict(table.loc[n]) for n in table.index} | {
        n: explicit_averages(n) for n in evidence["explicit_n_atoms"]
    }
    deviation = max(abs(row[name] - value) for n, row in rows.items() for name, value in printed_averages(n).items())
    states = max(
        abs(sum(degeneracy(n, int(d)) * (int(d) + 1) for d in doubled_spins(n)) / 2**n - 1)
        for n in evidence["explicit_n_atoms"]
    )
    strong = []
    for name in ("steady_small", "steady_large"):
        data, n_atoms = evidence.data(name), evidence.n_atoms(name)
        above = data[data["drive"] > 1]
        if above.empty:
            raise Undecided(f"table {name} does not reach beyond Omega_c")
        strong.append(float(np.abs(above["s_squared"] / (0.75 * n_atoms) - 1).max()))
    formulas = max(deviation, states) <= evidence["formula_deviation"]
    reached = by_size(strong[0], strong[1], evidence["deviation"])
    both = reached if formulas else Verdict.NOT_REPRODUCED
    return Result(
        {"a": Verdict.of(formulas), "b": reached},
        f"(D3) against blocks and against operators on 2^N states: {deviation:.1e}; sum of d_j (2j+1) against 2^N: "
        f"{states:.1e}; steady state beyond Omega_c: <S^2> off 3N/4 by at most {strong[0]:.3f} (N = "
        f"{evidence.n_atoms('steady_small')}) and {strong[1]:.3f} (N = {evidence.n_atoms('steady_large')}), relative",
        deviation,
        earlier="finite-size" if both is Verdict.GROWING else both.value,
    )


@decides("29")
def unknowns(evidence: Evidence) -> Result:
    sizes = np.array(evidence["cost_n_atoms"])
    blocks = np.array([int(((doubled_spins(int(n)) + 1) ** 2).sum()) for n in sizes])
    reduced = np.array([SymmetricCoordinates(int(n)).size for n in sizes])
    formula = bool((blocks == (sizes + 1) * (sizes + 2) * (sizes + 3) // 6).all())
    exponents = [float(np.log(count[-1] / count[-2]) / np.log(sizes[-1] / sizes[-2])) for count in (blocks, reduced)]
    good = formula and max(abs(x - 3) for x in exponents) <= evidence["cost_deviation"]
    return Result(
        Verdict.REPRODUCED if good else Verdict.NOT_REPRODUCED,
        f"unknowns {', '.join(f'{b} (N = {n})' for n, b in zip(sizes, blocks, strict=True))}, "
        f"{'as' if formula else 'not as'} (N+1)(N+2)(N+3)/6; exponent between the largest sizes {exponents[0]:.3f}; in "
        "a "
        f"real frame {reduced[-1]} are enough at N = {sizes[-1]} (exponent {exponents[1]:.3f})",
        exponents[0],
    )
