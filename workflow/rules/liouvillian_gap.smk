"""Liouvillian gap against N, and independent ways to it: Fig. 3."""

GAP = config["liouvillian_gap"]


rule liouvillian_gap:
    """Liouvillian gap of every N from its eigenvalue and from the relaxation of <S_z>, with an exponential law."""
    input:
        code=code("liouvillian_gap"),
    output:
        gap="<results>/liouvillian_gap/gap.parquet",
        relaxation="<results>/liouvillian_gap/relaxation.parquet",
        law="<results>/liouvillian_gap/law.parquet",
    log:
        "<logs>/liouvillian_gap/liouvillian_gap.log",
    benchmark:
        "<benchmarks>/liouvillian_gap/liouvillian_gap.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=factorisation_mb(max(GAP["n_atoms"])),
        runtime=10,
    params:
        parameters=parameters(
            rates=config["rates"],
            n_atoms=GAP["n_atoms"],
            drive=GAP["drive"],
            law=GAP["law"],
            relaxation=GAP["relaxation"],
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Liouvillian gap against N"
    shell:
        STUDY


rule liouvillian_gap_validation:
    """The gap of the sparse solver against complete spectra, up to that of the full master equation."""
    input:
        code=code("liouvillian_gap_validation"),
    output:
        validation="<results>/liouvillian_gap/validation.parquet",
    log:
        "<logs>/liouvillian_gap/validation.log",
    benchmark:
        "<benchmarks>/liouvillian_gap/validation.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], **GAP["validation"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Validation: Liouvillian gap against complete spectra"
    shell:
        STUDY


DATA += rules.liouvillian_gap.output
DATA += rules.liouvillian_gap_validation.output
