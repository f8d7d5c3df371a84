"""Rates of switching between the two phases: chains in j, first passages of the generator, the closed law.

May import `model`, `mean_field`, `closed_form` and `generator`.
"""
