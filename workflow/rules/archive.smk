"""Everything in one file, ready to be deposited."""

from driven_dicke.pipeline.publication import project_files


rule archive:
    """Code, configuration, tables, figures, manifest and checksums as one zip file with the same bytes every time."""
    input:
        code=code("archive"),
        project=[os.path.relpath(SCRIPTS.parents[1] / path) for path in project_files(SCRIPTS.parents[1])],
        files=DATA + FIGURES,
        manifest=rules.manifest.output,
    output:
        archive="<results>/driven-dicke.zip",
    log:
        "<logs>/archive.log",
    benchmark:
        "<benchmarks>/archive.tsv"
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    shell:
        "python {input.code[0]:q} --files {input.files:q} {input.manifest:q} --output {output.archive:q} --log {log:q}"
