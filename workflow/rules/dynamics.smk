"""rho(t) of the master equation: Fig. 7."""


use rule study as transient with:
    """rho(t) of N atoms from all atoms down."""
    input:
        code=code_of("dynamics.transient"),
    output:
        transient="<results>/dynamics/transient_N{n_atoms}.parquet",
    log:
        "<logs>/dynamics/transient_N{n_atoms}.log",
    benchmark:
        "<benchmarks>/dynamics/transient_N{n_atoms}.tsv"
    params:
        **study("dynamics.transient"),
    message:
        "rho(t), N = {wildcards.n_atoms}"


DATA += expand(rules.transient.output, n_atoms=config["dynamics"]["n_atoms"])
