"""Independent references of the trajectory tests: the full 2^N space in QuTiP, exact counting, and error bounds."""

import numpy as np
import qutip
from scipy.linalg import expm
from scipy.stats import chi2, norm

from driven_dicke.peers.qutip_reference import collapse_operators, collective_lowering, superoperator


def excitations(n_atoms: int) -> np.ndarray:
    """Number of excited atoms of every product state; bit 1 = excited."""
    return np.array([bin(index).count("1") for index in range(2**n_atoms)])


def paper_ket(vector: np.ndarray) -> qutip.Qobj:
    """QuTiP's ket, in the paper's frame, of real-frame amplitudes; QuTiP's index 0 of an atom is the excited state."""
    n_atoms = int(np.log2(vector.size))
    paper = vector * 1j ** excitations(n_atoms)
    return qutip.Qobj(paper[::-1], dims=[[2] * n_atoms, [1] * n_atoms])


def product_state(n_atoms: int) -> np.ndarray:
    """(ground, excited) amplitudes of N unequal, complex atoms in the paper's frame, shape (N, 2)."""
    polar, azimuth = 0.5 + 0.6 * np.arange(n_atoms), 0.3 + 1.1 * np.arange(n_atoms) ** 2
    return np.stack([np.cos(polar), np.exp(1j * azimuth) * np.sin(polar)], axis=1)


def collective_observables(n_atoms: int) -> dict[str, qutip.Qobj]:
    """S_z, S^2 and S_+S_- of the full space."""
    lowering = collective_lowering(n_atoms)
    s_z = (lowering.dag() * lowering - lowering * lowering.dag()) / 2
    intensity = lowering.dag() * lowering
    return {"s_z": s_z, "s_squared": intensity + s_z * s_z - s_z, "intensity": intensity}


def count_distribution(
    n_atoms: int, rates: tuple[float, float], rabi_frequency: float, ket: qutip.Qobj, time: float, channel: str
) -> np.ndarray:
    """P(n) of n jumps in a channel up to `time`: Fourier transform of tr exp(L - J + exp(i chi) J) rho."""
    size = 48
    generator = superoperator(n_atoms, *rates, rabi_frequency)
    collective, *individual = collapse_operators(n_atoms, *rates)
    operators = [collective] if channel == "collective" else individual
    jump = sum(qutip.sprepost(operator, operator.dag()) for operator in operators).full()
    start = qutip.operator_to_vector(qutip.ket2dm(ket)).full()[:, 0]
    trace_row = np.eye(2**n_atoms).ravel()
    phases = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size)
    characteristic = [trace_row @ expm((generator + (phase - 1) * jump) * time) @ start for phase in phases]
    return np.fft.irfft(np.conj(characteristic), size)


def assert_means(samples: np.ndarray, exact: np.ndarray, false_alarm: float) -> None:
    """Means over the first axis equal `exact` within standard errors; Bonferroni over all of them."""
    errors = samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
    deviation = np.abs(samples.mean(axis=0) - exact)
    assert (deviation / errors).max() < norm.isf(false_alarm / (2 * errors.size)), deviation / errors


def assert_distribution(counts: np.ndarray, probability: np.ndarray, false_alarm: float) -> None:
    """Pearson's chi^2 of sampled `counts` against P(n), bins merged until each expects at least 5."""
    expected = probability * counts.size
    observed = np.bincount(counts, minlength=expected.size).astype(float)
    assert observed.size == expected.size
    total_expected, total_observed, bins = 0.0, 0.0, []
    for more_expected, more_observed in zip(expected, observed, strict=True):
        total_expected, total_observed = total_expected + more_expected, total_observed + more_observed
        if total_expected >= 5:
            bins.append([total_expected, total_observed])
            total_expected = total_observed = 0.0
    bins[-1][0] += total_expected
    bins[-1][1] += total_observed
    merged = np.array(bins)
    assert len(merged) >= 4
    statistic = ((merged[:, 1] - merged[:, 0]) ** 2 / merged[:, 0]).sum()
    assert statistic < chi2.isf(false_alarm, len(merged) - 1), (statistic, merged)
