"""Beyond the paper, Fig. ext2: the transition sharpens with the number of atoms."""


rule sharpening:
    """Exact steady states against drive up to 10^5 atoms, their limit, and the width of the transition."""
    input:
        code=code("sharpening"),
    output:
        curves="<results>/sharpening/curves.parquet",
        limit="<results>/sharpening/limit.parquet",
        transition="<results>/sharpening/transition.parquet",
        validation="<results>/sharpening/validation.parquet",
    log:
        "<logs>/sharpening/sharpening.log",
    benchmark:
        "<benchmarks>/sharpening/sharpening.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters=parameters(rates=config["rates"], **config["sharpening"]),
        inputs=named_inputs,
        outputs=named_outputs,
    message:
        "The transition sharpens"
    shell:
        STUDY


rule ext2:
    """Fig. ext2: the transition sharpens."""
    input:
        code=code("figure", "figures/ext2"),
        curves="<results>/sharpening/curves.parquet",
        limit="<results>/sharpening/limit.parquet",
        transition="<results>/sharpening/transition.parquet",
    output:
        panels("ext2", "a", "b", "c", "d", "e", "f"),
        assembled("ext2"),
    log:
        "<logs>/figures/ext2.log",
    benchmark:
        "<benchmarks>/figures/ext2.tsv"
    conda:
        "../../envs/plotting.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=2,
    params:
        figure="ext2",
        inputs=named_inputs,
    message:
        "Fig. ext2"
    shell:
        FIGURE


EXTENSION_DATA += rules.sharpening.output
EXTENSION_FIGURES += rules.ext2.output
