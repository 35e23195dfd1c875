"""Name the personas of the scenarios: who they are in the story and at the target."""

from __future__ import annotations

from dataclasses import dataclass

from graphcal.outcomes import UsageError

PERSONAS = {
    "alex": "owns the calendar",
    "adele": "is his delegate",
    "megan": "is invited",
    "christie": "is invited and answers",
    "diego": "is an outsider of the same organisation",
}


@dataclass(frozen=True)
class Person:
    """A persona at a target: `key` is the role's name in lower case, `address` an SMTP address.

    `id` is the directory's id of the person, "" where it is not known.
    """

    key: str
    name: str
    address: str
    id: str = ""

    def has_address(self, address: object) -> bool:
        """Compare addresses as mail does: the directory may return another casing."""
        return isinstance(address, str) and address.casefold() == self.address.casefold()

    def __str__(self) -> str:
        return self.key.capitalize()


ORGANISATION = Person("organisation", "My Organization", "")  # everybody in it, as a holder of permissions


def people_from(table: object, place: str) -> dict[str, Person]:
    """Read personas from `{key: {"name": …, "address": …, "id": …}}`; `place` names the table in an error.

    Raises UsageError where a person is unknown, incomplete or missing.
    """
    if not isinstance(table, dict):
        raise UsageError(f"{place}: expected a table of people, got {table!r}")
    people = {}
    for key, entry in table.items():
        if key not in PERSONAS:
            raise UsageError(f"{place}.{key}: unknown person; the personas are {', '.join(PERSONAS)}")
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(part), str) and entry[part] for part in ("name", "address")
        ):
            raise UsageError(f"{place}.{key}: needs a name and an address, both strings")
        people[key] = Person(key, entry["name"], entry["address"], str(entry.get("id", "")))
    for needed in ("alex", "adele"):
        if needed not in people:
            raise UsageError(f"{place}: {needed} is missing; no scenario can do without")
    return people
