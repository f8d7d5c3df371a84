"""What the paper claims, where, and by which criterion each claim is decided; `registry` adds who decides.

A criterion that was changed after the values were seen has the first one beside it, `earlier`.
"""

from driven_dicke.audit.claims.claim import Statement

FIRST_6 = (
    "The exponential law through the paper's sizes tends to {critical_drive_printed:g} to "
    "{critical_drive_deviation:g}, and meets every exact point beyond them within {standard_errors:g} "
    "standard errors; the first alone: finite-size."
)
FIRST_18 = (
    "Root and squared fidelity of rho_+ at least {fidelity:g} over the first {region_fraction:g} of the "
    "region at all sizes; root only: in the paper's convention; root at the smallest N only: finite-size. "
    "That of rho_s falls to 1/sqrt(2) within {fidelity_drop:g} Omega_c of the critical drive."
)
FIRST_21 = (
    "By the paper's own definition of xi^2, at the largest N and drive of the closed form: (F11) holds to "
    "{best_deviation:g}, the two largest sizes agree to it, and the collective law holds to it; the exponents"
    " between sizes tend to -1/3, the last to {exponent_deviation:g}."
)
FIRST_23 = (
    "Collective relaxation of <S_z> to 1/e, the first tenth of the loss of fidelity and the last tenth of the"
    " way to the steady <S_z> come at these times, to a factor of {time_factor:g}; and 1 - F at most "
    "{exact_fidelity:g} between collective relaxation and the first individual jump; if at most "
    "{near_fidelity:g}, finite-size."
)
FIRST_27 = (
    "Both drives within {crossing_deviation:g} Omega_c at both sizes, and the logarithm falls between all "
    "neighbouring sizes, with block and with physical traces; if only with the paper's block traces, in the "
    "paper's convention."
)
FIRST_28 = (
    "(D1) and (D3) to {formula_deviation:g}, against blocks and against operators on 2^N states; <S^2> of the"
    " steady state beyond Omega_c within {deviation:g} of 3N/4 at both sizes; if only the larger N comes "
    "closer, approached as N grows."
)

