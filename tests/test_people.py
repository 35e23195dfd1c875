"""Personas are read from settings and known by their address."""

from __future__ import annotations

from typing import Any

import pytest

from graphcal.outcomes import UsageError
from graphcal.people import PERSONAS, Person, people_from

ALEX = {"name": "Alex Wilber", "address": "AlexW@contoso.com"}
ADELE = {"name": "Adele Vance", "address": "AdeleV@contoso.com"}


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("AlexW@contoso.com", True),
        ("alexw@contoso.com", True),
        ("ALEXW@CONTOSO.COM", True),
        ("AlexW@contoso.com ", False),
        ("AlexW@contoso.org", False),
        ("", False),
        (None, False),
        (7, False),
        (["AlexW@contoso.com"], False),
    ],
    ids=repr,
)
def test_address_is_compared_in_any_casing(address: object, same: bool) -> None:
    """The directory may return another casing, and nothing else."""
    assert Person("alex", **ALEX).has_address(address) is same


def test_person_is_said_by_the_role() -> None:
    """Messages call people as the scenarios do, whatever their name at the target is."""
    assert str(Person("alex", "Jo Doe", "jo@example.com")) == "Alex"


def test_people_are_read() -> None:
    """Every persona may be there; Alex and Adele have to."""
    everybody = {key: {"name": key, "address": f"{key}@contoso.com"} for key in PERSONAS}
    assert list(people_from(everybody, "people")) == list(PERSONAS)
    assert people_from({"alex": ALEX, "adele": ADELE}, "people") == {
        "alex": Person("alex", **ALEX),
        "adele": Person("adele", **ADELE),
    }


REFUSED: dict[str, tuple[Any, str]] = {
    "no table": (None, "people: expected a table of people, got None"),
    "array": ([ALEX], "people: expected a table of people"),
    "unknown": (
        {"alex": ALEX, "adele": ADELE, "bob": ALEX},
        "people.bob: unknown person; the personas are alex",
    ),
    "other casing": ({"Alex": ALEX}, "people.Alex: unknown person"),
    "no address": ({"alex": {"name": "Alex"}}, "people.alex: needs a name and an address, both strings"),
    "empty name": ({"alex": ALEX | {"name": ""}}, "people.alex: needs a name and an address, both strings"),
    "address of another kind": ({"alex": ALEX | {"address": 7}}, "people.alex: needs a name and an address"),
    "no Alex": ({"adele": ADELE}, "people: alex is missing; no scenario can do without"),
    "no Adele": ({"alex": ALEX}, "people: adele is missing; no scenario can do without"),
}


@pytest.mark.parametrize(("table", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_people_are_refused_with_their_place(table: Any, said: str) -> None:
    """The sentence names the table, the person and what is wrong."""
    with pytest.raises(UsageError) as caught:
        people_from(table, "people")
    assert str(caught.value).startswith(said)
