"""Fill a stranger's mailboxes: who shares what with whom, and items that have nothing to do with a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stranger_post import DEFAULTS
from stranger_world import PARTIES, Calendar, Grant, Invitee, Item, Meeting, Message, Options, Party, World

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
    world = World(options)
    for party in PARTIES.values():
        for name, primary in (("Geburtstage", False), ("Kalender", True), ("Feiertage", False)):
            world.calendars.append(Calendar(world.mint(), name, party, primary=primary))
        _chat(world, party)
        _appointments(world, party)
    alex, adele = PARTIES["alex"], PARTIES["adele"]
    children = Calendar(world.mint(), "Kinderfeste", alex)
    world.calendars.append(children)
    role = "write" if options.shared_only else "delegateWithoutPrivateEventAccess"
    outside = Party("", "Erika Mustermann", "erika@adatum.example")
    shares: tuple[tuple[Calendar, Party | None, str], ...] = (
        (world.primary(alex), None, "freeBusyRead"),
        (world.primary(alex), outside, "read"),
        (children, adele, "read"),
        (world.primary(alex), adele, role),
    )
    for calendar, sharer, given in shares:
        world.grants.append(Grant(world.mint(), calendar, sharer, given, world.mint()))
    _old_meeting(world, PARTIES["diego"], [PARTIES["christie"], PARTIES["alex"]])
    return world


def _chat(world: World, holder: Party) -> None:
    now = datetime.now(UTC)
    for days, (subject, author) in zip(range(40, 0, -1), CHAT, strict=False):
        sent = now - timedelta(days=days)
        party = PARTIES[author] if author else None
        to = [holder] if author else []
        text = "Wie besprochen." if author else ""
        world.messages.append(
            Message(world.mint(), holder, "inbox", "", subject, text, party, party, to, sent, sent, read=True)
        )


def _meeting(world: World, organizer: Party, subject: str, day: datetime, invitees: list[Party]) -> Meeting:
    return Meeting(
        uid=world.digest().hex().upper(),
        organizer=organizer,
        subject=subject,
        text="Alle Jahre wieder",
        start=day,
        end=day + timedelta(hours=1),
        zones=("W. Europe Standard Time", "W. Europe Standard Time"),
        place="",
        invitees=[Invitee(party) for party in invitees],
        index=b"\x01" + world.digest()[:21],
        traits=dict(DEFAULTS),
    )


def _appointments(world: World, owner: Party) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    for subject, days in (
        ("Christmas dinner", -331),
        ("Zahnarzt", 3),
        ("Dinner", 30),
        ("Christmas dinner 2", 31),
    ):
        meeting = _meeting(world, owner, subject, now + timedelta(days=days), [])
        if subject == "Zahnarzt":
            meeting.traits["sensitivity"] = "private"
        past = now - timedelta(days=400)
        world.items.append(Item(world.mint(), meeting, world.primary(owner), "owner", past, past, past))


def _old_meeting(world: World, organizer: Party, invitees: list[Party]) -> None:
    """Leave the invitation to a meeting of last year, whose event is gone."""
    past = datetime.now(UTC) - timedelta(days=360)
    meeting = _meeting(world, organizer, "Christmas dinner", past + timedelta(days=20), invitees)
    for holder in invitees:
        world.messages.insert(
            0,
            Message(
                world.mint(),
                holder,
                "inbox",
                "request",
                "Christmas dinner",
                "Alle Jahre wieder",
                organizer,
                organizer,
                invitees,
                past,
                past,
                meeting,
                meeting.index,
            ),
        )
