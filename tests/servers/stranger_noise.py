"""Fill a stranger's mailboxes: who shares what with whom, and items that have nothing to do with a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from stranger_drafts import DEFAULTS
from stranger_model import ASSISTANT, DELEGATES, PARTIES, Details, Invitee, Item, Letter, Meeting, Party, Stop
from stranger_settings import FIRST
from stranger_world import World

if TYPE_CHECKING:
    from stranger_options import Options

CHAT = (
    ("Christmas dinner", "megan"),
    ("AW: Christmas dinner", "diego"),
    ("Tentative: Christmas party", "diego"),
    (None, None),
    ("Einladung: Christmas dinner (menu)", "diego"),
    ("Canteen 52/2024", "diego"),
)


def furnished(options: Options) -> World:
    """Return a world in which Alex has delegated to Adele, or only shared with her."""
    world = World(options, settings={key: dict(FIRST) for key in PARTIES})
    for party in PARTIES.values():
        for name, primary in (("Geburtstage", False), ("Kalender", True), ("Feiertage", False)):
            world.add_calendar(name, party, primary=primary)
        _chat(world, party)
        _appointments(world, party)
    alex, adele = PARTIES["alex"], PARTIES["adele"]
    children = world.add_calendar("Kinderfeste", alex)
    world.give(world.primary(alex), Party("", "Erika Mustermann", "erika@adatum.example"), "read")
    world.give(children, adele, "read")
    role = "delegateWithPrivateEventAccess" if options.private_delegate else DELEGATES[0]
    world.give(world.primary(alex), adele, "write" if options.shared_only else role)
    if options.second_delegate:
        world.give(world.primary(alex), ASSISTANT, DELEGATES[0])
    _old_meeting(world, PARTIES["diego"], [PARTIES["christie"], PARTIES["alex"]])
    return world


def _chat(world: World, holder: Party) -> None:
    now = datetime.now(UTC)
    for days, (subject, author) in zip(range(40, 0, -1), CHAT, strict=False):
        sent = now - timedelta(days=days)
        party = PARTIES[author] if author else None
        to, text = ((holder,), "Wie besprochen.") if author else ((), "")
        world.file(Letter("", subject, text, party, party, to, sent), Stop(holder), sent, read=True)


def _meeting(
    world: World, organizer: Party, subject: str, day: datetime, invitees: tuple[Party, ...] = ()
) -> Meeting:
    zone = "W. Europe Standard Time"
    traits = {**DEFAULTS, "sensitivity": "private" if subject == "Zahnarzt" else "normal"}
    details = Details(subject, "Alle Jahre wieder", day, day + timedelta(hours=1), (zone, zone), "", traits)
    people = [Invitee(party) for party in invitees]
    index = b"\x01" + world.digest()[:21]
    return Meeting(world.digest().hex().upper(), organizer, details, people, index)


def _appointments(world: World, owner: Party) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    past, calendar = now - timedelta(days=400), world.primary(owner)
    for subject, days in (
        ("Christmas dinner", -331),
        ("Zahnarzt", 3),
        ("Dinner", 30),
        ("Christmas dinner 2", 31),
    ):
        day = now + timedelta(days=days)
        meeting = _meeting(world, owner, subject, day)
        world.items.append(Item(world.mint(), meeting, calendar, "owner", past, past, past, meeting.details))


def _old_meeting(world: World, organizer: Party, invitees: list[Party]) -> None:
    """Leave the invitation to a meeting of last year, whose event is gone."""
    past = datetime.now(UTC) - timedelta(days=360)
    to = tuple(invitees)
    meeting = _meeting(world, organizer, "Christmas dinner", past + timedelta(days=20), to)
    details = meeting.details
    letter = Letter(
        "request",
        details.subject,
        details.text,
        organizer,
        organizer,
        to,
        past,
        meeting,
        details,
        meeting.index,
    )
    for holder in invitees:
        world.file(letter, Stop(holder), past)
