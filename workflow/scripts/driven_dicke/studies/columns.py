"""Columns that several tables share, so that a name always has one meaning and one unit."""

from driven_dicke.pipeline.contract import Column

N_ATOMS = Column.integer("n_atoms", "number of atoms N", minimum=1)
DRIVE = Column.real("drive", "Omega / Omega_c with Omega_c = (N-1) gamma_c / 4", "Omega_c", minimum=0)
TIME = Column.real("time", "time", "1/gamma_s", minimum=0)
S_Z = Column.real("s_z", "magnetisation <S_z>")
S_SQUARED = Column.real("s_squared", "total angular momentum <S^2>")
INTENSITY = Column.real("intensity", "intensity of collective radiation <S_+ S_->")
G2 = Column.real("g2", "second-order coherence g2(0) = <S_+ S_+ S_- S_-> / <S_+ S_->^2", minimum=0)
XI2 = Column.real("xi2", "spin-squeezing parameter xi^2 = N min Var / |<S>|^2", minimum=0)
S_MINUS = Column.real("s_minus", "modulus of the collective dipole |<S_->| = <S_y>", minimum=0)
MAGNETIC_NUMBER = Column.real("m", "eigenvalue of S_z")
PROBABILITY = Column.real("probability", "probability of the eigenvalue, P_m", minimum=0, maximum=1)
CRSS_FIDELITY = Column.real("crss_fidelity", "root fidelity with the CRSS", minimum=0, maximum=1)
NOTE = Column.text("note", "why values of this row are missing, in words; empty where they are all there")
