"""Cross-references: the subject of the citing sentence against the subject of what it cites."""

from dataclasses import dataclass

from driven_dicke.audit.equations.finding import Finding, Verdict
from driven_dicke.audit.equations.printed.topics import TOPICS, expanded


@dataclass(frozen=True)
class Citation:
    """A reference to one figure, panel, equation or section.

    Args:
        place: where the citing sentence stands, and a word to tell it from its neighbours.
        cited: the target.
        about: keywords of the sentence, which the target must cover.
        corrected: a target that fits where the printed one does not.
        silent: keywords on which the caption of the cited figure is silent, though the figure may show them.
    """

    place: str
    cited: str
    about: str
    corrected: str = ""
    silent: str = ""

    def missing(self, target: str) -> frozenset[str]:
        """Keywords of the sentence that this target does not cover."""
        subjects = (TOPICS[name] for name in expanded(target))
        return frozenset(self.about.split()).difference(*subjects)

    def finding(self) -> Finding:
        """Compare the subjects."""
        missing = self.missing(self.cited)
        corrected = self.missing(self.corrected) if self.corrected else None
        verdict: Verdict = "undecided" if missing else "holds"
        if missing and corrected == frozenset() and not missing <= frozenset(self.silent.split()):
            verdict = "differs"
        evidence = (
            f"about {self.about.replace(' ', ', ')}; not covered there: {', '.join(sorted(missing)) or 'nothing'}"
        )
        if corrected is not None:
            evidence += f"; not covered by {self.corrected}: {', '.join(sorted(corrected)) or 'nothing'}"
        if verdict == "undecided" and self.silent:
            evidence += "; the caption does not speak of it, but the figure may show it"
        return Finding(
            identifier=f"ref: {self.place} cites {self.cited}",
            place=self.place.split(",")[0],
            statement=f"{self.cited} shows or says what the sentence is about.",
            printed=self.cited,
            verdict=verdict,
            corrected=self.corrected,
            method="text",
            evidence=evidence,
            tolerance=0.0,
            residual_printed=float(len(missing)),
            residual_corrected=None if corrected is None else float(len(corrected)),
        )


