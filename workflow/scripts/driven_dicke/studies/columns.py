"""Columns that several tables share, so that a name always has one meaning and one unit."""

from driven_dicke.pipeline.contract import Column

N_ATOMS = Column("n_atoms", "integer", "1", "number of atoms N", minimum=1)
DRIVE = Column("drive", "real", "Omega_c", "Omega / Omega_c with Omega_c = (N-1) gamma_c / 4", minimum=0)
TIME = Column("time", "real", "1/gamma_s", "time", minimum=0)
S_Z = Column("s_z", "real", "1", "magnetisation <S_z>")
S_SQUARED = Column("s_squared", "real", "1", "total angular momentum <S^2>")
INTENSITY = Column("intensity", "real", "1", "intensity of collective radiation <S_+ S_->")
G2 = Column("g2", "real", "1", "second-order coherence g2(0) = <S_+ S_+ S_- S_-> / <S_+ S_->^2", minimum=0)
XI2 = Column("xi2", "real", "1", "spin-squeezing parameter xi^2 = N min Var / |<S>|^2", minimum=0)
S_MINUS = Column("s_minus", "real", "1", "modulus of the collective dipole |<S_->| = <S_y>", minimum=0)
MAGNETIC_NUMBER = Column("m", "real", "1", "eigenvalue of S_z")
PROBABILITY = Column("probability", "real", "1", "probability of the eigenvalue, P_m", minimum=0, maximum=1)
CRSS_FIDELITY = Column("crss_fidelity", "real", "1", "root fidelity with the CRSS", minimum=0, maximum=1)
NOTE = Column("note", "text", "1", "why values of this row are missing, in words; empty where they are all there")
