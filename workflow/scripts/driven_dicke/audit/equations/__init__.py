"""Audit of the printed equations: each formula is data, tested against an independent derivation (entry: `run`)."""
