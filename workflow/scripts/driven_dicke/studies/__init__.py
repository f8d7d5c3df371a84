"""What the tables hold: one module per study, parameters and tables in, columns out. Studies plot nothing."""
