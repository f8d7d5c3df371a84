"""What the paper prints, checked: `claims` decides on tables, `equations` holds every formula against a derivation.

May import the physics, and `pipeline` for tables.
"""