FIGURES = (
    Citation("Sec. I, collective coupling", "Fig. 1", "setup cavity"),
    Citation("Sec. I, cavity", "Fig. 1a", "setup cavity"),
    Citation("Sec. II, field detector", "Fig. 1", "detectors"),
    Citation("Sec. II, side detector", "Fig. 1", "detectors"),
    Citation("Sec. III A, bistable region", "Fig. 1b", "mean_field bistable_region s_z"),
    Citation("Sec. III A, Dicke transition", "Fig. 1b", "mean_field dicke_curve s_z"),
    Citation("Sec. III B, magnetisation", "Fig. 2a", "steady_state s_z mean_field"),
    Citation("Sec. III B, distribution", "Fig. 2b", "steady_state distribution bimodal"),
    Citation("Sec. III B, squeezing", "Fig. 2d", "steady_state squeezing"),
    Citation("Sec. III B, angular momentum", "Fig. 2c", "steady_state s_squared"),
    Citation("Sec. III B, mixed state", "Fig. 2c", "steady_state s_squared mixed_state"),
    Citation("Sec. III B, intensity", "Fig. 2e", "steady_state intensity"),
    Citation("Sec. IV, gap", "Fig. 2d", "gap system_size", corrected="Fig. 3"),
    Citation("Sec. IV, magnetisation", "Fig. 4a", "two_states s_z mean_field"),
    Citation("Sec. IV, distribution", "Fig. 4b", "two_states distribution bimodal"),
    Citation("Sec. IV, sum of weights", "Fig. 12", "weights sum_of_weights"),
    Citation("Sec. IV, angular momentum", "Fig. 4c", "two_states s_squared"),
    Citation("Sec. IV, intensity", "Fig. 4d", "two_states intensity dicke_curve"),
    Citation("Sec. V, fidelity", "Fig. 5a", "two_states fidelity"),
    Citation("Sec. V, photon correlation", "Fig. 5b", "two_states g2"),
    Citation("Sec. V, squeezing", "Fig. 5c", "two_states squeezing"),
    Citation("Sec. V A, dependence on the drive", "Fig. 5c", "two_states squeezing"),
    Citation("Sec. V A, analytic curve", "Fig. 5c", "two_states squeezing analytic_squeezing"),
    Citation("Sec. V A, squeezing before the region", "Fig. 2c", "steady_state squeezing", corrected="Fig. 2d"),
    Citation("Sec. VI, jump process", "Fig. 6a", "two_state_process"),
    Citation("Sec. VI, jumps of all observables", "Fig. 6", "trajectory switching s_z intensity squeezing g2"),
    Citation("Sec. VI, detection", "Fig. 1a", "detectors"),
    Citation("Sec. VI, burst", "Fig. 14", "switching individual_jump_times"),
    Citation("Sec. VI, vanishing rates", "Fig. 3", "gap system_size"),
    Citation("Sec. VI, resemblance to CRSS", "Fig. 5", "two_states fidelity squeezing g2"),
    Citation("Sec. VI, resemblance to CRSS", "Fig. 6d", "trajectory switching fidelity"),
    Citation("Sec. VI, resemblance to CRSS", "Fig. 6e", "trajectory squeezing"),
    Citation("Sec. VI, resemblance to CRSS", "Fig. 6f", "trajectory g2"),
    Citation("Sec. VI, prediction", "Fig. 6", "trajectory switching s_z intensity squeezing g2"),
    Citation("Sec. VII A, transient", "Fig. 7", "transient s_z fidelity"),
    Citation("Sec. VII A, trajectory", "Fig. 7", "transient trajectory fidelity"),
    Citation("Sec. VII A, first individual jump", "Fig. 7", "trajectory first_jump"),
    Citation("Sec. VII B, bimodal distribution", "Fig. 2b", "steady_state distribution bimodal"),
    Citation("Sec. VII B, angular momentum of rho_-", "Fig. 4c", "two_states s_squared"),
    Citation("Sec. VII B, start from the ground state", "Fig. 6", "from_ground_state switching s_z fidelity"),
    Citation("Sec. VII B, start from the ground state", "Fig. 7", "from_ground_state transient s_z fidelity"),
    Citation(
        "Sec. VII B, later switching",
        "Fig. 7",
        "trajectory switching s_z fidelity",
        corrected="Fig. 6",
        silent="switching",
    ),
    Citation("Sec. VII B, singlets", "Fig. 8a", "preparation singlets"),
    Citation("Sec. VII B, quench protocol", "Fig. 8b", "preparation quench"),
    Citation("Sec. VII B, mixed state", "Fig. 2c", "s_squared mixed_state"),
    Citation("App. A, cavity", "Fig. 1a", "setup cavity"),
    Citation("App. A, simulations", "Fig. 6", "trajectory switching s_z intensity squeezing g2"),
    Citation("App. B, stable branches", "Fig. 9", "mean_field stability"),
    Citation("App. B, middle branch", "Fig. 9b", "mean_field three_branches"),
    Citation("App. B, initial conditions", "Fig. 9a", "mean_field initial_conditions"),
    Citation("App. C, overlapping peaks", "Fig. 4b", "two_states distribution"),
    Citation("App. C, convergence", "Fig. 10", "critical_drive system_size"),
    Citation("App. C, transition point", "Fig. 2a", "steady_state s_z transition"),
    Citation("App. C, transition point", "Fig. 2b", "steady_state distribution bimodal"),
    Citation("App. C, closing gap", "Fig. 3", "gap system_size"),
    Citation("App. D, large drives", "Fig. 2", "steady_state mixed_state"),
    Citation("App. E, matrices", "Fig. 11", "two_states matrices"),
    Citation("App. E, fidelity", "Fig. 5a", "two_states fidelity"),
    Citation("App. E, fitted gap", "Fig. 3", "gap relaxation_fit"),
    Citation("App. E, weights", "Fig. 12", "weights"),
    Citation("App. E, error", "Fig. 12c", "sum_of_weights system_size"),
    Citation("App. F, bistable region", "Fig. 9b", "mean_field three_branches stability"),
    Citation("App. F, lower branch", "Fig. 9b", "mean_field three_branches"),
    Citation("App. F, exact squeezing", "Fig. 2d", "steady_state squeezing analytic_squeezing"),
    Citation("App. F, squeezing of rho_+", "Fig. 5b", "two_states squeezing analytic_squeezing", corrected="Fig. 5c"),
    Citation("App. G, photon counting", "Fig. 1a", "detectors"),
    Citation("App. G, transitions of S_z", "Fig. 6a", "trajectory switching s_z from_ground_state"),
    Citation("App. G, collective counts", "Fig. 13b", "trajectory collective_counts"),
    Citation("App. G, intensity", "Fig. 6e", "trajectory intensity", corrected="Fig. 6c"),
    Citation("App. G, values of the counts", "Fig. 13b", "trajectory collective_counts"),
    Citation("App. G, different angular momenta", "Fig. 4", "two_states s_squared"),
    Citation("App. G, individual jumps", "Fig. 14", "trajectory individual_jump_times"),
    Citation("caption of Fig. 13, trajectory", "Fig. 6", "trajectory switching s_z intensity squeezing g2"),
    Citation("caption of Fig. 5, parameters", "Fig. 4", "two_states distribution"),
)
EQUATIONS = (
    Citation("caption of Fig. 1, model", "Eq. (1)", "master_equation"),
    Citation("caption of Fig. 1, mean field", "Eq. (2)", "mean_field cubic"),
    Citation("Sec. III A, solution", "Eq. (3)", "mean_field zeroth_order"),
    Citation("Sec. III A, solution", "Eq. (2)", "cubic"),
    Citation("caption of Fig. 2, mean field", "Eq. (2)", "mean_field cubic"),
    Citation("caption of Fig. 2, squeezing", "Eq. (7)", "squeezing_moments"),
    Citation("caption of Fig. 3, dynamics", "Eq. (1)", "master_equation"),
    Citation("caption of Fig. 4, mixture", "Eq. (5)", "mixture"),
    Citation("caption of Fig. 5, squeezing", "Eq. (7)", "squeezing_moments"),
    Citation("Sec. IV, traceless mode", "Eq. (4)", "slow_mode"),
    Citation("Sec. IV, sum of weights", "Eq. (5)", "weights_sum"),
    Citation("Sec. V, quantum bistability", "Eq. (5)", "mixture"),
    Citation("Sec. V A, lower branch", "Eq. (2)", "lower_branch"),
    Citation("Sec. V A, steady state of the mode", "Eq. (6)", "fluctuations"),
    Citation("Sec. V A, limit", "Eq. (3)", "zeroth_order"),
    Citation("Sec. VI, long times", "Eq. (4)", "long_times"),
    Citation("Sec. VI, two states", "Eq. (5)", "mixture"),
    Citation("Sec. VI, two states", "Eq. (4)", "slow_mode"),
    Citation("Sec. VI, Markov process", "Eq. (10)", "rate_equations"),
    Citation("App. A, stationary field", "Eq. (A4)", "cavity_field_equation"),
    Citation("App. A, noise", "Eq. (A7)", "filtered_noise_enters"),
    Citation("App. A, equivalence", "Eq. (A11)", "langevin_lowering"),
    Citation("App. A, equivalence", "Eq. (A12)", "langevin_inversion"),
    Citation("App. A, equivalence", "Eq. (1)", "master_equation"),
    Citation("App. B, averaging", "Eq. (A11)", "langevin_lowering"),
    Citation("App. B, averaging", "Eq. (A12)", "langevin_inversion"),
    Citation("App. B, parameters", "Eq. (2)", "mean_field_rates"),
    Citation("App. B, spin not conserved", "Eq. (B2)", "mean_field_equations"),
    Citation("App. B, Dicke curve", "Eq. (B4)", "dicke_mean_field"),
    Citation("App. B, discriminant", "Eq. (2)", "cubic"),
    Citation("App. B, first order", "Eq. (B6)", "expansion"),
    Citation("App. B, first order", "Eq. (2)", "cubic"),
    Citation("App. B, names of the branches", "Eq. (3)", "branches_abc"),
    Citation("App. B, stability", "Eq. (B2)", "mean_field_equations"),
    Citation("App. B, eigenvalues", "Eq. (B11)", "jacobian"),
    Citation("App. B, region", "Eq. (B5)", "bistable_edges"),
    Citation("caption of Fig. 9, dynamics", "Eq. (B2)", "mean_field_equations"),
    Citation("caption of Fig. 9, eigenvalues", "Eq. (B11)", "jacobian"),
    Citation("App. C, mixture", "Eq. (5)", "mixture"),
    Citation("App. C, trace", "Eq. (C1)", "equal_mixture"),
    Citation("App. C, solution", "Eq. (C2)", "middle_of_branches"),
    Citation("caption of Fig. 10, critical drive", "Eq. (C1)", "middle_of_branches", corrected="Eq. (C2)"),
    Citation("App. E, mixed state", "Eq. (D2)", "mixed_state_matrix"),
    Citation("App. F, summation", "Eq. (A11)", "langevin_lowering"),
    Citation("App. F, summation", "Eq. (A12)", "langevin_inversion"),
    Citation("App. F, collective operators", "Eq. (F3)", "collective_bosons"),
    Citation("App. F, inversion", "Eq. (F3c)", "s_z_of_bosons"),
    Citation("App. F, rate", "Eq. (F2)", "rotation_of_atom"),
    Citation("App. F, bosons", "Eq. (F4)", "atomic_bosons"),
    Citation("App. F, sum over atoms", "Eq. (F6)", "fluctuation_of_atom"),
    Citation("App. F, solving", "Eq. (F7)", "fluctuations_appendix"),
    Citation("App. F, primed frame", "Eq. (F2)", "rotation_of_atom"),
    Citation("App. F, primed frame", "Eq. (F4)", "atomic_bosons"),
    Citation("App. F, correlators", "Eq. (F8)", "stationary_solution"),
    Citation("App. F, noise", "Eq. (A9)", "collective_noise_strength"),
    Citation("App. F, noise", "Eq. (A10)", "individual_noise_strength"),
    Citation("App. F, Dicke limit", "Eq. (F11)", "moments"),
    Citation("App. F, Dicke limit", "Eq. (B4)", "dicke_mean_field"),
    Citation("App. F, numerical branch", "Eq. (F10)", "squeezing_variance"),
    Citation("App. F, numerical branch", "Eq. (F11)", "moments"),
    Citation("App. F, numerical branch", "Eq. (2)", "lower_branch"),
    Citation("App. F, limit", "Eq. (3)", "zeroth_order branches_abc"),
    Citation("App. G, individual jumps", "Eq. (G1)", "individual_counts_formula"),
    Citation("App. G, collective jumps", "Eq. (G2)", "collective_counts_formula"),
    Citation("App. G, cavity field", "Eq. (A6)", "cavity_field_of_atoms"),
    Citation("caption of Fig. 13, individual jumps", "Eq. (G1)", "individual_counts_formula"),
    Citation("caption of Fig. 13, collective jumps", "Eq. (G2)", "collective_counts_formula"),
)
SECTIONS = (
    Citation("Sec. I, transition", "Sec. III", "first_order_transition"),
    Citation("Sec. I, bistability", "Sec. IV", "quantum_bistability"),
    Citation("Sec. I, switching", "Sec. VI", "switching_dynamics"),
    Citation("Sec. I, correlations", "Sec. V", "emergence_of_correlations"),
    Citation("Sec. I, observations", "Sec. VII", "consequences_for_observation"),
    Citation("Sec. II, elimination of the cavity", "App. A", "derivation_of_model"),
    Citation("Sec. III A, equations", "App. B", "mean_field_results"),
    Citation("Sec. III B, transition point", "App. C", "critical_point_estimate"),
    Citation("Sec. III B, mixed state", "App. D", "totally_mixed_state"),
    Citation("Sec. IV, mean field", "Sec. III A", "mean_field_analysis"),
    Citation("Sec. IV, spin components", "App. E", "decomposition_details"),
    Citation("Sec. V A, fluctuations", "App. F", "squeezing_calculation"),
    Citation("Sec. VI, photocount", "App. G", "jump_statistics"),
    Citation("Sec. VII A, mean-field time scale", "App. B", "mean_field_results"),
    Citation("Sec. VII B, switching", "Sec. VI", "switching_dynamics"),
    Citation("Sec. VII B, mixed state", "App. D", "totally_mixed_state"),
    Citation("App. E, procedure", "Sec. IV", "decomposition"),
    Citation("App. E, transition point", "App. C", "critical_point_estimate"),
    Citation("caption of Fig. 12, conditions", "Sec. IV", "decomposition"),
)
CITATIONS = FIGURES + EQUATIONS + SECTIONS
