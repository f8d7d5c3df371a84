"""What the paper asserts and prints, checked by machine."""


use rule study as equations with:
    """Audit of every printed equation, inline formula and cross-reference."""
    input:
        code=code_of("claims.equations"),
    output:
        equations="<results>/claims/equations.parquet",
    pathvars:
        job="claims/equations",
    params:
        **study("claims.equations"),


use rule study as claims_evidence with:
    """What the claims need and no figure shows: large N, the CRSS itself, the fidelity at larger N."""
    input:
        code=code_of("claims.claims_evidence"),
    output:
        large_n="<results>/claims/large_n.parquet",
        purely_collective="<results>/claims/purely_collective.parquet",
        fidelity="<results>/claims/fidelity.parquet",
        metastable="<results>/claims/metastable.parquet",
        preparation="<results>/claims/preparation.parquet",
    pathvars:
        job="claims/claims_evidence",
    resources:
        mem_mb=factorisation_mb(config["claims"]["evidence"]["fidelity"]["n_atoms"]),
        runtime=10,
    params:
        **study("claims.claims_evidence"),


STEADY_SMALL, STEADY_LARGE = STEADY_STATE_N[0], STEADY_STATE_N[-1]
PHASES_SMALL, PHASES_LARGE = PHASES_N[0], PHASES_N[-1]


use rule study as claims_table with:
    """Every claim of the paper, decided on the other tables."""
    input:
        code=code_of("claims.claims_table"),
        branches=rules.mean_field.output.branches,
        edges=rules.mean_field.output.edges,
        steady_small=f"<results>/steady_state/N{STEADY_SMALL}.parquet",
        steady_large=f"<results>/steady_state/N{STEADY_LARGE}.parquet",
        magnetization=f"<results>/steady_state/magnetization_N{STEADY_LARGE}.parquet",
        mean_field_magnetization=f"<results>/steady_state/mean_field_magnetization_N{STEADY_LARGE}.parquet",
        totally_mixed=rules.totally_mixed.output.totally_mixed,
        squeezing_small=f"<results>/squeezing/N{STEADY_SMALL}.parquet",
        squeezing_large=f"<results>/squeezing/N{STEADY_LARGE}.parquet",
        critical_point=rules.critical_point.output.critical_point,
        fit=rules.critical_point.output.fit,
        gap=rules.liouvillian_gap.output.gap,
        law=rules.liouvillian_gap.output.law,
        gap_validation=rules.liouvillian_gap_validation.output.validation,
        phases_small=f"<results>/phases/N{PHASES_SMALL}.parquet",
        phases_large=f"<results>/phases/N{PHASES_LARGE}.parquet",
        phases_magnetization=f"<results>/phases/magnetization_N{PHASES_SMALL}.parquet",
        matrices=f"<results>/phases/matrices_N{PHASES_SMALL}.parquet",
        dicke=f"<results>/phases/dicke_N{PHASES_SMALL}.parquet",
        weights=rules.phase_weights.output.weights,
        dynamics=f"<results>/dynamics/transient_N{config['dynamics']['n_atoms']}.parquet",
        switching="<results>/trajectories/switching.parquet",
        switching_jumps="<results>/trajectories/switching_jumps.parquet",
        switching_zoom=rules.trajectory_zoom.output.zoom,
        transient="<results>/trajectories/transient.parquet",
        transient_jumps="<results>/trajectories/transient_jumps.parquet",
        singlets="<results>/trajectories/singlets.parquet",
        quench="<results>/trajectories/quench.parquet",
        counts=rules.trajectory_counts.output.counts,
        expected_counts=rules.trajectory_counts.output.expected_counts,
        dwell_rates=rules.dwell_times.output.dwell_rates,
        dwell_thresholds=rules.dwell_times.output.dwell_thresholds,
        equations=rules.equations.output.equations,
        large_n=rules.claims_evidence.output.large_n,
        purely_collective=rules.claims_evidence.output.purely_collective,
        fidelity=rules.claims_evidence.output.fidelity,
        metastable=rules.claims_evidence.output.metastable,
        preparation=rules.claims_evidence.output.preparation,
    output:
        claims="<results>/claims/claims.parquet",
    pathvars:
        job="claims/claims_table",
    params:
        **study("claims.claims_table"),


rule claims:
    """The page of claims, to read: Markdown with pictures, and one HTML file."""
    input:
        code=code("claims_page"),
        claims=rules.claims_table.output.claims,
        equations=rules.equations.output.equations,
        large_n=rules.claims_evidence.output.large_n,
        fidelity=rules.claims_evidence.output.fidelity,
        critical_point=rules.critical_point.output.critical_point,
        fit=rules.critical_point.output.fit,
        fit_curve=rules.critical_point.output.fit_curve,
        gap=rules.liouvillian_gap.output.gap,
        law=rules.liouvillian_gap.output.law,
        phases_small=rules.claims_table.input.phases_small,
        phases_large=rules.claims_table.input.phases_large,
        weights=rules.phase_weights.output.weights,
    output:
        markdown="<results>/claims/claims.md",
        html=report(
            "<results>/claims/claims.html",
            caption="../report/claims.rst",
            category="Claims",
            labels={"page": "all claims and equations"},
        ),
        pictures=expand("<results>/claims/claim{number}.svg", number=["06", "11", "18", "21", "27"]),
    log:
        "<logs>/claims/claims.log",
    benchmark:
        "<benchmarks>/claims/claims.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        inputs=named_inputs,
    shell:
        "python {input.code[0]:q} --inputs {params.inputs:q} --markdown {output.markdown:q} --html {output.html:q}"
        " --pictures {output.pictures:q} --log {log:q}"


DATA += rules.equations.output
DATA += rules.claims_evidence.output
DATA += rules.claims_table.output
FIGURES += rules.claims.output
