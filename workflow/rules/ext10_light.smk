"""Beyond the paper: the light of both ports in time, Fig. ext10."""


use rule study as light with:
    """Spectra and second-order coherence of both ports."""
    input:
        code=code_of("light.light"),
    output:
        spectra="<results>/light/spectra.parquet",
        light_rates="<results>/light/rates.parquet",
        coherence="<results>/light/coherence.parquet",
    pathvars:
        job="light/light",
    resources:
        # Measured: 1.14 GB at 64 atoms.
        mem_mb=round(300 + 1200 * (config["light"]["n_atoms"][-1] / 64) ** 4),
        runtime=20,
    params:
        **study("light.light"),


EXTENSION_DATA += rules.light.output
DRAWINGS["ext10"] = drawing(
    "light in time",
    "abcd",
    spectra="<results>/light/spectra.parquet",
    light_rates="<results>/light/rates.parquet",
    coherence="<results>/light/coherence.parquet",
)
