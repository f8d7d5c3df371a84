"""How numbers travel: configuration, declarations of studies, contracts, tables, provenance, faults, command lines.

Knows no physics: it may import the errors of `model.checks`, and nothing else.
"""
