"""The audit of the printed equations: complete, sharp (mutants are rejected), and right where data can tell."""

import dataclasses
import re
from collections import Counter
from functools import cache

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad

from driven_dicke.audit.equations import cavity, formula, mutation, run
from driven_dicke.audit.equations.printed import branches, fluctuations, mean_field, moments, rotation, squeezing
from driven_dicke.audit.equations.printed.kinds import KINDS
from driven_dicke.audit.equations.printed.notation import NOTATION
from driven_dicke.audit.equations.printed.references import CITATIONS
from driven_dicke.audit.equations.printed.topics import TOPICS, expanded
from driven_dicke.audit.equations.printed.wording import WORDINGS
from driven_dicke.closed_form import absorber
from driven_dicke.model.parameters import Model

NUMBERED = "(1)-(10), (A1)-(A13), (B1)-(B12), (C1)-(C2), (D1)-(D3), (F1)-(F14), (G1)-(G2)"
LETTERED = {"B10": "ab", "D3": "abcde", "F3": "abc", "F4": "ab", "F11": "ab", "F12": "ab"}
MISPRINTED_FORMULAS = {
    "7",
    "8 (from the definition of xi2)",
    "A4 (complex g)",
    "A7",
    "B7",
    "B10a",
    "B12 l_1",
    "F3a",
    "F3b",
    "F3 correction terms (absolute)",
    "F9",
    "F10 first form",
    "F10 second form",
    "F14",
    "inline Sec. III B, P_m (elements of one copy)",
    "inline Sec. V, CRSS eigenvalue (Omega_c of Eq. (3))",
    "inline after (A5), cavity decay (travelling waves)",
    "inline after (B7)",
    "inline after (B10b), branch (a)",
    "inline before (D1), blocks",
    "inline before (F8), relaxation time",
}
UNDECIDED = "inline after (F3), commutator"
CHECKS = {check.identifier: check for check in run.all_checks()}


@pytest.fixture(scope="module")
def findings():
    return {finding.identifier: finding for finding in run.all_findings()}


def numbered_equations():
    for prefix, first, last in re.findall(r"\(([A-Z]?)(\d+)\)-\([A-Z]?(\d+)\)", NUMBERED):
        for number in range(int(first), int(last) + 1):
            yield from (f"{prefix}{number}{letter}" for letter in LETTERED.get(f"{prefix}{number}", [""]))


@cache
def right_form(identifier):
    """The printed form, or the corrected one of a misprint."""
    check = CHECKS[identifier]
    return formula.equations(check.corrected if identifier in MISPRINTED_FORMULAS else check.printed)


@cache
def mutants(identifier):
    return mutation.mutants(right_form(identifier), either_sign=CHECKS[identifier].either_sign)


# Completeness and verdicts


def test_every_numbered_equation_appears(findings):
    numbers = {identifier.split()[0] for identifier in findings}
    expected = set(numbered_equations())
    assert len(expected) == 66
    assert expected <= numbers
    assert len(findings) == len(run.all_checks()) + len(CITATIONS) + len(WORDINGS)


def test_verdict_follows_from_the_residuals(findings):
    for finding in findings.values():
        assert (finding.residual_printed <= finding.tolerance) == (finding.verdict in ("holds", "definition"))
        if finding.verdict == "differs":
            assert finding.corrected
            assert finding.residual_corrected <= finding.tolerance
        assert finding.statement
        assert finding.evidence
        assert finding.printed != finding.corrected


def test_known_misprints(findings):
    found = {identifier for identifier in CHECKS if findings[identifier].verdict == "differs"}
    assert found == MISPRINTED_FORMULAS
    undecided = {identifier for identifier, finding in findings.items() if finding.verdict == "undecided"}
    assert undecided == {UNDECIDED, "ref: Sec. VII B, later switching cites Fig. 7"}


def test_known_wrong_references(findings):
    wrong = {f.printed: f.corrected for f in findings.values() if f.identifier in CITED and f.verdict == "differs"}
    assert wrong == {
        "Fig. 2d": "Fig. 3",
        "Fig. 2c": "Fig. 2d",
        "Fig. 5b": "Fig. 5c",
        "Fig. 6e": "Fig. 6c",
        "Eq. (C1)": "Eq. (C2)",
    }


# Sharpness


@pytest.mark.parametrize("identifier", CHECKS)
def test_check_rejects_every_mutant(identifier):
    """No sign, factor, index, exponent or function of the right form can be changed without the check noticing."""
    check = CHECKS[identifier]
    assert check.rejects(right_form(identifier)) == (identifier == UNDECIDED)
    assert mutants(identifier) or identifier == "inline after (B10b), branch (a)"  # whose right-hand side is 0
    assert [mutant for mutant in mutants(identifier) if not check.rejects(mutant)] == []


def test_mutants_are_many_and_all_different():
    for identifier in CHECKS:
        assert len(set(mutants(identifier))) == len(mutants(identifier))
    assert sum(len(mutants(identifier)) for identifier in CHECKS) > 1500


