"""What the sign-in service remembers: passwords, clients, consents, and codes that are still good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.emulator import people, scopes

if TYPE_CHECKING:
    from datetime import datetime

    from graphcal.emulator.model import Person
    from graphcal.emulator.state import Tenant

CLIENT_ID = "5a3c1b6e-6d5c-4c0f-9d1e-2b7a4f8e9c10"
TENANTS = frozenset({people.TENANT, "contoso.com", people.TENANT_ID, "common", "organizations"})


class SignInError(Exception):
    """A refusal of the sign-in service: OAuth error, AADSTS number, sentence."""

    def __init__(
        self, error: str, number: int, message: str, *, status: int = 400, suberror: str = ""
    ) -> None:
        """Keep what the answer needs."""
        super().__init__(message)
        self.error, self.number, self.message = error, number, message
        self.status, self.suberror = status, suberror


@dataclass(frozen=True)
class Grant:
    """Somebody's permission for a client to act, behind a code or a refresh token."""

    person: Person
    client: str
    scopes: frozenset[str]
    nonce: str = ""
    redirect: str = ""
    challenge: str = ""
    expires: datetime | None = None


@dataclass
class Device:
    """A device that waits until somebody enters its code."""

    user_code: str
    client: str
    scopes: frozenset[str]
    expires: datetime
    person: Person | None = None
    denied: bool = False


@dataclass
class Accounts:
    """The sign-in service's memory; tests change its sets to make consent or a second factor necessary."""

    tenant: Tenant
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    passwords: dict[str, str] = field(default_factory=dict)
    clients: set[str] = field(default_factory=lambda: {CLIENT_ID})
    unconsented: set[str] = field(default_factory=set)
    second_factor: set[str] = field(default_factory=set)
    auto_approve: str = ""
    grants: dict[str, Grant] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)

    def password(self, person: Person) -> str:
        """Return somebody's password, made up at first sight."""
        return self.passwords.setdefault(person.oid, secrets.token_urlsafe(12))

    def check_client(self, client: str) -> str:
        """Return a known client's id."""
        if client not in self.clients:
            message = f"Application with identifier '{client}' was not found in the directory."
            raise SignInError("unauthorized_client", 700016, message)
        return client

    def check_password(self, username: str, password: str) -> Person:
        """Return the person with this name and password."""
        person = self.tenant.find(username) if "@" in username else None
        if person is None or not person.inside:
            message = f"The user account {username} does not exist in the directory."
            raise SignInError("invalid_grant", 50034, message)
        if not secrets.compare_digest(self.password(person).encode(), password.encode()):
            message = "Error validating credentials due to invalid username or password."
            raise SignInError("invalid_grant", 50126, message)
        if person.oid in self.second_factor:
            message = "Due to a configuration change, you must use multi-factor authentication to access this resource."
            raise SignInError("interaction_required", 50076, message, suberror="basic_action")
        return person

    def check_scopes(self, asked: str) -> frozenset[str]:
        """Return the asked scopes by their bare names; all consented ones for `.default`."""
        names = {name.rpartition("/")[2] for name in asked.split()}
        if ".default" in names:
            names = (names - {".default"}) | (scopes.GRAPH - self.unconsented)
        unknown = sorted(names - scopes.GRAPH - scopes.SIGN_IN)
        if unknown:
            message = f"The provided value for the input parameter 'scope' is not valid: '{unknown[0]}'."
            raise SignInError("invalid_scope", 70011, message)
        if names & self.unconsented:
            message = "The user or administrator has not consented to use the application."
            raise SignInError("invalid_grant", 65001, message, suberror="consent_required")
        return frozenset(names)

    def remember(self, grant: Grant) -> str:
        """Return a code or refresh token for a grant."""
        code = secrets.token_urlsafe(32)
        self.grants[code] = grant
        return code
