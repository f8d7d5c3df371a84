"""Other people's solvers of the same model, to compare with: QuTiP and its PIQS.

May import `model`.
"""
