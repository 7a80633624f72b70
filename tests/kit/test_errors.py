"""Failures carry codes and parameters, and survive a trip to another process."""

import pickle

from shulian.kit.errors import Invalid, TooMany


def test_says_its_code_and_parameters_to_logs() -> None:
    assert str(TooMany(seconds=30)) == "too_many(seconds=30)"


def test_survives_a_trip_to_another_process() -> None:
    back = pickle.loads(pickle.dumps(TooMany(seconds=30)))  # noqa: S301  # our own bytes

    assert (type(back), dict(back.params), back.status) == (TooMany, {"seconds": 30}, 429)


def test_wrong_fields_survive_it_too() -> None:
    back = pickle.loads(pickle.dumps(Invalid(fields={"name": "empty"}, least=1)))  # noqa: S301

    assert (dict(back.fields), dict(back.params)) == ({"name": "empty"}, {"least": 1})
