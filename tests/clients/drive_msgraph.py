"""Play the walkthrough with msgraph-sdk, and print as JSON what its objects hold after each step.

Started by test_official_clients.py, in an environment that has msgraph-sdk; reads from stdin where the service
is and a token for each person.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphServiceClient
from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.attendee_type import AttendeeType
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.users.item.calendar.events.events_request_builder import EventsRequestBuilder
from msgraph.generated.users.item.events.item.tentatively_accept.tentatively_accept_post_request_body import (
    TentativelyAcceptPostRequestBody,
)
from msgraph.generated.users.item.messages.item.message_item_request_builder import MessageItemRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph_core import GraphClientFactory

if TYPE_CHECKING:
    from msgraph.generated.models.calendar import Calendar
    from msgraph.generated.models.event_message import EventMessage
    from msgraph.generated.models.recipient import Recipient

PACIFIC = "Pacific Standard Time"
SECONDS = 20


class Given(AccessTokenProvider):
    """A token that was got elsewhere."""

    def __init__(self, token: str, host: str) -> None:
        """Remember the token, and the only host that may see it."""
        self.token, self.hosts = token, AllowedHostsValidator([host])

    async def get_authorization_token(self, *_: Any, **__: Any) -> str:
        """Return the token."""
        return self.token

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        """Return the hosts that may see it."""
        return self.hosts


def client(base_url: str, ca_file: str, token: str) -> GraphServiceClient:
    """Return a client of the service at this address; without the options `/me` is no path."""
    plain = httpx.AsyncClient(
        verify=ssl.create_default_context(cafile=ca_file), trust_env=False, timeout=SECONDS
    )
    http = GraphClientFactory.create_with_default_middleware(options=options, client=plain)
    signed_in = BaseBearerTokenAuthenticationProvider(Given(token, str(urlsplit(base_url).hostname)))
    adapter = GraphRequestAdapter(signed_in, client=http)
    adapter.base_url = base_url
    return GraphServiceClient(request_adapter=adapter)


def dinner() -> Event:
    """Return the event of the walkthrough."""
    invited = {"Megan Bowen": "meganb@contoso.com", "Christie Cline": "ChristieC@contoso.com"}
    return Event(
        subject="Christmas dinner",
        body=ItemBody(content_type=BodyType.Html, content="Happy holidays!"),
        start=DateTimeTimeZone(date_time="2019-12-25T18:00:00", time_zone=PACIFIC),
        end=DateTimeTimeZone(date_time="2019-12-25T22:00:00", time_zone=PACIFIC),
        location=Location(display_name="Alex' home"),
        attendees=[
            Attendee(type=AttendeeType.Required, email_address=EmailAddress(name=name, address=address))
            for name, address in invited.items()
        ],
    )


def address(recipient: Recipient) -> str:
    """Return a recipient's address."""
    return str(recipient.email_address.address)


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
        "start": f"{shown.start.date_time} {shown.start.time_zone}",
        "location": shown.location.display_name,
        "organizer": address(shown.organizer),
        "is_organizer": shown.is_organizer,
        "show_as": shown.show_as.value,
        "response": shown.response_status.response.value,
        "attendees": {address(one): one.status.response.value for one in shown.attendees},
    }


def message(shown: EventMessage) -> dict[str, Any]:
    """Return what a message about a meeting holds."""
    return {
        "type": type(shown).__name__,
        "subject": shown.subject,
        "preview": shown.body_preview,
        "from": address(shown.from_),
        "sender": address(shown.sender),
        "to": [address(one) for one in shown.to_recipients],
        "meeting_message_type": shown.meeting_message_type.value,
    }


async def walkthrough(given: dict[str, Any]) -> dict[str, Any]:
    """Play the six steps; return what each left in the client's objects."""
    adele, christie, alex = (
        client(given["base_url"], given["ca_file"], given["tokens"][who])
        for who in ("adele", "christie", "alex")
    )
    told: dict[str, Any] = {}

    calendars = (await adele.me.calendars.get()).value
    told["calendars"] = {one.owner.address: calendar(one) for one in calendars}

    copy = next(one for one in calendars if one.name == "Alex Wilber")
    preferring = RequestConfiguration()
    preferring.headers.add("Prefer", f'outlook.timezone="{PACIFIC}"')
    created = await adele.me.calendars.by_calendar_id(copy.id).events.post(dinner(), preferring)
    told["created"] = event(created)

    [listed] = (await christie.me.messages.get()).value
    expanding = RequestConfiguration(
        query_parameters=MessageItemRequestBuilder.MessageItemRequestBuilderGetQueryParameters(
            expand=["microsoft.graph.eventMessage/event"]
        )
    )
    request = await christie.me.messages.by_message_id(listed.id).get(expanding)
    told["request"] = message(request) | {"event": event(request.event)}

    answer = TentativelyAcceptPostRequestBody(
        comment="I will probably be able to make it.", send_response=True
    )
    await christie.me.events.by_event_id(request.event.id).tentatively_accept.post(answer)
    told["answered"] = event(await christie.me.events.by_event_id(request.event.id).get())

    [listed] = (await adele.me.messages.get()).value
    told["response"] = message(await adele.me.messages.by_message_id(listed.id).get())

    filtering = RequestConfiguration(
        query_parameters=EventsRequestBuilder.EventsRequestBuilderGetQueryParameters(
            filter=f"iCalUId eq '{created.i_cal_u_id}'"
        )
    )
    [own] = (await alex.me.calendar.events.get(filtering)).value
    told["tally"] = event(await alex.me.calendar.events.by_event_id(own.id).get())
    return told


if __name__ == "__main__":
    json.dump(asyncio.run(walkthrough(json.load(sys.stdin))), sys.stdout)
