"""The quick configuration as a target."""

QUICK = os.path.relpath(SCRIPTS.parents[1] / "config/quick.yaml")


# Handed over to a run of its own, since a run has one configuration.
rule quick:
    """Every study and figure with small N, into runs/quick/."""
    localrule: True
    handover: True
    params:
        command=lambda wildcards: [
            *(sys.executable, "-m", "snakemake", "--cores", str(workflow.cores), "--rerun-incomplete"),
            *("--snakefile", os.path.relpath(workflow.main_snakefile), "--configfile", QUICK),
            *(f"--sdm={method}" for method in workflow.deployment_settings.deployment_method),
        ],
    message:
        "The quick configuration"
    shell:
        "{params.command:q}"
