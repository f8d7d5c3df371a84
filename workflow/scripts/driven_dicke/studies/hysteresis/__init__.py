"""Tables of sweeps of the drive up and down, Fig. ext6. A rate is dOmega/dt in Omega_c gamma_s."""

from dataclasses import replace
from typing import Any

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Configuration, Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE, S_Z

RATE = Column.real("rate", "speed of the sweep, dOmega/dt", "Omega_c gamma_s", minimum=0)
DIRECTION = Column.text("direction", "up or down")
AREA = Column.real("area", "loop area, integral over the drive of 2 (<S_z> on the way down - up) / N", "Omega_c")

SWEEP = Contract(
    "hysteresis/sweep",
    "master equation: <S_z> in the middle of every level of the drive, on the way up and down",
    (
        N_ATOMS,
        RATE,
        DIRECTION,
        DRIVE,
        S_Z,
        Column.real("error", "change of <S_z> by halving the time step; its own error is smaller", minimum=0),
        Column.real("steady_s_z", "<S_z> of the steady state at this drive, in closed form"),
    ),
)
ENSEMBLE = Contract(
    "hysteresis/ensemble",
    "spin-resolved trajectories under the same drive: average <S_z> in the middle of every level",
    (
        N_ATOMS,
        RATE,
        DIRECTION,
        DRIVE,
        replace(S_Z, optional=True),
        Column.real("standard_error", "standard error of the average over the trajectories", minimum=0, optional=True),
        replace(
            NOTE, meaning="why the trajectories are fewer or more than configured, in words; empty where they are not"
        ),
    ),
)
ENSEMBLE_AREAS = Contract(
    "hysteresis/ensemble_areas",
    "loop area of every single trajectory",
    (
        N_ATOMS,
        RATE,
        Column.integer("trajectory", "its number, from 0", minimum=0),
        replace(AREA, optional=True),
        NOTE,
    ),
)
MEAN_FIELD = Contract(
    "hysteresis/mean_field",
    "solution of Eqs. (B2) under the same drive: N s_z / 2 in the middle of every level",
    (N_ATOMS, RATE, DIRECTION, DRIVE, S_Z),
)
CHAIN = Contract(
    "hysteresis/chain",
    "adiabatic chain in j under the same drive: <S_z> in the middle of every level",
    (N_ATOMS, RATE, DIRECTION, DRIVE, S_Z),
)
STATIC = Contract(
    "hysteresis/static",
    "the infinitely slow mean field: every branch is followed to its edge (B5)",
    (
        N_ATOMS,
        Column.real("lower_edge", "lowest drive with two stable branches", "Omega_c", minimum=0, optional=True),
        Column.real("upper_edge", "highest drive with two stable branches", "Omega_c", minimum=0, optional=True),
        Column.real(
            "area", "area between upper and lower branch, in s_z times Omega_c", "Omega_c", minimum=0, optional=True
        ),
        Column.real(
            "level", "2 <S_z> / N that counts as the switch: midway between the branches at Omega_PT", optional=True
        ),
        Column.real("critical_drive", "Omega_PT by Eq. (C2)", "Omega_c", minimum=0, optional=True),
        NOTE,
    ),
)
LOOPS = Contract(
    "hysteresis/loops",
    "area of every loop, and the drives at which it switches",
    (
        Column.text("source", "master equation, ensemble, adiabatic chain or mean field"),
        N_ATOMS,
        RATE,
        replace(AREA, optional=True),
        Column.real(
            "area_error",
            "ensemble: standard error; master equation: integral of `error`; else 0",
            "Omega_c",
            minimum=0,
            optional=True,
        ),
        Column.real("area_ratio", "area over the master equation's at the same N and rate, if any", optional=True),
        Column.real(
            "switch_up", "drive at which the level is passed on the way up", "Omega_c", minimum=0, optional=True
        ),
        Column.real("switch_down", "the same on the way down; missing if never", "Omega_c", minimum=0, optional=True),
        Column.flag("loop_rate", "is among the configured loop_rates, drawn for the first N"),
        Column.flag("common_rate", "is the configured common_rate, drawn for every N"),
        NOTE,
    ),
)
VALIDATION = Contract(
    "hysteresis/validation",
    "loop area of the ensemble against that of the master equation, where both were run",
    (
        N_ATOMS,
        RATE,
        Column.real("area_ensemble", "mean over the trajectories", "Omega_c", optional=True),
        Column.real("standard_error", "its standard error", "Omega_c", minimum=0, optional=True),
        Column.real("area_master_equation", "of the master equation", "Omega_c"),
        Column.real("deviation", "difference in standard errors", minimum=0, optional=True),
        Column.flag("within", "the deviation is at most the configured number of standard errors"),
        NOTE,
    ),
)


