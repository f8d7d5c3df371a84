"""Checksums of everything."""


rule manifest:
    """SHA-256 of every table and figure, and what they were made with."""
    input:
        code=code("manifest"),
        files=DATA + FIGURES,
    output:
        "<results>/manifest.json",
    log:
        "<logs>/manifest.log",
    benchmark:
        "<benchmarks>/manifest.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=200,
        runtime=2,
    shell:
        "python {input.code[0]:q} --files {input.files:q} --output {output:q} --log {log:q}"
