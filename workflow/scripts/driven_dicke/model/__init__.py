"""What is given: the model's parameters, the Dicke basis, operators, observables, the CRSS, and checks of arguments.

May import nothing of the other folders.
"""
