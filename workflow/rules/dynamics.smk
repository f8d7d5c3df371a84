"""rho(t) of the master equation: Fig. 7."""


rule transient:
    """rho(t) of N atoms from all atoms down."""
    input:
        code=code("transient"),
    output:
        transient="<results>/dynamics/transient_N{n_atoms}.parquet",
    log:
        "<logs>/dynamics/transient_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/dynamics/transient_N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=400,
        runtime=5,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=config["dynamics"]["drive"],
            times=config["dynamics"]["times"],
            n_atoms=int(wildcards.n_atoms),
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "rho(t), N = {wildcards.n_atoms}"
    shell:
        STUDY


DATA += expand(rules.transient.output, n_atoms=config["dynamics"]["n_atoms"])
