"""The data contract between studies and figures: one module per study, no numerics."""
