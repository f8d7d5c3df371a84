"""What is said before the first job and after a failure: one line for each cause, below all that Snakemake prints."""

from driven_dicke.pipeline import failures


onstart:
    # Conda and containers bring their own libraries.
    if not workflow.deployment_settings.deployment_method:
        if missing := failures.missing_libraries(sys.executable):
            sys.exit(missing)
    if full := failures.full_temporary_folder():
        sys.exit(full)
    if unwritable := failures.unwritable_folder(Path(f"{RUN}{name}") for name in ("results", "figures", "logs")):
        sys.exit(unwritable)


onerror:
    for line in failures.causes(map(Path, log)):
        print(line, file=sys.stderr)
