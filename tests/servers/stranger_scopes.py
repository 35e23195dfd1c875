"""Say which scopes open which call of a stranger's emulator (SCP-01 to SCP-11).

Where two sources name two scopes for a call, the lesser opens it, unless `strict_scopes` asks for the greater.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stranger_model import denied

if TYPE_CHECKING:
    from collections.abc import Iterable

Scopes = frozenset[str]


def _scopes(*names: str) -> Scopes:
    return frozenset(name.casefold() for name in names)


READ_SHARED = _scopes("Calendars.Read.Shared", "Calendars.ReadWrite.Shared")
READ = _scopes("Calendars.Read", "Calendars.ReadWrite") | READ_SHARED
BASIC = _scopes("Calendars.ReadBasic") | READ
WRITE_SHARED = _scopes("Calendars.ReadWrite.Shared")
WRITE = _scopes("Calendars.ReadWrite") | WRITE_SHARED
MAIL_WRITE = _scopes("Mail.ReadWrite", "Mail.ReadWrite.Shared")
MAIL = _scopes("Mail.Read", "Mail.Read.Shared", "Mail.ReadBasic") | MAIL_WRITE
SETTINGS_WRITE = _scopes("MailboxSettings.ReadWrite")
SETTINGS = _scopes("MailboxSettings.Read") | SETTINGS_WRITE

# For each kind of call what opens it in one's own mailbox, in another's, and in one's own if it is strict.
NEEDS: dict[str, tuple[Scopes, Scopes, Scopes]] = {
    "list": (BASIC, READ_SHARED, READ),
    "read": (READ, READ_SHARED, READ),
    "write": (WRITE, WRITE_SHARED, WRITE),
    "grant": (READ, READ_SHARED, WRITE),
    "forward": (READ, READ_SHARED, WRITE),
    "mail": (MAIL, frozenset(), MAIL),
    "write mail": (MAIL_WRITE, frozenset(), MAIL_WRITE),
    "settings": (SETTINGS, SETTINGS, SETTINGS),
    "write settings": (SETTINGS_WRITE, frozenset(), SETTINGS_WRITE),
}


def read_scopes(names: Iterable[str]) -> Scopes:
    """Return scopes as they are compared: without the resource that they may be written with."""
    return _scopes(*(name.rpartition("/")[2] for name in names))


def check(scopes: Scopes | None, need: str, *, foreign: bool, strict: bool) -> None:
    """Refuse a call that the token's scopes do not open; None stands for a token without limits."""
    own, shared, narrow = NEEDS[need]
    opening = shared if foreign else narrow if strict else own
    if scopes is not None and not scopes & opening:
        raise denied()
