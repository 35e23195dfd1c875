"""Steps about how something is asked for: in a zone, as text, in part, by a filter, in an order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.queries import (
    AS_TEXT,
    EVENTS,
    INBOX,
    MAIL,
    MANY,
    MESSAGES,
    NOTHING,
    Ask,
    Pages,
    Wish,
    day_with,
    event_alone,
    every_page,
    list_with,
    message_alone,
    opened,
    pages_with,
    required,
)

if TYPE_CHECKING:
    from graphcal.people import Person

UNKNOWN = (
    "040000008200E00074C5B7101A82E008000000000000000000000000000000000000000000000000"  # names no meeting
)
REQUEST = "IPM.Schedule.Meeting.Request"


@dataclass(frozen=True)
class Part(Sight):
    """An item of which only some properties were selected, and the same item as a whole."""

    whole: Sight = field(kw_only=True)


@when(phrase("{who:Person} reads the event {reading:Reading}"), target_fixture="sight")
def reads_the_event(who: str, reading: str, invitation: Invitation, story: Story) -> Sight:
    """Read an event by its id, in the list of events or in a view of its day."""
    return read_event(story, who, reading, invitation, NOTHING)


@when(
    phrase('{who:Person} reads the event {reading:Reading}, with times in "{zone:Text}"'),
    target_fixture="sight",
)
def reads_in_a_zone(who: str, reading: str, zone: str, invitation: Invitation, story: Story) -> Sight:
    """Prefer a zone."""
    return read_event(story, who, reading, invitation, Wish.zone(zone))


@when(
    phrase("{who:Person} reads the event {reading:Reading}, with only {names:Properties}"),
    target_fixture="sight",
)
def reads_in_part(
    who: str, reading: str, names: tuple[str, ...], invitation: Invitation, story: Story
) -> Part:
    """Select properties, once the whole event was read in the same way."""
    whole = read_event(story, who, reading, invitation, NOTHING)
    part = read_event(story, who, reading, invitation, Wish.only(names))
    return Part(part.exchange, part.role, part.find, whole=whole)


@when(phrase("{who:Person} reads the event alone, with its body as text"), target_fixture="sight")
def reads_as_text(who: str, invitation: Invitation, story: Story) -> Sight:
    """Prefer text."""
    return read_event(story, who, "alone", invitation, AS_TEXT)


@when(phrase("{who:Person} reads the invitation, with its body as text"), target_fixture="sight")
def reads_the_invitation_as_text(who: str, invitation: Invitation, story: Story) -> Sight:
    """Prefer text."""
    return read_message(story, who, invitation, AS_TEXT)


@when(phrase("{who:Person} reads the invitation, with only {names:Properties}"), target_fixture="sight")
def reads_the_invitation_in_part(
    who: str, names: tuple[str, ...], invitation: Invitation, story: Story
) -> Sight:
    """Select properties."""
    return read_message(story, who, invitation, Wish.only(names))


@when(phrase("{who:Person} searches {his:Pronoun} events for its iCalUId"), target_fixture="sight")
def searches_events(who: str, invitation: Invitation, story: Story) -> Pages:
    """Filter by the id that all copies of a meeting share, until the event is found."""
    person, identifier = story.person(who), invitation.event["iCalUId"].text
    if not identifier:
        raise Unmet(f"the event tells no iCalUId to search for: {invitation.created}")
    ask = by_calendar_id(identifier, person, ("search by iCalUId", invitation.subject))
    return pages_with(story, ask, invitation.subject)


@when(
    phrase("{who:Person} searches {his:Pronoun} events for an iCalUId that none of them has"),
    target_fixture="sight",
)
def searches_for_an_unknown_id(who: str, invitation: Invitation, story: Story) -> Pages:
    """Filter by an id that is none, once the event is in the list."""
    person, subject = story.person(who), invitation.subject
    required(subject, list_with(story, person, invitation).pages)
    return every_page(story, by_calendar_id(UNKNOWN, person, ("search by unknown iCalUId", subject)))


@when(phrase('{who:Person} searches {her:Pronoun} inbox for the class "{name:Text}"'), target_fixture="sight")
def searches_the_inbox(who: str, name: str, invitation: Invitation, story: Story) -> Pages:
    """Filter by the extended property that holds a message's class, once the invitation is found by its own."""
    person, subject = story.person(who), invitation.subject
    story.received(person, invitation).exchange.resource(f"{person}'s invitation")
    requests = pages_with(story, by_class(REQUEST, person, subject), subject)
    if name == REQUEST:
        return requests
    if not requests.exchange.succeeded:
        raise Unmet(f"messages can't be searched by their class here: {requests.exchange}")
    ask = by_class(name, person, subject)
    return Pages.of(story.pages(ask.key, lambda: opened(ask.pages(story))), subject)


@given(phrase("{who:Person} has filtered messages by {filtered:Properties}, sorted by {order:Properties}"))
def has_filtered(
    who: str, filtered: tuple[str, ...], order: tuple[str, ...], invitation: Invitation, story: Story
) -> None:
    """Make sure that messages can be filtered and sorted at all."""
    found = filtered_messages(story, who, filtered, order, invitation)
    if not found.exchange.succeeded:
        raise Unmet(f"messages can't be filtered and sorted here: {found.exchange}")


