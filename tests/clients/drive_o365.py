"""Play the walkthrough with O365, and print as JSON what its objects hold after each step.

Started by test_official_clients.py, in an environment that has O365; reads from stdin where the service is and a
token for each person.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from O365 import Account, MSGraphProtocol
from O365.utils import BaseTokenBackend

if TYPE_CHECKING:
    from O365.calendar import Calendar, Event
    from O365.message import Message

PACIFIC = ZoneInfo("America/Los_Angeles")
SECONDS = 20


class Given(BaseTokenBackend):
    """A token that was got elsewhere."""

    def __init__(self, token: str) -> None:
        """Remember the token."""
        super().__init__()
        self.token = token

    def get_access_token(self, **_: Any) -> dict[str, Any]:
        """Return the token as MSAL would keep it."""
        return {"secret": self.token}


def account(base_url: str, ca_file: str, token: str) -> Account:
    """Return an account with the service at this address."""

    class Protocol(MSGraphProtocol):
        _protocol_url = base_url.removesuffix("v1.0")

    found = Account(
        ("none", "none"),
        protocol=Protocol(timezone=PACIFIC),
        token_backend=Given(token),
        requests_delay=0,
        request_retries=0,
        timeout=SECONDS,
        verify_ssl=ca_file,
    )
    found.con.session = found.con.get_session()
    found.con.session.trust_env = False
    return found


def calendar(shown: Calendar) -> dict[str, Any]:
    """Return what a calendar holds."""
    return {
        "name": shown.name,
        "can_edit": shown.can_edit,
        "can_share": shown.can_share,
        "can_view_private_items": shown.can_view_private_items,
    }


def event(shown: Event) -> dict[str, Any]:
    """Return what an event holds."""
    return {
        "subject": shown.subject,
        "start": shown.start.isoformat(),
        "location": shown.location["displayName"],
        "organizer": shown.organizer.address,
        "is_organizer": shown.is_organizer,
        "show_as": value(shown.show_as),
        "response": value(shown.response_status.status),
        "attendees": {one.address: value(one.response_status.status) for one in shown.attendees},
    }


def value(member: Any) -> str | None:
    """Return a member of an enumeration as Graph spells it; O365 holds None for `none`."""
    return None if member is None else member.name[:1].lower() + member.name[1:]


def message(shown: Message) -> dict[str, Any]:
    """Return what a message about a meeting holds; O365 keeps `from` as the sender, and not the sender."""
    return {
        "is_event_message": shown.is_event_message,
        "subject": shown.subject,
        "preview": shown.body_preview,
        "from": shown.sender.address,
        "to": [one.address for one in shown.to],
        "meeting_message_type": value(shown.meeting_message_type),
    }


def walkthrough(given: dict[str, Any]) -> dict[str, Any]:
    """Play the six steps; return what each left in the client's objects."""
    adele, christie, alex = (
        account(given["base_url"], given["ca_file"], given["tokens"][who])
        for who in ("adele", "christie", "alex")
    )
    told: dict[str, Any] = {}

    calendars = list(adele.schedule().list_calendars())
    told["calendars"] = {one.owner.address: calendar(one) for one in calendars}

    copy = next(one for one in calendars if one.name == "Alex Wilber")
    dinner = copy.new_event("Christmas dinner")
    dinner.body = "Happy holidays!"
    dinner.start = datetime(2019, 12, 25, 18, tzinfo=PACIFIC)
    dinner.end = datetime(2019, 12, 25, 22, tzinfo=PACIFIC)
    dinner.location = "Alex' home"
    dinner.attendees.add([("Megan Bowen", "meganb@contoso.com"), ("Christie Cline", "ChristieC@contoso.com")])
    dinner.save()
    told["created"] = event(
        copy.get_event(dinner.object_id)
    )  # of the answer O365 keeps little more than the id

    [request] = christie.mailbox().get_messages()
    invitation = request.get_event()
    told["request"] = message(request) | {"event": event(invitation)}

    invitation.accept_event("I will probably be able to make it.", tentatively=True)
    told["answered"] = event(christie.schedule().get_default_calendar().get_event(invitation.object_id))

    [response] = adele.mailbox().get_messages()
    told["response"] = message(adele.mailbox().get_message(response.object_id))

    own = alex.schedule().get_default_calendar()
    [tally] = own.get_events(query=f"iCalUId eq '{dinner.ical_uid}'", include_recurring=False)
    told["tally"] = event(own.get_event(tally.object_id))
    return told


if __name__ == "__main__":
    json.dump(walkthrough(json.load(sys.stdin)), sys.stdout)
