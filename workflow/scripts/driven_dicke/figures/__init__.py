"""The paper's figures: one module per figure, one function per panel. Figures read tables and compute nothing."""