def test_mutants_leave_out_what_says_the_same():
    mutants = mutation.mutants(formula.equations("x**2 - 4 = 0"))
    texts = {str(left) for ((left, _),) in mutants}
    assert texts == {"-x**2 - 4", "2*x**2 - 4", "x**2 + 4", "x**2 - 8", "x**3 - 4"}
    pair = formula.equations("root = (1 + pm*sqrt(x))/2")
    flipped = formula.equations("root = (1 - pm*sqrt(x))/2")
    assert flipped in mutation.mutants(pair)
    assert flipped not in mutation.mutants(pair, either_sign=True)


def test_verdict_turns_when_the_printed_formula_is_changed():
    for identifier, wrong in (
        ("B2", CHECKS["B2"].printed.replace("- 2*Omega*s_z", "+ 2*Omega*s_z")),
        ("A11", CHECKS["A11"].printed.replace("sigma_z*(f + eta)", "(f + eta)*sigma_z")),
        ("F5", CHECKS["F5"].printed.replace("- I/2", "+ I/2")),
        ("10", CHECKS["10"].printed.replace("G_p = lambda_1*a_m", "G_p = lambda_1*a_p")),
        ("D1", CHECKS["D1"].printed.replace("(2*j + 1)", "(2*j - 1)")),
    ):
        check = CHECKS[identifier]
        assert wrong != check.printed
        assert check.finding().verdict == "holds"
        assert dataclasses.replace(check, printed=wrong).finding().verdict == "undecided"
        assert dataclasses.replace(check, printed=wrong, corrected=check.printed).finding().verdict == "differs"
        assert dataclasses.replace(check, printed=wrong, corrected=wrong).finding().verdict == "undecided"


CITED = {citation.finding().identifier: citation for citation in CITATIONS}


@pytest.mark.parametrize("identifier", CITED)
def test_reference_fits_no_other_target(identifier):
    """The right target fits, and no other panel, equation or section does."""
    citation = CITED[identifier]
    right = citation.corrected or citation.cited
    assert not citation.missing(right)
    others = [name for name in TOPICS if name.split()[0] == right.split()[0] and name not in expanded(right)]
    assert [name for name in others if not citation.missing(name)] == []


def test_names_of_targets():
    assert expanded("Fig. 1") == ["Fig. 1a", "Fig. 1b"]
    assert expanded("Eq. (F3)") == ["Eq. (F3a)", "Eq. (F3b)", "Eq. (F3c)"]
    assert expanded("Fig. 10") == ["Fig. 10"]
    panels = [name for name in TOPICS if name.startswith("Fig.")]
    assert len(panels) == 38  # 39 panels, of which Fig. 11 has two under one name


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.identifier)
def test_wording_rule_tells_the_two_forms_apart(wording):
    assert wording.violations(wording.printed) > 0
    assert wording.violations(wording.corrected) == 0


# The derivations against data that they do not use


def test_every_name_in_a_formula_is_explained():
    used = set()
    for check in CHECKS.values():
        for equation in f"{check.printed};{check.corrected or check.printed}".split(";"):
            left, right = equation.split("=")
            sides = (right,) if re.fullmatch(r"\w+", left.strip()) else (left, right)
            used |= {name for side in sides for name in re.findall(r"[A-Za-z_]\w*", side)}
    assert used - set(formula.FUNCTIONS) - {"I"} == set(NOTATION)


def test_formula_text_is_evaluated_as_written():
    ((left, right),) = formula.equations("x = 2*sqrt(a)*exp(-b)/(1 + abs(c))**2 + factorial(N/2)*conj(g_k)")
    values = {"a": 4.0, "b": 0.5, "c": -3.0, "N": 6, "g_k": 1 + 2j}
    assert left == formula.symbol("x")
    assert formula.evaluate(right, values) == pytest.approx(2 * 2 * np.exp(-0.5) / 16 + 6 * (1 - 2j), rel=1e-14)
    matrices = {"rho": np.array([[1.0, 2.0], [3.0, 4.0]]), "S_m": np.array([[0.0, 1.0], [0.0, 0.0]])}
    ((_, product),) = formula.equations("x = (1 + S_m)*rho - rho*S_m")
    expected = matrices["rho"] + matrices["S_m"] @ matrices["rho"] - matrices["rho"] @ matrices["S_m"]
    assert np.array_equal(formula.evaluate(product, matrices), expected)
    ((_, brackets),) = formula.equations("x = plus_hc(I*rho) + commutator(rho, dagger(S_m))")
    raising = matrices["S_m"].T
    expected = 1j * (matrices["rho"] - matrices["rho"].T) + matrices["rho"] @ raising - raising @ matrices["rho"]
    assert np.array_equal(formula.evaluate(brackets, matrices), expected)


def test_the_whole_field_may_stand_on_either_side():
    """f + gamma_c S_- / 2 commutes with sigma^z, f alone does not: (A11) with the whole field on the left holds."""
    check = CHECKS["A11"]
    moved = "-gamma_s/2*sigma + I*Omega*sigma_z + (gamma_c/2*sum_sigma + f)*sigma_z + sigma_z*eta"
    assert dataclasses.replace(check, printed=f"dsigma = {moved}").finding().verdict == "holds"


