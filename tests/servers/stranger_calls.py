"""Say what a call to a stranger's emulator means: whose calendar, which item, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import stranger_event_words as event_words
import stranger_words as words
from stranger_model import (
    OWNER,
    PARTIES,
    READERS,
    WRITERS,
    Calendar,
    Grant,
    Item,
    Party,
    RefusedError,
    denied,
    invalid,
    missing,
)
from stranger_queries import Query, collection, selected
from stranger_scopes import READ, WRITE_SHARED, Scopes
from stranger_series import occurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stranger_options import Options
    from stranger_world import World

    Handler = Callable[["Call"], "Answer"]

Json = dict[str, Any]
Answer = tuple[int, Json | None]
Sight = Literal["full", "titles", "busy"]

SHORTEST_ID = 20
PRIVATE_READERS = (OWNER, "delegateWithPrivateEventAccess")


@dataclass(frozen=True)
class Call:
    """One request: `reader` asks about the mailbox of `holder`; `url` is absolute, without a query.

    `scopes` are those of the token, None if it has no limits; `ids` what the path names, in its order.
    """

    world: World
    reader: Party
    holder: Party
    method: str
    url: str
    query: Query
    preferences: Mapping[str, str]
    body: Json
    scopes: Scopes | None = None
    ids: list[str] = field(default_factory=list)

    @property
    def options(self) -> Options:
        """What the stranger chooses."""
        return self.world.options

    @property
    def foreign(self) -> bool:
        """Whether the mailbox is somebody else's."""
        return self.holder is not self.reader

    def page(self, found: list[Json]) -> Answer:
        """Answer with a page of a collection."""
        return 200, collection(words.spiced(found), self.query, self.url, self.options)

    def one(self, entity: Json, status: int = 200) -> Answer:
        """Answer with one entity."""
        return status, selected(words.spiced(entity), self.query)


@dataclass(frozen=True)
class Place:
    """A calendar as somebody with a role reaches it: `local` through the copy in the sharee's own mailbox."""

    calendar: Calendar
    role: str
    grant: Grant | None = None
    local: bool = False

    @property
    def id(self) -> str:
        """The calendar's id in the mailbox that the path names."""
        return self.grant.local if self.grant and self.local else self.calendar.id

    def told(self) -> Json:
        """Return the calendar in JSON."""
        return words.calendar(self.calendar, self.role, self.grant if self.local else None)

    def sight(self, item: Item) -> Sight:
        """Return how much of an item the role shows (PRM-02 to PRM-10, PRV-01, PRV-02)."""
        hidden = item.details.traits["sensitivity"] == "private" and self.role not in PRIVATE_READERS
        if hidden or self.role == "freeBusyRead":
            return "busy"
        return "titles" if self.role == "limitedRead" else "full"


def places(call: Call) -> list[Place]:
    """Return the calendars that the reader reaches in the mailbox of a path."""
    world = call.world
    own = [calendar for calendar in world.calendars if calendar.owner is call.holder]
    if call.foreign:
        return [
            Place(calendar, world.role(calendar, call.reader)) for calendar in own if _opens(call, calendar)
        ]
    grants = [
        grant
        for grant in world.grants
        if grant.party is call.holder and grant.accepted and grant.role != "none"
    ]
    copies = [
        Place(grant.calendar, grant.role, grant, local=True)
        for grant in sorted(grants, key=lambda grant: grant.calendar.primary)
        if grant.role in READERS or call.options.shallow_copies
    ]
    return [Place(calendar, OWNER) for calendar in own] + copies


def _opens(call: Call, calendar: Calendar) -> bool:
    """Tell whether a reader's role opens a calendar in its owner's mailbox; free/busy only by name, if at all."""
    role = call.world.role(calendar, call.reader)
    named = [
        grant for grant in call.world.grants if grant.calendar is calendar and grant.party is call.reader
    ]
    if role == "freeBusyRead":
        return call.options.shallow_copies and any(grant.accepted for grant in named)
    return role == "limitedRead" or role in READERS


