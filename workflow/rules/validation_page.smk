"""All validation tables on one page."""


rule validation_page:
    """Every number that was found in more than one way, to read."""
    input:
        code=code("page", "driven_dicke.figures.validation_page"),
        validation=rules.validation.output.validation,
        proven_digits=rules.proven_digits.output.proven_digits,
        constants=rules.proven_digits.output.constants,
        steady_state=expand(rules.steady_state.output.steady_state, n_atoms=STEADY_STATE_N),
        gap_validation=rules.liouvillian_gap_validation.output.validation,
        gap=rules.liouvillian_gap.output.gap,
        critical_point=rules.critical_point.output.critical_point,
        fit=rules.critical_point.output.fit,
    output:
        report(
            "<results>/validation/validation.html",
            caption="../report/validation.rst",
            category="Validation",
            labels={"page": "all validation tables"},
        ),
    log:
        "<logs>/validation/validation_page.log",
    benchmark:
        "<benchmarks>/validation/validation_page.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        inputs=named_inputs,
    shell:
        "python {input.code[0]:q} validation_page --inputs {params.inputs:q} --html {output:q} --log {log:q}"


FIGURES += rules.validation_page.output
