"""The map's gaps against complete spectra, at several gamma_c / gamma_s: beside Fig. ext7."""

import logging
from collections.abc import Mapping
from typing import Any

from driven_dicke.generator import spectrum
from driven_dicke.model import checks
from driven_dicke.model.parameters import Model
from driven_dicke.studies.liouvillian_gap.validation import REFERENCES, slowest_rate, symmetric_sector
from driven_dicke.switching.adiabatic_chain import adiabatic_chain


def compute(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table validation: each of REFERENCES at its `n_atoms`, every `rate_ratios` and `drives`.

    The reference's own slowest rate in the symmetric sector is compared; `slowest_rate` is that of both sectors.

    Raises:
        checks.CertificateError: a deviation exceeds `tolerance`.
    """
    rows: list[dict[str, Any]] = []
    for name, (label, matrices) in REFERENCES.items():
        for n_atoms in parameters["n_atoms"][name]:
            for ratio in parameters["rate_ratios"]:
                for drive in parameters["drives"]:
                    model = Model(n_atoms, ratio)
                    rabi_frequency = model.rabi_frequency(drive)
                    gap = spectrum.slow_modes(model, rabi_frequency, count=2).gap
                    invariant, _, exchange = matrices(model, rabi_frequency)
                    reference, _ = slowest_rate(symmetric_sector(invariant, exchange))
                    deviation = abs(gap / reference - 1)
                    rows.append(
                        {
                            "reference": label,
                            "n_atoms": n_atoms,
                            "rate_ratio": ratio,
                            "drive": drive,
                            "gap": gap,
                            "gap_reference": reference,
                            "relative_deviation": deviation,
                            "within": deviation <= parameters["tolerance"],
                            "slowest_rate": slowest_rate(invariant)[0],
                            "gap_chain": adiabatic_chain(model, rabi_frequency).gap,
                        }
                    )
                    logging.info("%s, N = %d, gamma_c = %g gamma_s: %.1e", label, n_atoms, ratio, deviation)
    worst = max(rows, key=lambda row: row["relative_deviation"])
    if not worst["within"]:
        raise checks.CertificateError(
            f"the gap and {worst['reference']} differ by {worst['relative_deviation']:.2e} at N = {worst['n_atoms']}, "
            f"gamma_c = {worst['rate_ratio']:g} gamma_s, drive {worst['drive']:g} Omega_c"
        )
    return {"validation": {name: [row[name] for row in rows] for name in rows[0]}}
