# The workflow lives in workflow/Snakefile. An included file never sets the default target, so it is named here.
include: "workflow/Snakefile"


rule default:
    """The target of a plain `snakemake --cores 8`: everything."""
    input:
        rules.all.input,
    localrule: True
    message:
        "Every table and figure is there; their checksums are in the manifest"
