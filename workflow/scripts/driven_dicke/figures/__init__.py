"""The paper's figures: one module per figure, one function per panel; and the pages to read.

Figures read tables and compute nothing. May import `pipeline`, and from `studies` the declarations.
"""
