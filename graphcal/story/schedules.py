"""Ask when an owner is free or busy, once in a chapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphcal.facts import Sight
from graphcal.outcomes import Unmet
from graphcal.people import ORGANISATION
from graphcal.story.access import LIMITED, READING, moments_of, require_effect, takes_effect
from graphcal.targets.arrangement import NO_ROLE
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.value import Value

PATH = "/me/calendar/getSchedule"
OCCUPIED = ("tentative", "busy", "oof", "workingElsewhere")
OCCUPIED_DIGITS = frozenset("1234")
OPEN = ("normal", "personal")  # the sensitivities whose subject and place a schedule tells
TITLED = (LIMITED, *READING)


@dataclass(frozen=True)
class ScheduleSight(Sight):
    """Somebody's schedule in the time of one meeting, as it was told to somebody."""

    owner: Person = field(kw_only=True)
    starts: datetime = field(kw_only=True)
    ends: datetime = field(kw_only=True)

    @property
    def entry(self) -> Value:
        """The owner's entry. Raises Unmet where the answer holds none."""
        entries = self.exchange.resource(f"{self.owner}'s schedule")["value"].items()
        for entry in entries:
            if self.owner.has_address(entry["scheduleId"].json):
                return entry
        raise Unmet(f"{self.exchange} holds no schedule of {self.owner}")

    @property
    def items(self) -> list[Value]:
        """The spans in the owner's entry."""
        return self.entry["scheduleItems"].items()

    @property
    def at_the_meeting(self) -> list[Value]:
        """The spans that cover the meeting from start to end."""
        return [
            item
            for item, (start, end) in self._spans()
            if start is not None and end is not None and start <= self.starts and self.ends <= end
        ]

    @property
    def of_the_meeting(self) -> list[Value]:
        """The spans that begin and end with it; where it is told as a part of a longer one, that one."""
        own = [item for item, ends in self._spans() if ends == (self.starts, self.ends)]
        return own or self.at_the_meeting

    def _spans(self) -> Iterator[tuple[Value, tuple[datetime | None, datetime | None]]]:
        for item in self.items:
            start, end = (
                zoned(item[side]["dateTime"].json, item[side]["timeZone"].json) for side in ("start", "end")
            )
            yield item, (start, end)

    @property
    def is_busy(self) -> bool:
        """Whether a span tells that the meeting's time is taken."""
        return any(item["status"].json in OCCUPIED for item in self.at_the_meeting)

    @property
    def tells(self) -> tuple[bool, bool]:
        """Whether the meeting's time is taken, and by what; nothing where the answer can't be read."""
        try:
            return self.is_busy, any(item["subject"].text for item in self.at_the_meeting)
        except Unmet:
            return False, False


def ask(story: Story, who: Person, invitation: Invitation) -> ScheduleSight:
    """Ask when the owner of a meeting is busy in its time, once the answer fits what the reader may know.

    Where it never does, it is the last answer when time is up. Raises Unmet where the reader's role can't be
    seen to have an effect.
    """
    meeting, owner = invitation.meeting, invitation.owner
    require_effect(story, who, owner)
    starts, ends = moments_of(meeting, story)
    body = {
        "schedules": [owner.address],
        "startTime": {"dateTime": meeting.start(story.chapter.now).isoformat(), "timeZone": meeting.zone},
        "endTime": {"dateTime": meeting.end(story.chapter.now).isoformat(), "timeZone": meeting.zone},
    }
    graph = story.chapter.graph

    def send() -> Exchange:
        shape = "scheduleInformationCollection"
        return graph.write(who, "POST", PATH, body, shape=shape, scopes=("Calendars.Read",))

    def seen(exchange: Exchange) -> ScheduleSight:
        return ScheduleSight(
            exchange,
            "",
            lambda: exchange.resource(f"{owner}'s schedule"),
            owner=owner,
            starts=starts,
            ends=ends,
        )

    wanted = expected(story, who, invitation)
    key = ("schedule", who, owner, invitation.subject)
    exchange = story.exchange(key, lambda: graph.poll(send, lambda answer: seen(answer).tells == wanted))
    lacking = any(want and not told for want, told in zip(wanted, seen(exchange).tells, strict=True))
    if lacking and not takes_effect(story, who, owner):
        raise Unmet(f"nothing shows that what {owner} shares with {who} was accepted: {exchange}")
    return seen(exchange)


def expected(story: Story, who: Person, invitation: Invitation) -> tuple[bool, bool]:
    """Return whether the reader may know that the owner is busy, and of which meeting."""
    owner, situation = invitation.owner, story.situation
    role = situation.role_of(who, owner)
    closed = situation.role_of(ORGANISATION, owner) == NO_ROLE and role in {"", NO_ROLE} and who != owner
    titled = role in TITLED or who == owner
    return not closed, titled and invitation.meeting.sensitivity in OPEN
