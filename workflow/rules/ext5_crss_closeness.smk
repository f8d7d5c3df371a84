"""Beyond the paper: how close rho_+ is to a coherently radiating spin state, Fig. ext5."""


use rule study as crss_closeness with:
    """rho_+ beside the CRSS of spin N/2 and beside the CRSS of each of its spins."""
    input:
        code=code_of("crss_closeness.crss_closeness"),
    output:
        fidelity="<results>/crss_closeness/fidelity.parquet",
        spins="<results>/crss_closeness/spins.parquet",
        landmarks="<results>/crss_closeness/landmarks.parquet",
    pathvars:
        job="crss_closeness/crss_closeness",
    resources:
        # Measured: 0.4 GB at 100 atoms, 0.7 GB at 128.
        mem_mb=decomposition_mb(config["crss_closeness"]["spectral_until"]),
        runtime=10,
    params:
        **study("crss_closeness.crss_closeness"),


EXTENSION_DATA += rules.crss_closeness.output
DRAWINGS["ext5"] = drawing(
    "how close to a CRSS?",
    "abcd",
    fidelity="<results>/crss_closeness/fidelity.parquet",
    spins="<results>/crss_closeness/spins.parquet",
    landmarks="<results>/crss_closeness/landmarks.parquet",
)