STATEMENTS = (
    Statement(
        1,
        "Sec. III A; Eq. (B5)",
        "The mean field is bistable if and only if Gamma > 8 gamma, between the drives of Eq. (B5).",
        "Omega as a function of s_z has folds exactly for the configured Gamma/gamma above 8, and they lie at"
        " (B5) to {edge_deviation:g} (relative).",
        ("edges",),
    ),
    Statement(
        2,
        "Sec. III A, Eq. (3)",
        "For Gamma much larger than gamma the bistable region is 0 < Omega < Omega_c/sqrt(2), with the branches (3).",
        "All distances from this limit fall with every step of Gamma/gamma, to at most {collective_deviation:g}.",
        (),
    ),
    Statement(
        3,
        "Appendix B, Eqs. (B9)-(B12)",
        "The branches (B9), (B10) hold to their order in gamma/Gamma; lower and upper branch are stable, the "
        "middle one is not, as (B11) and (B12) say.",
        "The errors scale as g^2 and g^3, exponents to {order_deviation:g}; stability as stated at every "
        "drive of the tables; if only with the forms that pass the audit of (B9)-(B12), reproduced after "
        "corrections.",
        (
            "branches",
            "equations",
        ),
        beforehand=False,
        earlier=(
            "The audit finds no misprint in (B9)-(B12); the errors scale as g^2 and g^3, exponents to "
            "{order_deviation:g}; stability as stated at every drive of the tables."
        ),
    ),
    Statement(
        4,
        "Sec. III B, Fig. 2(a)",
        "Outside the bistable region the exact <S_z> agrees with the mean field.",
        "Deviations at both sizes at most {mean_field_deviation:g} of N/2; if only the larger N comes closer,"
        " approached as N grows.",
        (
            "steady_small",
            "steady_large",
        ),
    ),
    Statement(
        5,
        "Sec. III B, Fig. 2(b)",
        "At the transition P_m is bimodal, centred on the two stable mean-field values.",
        "Exactly two maxima, each within {peak_deviation:g} of N/2 of its branch.",
        (
            "magnetization",
            "mean_field_magnetization",
        ),
    ),
    Statement(
        6,
        "Sec. III B, Appendix C, Fig. 10",
        "With growing N the transition tends to 0.61 Omega_c.",
        "The exact limit is {critical_drive_printed:g} to {critical_drive_deviation:g}.",
        (
            "critical_point",
            "fit",
        ),
        letter="a",
        beforehand=False,
        earlier=FIRST_6,
    ),
    Statement(
        6,
        "Sec. III B, Appendix C, Fig. 10",
        "The transition approaches its limit exponentially.",
        "The exponential law through the paper's sizes meets every exact point beyond them within "
        "{standard_errors:g} standard errors.",
        (
            "critical_point",
            "fit",
        ),
        letter="b",
        beforehand=False,
        earlier=FIRST_6,
    ),
    Statement(
        7,
        "Sec. III B, Fig. 2(c)",
        "<S^2> is close to (N/2)(N/2+1) below the transition and to 3N/4 above it, and drops sharply.",
        "Relative deviations at most {deviation:g} below the bistable region and above Omega_c; if only the "
        "larger N comes closer, approached as N grows; the fall narrows with N.",
        (
            "steady_small",
            "steady_large",
        ),
    ),
    Statement(
        8,
        "Sec. III B, Fig. 2(e)",
        "<S_+S_-> is quadratic in Omega below the transition and N/2 above it.",
        "Relative deviations at most {deviation:g} below the bistable region and above Omega_c; if only the "
        "larger N comes closer, approached as N grows.",
        (
            "steady_small",
            "steady_large",
        ),
    ),
    Statement(
        9,
        "Sec. III B, Fig. 2(f), Eq. (D3e)",
        "g2(0) is 1 below the transition and 2(1 - 1/N) above it.",
        "Deviations at most {deviation:g} below the bistable region and above Omega_c; if only the larger N "
        "comes closer, approached as N grows.",
        (
            "steady_small",
            "steady_large",
        ),
    ),
    Statement(
        10,
        "Sec. III B, Fig. 2(d)",
        "xi^2 < 1 below the transition, where Eq. (7) gives it; at the transition squeezing is lost.",
        "xi^2 < 1 below the bistable region and within {squeezing_deviation:g} of Eq. (7) there; xi^2 passes "
        "1 within {squeezing_deviation:g} Omega_c of the critical drive; if only the larger N comes closer, "
        "approached as N grows.",
        (
            "steady_small",
            "steady_large",
            "squeezing_small",
            "squeezing_large",
            "critical_point",
        ),
        beforehand=False,
    ),
    Statement(
        11,
        "Sec. IV, Fig. 3",
        "The gap lambda_1 closes exponentially with N at 0.61 Omega_c.",
        "ln lambda_1 falls by the same amount per atom between all neighbouring sizes, to {rate_spread:g} "
        "(largest minus smallest, relative to the mean); if it only falls throughout, approached as N grows.",
        (
            "gap",
            "law",
        ),
    ),
    Statement(
        12,
        "Sec. IV, Fig. 3",
        "For N <= 18 the gap fitted to the relaxation of <S_z> is the eigenvalue of the Liouvillian.",
        "Relative deviation at most {fit_deviation:g} for N <= {diagonalised_n_atoms}, and every eigenvalue "
        "within the tolerance of its complete spectrum.",
        (
            "gap",
            "gap_validation",
        ),
    ),
    Statement(
        13,
        "Sec. IV, Fig. 4",
        "a_+ = 0.4 and a_- = 0.5 at N = 18 and 0.73 Omega_c.",
        "Both within {weights_rounding:g} of the printed values with block and with physical traces; if only "
        "with the paper's block traces, in the paper's convention.",
        ("phases_small",),
    ),
    Statement(
        14,
        "Sec. IV, Fig. 4(b)",
        "The sum of the P_m of rho_+ and rho_-, weighted with a_+-, recovers the bimodal P_m of rho_s.",
        "Half the sum of the differences at most {mixture_deviation:g} and two maxima, with block and with "
        "physical traces; if only with the paper's block traces, in the paper's convention.",
        (
            "phases_small",
            "phases_magnetization",
        ),
    ),
    Statement(
        15,
        "Sec. IV, Fig. 4(a)",
        "<S_z> of rho_+ and rho_- follow the lower and the upper branch of the mean field.",
        "Within {branch_deviation:g} of N/2 throughout the bistable region at both sizes; at the larger one "
        "only, approached as N grows; at the smaller one only, at small N only.",
        (
            "phases_small",
            "phases_large",
        ),
        beforehand=False,
    ),
    Statement(
        16,
        "Sec. IV, Fig. 4(c), Fig. 11",
        "rho_+ sits at j close to N/2, rho_- at low j.",
        "At least {spin_share:g} of rho_+ at j >= {high_spin:g} N/2, and of rho_- at j <= {low_spin:g} N/2.",
        ("matrices",),
    ),
    Statement(
        17,
        "Sec. IV, Fig. 4(d)",
        "In the bistable region <S_+S_-> of rho_+ is that of purely collective decay.",
        "Relative deviation from the exact steady state with gamma_s = 0 at most {deviation:g} throughout the region.",
        (
            "phases_small",
            "dicke",
        ),
    ),
    Statement(
        18,
        "Sec. V, Fig. 5(a)",
        "The fidelity of rho_+ with the CRSS stays close to 1 until the end of the bistable region.",
        "Root and squared fidelity of rho_+ at least {fidelity:g} over the first {region_fraction:g} of the "
        "region at all sizes; root only: in the paper's convention; root at the smallest N only: at small N "
        "only.",
        (
            "phases_small",
            "phases_large",
            "fidelity",
            "critical_point",
        ),
        letter="a",
        earlier=FIRST_18,
    ),
    Statement(
        18,
        "Sec. V, Fig. 5(a)",
        "The fidelity of rho_s with the CRSS drops at the transition.",
        "It falls to 1/sqrt(2) within {fidelity_drop:g} Omega_c of the critical drive.",
        (
            "phases_small",
            "phases_large",
            "fidelity",
            "critical_point",
        ),
        letter="b",
        earlier=FIRST_18,
    ),
    Statement(
        19,
        "Sec. V, Fig. 5(b)",
        "g2(0) of rho_+ is close to 1 in the bistable region.",
        "|g2 - 1| at most {g2_deviation:g} throughout the region at both sizes.",
        (
            "phases_small",
            "phases_large",
        ),
    ),
    Statement(
        20,
        "Sec. V A, Fig. 5(c), Eqs. (7), (F10), (F11)",
        "xi^2 of rho_+ follows the analytic curve almost until the end of the bistable region.",
        "Relative deviation at most {squeezing_deviation:g} over the first {region_fraction:g} of the region "
        "at both sizes, and at every drive of the closed form at the largest N; without the latter, at small "
        "N only.",
        (
            "phases_small",
            "phases_large",
            "large_n",
        ),
    ),
    Statement(
        21,
        "Sec. V A, Eq. (8), Eqs. (F13), (F14)",
        "The best squeezing is 1/sqrt(3), at Omega_c/sqrt(2).",
        "By the paper's own definition of xi^2, at the largest N and drive of the closed form: (F11) holds to"
        " {best_deviation:g}.",
        (
            "large_n",
            "purely_collective",
        ),
        letter="a",
        beforehand=False,
        earlier=FIRST_21,
    ),
    Statement(
        21,
        "Sec. V A, Eq. (8), Eqs. (F13), (F14)",
        "The best squeezing does not depend on N.",
        "By the paper's own definition of xi^2, at the largest N and drive of the closed form: the two "
        "largest sizes agree to {best_deviation:g}.",
        (
            "large_n",
            "purely_collective",
        ),
        letter="b",
        beforehand=False,
        earlier=FIRST_21,
    ),
    Statement(
        21,
        "Sec. V A, Eq. (8), Eqs. (F13), (F14)",
        "Purely collective decay gives sqrt(1 - Omega^2/Omega_c^2).",
        "At the largest N the exact steady state has it to {best_deviation:g}.",
        (
            "large_n",
            "purely_collective",
        ),
        letter="c",
        beforehand=False,
        earlier=FIRST_21,
    ),
    Statement(
        21,
        "Sec. V A, Eq. (8), Eqs. (F13), (F14)",
        "Purely collective decay gives N^(-1/3) at best.",
        "The exponents between sizes tend to -1/3, the last to {exponent_deviation:g}.",
        (
            "large_n",
            "purely_collective",
        ),
        letter="d",
        beforehand=False,
        earlier=FIRST_21,
    ),
    Statement(
        22,
        "Sec. VI, Eq. (10)",
        "The two phases are left at the rates Gamma_+- = lambda_1 a_-+.",
        "Rates from dwell times agree with the prediction to {standard_errors:g} standard errors or "
        "{rate_deviation:g}, with block and with physical traces; if only with the paper's block traces, in "
        "the paper's convention; if with the weights of the extreme metastable states, which sum to 1 as "
        "those of (5) do for large N only, approached as N grows.",
        (
            "dwell_rates",
            "dwell_thresholds",
            "metastable",
        ),
        beforehand=False,
        earlier=(
            "Rates from dwell times agree with the prediction to {standard_errors:g} standard errors or "
            "{rate_deviation:g}, with block and with physical traces; if only with the paper's block traces, in "
            "the paper's convention; if the prediction lies within what other thresholds for a switch give, "
            "finite-size."
        ),
    ),
    Statement(
        23,
        "Sec. VII A, Fig. 7",
        "The dynamics has the times 0.01, 1 and 10/gamma_s.",
        "Collective relaxation of <S_z> to 1/e, the first tenth of the loss of fidelity and the last tenth of"
        " the way to the steady <S_z> come at these times, to a factor of {time_factor:g}.",
        (
            "dynamics",
            "dicke",
            "transient",
            "transient_jumps",
        ),
        letter="a",
        beforehand=False,
        earlier=FIRST_23,
    ),
    Statement(
        23,
        "Sec. VII A, Fig. 7",
        "The trajectory is exactly a CRSS until its first individual jump.",
        "1 - F at most {exact_fidelity:g} between collective relaxation and the first individual jump; if at "
        "most {near_fidelity:g}, approached as N grows.",
        (
            "dynamics",
            "dicke",
            "transient",
            "transient_jumps",
        ),
        letter="b",
        beforehand=False,
        earlier=FIRST_23,
    ),
    Statement(
        24,
        "Sec. VI, Appendix G, Fig. 14",
        "A switch needs a burst of individual jumps.",
        "At least {burst} individual jumps between the last time above {burst_places[1]:g} and the first "
        "below {burst_places[0]:g} of the way from rho_- to rho_+, along the drawn trajectory.",
        (
            "phases_small",
            "switching_zoom",
            "switching_jumps",
        ),
        letter="a",
        beforehand=False,
        earlier=(
            "At least {burst} individual jumps between the places {rho_plus_place:g} and {rho_minus_place:g}, and"
            " no step with one collective jump changes <S^2> by more than {collective_change:g} of what an "
            "individual jump does on average."
        ),
    ),
    Statement(
        24,
        "Sec. VI, Appendix G, Fig. 14",
        "Collective jumps leave S^2 unchanged, individual ones change j by 1 at most.",
        "[S^2, S_-] = 0, and no element of sigma_n between spins more than 1 apart, to {formula_deviation:g},"
        " on all 2^N states.",
        (),
        letter="b",
        beforehand=False,
    ),
    Statement(
        25,
        "Appendix G, Fig. 13, Eqs. (G1), (G2)",
        "Counts of individual and collective jumps follow (G1) and (G2).",
        "All counts within {count_deviation:g} of (G1) and (G2) along the drawn trajectory; mean counts in "
        "either phase within {standard_errors:g} standard errors of those of rho_+ and rho_-.",
        (
            "phases_small",
            "switching",
            "counts",
            "expected_counts",
        ),
        beforehand=False,
        earlier=(
            "All counts within {count_deviation:g} of (G1) and (G2) along the trajectory; mean counts in either "
            "phase within 3 standard errors or {count_deviation:g} of those of rho_+ and rho_-."
        ),
    ),
    Statement(
        26,
        "Sec. VII B, Figs. 6 and 8",
        "A product of singlets and a quench from strong drive prepare rho_-; all atoms down prepare rho_+.",
        "By the slow left mode, exactly: the prepared states relax to metastable mixtures at most "
        "{rho_minus_place:g} (rho_-), at least {rho_plus_place:g} (rho_+) of the way from rho_- to rho_+.",
        (
            "phases_small",
            "switching",
            "singlets",
            "quench",
            "preparation",
        ),
        beforehand=False,
        earlier=(
            "Mean <S^2> in the configured window after the preparation at most {rho_minus_place:g} (rho_-), at "
            "least {rho_plus_place:g} (rho_+) of the way from rho_- to rho_+."
        ),
    ),
    Statement(
        27,
        "Appendix E, Fig. 12",
        "a_+ = a_- at the critical point of Eq. (C2).",
        "Both drives within {crossing_deviation:g} Omega_c at both sizes, with block and with physical "
        "traces; if only with the paper's block traces, in the paper's convention.",
        (
            "phases_small",
            "phases_large",
            "weights",
        ),
        letter="a",
        beforehand=False,
        earlier=FIRST_27,
    ),
    Statement(
        27,
        "Appendix E, Fig. 12",
        "At the critical point |1 - a_+ - a_-| falls exponentially with N.",
        "By the rule of claim 11: its logarithm falls by the same amount per atom, to {rate_spread:g}; if it "
        "only falls throughout, approached as N grows; if with the paper's block traces only, in the paper's "
        "convention.",
        (
            "phases_small",
            "phases_large",
            "weights",
        ),
        letter="b",
        beforehand=False,
        earlier=FIRST_27,
    ),
    Statement(
        28,
        "Appendix D, Eqs. (D1)-(D3)",
        "The totally mixed state has the degeneracies (D1) and the averages (D3).",
        "(D1) and (D3) to {formula_deviation:g}, against blocks and against operators on 2^N states.",
        (
            "totally_mixed",
            "steady_small",
            "steady_large",
        ),
        letter="a",
        earlier=FIRST_28,
    ),
    Statement(
        28,
        "Appendix D, Eqs. (D1)-(D3)",
        "The steady state reaches the totally mixed one beyond Omega_c.",
        "<S^2> of the steady state beyond Omega_c within {deviation:g} of 3N/4 at both sizes; if only the "
        "larger N comes closer, approached as N grows.",
        (
            "totally_mixed",
            "steady_small",
            "steady_large",
        ),
        letter="b",
        earlier=FIRST_28,
    ),
    Statement(
        29,
        "Sec. III B",
        "The exact solution costs O(N^3) unknowns.",
        "The blocks hold (N+1)(N+2)(N+3)/6 elements, and their number grows with the exponent 3 to "
        "{cost_deviation:g} between the largest sizes, also after the reduction to real symmetric blocks.",
        (),
    ),
)
