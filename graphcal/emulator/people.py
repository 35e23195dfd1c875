"""The tenant's directory as it is when the emulator starts."""

from __future__ import annotations

from graphcal.emulator.model import Person

TENANT = "contoso.onmicrosoft.com"
TENANT_ID = "98a79ebe-74bf-4e07-a017-7b410848cb32"
DOMAINS = ("contoso.com", TENANT)

PEOPLE = (
    Person("alex", "Alex Wilber", "AlexW@contoso.com", "64339082-ed84-4b0b-b4ab-004ae54f3747"),
    Person("adele", "Adele Vance", "AdeleV@contoso.com", "d3b9214b-dd8b-441d-b7dc-c446c9fa0e69"),
    Person("megan", "Megan Bowen", "MeganB@contoso.com", "48d31887-5fad-4d73-a9f5-3c356e68a038"),
    Person("christie", "Christie Cline", "ChristieC@contoso.com", "662b947c-d9a1-4064-926c-eba1316d4462"),
    Person("diego", "Diego Siciliani", "DiegoS@contoso.com", "92f1ea3c-5cbb-4a45-8a0b-1f5c7b1c1c4e"),
)


def is_inside(address: str) -> bool:
    """Tell whether an address belongs to the organisation (SET-27)."""
    return address.strip().lower().rpartition("@")[2] in DOMAINS


def spellings(person: Person) -> set[str]:
    """Return every way to name a person in a path, in lower case: object id, address, sign-in name."""
    local = person.address.lower().partition("@")[0]
    known = {person.oid.lower(), person.address.lower()}
    return known | {f"{local}@{domain}" for domain in DOMAINS} if person.inside else known
