"""What the rules of all studies share: they inherit it and say what is their own; `job` names log and benchmark."""


rule study:
    """What every study shares; no target of its own."""
    output:
        "<results>/study",
    log:
        "<logs>/<job>.log",
    benchmark:
        "<benchmarks>/<job>.tsv"
    pathvars:
        job="study",
    conda:
        "../../envs/physics.yaml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        parameters="{}",
    shell:
        "python {input.code[0]:q} {params.study} --parameters {params.parameters:q} --inputs {params.inputs:q}"
        " --outputs {params.outputs:q} --expected {params.expected:q} --log {log:q}"
