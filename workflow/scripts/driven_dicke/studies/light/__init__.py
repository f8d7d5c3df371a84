"""Tables of the light of both ports in time: spectra and second-order coherence; Fig. ext10."""

from dataclasses import replace

from driven_dicke.pipeline.contract import Column, Contract
from driven_dicke.pipeline.study import Study
from driven_dicke.studies.columns import DRIVE, N_ATOMS, NOTE, TIME

PLACE = Column.real("place", "drive over Omega_PT, below, at and above the transition", minimum=0)
PORT = Column.text("port", "cavity (S_-, through the mirrors) or side (every sigma_n)")
TOTAL_NOTE = replace(NOTE, meaning="why the drive is not a multiple of Omega_PT, in words; empty where it is")

SPECTRA = Contract(
    "light/spectra",
    "incoherent spectrum of either port, per photon of that port, at frequencies from resonance up",
    (
        N_ATOMS,
        PLACE,
        DRIVE,
        PORT,
        Column.real("frequency", "distance from the laser, angular", "gamma_s", minimum=0),
        Column.real("spectrum", "spectral density; both sides together have the area 1 - coherent_share", "1/gamma_s"),
        TOTAL_NOTE,
    ),
)
RATES = Contract(
    "light/rates",
    "photons of either port, and how many of them are coherent",
    (
        N_ATOMS,
        PLACE,
        DRIVE,
        PORT,
        Column.real("rate", "photons per time", "gamma_s", minimum=0),
        Column.real(
            "coherent_share", "share at the laser's frequency, |<S_->|^2 / <S_+S_->", minimum=0, maximum=1 + 1e-9
        ),
        TOTAL_NOTE,
    ),
)
COHERENCE = Contract(
    "light/coherence",
    "second-order coherence g2(tau) of a photon of `second` a time tau after one of `first`",
    (
        N_ATOMS,
        PLACE,
        DRIVE,
        Column.text("first", "port of the first photon: cavity or side"),
        Column.text("second", "port of the second photon: cavity or side"),
        TIME,
        Column.real("g2", "g2(tau)", minimum=-1e-6),
        Column.real(
            "two_states",
            "the same of two phases with Poissonian light that switch at the exact rates; missing without two phases",
            minimum=0,
            optional=True,
        ),
        TOTAL_NOTE,
    ),
)

STUDIES = {
    "light": Study(
        "compute.compute",
        lambda config, _: {"rates": config["rates"], **config["light"]},
        {"spectra": SPECTRA, "light_rates": RATES, "coherence": COHERENCE},
    )
}
