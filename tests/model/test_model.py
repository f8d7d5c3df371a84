"""The model's scales, and the one wording of every complaint about a bad argument."""

import math

import numpy as np
import pytest

from driven_dicke.model import checks
from driven_dicke.model.parameters import Model


def test_scales_of_the_paper():
    """N = 18 and gamma_c = 10 gamma_s: Gamma = 170, gamma = 11 and Omega_c = 42.5 in units of gamma_s (Eqs. 2, 3)."""
    model = Model(18, 10.0)
    assert (model.gamma_s, model.collective_rate, model.single_atom_rate) == (1.0, 170.0, 11.0)
    assert model.critical_drive == 42.5
    assert model.rabi_frequency(0.73) == pytest.approx(31.025, rel=1e-15)


def test_scales_are_proportional_to_the_rates():
    model, scaled = Model(7, 3.0, 0.5), Model(7, 6.0, 1.0)
    assert scaled.critical_drive == 2 * model.critical_drive
    assert scaled.single_atom_rate == 2 * model.single_atom_rate
    assert scaled.rabi_frequency(1.3) == 2 * model.rabi_frequency(1.3)


def test_one_rate_may_vanish_but_not_both():
    assert Model(3, 0.0, 1.0).critical_drive == 0
    assert Model(3, 1.0, 0.0).single_atom_rate == 1
    with pytest.raises(checks.ParameterError, match="gamma_c and gamma_s must not both be 0"):
        Model(3, 0.0, 0.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 1.0), "argument n_atoms must be a whole number >= 1, but is 0"),
        ((2.0, 1.0), "argument n_atoms must be a whole number >= 1, but is 2.0"),
        ((True, 1.0), "argument n_atoms must be a whole number >= 1, but is True"),
        ((2, -1.0), "argument gamma_c must be a finite number >= 0, but is -1.0"),
        ((2, math.nan), "argument gamma_c must be a finite number >= 0, but is nan"),
        ((2, "10"), "argument gamma_c must be a finite number >= 0, but is '10'"),
        ((2, 1.0, math.inf), "argument gamma_s must be a finite number >= 0, but is inf"),
        ((2, 1.0, False), "argument gamma_s must be a finite number >= 0, but is False"),
    ],
)
def test_bad_arguments_are_named_with_value_and_expectation(arguments, message):
    with pytest.raises(checks.ParameterError) as error:
        Model(*arguments)
    assert str(error.value) == message


@pytest.mark.parametrize("model", [Model(1, 10.0), Model(5, 0.0)])
def test_a_drive_without_a_unit_is_refused(model):
    with pytest.raises(checks.ParameterError, match=r"units of Omega_c needs n_atoms >= 2 and gamma_c > 0"):
        model.rabi_frequency(0.5)


@pytest.mark.parametrize("drive", [-0.1, math.nan])
def test_a_bad_drive_is_refused(drive):
    with pytest.raises(checks.ParameterError, match="argument drive must be a finite number >= 0, but is"):
        Model(5, 10.0).rabi_frequency(drive)


def test_checks_return_plain_numbers():
    assert type(checks.integer("count", np.int64(4), 1)) is int
    assert type(checks.real("rate", np.float32(0.5))) is float
    assert checks.real("detuning", -3) == -3.0
    assert checks.integer("count", 4, 1, 4) == 4


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: checks.integer("count", 5, 1, 4), "argument count must be a whole number >= 1 and <= 4, but is 5"),
        (lambda: checks.real("rate", 0, 0.0, exclusive=True), "argument rate must be a finite number > 0, but is 0.0"),
        (lambda: checks.real("phase", None), "argument phase must be a finite number, but is None"),
    ],
)
def test_bounds_appear_in_the_message(check, message):
    with pytest.raises(checks.ParameterError) as error:
        check()
    assert str(error.value) == message


def test_errors_are_the_builtin_kinds_too():
    assert issubclass(checks.ParameterError, ValueError)
    assert issubclass(checks.CertificateError, ArithmeticError)