@pytest.mark.parametrize("drive", [0.3, 0.5])
def test_squeezing_limit_is_that_of_the_exact_steady_state(drive):
    """The exact xi^2 tends to the corrected limit like 1/N and stays away from Eq. (8)."""
    printed, corrected = (
        float(formula.expression(text).subs(formula.symbol("w"), drive))
        for text in (squeezing.LIMIT, squeezing.FULL_LIMIT)
    )
    sizes = np.array([10_000, 100_000])
    exact = []
    for n_atoms in sizes:
        model = Model(int(n_atoms), 10.0)
        exact.append(absorber.steady_state_moments(model, model.rabi_frequency(drive)).xi2)
    scaled = (np.array(exact) - corrected) * sizes
    assert scaled[0] == pytest.approx(scaled[1], rel=0.02)
    assert np.all(np.abs(np.array(exact) - printed) > 0.9 * (corrected - printed))
    assert corrected - printed > 1e-3


@pytest.mark.parametrize("sign", [1, -1])
def test_perturbation_series_against_exact_roots(sign):
    """The error after second order scales as gamma^3 on branches (a) and (b)."""
    values = {"Omega": 0.3, "Omega_c": 1.0, "pm": sign}
    errors = []
    for gamma in (0.002, 0.004):
        series = sum(formula.evaluate(c, values).real * gamma**k for k, c in enumerate(branches.coefficients()))
        roots = np.sort(np.roots([16.0, 16.0 - 8 * gamma, gamma**2 - 8 * gamma + 0.72, gamma**2]).real)
        errors.append(abs(series - roots[0 if sign == 1 else 1]))
    assert np.log2(errors[1] / errors[0]) == pytest.approx(3, abs=0.1)


def test_edges_separate_one_root_from_three():
    for g in (0.01, 0.05, 0.1):
        low, high = (float(edge.subs(formula.symbol("g"), g)) for edge in mean_field.edges())
        for drive, count in ((low - 1e-6, 1), (low + 1e-6, 3), (high - 1e-6, 3), (high + 1e-6, 1)):
            roots = np.roots([1, 1 - 2 * g, g**2 - 2 * g + drive**2 / 2, g**2])
            assert np.sum(abs(roots.imag) < 1e-12) == count


def test_moments_also_follow_from_the_stationary_solution():
    """Integrals over the kernels of (F8) with the noise of (F12) give what the moment equations give."""
    values = {"Gamma": 6.0, "gamma": 0.3, "theta": 2.3, "s": 0.9, "N": 5.0, "j": 2.25}
    kernels = [right for _, right in formula.equations(fluctuations.KERNEL)]

    def product(first, second):
        def integrand(age):
            known = {**values, "u": -age}
            return formula.evaluate(kernels[first], known).real * formula.evaluate(kernels[second], known).real

        return quad(integrand, 0, 60, epsabs=1e-12)[0] * (values["Gamma"] + values["gamma"])

    found = {k: formula.evaluate(v, values).real for k, v in moments.stationary_moments().items()}
    assert found["n"] == pytest.approx(product(1, 1), rel=1e-9)
    assert found["m2"] == pytest.approx(product(0, 1), rel=1e-9)
    assert found["k"] == pytest.approx(product(0, 0), rel=1e-9)


def test_rotated_atom_operators_keep_their_algebra():
    """(F2) is unitary on one atom: sigma' is nilpotent and [sigma'^+, sigma'] = sigma'^z, at any angle."""
    lowering = np.array([[0, 0], [1, 0]], dtype=complex)
    atom = {"low": lowering, "low_d": lowering.T, "inv": np.diag([1.0, -1.0]), "theta": 2.1}
    lower, upper, inversion = (formula.evaluate(right, atom) for _, right in formula.equations(rotation.TO_PRIMED))
    assert np.allclose(lower @ lower, 0, atol=1e-15)
    assert np.allclose(upper @ lower - lower @ upper, inversion, atol=1e-15)
    assert np.allclose(upper, lower.conj().T, atol=1e-15)


def test_decay_into_travelling_waves_is_half_the_printed_rate():
    assert cavity.decay_of_discrete_modes() == pytest.approx(1.0, abs=0.01)


def test_zeroth_order_is_equation_3():
    start = branches.coefficients()[0]
    assert sp.simplify(start - formula.expression("-1/2 - pm/2*sqrt(1 - 2*Omega**2/Omega_c**2)")) == 0


def test_every_fault_has_its_kind_and_nothing_else_has(findings):
    """One error of substance, in three places; every kind is named for what fails, and for nothing that holds."""
    failing = {identifier for identifier, finding in findings.items() if finding.verdict == "differs"}
    assert failing == set(KINDS)
    assert Counter(findings[identifier].kind for identifier in failing) == {
        "substance": 3,
        "slip": 17,
        "convention": 5,
        "artefact": 12,
    }
    assert {finding.kind for finding in findings.values() if finding.verdict != "differs"} == {""}
