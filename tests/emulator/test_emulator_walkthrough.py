"""The documented walkthrough, step by step, with the values that its page prints."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from emulator_world import DINNER, Actor, World, addresses

if TYPE_CHECKING:
    import requests

PACIFIC = 'outlook.timezone="Pacific Standard Time"'
NEVER = "0001-01-01T00:00:00Z"


@dataclass
class Story:
    """The six exchanges, and what each answered."""

    world: World
    calendars: requests.Response
    created: requests.Response
    request: requests.Response
    answered: requests.Response
    response: requests.Response
    tally: requests.Response


@pytest.fixture(scope="module")
def story() -> Story:
    """Play the walkthrough once, each step with the scope that the page names."""
    world = World()
    adele = world.acting("adele", "Calendars.Read.Shared")
    calendars = adele.get("/me/calendars")
    copy = next(one for one in calendars.json()["value"] if one["owner"]["name"] == "Alex Wilber")
    writer = world.acting("adele", "Calendars.ReadWrite.Shared")
    created = writer.post(f"/me/calendars/{copy['id']}/events", DINNER, Prefer=PACIFIC)
    world.clock.advance(2)
    christie = world.acting("christie", "Mail.Read", "Calendars.Read.Shared")
    message = christie.value("/me/messages")[0]["id"]
    request = christie.get(f"/me/messages/{message}?$expand=microsoft.graph.eventMessage/event")
    world.clock.advance(1000)
    body = {"comment": "I will probably be able to make it.", "sendResponse": True}
    event = request.json()["event"]["id"]
    answered = world.acting("christie", "Calendars.ReadWrite.Shared").post(
        f"/me/events/{event}/tentativelyAccept", body
    )
    delegate = world.acting("adele", "Mail.Read.Shared")
    response = delegate.get(f"/me/messages/{delegate.value('/me/messages')[0]['id']}")
    alex = world.acting("alex", "Calendars.Read")
    uid = created.json()["iCalUId"]
    own = alex.value(f"/me/calendar/events?$filter=iCalUId eq '{uid}'")[0]["id"]
    tally = alex.get(f"/me/calendar/events/{own}")
    return Story(world, calendars, created, request, answered, response, tally)


def test_delegate_lists_her_own_calendar_and_the_copy(story: Story) -> None:
    """Step 1: two entries, with the flags and owners of the page."""
    own, copy = story.calendars.json()["value"]
    assert (own["name"], own["owner"]["address"]) == ("Calendar", "AdeleV@contoso.com")
    assert (own["canShare"], own["canEdit"], own["canViewPrivateItems"]) == (True, True, True)
    assert copy["name"] == "Alex Wilber"
    assert copy["owner"] == {"name": "Alex Wilber", "address": "AlexW@contoso.com"}
    assert (copy["canShare"], copy["canEdit"], copy["canViewPrivateItems"]) == (False, True, False)


def test_owners_calendar_has_another_id_than_the_copy(story: Story) -> None:
    """Step 1, note: the id from the owner's mailbox is valid there only."""
    adele = story.world.acting("adele")
    original = adele.get("/users/AlexW@contoso.com/calendar").json()["id"]
    assert original not in [one["id"] for one in story.calendars.json()["value"]]
    assert adele.get(f"/me/calendars/{original}").status_code == 404


def test_creation_answers_201_with_the_owners_event(story: Story) -> None:
    """Step 2: the new event belongs to Alex, in the preferred zone, with defaults."""
    event = story.created.json()
    assert story.created.status_code == 201
    assert story.created.headers["Preference-Applied"] == PACIFIC
    assert event["isOrganizer"] is True
    assert event["organizer"]["emailAddress"]["address"] == "AlexW@contoso.com"
    assert event["start"] == {"dateTime": "2019-12-25T18:00:00.0000000", "timeZone": "Pacific Standard Time"}
    assert event["responseStatus"] == {"response": "organizer", "time": NEVER}
    assert addresses(event["attendees"]) == ["MeganB@contoso.com", "ChristieC@contoso.com"]
    assert [one["status"] for one in event["attendees"]] == [{"response": "none", "time": NEVER}] * 2
    assert (event["showAs"], event["type"], event["isReminderOn"]) == ("busy", "singleInstance", False)
    assert event["body"]["contentType"] == "html"
    assert event["bodyPreview"] == "Happy holidays!"
    expected = {
        "displayName": "Alex' home",
        "locationType": "default",
        "uniqueId": "Alex' home",
        "uniqueIdType": "private",
    }
    assert event["location"] == expected
    assert event["locations"] == [expected]


def test_request_comes_from_the_owner_sent_by_the_delegate(story: Story) -> None:
    """Step 3: the message names both, and goes to the two invitees."""
    message = story.request.json()
    assert message["@odata.type"] == "#microsoft.graph.eventMessageRequest"
    assert message["meetingMessageType"] == "meetingRequest"
    assert message["sender"]["emailAddress"]["address"] == "AdeleV@contoso.com"
    assert message["from"]["emailAddress"]["address"] == "AlexW@contoso.com"
    assert addresses(message["toRecipients"]) == ["MeganB@contoso.com", "ChristieC@contoso.com"]
    assert [message["ccRecipients"], message["bccRecipients"], message["replyTo"]] == [[], [], []]
    assert message["@odata.context"].endswith("/messages(microsoft.graph.eventMessage/event())/$entity")


