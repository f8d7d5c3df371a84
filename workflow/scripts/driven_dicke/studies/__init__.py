"""What the tables hold: one folder per study, parameters and tables in, columns out. Studies plot nothing.

A folder's `__init__` declares: the contracts of its tables and, in STUDIES, what each study takes, reads and makes; it
imports no solver. The modules beside it hold the functions. May import everything but `figures`.
"""
