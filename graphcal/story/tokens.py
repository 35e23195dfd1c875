"""Send a request with a token for some scopes and no others, once in a chapter for each token."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphcal.facts import copy_of
from graphcal.outcomes import Unmet
from graphcal.story.changes import event_place
from graphcal.story.mailboxes import known_option
from graphcal.story.telling import ANSWERS, own_event_path
from graphcal.targets.arrangement import OPTION, PERMISSIONS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from graphcal.facts import Invitation
    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.story import Story
    from graphcal.story.deeds import Deed
    from graphcal.targets.base import Found


@dataclass(frozen=True)
class Token:
    """What somebody may do: these scopes and no others."""

    story: Story
    holder: Person
    scopes: tuple[str, ...]

    def read(self, what: tuple[Any, ...], path: str, shape: str) -> Exchange:
        """Read something; `what` names it in facts."""
        with self.trying():
            return self.story.read(self._key(what), self.holder, path, shape=shape, scopes=self.scopes)

    def write(
        self,
        what: tuple[Any, ...],
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        shape: str | None = None,
    ) -> Exchange:
        """Change something, or call an action."""
        key, scopes = self._key(what), self.scopes
        with self.trying():
            return self.story.write(key, self.holder, method, path, body, shape=shape, scopes=scopes)

    def trying(self) -> AbstractContextManager[None]:
        """Return what to send a request in that the service may refuse for this token."""
        return self.story.chapter.graph.trying_tokens()

    def _key(self, what: tuple[Any, ...]) -> tuple[Any, ...]:
        return ("token", self.scopes, self.holder, *what)

    # Calendars and schedules.

    def list_calendars(self) -> Exchange:
        """List the holder's calendars."""
        return self.read(("calendars",), "/me/calendars", "calendarCollection")

    def rename_copy(self, owner: Person, name: str) -> Exchange:
        """Give the holder's copy of a calendar another name, and its old one back."""
        story, path = self.story, self.story.copy_path(self.holder, owner)
        old = copy_of(owner, story.calendars(self.holder))["name"].text
        arrangement, graph = story.chapter.arrangement, story.chapter.graph

        def establish() -> Exchange:
            body = {"name": story.mark(name)}
            with arrangement.undoing(self.holder, "PATCH", path, {"name": old}), self.trying():
                return graph.write(self.holder, "PATCH", path, body, shape="calendar", scopes=self.scopes)

        return story.exchange(self._key(("rename copy", owner)), establish)

    def ask_for_schedule(self, owner: Person) -> Exchange:
        """Ask when somebody is busy in the course of a day."""
        day = self.story.chapter.now.date() + timedelta(days=1)
        ends = {"startTime": day, "endTime": day + timedelta(days=1)}
        body = {
            "schedules": [owner.address],
            "availabilityViewInterval": 60,
            **{name: {"dateTime": f"{end}T00:00:00", "timeZone": "UTC"} for name, end in ends.items()},
        }
        path, shape = "/me/calendar/getSchedule", "scheduleInformationCollection"
        return self.write(("schedule", owner), "POST", path, body, shape)

    # Events.

    def create(self, owner: Person, subject: str) -> Exchange:
        """Create an event without attendees in the holder's copy of a calendar."""
        story = self.story
        path = f"{story.copy_path(self.holder, owner)}/events"
        body = story.draft(story.meeting(subject), ())

        def establish() -> Exchange:
            with self.trying():
                return story.create(self.holder, path, body, scopes=self.scopes)

        return story.exchange(self._key(("create", subject)), establish)

    def read_event(self, invitation: Invitation) -> Exchange:
        """Read the event of a meeting where the holder has it."""
        return self.read(("event", invitation.subject), self._event_path(invitation), "event")

    def do(self, deed: Deed, invitation: Invitation) -> Exchange:
        """Do something to the event of a meeting where the holder has it."""
        path = self._event_path(invitation) + deed.action
        return self.write((*deed.words, invitation.subject), deed.method, path, deed.body, deed.shape)

    def _event_path(self, invitation: Invitation) -> str:
        """Return the path of a meeting's event for the holder, once it can be found there."""
        place = event_place(self.story, self.holder, invitation)
        self.story.read(
            ("found", self.holder, invitation.subject),
            self.holder,
            place.path,
            shape="event",
            scopes=place.read,
            until=lambda found: found.succeeded,
        )
        return place.path

    def answer(self, manner: str, invitation: Invitation) -> Exchange:
        """Answer an invitation in the holder's own mailbox."""
        event = self.story.received(self.holder, invitation).event
        path = f"{own_event_path(event['id'].text)}/{ANSWERS[manner][0]}"
        return self.write(("answer", manner, invitation.subject), "POST", path, {"sendResponse": True})

    # Messages.

    def read_invitation(self, invitation: Invitation) -> Exchange:
        """Read an invitation together with its event."""
        finder = self.story.chapter.finder
        return self._open(
            ("invitation", invitation.subject),
            lambda: finder.invitation(self.holder, invitation.subject),
            "?$expand=microsoft.graph.eventMessage/event",
        )

    def read_answer(self, responder: Person, invitation: Invitation) -> Exchange:
        """Read the message with somebody's answer."""
        finder = self.story.chapter.finder
        return self._open(
            ("answer of", responder, invitation.subject),
            lambda: finder.answer(self.holder, responder, invitation.subject),
        )

    def _open(self, what: tuple[Any, ...], find: Callable[[], Found], query: str = "") -> Exchange:
        """Open a message that is searched for; a search that is refused stands for it.

        Raises Unmet where the message does not arrive: other scenarios judge that.
        """

        def establish() -> Exchange:
            with self.trying():
                return self.story.message(self.holder, find(), query, self.scopes)

        found = self.story.exchange(self._key(what), establish)
        if found.absent and not found.refused:
            raise Unmet(found.absent)
        return replace(found, absent="")

    # Permissions and settings.

    def list_permissions(self) -> Exchange:
        """List the permissions on the holder's calendar."""
        return self.read(("permissions",), PERMISSIONS, "calendarPermissionCollection")

    def read_settings(self) -> Exchange:
        """Read the settings of the holder's mailbox."""
        return self.read(("settings",), SETTINGS, "mailboxSettings")

    def set_option(self) -> Exchange:
        """Set the delivery option of the holder's mailbox to what it is."""
        body = {OPTION: known_option(self.story, self.holder)}
        return self.write(("option",), "PATCH", SETTINGS, body, "mailboxSettings")