@when(
    phrase("{who:Person} filters messages by {filtered:Properties}, sorted by {order:Properties}"),
    target_fixture="sight",
)
def filters_messages(
    who: str, filtered: tuple[str, ...], order: tuple[str, ...], invitation: Invitation, story: Story
) -> Pages:
    """Filter by conditions that the invitation meets, and sort."""
    return filtered_messages(story, who, filtered, order, invitation)


@then(phrase('the service confirms the zone "{zone:Text}"'))
def confirms_the_zone(zone: str, sight: Sight) -> None:
    """REP-03: the header Preference-Applied."""
    expect.preference(sight.exchange, "outlook.timezone", zone)


@then("the service confirms the body as text")
def confirms_text(sight: Sight) -> None:
    """REP-07: the header Preference-Applied."""
    expect.preference(sight.exchange, "outlook.body-content-type", "text")


@then(phrase("it has {names:Properties}, and besides at most its id"))
def has_only(names: tuple[str, ...], sight: Sight) -> None:
    """REP-11: what was selected, and nothing that was not but annotations."""
    item = sight.value
    others = [item[name] for name in item.json if name not in (*names, "id") and "@" not in name]
    expect.all_of(
        [
            lambda: expect.each(
                names, lambda name: expect.that(item[name].exists, item[name], "what was selected")
            ),
            lambda: expect.each(
                others, lambda other: expect.that(False, other, "nothing: it was not selected")
            ),
        ]
    )


@then("it has its id and its etag")
def has_id_and_etag(sight: Part) -> None:
    """REP-11: what comes unasked; no document promises that an item has an etag at all."""
    item, whole = sight.value, sight.whole.value
    names = ("id", "@odata.etag") if whole["@odata.etag"].exists else ("id",)
    expect.each(names, lambda name: expect.that(bool(item[name].text), item[name], "a string"))


@then(phrase("the service refuses or leaves {names:Properties} out"))
def refuses_or_leaves_out(names: tuple[str, ...], sight: Sight) -> None:
    """REP-12: a property that cannot be selected."""
    if not sight.exchange.succeeded:
        expect.refused(sight.exchange)
        return
    item = sight.value
    expect.each(names, lambda name: expect.that(not item[name].exists, item[name], "no such property"))


@then(phrase('the error is not called "{name:Text}"'))
def error_is_not_called(name: str, sight: Sight) -> None:
    """REP-16: a service that cannot do it for another reason is not judged."""
    if sight.exchange.succeeded:
        return
    code = sight.exchange.payload.at("error.code")
    expect.that(code.text.casefold() != name.casefold(), code, f"another code than {name}, or success")
    raise Unmet(f"the service cannot do it, for a reason of its own: {sight.exchange}")


def read_event(story: Story, who: str, reading: str, invitation: Invitation, wish: Wish) -> Sight:
    """Read somebody's own event alone, in the list or in a view."""
    person = story.person(who)
    if reading == "in the list":
        return list_with(story, person, invitation, wish)
    if reading == "in a view":
        return day_with(story, person, invitation, wish)
    exchange = event_alone(story, person, invitation, wish)
    return Sight(exchange, "organizerEvent", lambda: exchange.resource(f"{person}'s event"))


def read_message(story: Story, who: str, invitation: Invitation, wish: Wish) -> Sight:
    """Read somebody's invitation by its id."""
    person = story.person(who)
    exchange = message_alone(story, person, invitation, wish)
    return Sight(exchange, "requestMessage", lambda: exchange.resource(f"{person}'s invitation"))


def by_calendar_id(identifier: str, who: Person, words: tuple[str, ...]) -> Ask:
    """Ask for somebody's events with an iCalUId; `words` name the fact, for the id is another in each run."""
    path = NOTHING.path(EVENTS, **{"$filter": f"iCalUId eq '{identifier}'"})
    return Ask(words, who, path)


def by_class(name: str, who: Person, subject: str) -> Ask:
    """Ask for the messages of a class in an inbox, to find the one with a subject."""
    condition = f"ep/id eq 'String 0x001A' and ep/value eq '{name}'"
    query = f"singleValueExtendedProperties/Any(ep: {condition})"
    path = NOTHING.path(INBOX, **{"$filter": query, "$top": MANY})
    return Ask(("search by class", name, subject), who, path)


def filtered_messages(
    story: Story, who: str, filtered: tuple[str, ...], order: tuple[str, ...], invitation: Invitation
) -> Pages:
    """Ask once for messages that meet a condition on each of the properties, in that order."""
    person = story.person(who)
    story.received(person, invitation).exchange.resource(f"{person}'s invitation")
    subject = invitation.subject.replace("'", "''")
    conditions = {
        "receivedDateTime": "receivedDateTime ge 2000-01-01T00:00:00Z",
        "subject": f"subject eq '{subject}'",
    }
    query = " and ".join(conditions[name] for name in filtered)
    path = NOTHING.path(MESSAGES, **{"$filter": query, "$orderby": ",".join(order)})
    key = ("filtered by", filtered, "sorted by", order, person, invitation.subject)
    found = story.read(key, person, path, shape="messageCollection", scopes=MAIL)
    return Pages.of((found,), invitation.subject, "requestMessage")
