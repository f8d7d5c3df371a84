"""Loop areas and switches of all sweeps: Fig. ext6."""

from driven_dicke import command_line
from driven_dicke.contracts import hysteresis as contracts
from driven_dicke.studies import hysteresis

if __name__ == "__main__":
    command_line.run_study(
        hysteresis.summary,
        {"loops": contracts.LOOPS, "validation": contracts.VALIDATION},
        {"chain": contracts.CHAIN, "mean_field": contracts.MEAN_FIELD, "static": contracts.STATIC},
        {
            "sweep": contracts.SWEEP,
            "ensemble": contracts.ENSEMBLE,
            "ensemble_areas": contracts.ENSEMBLE_AREAS,
        },
    )
