"""Mean field of Eq. (1), atom by atom: steady branches, bistability, stability and relaxation (Sec. III A, Appendix B).

Values per atom (s_x, s_y, s_z), each within [-1, 1], on the paper's axes; steady states have s_x = 0. Only Gamma, gamma
and Omega enter: `gamma_ratio` is Gamma / gamma with Gamma = (N - 1) gamma_c and gamma = gamma_s + gamma_c, `drive` is
Omega / Omega_c with Omega_c = Gamma / 4. Here, unlike in the tables, gamma sets the unit: rates and eigenvalues are in
units of gamma, times in units of 1 / gamma.

The paper's labels are (a) lower, (b) middle, (c) upper. Where Gamma <= 8 gamma the only branch is called lower.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from driven_dicke.model import checks
from driven_dicke.model.dicke_basis import FloatArray

ComplexArray = NDArray[np.complex128]
BranchName = Literal["lower", "middle", "upper"]

BISTABILITY_RATIO = 8.0  # Gamma / gamma above which Eq. (2) has three physical roots somewhere
FOLD_WIDTH = 1e-12  # relative distance in the drive below which rounding tells no state from the fold at the edge


class Branches(NamedTuple):
    """s_z on each branch, shape as the drives; NaN where a branch does not exist."""

    lower: FloatArray
    middle: FloatArray
    upper: FloatArray


class Edges(NamedTuple):
    """Drives at which the bistable region begins (lower) and ends (upper)."""

    lower: float
    upper: float


def _ratio(gamma_ratio: float) -> float:
    return checks.real("gamma_ratio", gamma_ratio, 0.0, exclusive=True)


def _drives(drive: ArrayLike) -> FloatArray:
    drives = np.asarray(drive, dtype=float)
    for extreme in (drives.min(initial=0.0), drives.max(initial=0.0)):  # NaN passes through min and max
        checks.real("drive", extreme, 0.0)
    return drives


def _branch_name(branch: str) -> None:
    if branch not in Branches._fields:
        raise checks.ParameterError(f"argument branch must be one of {', '.join(Branches._fields)}, but is {branch!r}")


# Steady states


def bistability_edges(gamma_ratio: float) -> Edges:
    """Edges of the region with three steady states, Eq. (B5); they meet at Gamma = 8 gamma.

    Raises:
        checks.ParameterError: gamma_ratio < 8, where no such region exists.
    """
    g = 1 / checks.real("gamma_ratio", gamma_ratio, BISTABILITY_RATIO)
    upper = np.sqrt(1 + 20 * g - 8 * g**2 + np.sqrt((1 - 8 * g) ** 3)) / 2
    # The same with -sqrt loses all digits as gamma / Gamma -> 0; the product of the edges does not.
    return Edges(float(2 * np.sqrt(g * (1 + g) ** 3) / upper), float(upper))


def _cubic(g: float, drives: FloatArray, s_z: FloatArray) -> FloatArray:
    """Eq. (2) times 2 / Gamma^2: 2 (1 + s_z) (s_z - g)^2 + drive^2 s_z with g = gamma / Gamma."""
    return 2 * (1 + s_z) * (s_z - g) ** 2 + drives**2 * s_z


def _root(g: float, drives: FloatArray, low: float, high: float, *, rising: bool) -> FloatArray:
    """Root of the cubic in [low, high], where it rises or falls through 0, to the last bit.

    Bisection, since it needs no sign at the ends: at a fold, where rounding decides that sign, it returns the fold.
    """
    below, above = np.full(drives.shape, low), np.full(drives.shape, high)
    while True:
        middle = (below + above) / 2
        if np.all((middle == below) | (middle == above)):
            break
        passed = (_cubic(g, drives, middle) > 0) == rising
        below, above = np.where(passed, below, middle), np.where(passed, middle, above)
    return np.where(abs(_cubic(g, drives, below)) <= abs(_cubic(g, drives, above)), below, above)


def branches(gamma_ratio: float, drives: ArrayLike) -> Branches:
    """Every physical root s_z of Eq. (2), sorted into branches that are continuous in the drive.

    `lower` begins at s_z = -1 without drive and ends at the upper edge, `upper` begins at the lower edge and tends to
    0, `middle` joins the two folds; both edges belong to the region. For Gamma <= 8 gamma `lower` covers all drives.

    Args:
        gamma_ratio: Gamma / gamma > 0.
        drives: Omega / Omega_c >= 0, any shape.

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: a root leaves a residual above rounding.
    """
    g, drives = 1 / _ratio(gamma_ratio), _drives(drives)
    nowhere = np.full(drives.shape, np.nan)
    if gamma_ratio <= BISTABILITY_RATIO:
        found = Branches(_root(g, drives, -1.0, 0.0, rising=True), nowhere, nowhere)
    else:
        # drive^2(s_z) of Eq. (2) turns where 2 s_z^2 + s_z + g = 0 and is monotonic between.
        edges, spread = bistability_edges(gamma_ratio), np.sqrt(1 - 8 * g)
        lower_fold, upper_fold = -(1 + spread) / 4, -2 * g / (1 + spread)
        before_end, after_start = drives <= edges.upper, drives >= edges.lower
        found = Branches(
            np.where(before_end, _root(g, drives, -1.0, lower_fold, rising=True), nowhere),
            np.where(before_end & after_start, _root(g, drives, lower_fold, upper_fold, rising=False), nowhere),
            np.where(after_start, _root(g, drives, upper_fold, 0.0, rising=True), nowhere),
        )
    for name, s_z in zip(Branches._fields, found, strict=True):
        size = 2 * (1 + abs(s_z)) * (abs(s_z) + g) ** 2 + drives**2 * abs(s_z)
        if np.any(abs(_cubic(g, drives, s_z)) > 16 * np.finfo(float).eps * size):
            raise checks.CertificateError(f"the {name} mean-field branch does not solve Eq. (2) to rounding")
    return found


def spin(gamma_ratio: float, drive: ArrayLike, s_z: ArrayLike) -> FloatArray:
    """Steady state (0, s_y, s_z) on a root s_z of Eq. (2): s_y = 4 Omega s_z / (Gamma s_z - gamma), shape (..., 3).

    NaN stays NaN, so that branches that end can be passed as they are.

    Raises:
        checks.ParameterError: s_z lies outside [-1, 0], where Eq. (2) has no physical root, or an argument is bad.
    """
    drives, s_z = np.broadcast_arrays(_drives(drive), np.asarray(s_z, dtype=float))
    if np.any((s_z < -1) | (s_z > 0)):
        raise checks.ParameterError(f"argument s_z must lie within [-1, 0] or be NaN, but is {s_z!r}")
    return np.stack([np.zeros(s_z.shape), drives * s_z / (s_z - 1 / _ratio(gamma_ratio)), s_z], axis=-1)


def steady_states(gamma_ratio: float, drive: float) -> FloatArray:
    """Every steady state (0, s_y, s_z) at one drive, s_z rising, shape (1 or 3, 3); a fold counts twice."""
    roots = np.array(branches(gamma_ratio, checks.real("drive", drive, 0.0)))
    return spin(gamma_ratio, drive, roots[np.isfinite(roots)])


def mean_of_stable_branches(gamma_ratio: float, drive: ArrayLike) -> FloatArray:
    """(s_z^+ + s_z^-) / 2 of the lower and the upper branch, right-hand side of Eq. (C2) per N / 2.

    NaN outside the bistable region; shape as `drive`.
    """
    found = branches(gamma_ratio, drive)
    return (found.lower + found.upper) / 2


def dicke_mean_field(drive: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """s_y = Omega / Omega_c and s_z = -sqrt(1 - (Omega / Omega_c)^2) for gamma_s = 0, Eq. (B4).

    Here products are factorised collectively; Omega_c = N gamma_c / 4. NaN for drive > 1; shapes as `drive`.
    """
    drives = _drives(drive)
    inside = np.where(drives <= 1, drives, np.nan)
    return inside, -np.sqrt(1 - inside**2)


# Dynamics and stability


def flow(gamma_ratio: float, drive: ArrayLike, state: ArrayLike) -> FloatArray:
    """Right-hand side of Eqs. (B2) in units of gamma, for states (..., 3); shape (..., 3)."""
    ratio = _ratio(gamma_ratio)
    twice_rabi = ratio * _drives(drive) / 2
    s_x, s_y, s_z = np.moveaxis(np.asarray(state, dtype=float), -1, 0)
    rate = (ratio * s_z - 1) / 2
    return np.stack(
        [
            rate * s_x,
            rate * s_y - twice_rabi * s_z,
            -(s_z + 1) + twice_rabi * s_y - ratio / 2 * (s_x**2 + s_y**2),
        ],
        axis=-1,
    )


def jacobian(gamma_ratio: float, drive: ArrayLike, state: ArrayLike) -> FloatArray:
    """Derivative of the flow by the state, Eq. (B11), in units of gamma; states (..., 3), shape (..., 3, 3)."""
    ratio = _ratio(gamma_ratio)
    s_x, s_y, s_z = np.moveaxis(np.asarray(state, dtype=float), -1, 0)
    drives, s_x, s_y, s_z = np.broadcast_arrays(_drives(drive), s_x, s_y, s_z)
    twice_rabi = ratio * drives / 2
    matrix = np.zeros((*s_z.shape, 3, 3))
    matrix[..., 0, 0] = matrix[..., 1, 1] = (ratio * s_z - 1) / 2
    matrix[..., 0, 2] = ratio * s_x / 2
    matrix[..., 1, 2] = ratio * s_y / 2 - twice_rabi
    matrix[..., 2, 0] = -ratio * s_x
    matrix[..., 2, 1] = twice_rabi - ratio * s_y
    matrix[..., 2, 2] = -1
    return matrix


def eigenvalues(gamma_ratio: float, drive: ArrayLike, s_z: ArrayLike) -> ComplexArray:
    """Eigenvalues l_1, l_2, l_3 of Eq. (B11) in the steady state with s_z, in units of gamma; shape (..., 3).

    At s_x = 0 the matrix splits: l_1 belongs to s_x, l_2 and l_3 to the plane of s_y and s_z, with Re l_2 <= Re l_3.
    """
    matrix = jacobian(gamma_ratio, drive, spin(gamma_ratio, drive, s_z))
    centre = (matrix[..., 1, 1] + matrix[..., 2, 2]) / 2
    distance = (matrix[..., 1, 1] - matrix[..., 2, 2]) / 2
    root = np.sqrt(distance**2 + matrix[..., 1, 2] * matrix[..., 2, 1] + 0j)
    return np.stack([matrix[..., 0, 0] + 0j, centre - root, centre + root], axis=-1)


def at_fold(gamma_ratio: float, drive: ArrayLike, s_z: ArrayLike) -> NDArray[np.bool_]:
    """Whether a steady state is where two branches meet: an edge (B5), to `FOLD_WIDTH`, and its double root of Eq. (2).

    Shape as `drive` and `s_z` broadcast; False where s_z is NaN.
    """
    drives, roots = np.broadcast_arrays(_drives(drive), np.asarray(s_z, dtype=float))
    found = np.zeros(roots.shape, dtype=bool)
    if _ratio(gamma_ratio) < BISTABILITY_RATIO:
        return found
    g = 1 / gamma_ratio
    spread = np.sqrt(1 - 8 * g)
    edges = bistability_edges(gamma_ratio)
    for edge, double in ((edges.lower, -2 * g / (1 + spread)), (edges.upper, -(1 + spread) / 4)):
        single = 2 * g - 1 - 2 * double  # the roots of Eq. (2) sum to 2 g - 1
        found |= (abs(drives - edge) <= FOLD_WIDTH * edge) & (abs(roots - double) <= abs(roots - single))
    return found


def stable(gamma_ratio: float, drive: ArrayLike, s_z: ArrayLike) -> NDArray[np.bool_]:
    """Whether all eigenvalues have a negative real part; False where s_z is NaN, and at a fold, where one vanishes."""
    negative = np.all(eigenvalues(gamma_ratio, drive, s_z).real < 0, axis=-1)
    return np.asarray(negative & ~at_fold(gamma_ratio, drive, s_z))


def relaxation(gamma_ratio: float, drive: float, initial: ArrayLike, times: ArrayLike) -> FloatArray:
    """Solution (s_x, s_y, s_z) of Eqs. (B2) at `times`, shape (len(times), 3).

    Args:
        gamma_ratio: Gamma / gamma > 0.
        drive: Omega / Omega_c >= 0.
        initial: state at time 0, shape (3,), within the unit ball.
        times: times >= 0 in units of 1 / gamma, strictly rising, shape (n,).

    Raises:
        checks.ParameterError: an argument is out of range.
        checks.CertificateError: two integrations, at tolerances 1e-10 and 1e-12, differ by more than 1e-6; the finer
            one is returned.
    """
    ratio, drive = _ratio(gamma_ratio), checks.real("drive", drive, 0.0)
    start, instants = np.asarray(initial, dtype=float), checks.rising("times", times, least=0, minimum=0.0)
    if start.shape != (3,) or not start @ start <= 1 + 1e-12:
        raise checks.ParameterError(f"argument initial must be three numbers within the unit ball, but is {initial!r}")
    if instants.size == 0 or instants[-1] == 0:
        return np.tile(start, (instants.size, 1))

    def solve(tolerance: float) -> FloatArray:
        solution = solve_ivp(
            lambda _, state: flow(ratio, drive, state),
            (0.0, float(instants[-1])),
            start,
            method="LSODA",  # for Gamma >> gamma the way to the lower branch is stiff, that to the upper one is not
            t_eval=instants,
            rtol=tolerance,
            atol=tolerance,
            jac=lambda _, state: jacobian(ratio, drive, state),
        )
        if not solution.success:
            raise checks.CertificateError(f"the mean-field equations (B2) were not integrated: {solution.message}")
        return np.asarray(solution.y.T)

    coarse, fine = solve(1e-10), solve(1e-12)
    difference = float(np.max(abs(fine - coarse)))
    if not difference <= 1e-6:
        raise checks.CertificateError(f"the mean-field path changes by {difference:.1e} with the tolerance")
    return fine


# Branches and eigenvalues in powers of gamma / Gamma


def zeroth_order_spread(drive: ArrayLike) -> FloatArray:
    """r = sqrt(1 - 2 drive^2), distance of the middle from the lower branch for Gamma >> gamma, Eq. (3).

    Shape as `drive`; 0 at the fold, drive = sqrt(1/2), NaN beyond.
    """
    drives = _drives(drive)
    # The square of sqrt(1/2) rounds to above 1/2.
    return np.sqrt(np.where(drives <= np.sqrt(0.5), np.maximum(1 - 2 * drives**2, 0), np.nan))


def perturbative_branch(branch: BranchName, order: int, gamma_ratio: float, drive: ArrayLike) -> FloatArray:
    """s_z of a branch as a series in g = gamma / Gamma up to g^order, Eqs. (3), (B6), (B9), (B10).

    With w = drive and q = +r on the lower, -r on the middle branch, r = sqrt(1 - 2 w^2),

        s_z = -(1 + q)/2 - g (1 - q)/q + g^2 (1 - q)(1 + 2q) / (q^3 (1 + q))
              - 2 g^3 (1 - q)(1 + 3q + 2q^2 - 2q^3) / (q^5 (1 + q)^2),

    and s_z = -2 g^2/w^2 - 8 g^3/w^4 on the upper one. The g^2 term of (B10a) is printed with the opposite sign; the
    paper does not print g^3. The series fails near the folds, at w = 1/sqrt(2) and, for middle and upper, at w = 0.

    Args:
        branch: "lower", "middle" or "upper", the paper's (a), (b), (c).
        order: 0, 1, 2 or 3.
        gamma_ratio: Gamma / gamma > 0.
        drive: Omega / Omega_c >= 0, any shape.

    Returns:
        s_z, shape as `drive`; NaN where a term is not finite or not real.

    Raises:
        checks.ParameterError: an argument is out of range.
    """
    _branch_name(branch)
    checks.integer("order", order, 0, 3)
    g, w = 1 / _ratio(gamma_ratio), _drives(drive)
    with np.errstate(divide="ignore", invalid="ignore"):
        if branch == "upper":
            terms = [np.zeros(w.shape), np.zeros(w.shape), -2 / w**2, -8 / w**4]
        else:
            q = (1 if branch == "lower" else -1) * zeroth_order_spread(w)
            terms = [
                -(1 + q) / 2,
                -(1 - q) / q,
                (1 - q) * (1 + 2 * q) / (q**3 * (1 + q)),
                -2 * (1 - q) * (1 + 3 * q + 2 * q**2 - 2 * q**3) / (q**5 * (1 + q) ** 2),
            ]
        value = np.sum([term * g**power for power, term in enumerate(terms[: order + 1])], axis=0)
    return np.where(np.isfinite(value), value, np.nan)


def perturbative_eigenvalues(branch: BranchName, gamma_ratio: float, drive: ArrayLike) -> ComplexArray:
    """Eigenvalues l_1, l_2, l_3 of Eq. (B11) for Gamma >> gamma, in units of gamma, up to O(gamma / Gamma).

    Lower and middle branch, Eq. (B12) with s_z up to first order and x = 8 Omega^2 / (Gamma s_z)^2:

        l_1 = -1/2 + Gamma s_z / 2 (printed without the second 1/2), l_2 = l_1 - x, l_3 = -1 + x.

    Upper branch: l_1 = -1/2, l_2,3 = -3/4 -+ i (2 Omega - 3 / (2 drive)). The paper's form gives the same real part,
    and the imaginary part without its term of order gamma, which comes from s_y = gamma / (2 Omega).

    Returns:
        Eigenvalues in the order of `eigenvalues`, shape (..., 3); NaN where the series is not defined.
    """
    _branch_name(branch)
    ratio, w = _ratio(gamma_ratio), _drives(drive)
    with np.errstate(divide="ignore", invalid="ignore"):
        if branch == "upper":
            frequency = ratio * w / 2 - 3 / (2 * w)
            values = [np.full(w.shape, -0.5 + 0j), -0.75 - 1j * frequency, -0.75 + 1j * frequency]
        else:
            first = (ratio * perturbative_branch(branch, 1, ratio, w) - 1) / 2 + 0j
            x = w**2 / (2 * perturbative_branch(branch, 0, ratio, w) ** 2)
            values = [first, first - x, -1 + x + 0j]
    return np.stack(values, axis=-1)