def place_of(call: Call) -> Place:
    """Return the calendar that a path names."""
    wanted, found = call.ids[0], places(call)
    if not found:
        raise denied() if call.options.outsiders == 403 else missing()
    for place in found:
        if wanted == place.id or (
            wanted in {"primary", "any"} and place.calendar.primary and not place.local
        ):
            return place
    raise unknown(call, wanted)


def unknown(call: Call, identifier: str) -> RefusedError:
    """Return the refusal of an id that nothing has here, or that is no id at all (ERR-06, ERR-07)."""
    if (
        len(identifier) < SHORTEST_ID
        and identifier not in {"primary", "any"}
        and call.options.malformed == 400
    ):
        return invalid("Id is malformed.", "ErrorInvalidIdMalformed")
    return missing()


def items_in(call: Call, place: Place) -> list[Item]:
    """Return the items of a calendar that the reader may know of."""
    items = [item for item in call.world.items if item.calendar is place.calendar]
    if call.options.masking == "absent" and place.role in READERS:
        items = [item for item in items if place.sight(item) == "full"]
    if not place.local:
        return items
    views = [call.world.view(item, call.reader) for item in items]
    return [view for view in views if view.shown <= datetime.now(UTC)]


def item_of(call: Call) -> tuple[Place, Item]:
    """Return the item that a path names, and the calendar that it is reached through."""
    wanted, _, date = call.ids[1].partition("~")
    for place in places(call) if call.ids[0] == "any" else [place_of(call)]:
        for item in items_in(call, place):
            if item.id == wanted:
                found = occurrence(item, date) if date else item
                if found:
                    return place, found
    if call.foreign and not places(call):
        place_of(call)
    raise unknown(call, call.ids[1])


def series_or_single(call: Call) -> tuple[Place, Item]:
    """Return the item that a path names, to change it; a single date of a series can't be changed here."""
    place, item = item_of(call)
    if item.date:
        raise RefusedError(501, "NotImplemented", "A single date of a series can't be changed.")
    return place, item


def check_writing(call: Call, place: Place, item: Item | None = None) -> None:
    """Refuse what the role does not let the reader change (PRM-06, PRV-03), or the token's scopes do not."""
    if place.role != OWNER and place.role not in WRITERS:
        raise denied()
    if _is_too_new(call, place):
        raise denied()
    if item is not None and place.sight(item) != "full":
        raise denied()
    if (
        place.local
        and call.options.strict_scopes
        and call.scopes is not None
        and not call.scopes & WRITE_SHARED
    ):
        raise denied()


def _is_too_new(call: Call, place: Place) -> bool:
    """Tell a role that shows already and does not let its holder write yet."""
    grants = [
        grant
        for grant in call.world.grants
        if grant.calendar is place.calendar and grant.party is call.reader and grant.since
    ]
    pause = timedelta(seconds=call.options.late_writing)
    return any(grant.since and datetime.now(UTC) - grant.since < pause for grant in grants)


def check_expanding(call: Call) -> None:
    """Refuse a message's event where only the scope of the mail is there, if it is strict (CON-09)."""
    if call.options.strict_scopes and call.scopes is not None and not call.scopes & READ:
        raise denied()


def entity(call: Call, item: Item) -> Json:
    """Return an item in full."""
    return event_words.event(item, call.preferences, shows_own=call.options.shows_own)


def told(call: Call, place: Place, item: Item) -> Json:
    """Return an item as the reader may see it."""
    sight = place.sight(item)
    if sight == "full":
        return entity(call, item)
    found = event_words.glimpse(item, call.preferences, titled=sight == "titles")
    if sight == "busy" and call.options.masking == "masked":
        found["subject"] = "Privater Termin"
    return found


def party_of(segment: str) -> Party:
    """Return whom an id or a user principal name means."""
    for party in PARTIES.values():
        if segment.casefold() in {party.id.casefold(), party.address.casefold()}:
            return party
    raise RefusedError(404, "ErrorInvalidUser", f"The requested user '{segment}' is invalid.")
