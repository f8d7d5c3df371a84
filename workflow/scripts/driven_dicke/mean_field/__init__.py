"""The mean field: its branches, their stability, relaxation, and the squeezing of fluctuations around them.

May import `model`.
"""
