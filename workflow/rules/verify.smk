"""Regression against the reference tables."""

REFERENCES = SCRIPTS.parents[1] / "tests/reference"


rule verify:
    """This build's tables against the references of the full configuration; fails on a deviation."""
    input:
        code=code("verify"),
        tables=DATA,
        tolerances=os.path.relpath(REFERENCES / "tolerances.yaml"),
        references=sorted(os.path.relpath(path) for path in REFERENCES.glob("*/*.parquet")),
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


use rule verify as verify_extensions with:
    """The same of what lies beyond the paper, Figs. ext1 ... ext7."""
    input:
        code=code("verify"),
        tables=EXTENSION_DATA,
        tolerances=os.path.relpath(REFERENCES / "extensions/tolerances.yaml"),
        references=sorted(os.path.relpath(path) for path in REFERENCES.glob("extensions/*/*.parquet")),
    output:
        "<results>/verification_extensions.txt",
    log:
        "<logs>/verify_extensions.log",
    benchmark:
        "<benchmarks>/verify_extensions.tsv"
