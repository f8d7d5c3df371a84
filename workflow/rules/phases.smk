"""The two phases and their weights: Figs. 4, 5, 11 and 12."""

from driven_dicke.studies.phases import weighted_n_atoms

PHASES_N = config["phases"]["n_atoms"]


use rule study as phases with:
    """The two phases of N atoms against drive, their matrices at one drive, and the Dicke model beside them."""
    input:
        code=code_of("phases.phases"),
    output:
        phases="<results>/phases/N{n_atoms}.parquet",
        magnetization="<results>/phases/magnetization_N{n_atoms}.parquet",
        matrices="<results>/phases/matrices_N{n_atoms}.parquet",
        dicke="<results>/phases/dicke_N{n_atoms}.parquet",
    pathvars:
        job="phases/N{n_atoms}",
    resources:
        mem_mb=lambda wildcards: decomposition_mb(int(wildcards.n_atoms)),
        runtime=15,
    params:
        **study("phases.phases"),


use rule study as phase_weights with:
    """Weights of the two phases at the critical point of each N, with an exponential law for their error."""
    input:
        code=code_of("phases.phase_weights"),
    output:
        weights="<results>/phases/weights.parquet",
        weights_law="<results>/phases/weights_law.parquet",
    pathvars:
        job="phases/weights",
    resources:
        mem_mb=decomposition_mb(max(weighted_n_atoms(config))),
        runtime=15,
    params:
        **study("phases.phase_weights"),


DATA += expand(rules.phases.output, n_atoms=PHASES_N)
DATA += rules.phase_weights.output