def test_attendees_event_lists_everybody_and_is_tentative(story: Story) -> None:
    """Step 3: the service made the event, with the organizer among the attendees."""
    event = story.request.json()["event"]
    assert addresses(event["attendees"]) == [
        "AlexW@contoso.com",
        "MeganB@contoso.com",
        "ChristieC@contoso.com",
    ]
    assert (event["isOrganizer"], event["showAs"]) == (False, "tentative")
    assert event["start"] == {"dateTime": "2019-12-26T02:00:00.0000000", "timeZone": "UTC"}
    assert event["iCalUId"] == story.created.json()["iCalUId"]


def test_tentative_answer_is_accepted_without_content(story: Story) -> None:
    """Step 4: 202 and nothing else."""
    assert (story.answered.status_code, story.answered.content) == (202, b"")


def test_response_goes_to_the_delegate_alone(story: Story) -> None:
    """Step 5: Adele gets it, spelt as the metadata spells it; Alex's inbox stays empty."""
    message = story.response.json()
    assert message["meetingMessageType"] == "meetingTenativelyAccepted"
    assert message["subject"] == "Tentative: Christmas dinner"
    assert message["bodyPreview"] == "I will probably be able to make it."
    assert message["from"] == message["sender"]
    assert message["from"]["emailAddress"]["address"] == "ChristieC@contoso.com"
    assert addresses(message["toRecipients"]) == ["AdeleV@contoso.com"]
    assert (message["isRead"], message["isDraft"]) == (False, False)
    assert story.world.inbox("alex") == []


def test_conversation_index_grows_by_five_bytes(story: Story) -> None:
    """Steps 3 and 5: 22 bytes for the request, the same and five more for the response."""
    first = base64.b64decode(story.request.json()["conversationIndex"])
    second = base64.b64decode(story.response.json()["conversationIndex"])
    assert (len(first), len(second)) == (22, 27)
    assert second.startswith(first)


def test_owner_reads_the_tally(story: Story) -> None:
    """Step 6: Megan has not answered, Christie has, at the time that her own copy shows."""
    event = story.tally.json()
    assert event["isOrganizer"] is True
    assert addresses(event["attendees"]) == ["MeganB@contoso.com", "ChristieC@contoso.com"]
    megan, christie = (one["status"] for one in event["attendees"])
    own = story.world.event_of("christie", event["iCalUId"])["responseStatus"]
    assert megan == {"response": "none", "time": NEVER}
    assert christie == own
    assert christie["response"] == "tentativelyAccepted"
    assert (event["showAs"], event["responseStatus"]["response"]) == ("busy", "organizer")


def test_no_event_names_the_delegate(story: Story) -> None:
    """Steps 2, 3, 6: Adele is in no property of any copy."""
    for event in (story.created.json(), story.request.json()["event"], story.tally.json()):
        shown = {name: value for name, value in event.items() if name != "@odata.context"}
        assert "adele" not in json.dumps(shown).lower()


def test_copies_differ_in_id_and_agree_in_content(story: Story) -> None:
    """Each mailbox has ids and change keys of its own; what the meeting says is the same everywhere."""
    events: list[dict[str, Any]] = [story.created.json(), story.request.json()["event"], story.tally.json()]
    for name in ("id", "changeKey", "@odata.etag", "webLink"):
        assert len({event[name] for event in events}) == 3
    for name in ("iCalUId", "subject", "bodyPreview", "originalStartTimeZone", "organizer", "location"):
        assert len({json.dumps(event[name]) for event in events}) == 1
    assert all(event["@odata.etag"] == f'W/"{event["changeKey"]}"' for event in events)


def test_others_do_not_see_the_answer(story: Story) -> None:
    """In Megan's copy Christie has not answered."""
    event = story.world.event_of("megan", story.created.json()["iCalUId"])
    assert {one["status"]["response"] for one in event["attendees"]} == {"none"}


def test_same_requests_give_the_same_bytes() -> None:
    """Two emulators with equal clocks answer the same requests with the same bytes."""

    def play() -> list[tuple[int, bytes, dict[str, str]]]:
        world = World()
        calendar = world.local()
        answers: list[requests.Response] = []
        adele: Actor = world.acting("adele")
        made = adele.post(f"{calendar}/events", DINNER)
        answers.append(made)
        world.clock.advance(5)
        world.answer("christie", made.json()["iCalUId"], "accept", comment="Yes")
        answers += [adele.get("/me/messages"), adele.get("/me/calendars"), adele.get("/me/events/none-such")]
        answers.append(world.acting("alex").get("/me/events"))
        return [(one.status_code, one.content, dict(one.headers)) for one in answers]

    assert play() == play()
