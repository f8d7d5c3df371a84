"""Regression against the reference tables."""

REFERENCES = SCRIPTS.parents[1] / "tests/reference"


rule verify:
    """This build's tables against the references of the full configuration; fails on a deviation."""
    input:
        code=code("verify"),
        tables=DATA,
        tolerances=os.path.relpath(REFERENCES / "tolerances.yaml"),
        references=sorted(os.path.relpath(path) for path in REFERENCES.rglob("*.parquet")),
    output:
        "<results>/verification.txt",
    log:
        "<logs>/verify.log",
    benchmark:
        "<benchmarks>/verify.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=300,
        runtime=2,
    params:
        results=lambda wildcards, output: os.path.dirname(output[0]),
    shell:
        "python {input.code[0]:q} --results {params.results:q} --tolerances {input.tolerances:q} --output {output:q}"
        " --log {log:q}"
