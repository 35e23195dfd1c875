"""Name the delegated permissions that the suite asks for, and read which a token carries."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Bare names: Entra takes them for Microsoft Graph in every cloud, and MSAL finds its cached tokens by
# the names that the answer repeats.
FOR_WRITING = (
    "Calendars.ReadWrite",
    "Calendars.ReadWrite.Shared",
    "Mail.ReadWrite",
    "Mail.Read.Shared",
    "MailboxSettings.ReadWrite",
    "User.Read",
)
FOR_READING = (
    "Calendars.Read",
    "Calendars.Read.Shared",
    "Mail.Read",
    "Mail.Read.Shared",
    "MailboxSettings.Read",
    "User.Read",
)


def suite_scopes(*, writes: bool) -> tuple[str, ...]:
    """Return what a whole run needs: nothing that writes where nothing is written."""
    return FOR_WRITING if writes else FOR_READING


def covers(granted: Iterable[str], scope: str) -> bool:
    """Tell whether some scopes include one: writing includes reading, "shared" never the contrary."""
    return bool(set(granted) & {scope, scope.replace(".Read", ".ReadWrite", 1)})


def scopes_of(token: str) -> tuple[str, ...] | None:
    """Read the `scp` claim of a JWT, sorted, without verifying anything; None for an opaque token.

    Names lose their resource: "https://graph.microsoft.com/Mail.Read" is "Mail.Read".
    """
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - head, claims, signature
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    granted = claims.get("scp") if isinstance(claims, dict) else None
    if not isinstance(granted, str):
        return None
    return tuple(sorted({name.rpartition("/")[2] for name in granted.split()}))
