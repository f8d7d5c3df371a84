"""The two phases and their weights: Figs. 4, 5, 11 and 12."""

PHASES_N = config["phases"]["n_atoms"]
WEIGHTS_N = sorted({*PHASES_N, *config["phases"]["weights_n_atoms"]})


rule phases:
    """The two phases of N atoms against drive, their matrices at one drive, and the Dicke model beside them."""
    input:
        code=code("phases"),
    output:
        phases="<results>/phases/N{n_atoms}.parquet",
        magnetization="<results>/phases/magnetization_N{n_atoms}.parquet",
        matrices="<results>/phases/matrices_N{n_atoms}.parquet",
        dicke="<results>/phases/dicke_N{n_atoms}.parquet",
    log:
        "<logs>/phases/N{n_atoms}.log",
    benchmark:
        "<benchmarks>/phases/N{n_atoms}.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=lambda wildcards: decomposition_mb(int(wildcards.n_atoms)),
        runtime=15,
    params:
        parameters=lambda wildcards: parameters(
            rates=config["rates"],
            drive=config["phases"]["drive"],
            bistable_points=config["phases"]["bistable_points"],
            selected_drive=config["phases"]["selected_drive"],
            n_atoms=int(wildcards.n_atoms),
        ),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The two phases, N = {wildcards.n_atoms}"
    shell:
        STUDY


rule phase_weights:
    """Weights of the two phases at the critical point of each N, with an exponential law for their error."""
    input:
        code=code("phase_weights"),
    output:
        weights="<results>/phases/weights.parquet",
        weights_law="<results>/phases/weights_law.parquet",
    log:
        "<logs>/phases/weights.log",
    benchmark:
        "<benchmarks>/phases/weights.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=decomposition_mb(max(WEIGHTS_N)),
        runtime=15,
    params:
        parameters=parameters(rates=config["rates"], n_atoms=WEIGHTS_N),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "Weights of the phases at the critical point"
    shell:
        STUDY


DATA += expand(rules.phases.output, n_atoms=PHASES_N)
DATA += rules.phase_weights.output
