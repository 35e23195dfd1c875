"""Say which OAuth scopes open which operation (SCP-01 to SCP-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ = frozenset({"Calendars.Read", "Calendars.ReadWrite"})
_READ_SHARED = frozenset({"Calendars.Read.Shared", "Calendars.ReadWrite.Shared"})
_WRITE = frozenset({"Calendars.ReadWrite"})
_WRITE_SHARED = frozenset({"Calendars.ReadWrite.Shared"})
_BASIC = frozenset({"Calendars.ReadBasic"})
_MAIL = frozenset({"Mail.Read", "Mail.ReadWrite", "Mail.ReadBasic"})
_MAIL_SHARED = frozenset({"Mail.Read.Shared", "Mail.ReadWrite.Shared"})
_MAIL_WRITE = frozenset({"Mail.ReadWrite"})
_MAIL_WRITE_SHARED = frozenset({"Mail.ReadWrite.Shared"})
_SETTINGS = frozenset({"MailboxSettings.Read", "MailboxSettings.ReadWrite"})
_SETTINGS_WRITE = frozenset({"MailboxSettings.ReadWrite"})
_PROFILE = frozenset({"User.Read", "User.ReadBasic.All", "User.Read.All", "User.ReadWrite"})

SIGN_IN = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True)
class Need:
    """What one kind of operation needs: any scope of `own` or `shared`; of another's mailbox, of `shared` only."""

    requirement: str
    own: frozenset[str]
    shared: frozenset[str]

    def met(self, scopes: frozenset[str], *, foreign: bool) -> bool:
        """Tell whether a token's scopes suffice."""
        return bool(scopes & (self.shared if foreign else self.own | self.shared))


NEEDS: Mapping[str, Need] = {
    "list calendars": Need("SCP-01", _READ | _BASIC, _READ_SHARED),
    "read calendars": Need("SCP-06", _READ, _READ_SHARED),
    "create events": Need("SCP-02", _WRITE, _WRITE_SHARED),
    "write events": Need("SCP-10", _WRITE, _WRITE_SHARED),
    "write calendars": Need("SCP-10", _WRITE, _WRITE_SHARED),
    "respond": Need("SCP-04", _WRITE, _WRITE_SHARED),
    "forward": Need("SCP-11", _READ, _READ_SHARED),
    "read schedules": Need("SCP-11", _READ | _BASIC, _READ_SHARED),
    "list permissions": Need("SCP-08", _READ | _BASIC, _READ_SHARED),
    "create permissions": Need("SCP-08", _READ, _READ_SHARED),
    "write permissions": Need("SCP-08", _WRITE, _WRITE_SHARED),
    "read settings": Need("SCP-09", _SETTINGS, _SETTINGS),
    "write settings": Need("SCP-09", _SETTINGS_WRITE, _SETTINGS_WRITE),
    "read mail": Need("SCP-05", _MAIL, _MAIL_SHARED),
    "write mail": Need("SCP-05", _MAIL_WRITE, _MAIL_WRITE_SHARED),
    "read profile": Need(
        "SCP-01", _PROFILE | _READ | _MAIL | _SETTINGS, _READ_SHARED | _MAIL_SHARED | _PROFILE
    ),
}
EXPANDED_EVENT = Need("SCP-03", _READ, _READ_SHARED)  # beside the mail scope
# In the copy of a shared calendar these concern another's.
WRITING = frozenset({"create events", "write events", "respond"})

GRAPH = frozenset().union(*(need.own | need.shared for need in NEEDS.values()))
APPLICATION = frozenset({"Calendars.ReadWrite", "Mail.ReadWrite", "MailboxSettings.ReadWrite"})