def _shared(configuration: Configuration) -> dict[str, Any]:
    section = configuration["hysteresis"]
    return {"rates": configuration["rates"], "drive": section["drive"], "settling": section["settling"]}


def sweeps(configuration: Configuration) -> dict[int, list[float]]:
    """N -> rates of the sweeps by the master equation."""
    return {entry["n_atoms"]: entry["rates"] for entry in configuration["hysteresis"]["sweeps"]}


def ensembles(configuration: Configuration) -> dict[int, dict[str, Any]]:
    """N -> rates and number of the trajectories."""
    return {entry["n_atoms"]: entry for entry in configuration["hysteresis"]["ensembles"]}


def _sweep_parameters(configuration: Configuration, n_atoms: int) -> dict[str, Any]:
    return {
        **_shared(configuration),
        "step_tolerance": configuration["hysteresis"]["step_tolerance"],
        "n_atoms": n_atoms,
        "sweep_rates": sweeps(configuration)[n_atoms],
    }


def _ensemble_parameters(configuration: Configuration, n_atoms: int) -> dict[str, Any]:
    section, own = configuration["hysteresis"], ensembles(configuration)[n_atoms]
    return {
        **_shared(configuration),
        "samples": section["samples"],
        "seed": section["seed"],
        "n_atoms": n_atoms,
        "sweep_rates": own["rates"],
        "trajectories": own["trajectories"],
    }


def _every_size(configuration: Configuration) -> list[int]:
    section = configuration["hysteresis"]
    kinds = ("sweeps", "ensembles", "mean_field", "chain")
    return sorted({entry["n_atoms"] for kind in kinds for entry in section[kind]})


STUDIES = {
    "hysteresis_sweep": Study(
        "compute.master_equation",
        lambda config, wildcards: _sweep_parameters(config, int(wildcards["n_atoms"])),
        {"sweep": SWEEP},
    ),
    "hysteresis_ensemble": Study(
        "compute.ensemble",
        lambda config, wildcards: _ensemble_parameters(config, int(wildcards["n_atoms"])),
        {"ensemble": ENSEMBLE, "ensemble_areas": ENSEMBLE_AREAS},
    ),
    "hysteresis_chain": Study(
        "compute.chain_loops",
        lambda config, _: {**_shared(config), "sweeps": config["hysteresis"]["chain"]},
        {"chain": CHAIN},
    ),
    "hysteresis_mean_field": Study(
        "compute.mean_field_loops",
        lambda config, _: {
            **_shared(config),
            "sweeps": config["hysteresis"]["mean_field"],
            "static_n_atoms": _every_size(config),
        },
        {"mean_field": MEAN_FIELD, "static": STATIC},
    ),
    "hysteresis": Study(
        "compute.summary",
        lambda config, _: {
            name: config["hysteresis"][name] for name in ("standard_errors", "loop_rates", "common_rate")
        },
        {"loops": LOOPS, "validation": VALIDATION},
        {"chain": CHAIN, "mean_field": MEAN_FIELD, "static": STATIC},
        {"sweep": SWEEP, "ensemble": ENSEMBLE, "ensemble_areas": ENSEMBLE_AREAS},
    ),
}
