"""Steps about proposing another time: making the proposal, and where it is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story
from graphcal.story.changes import is_told
from graphcal.story.replies import SILENT, require, sight_of
from graphcal.timezones import zoned

if TYPE_CHECKING:
    from datetime import time

    from graphcal.value import Value

TYPED = "microsoft.graph.eventMessageResponse"


@when(
    phrase(
        '{who:Person} answers {manner:Manner} and proposes {start:Clock} to {end:Clock}: "{comment:Text}"'
    ),
    target_fixture="sight",
)
def proposes(
    who: str, manner: str, start: time, end: time, comment: str, invitation: Invitation, story: Story
) -> Sight:
    """Propose another time on the day of the meeting."""
    told = _proposal(invitation, start, end, story)
    return sight_of(story.answer(story.person(who), manner, comment, invitation, told))


@given(
    phrase(
        "{who:Person} has answered {manner:Manner} and proposed {start:Clock} to {end:Clock}: "
        '"{comment:Text}"'
    )
)
def has_proposed(
    who: str, manner: str, start: time, end: time, comment: str, invitation: Invitation, story: Story
) -> None:
    """Propose another time on the day of the meeting."""
    told = _proposal(invitation, start, end, story)
    require(story.answer(story.person(who), manner, comment, invitation, told))


@when(
    phrase(
        "{who:Person} answers {manner:Manner} without a message and proposes {start:Clock} to {end:Clock}"
    ),
    target_fixture="sight",
)
def proposes_without_a_message(
    who: str, manner: str, start: time, end: time, invitation: Invitation, story: Story
) -> Sight:
    """Propose another time that no message would carry."""
    told = {**_proposal(invitation, start, end, story), **SILENT}
    return sight_of(story.answer(story.person(who), manner, None, invitation, told))


@then(phrase("the message proposes {start:Clock} to {end:Clock}"))
def message_proposes(start: time, end: time, sight: Sight, invitation: Invitation, story: Story) -> None:
    """RSP-14: proposedNewTime; only a message typed as a response has the property."""
    proposed = sight.value["proposedNewTime"]
    if not is_told(proposed):
        _require_type(sight)
    _is_slot(proposed, _proposal(invitation, start, end, story)["proposedNewTime"])


@then(phrase('the message\'s response is "{response:Text}"'))
def response_is(response: str, sight: Sight) -> None:
    """RSP-14: responseType; only a message typed as a response has the property."""
    told = sight.value["responseType"]
    if not is_told(told):
        _require_type(sight)
    expect.equal(told, response)


@then(phrase("{who:Person} is shown to propose {start:Clock} to {end:Clock}"))
def is_shown_to_propose(
    who: str, start: time, end: time, sight: Sight, invitation: Invitation, story: Story
) -> None:
    """RSP-15: proposedNewTime of the attendee."""
    entry = expect.entry_of(sight.value["attendees"], story.person(who))
    _is_slot(entry["proposedNewTime"], _proposal(invitation, start, end, story)["proposedNewTime"])


@then(phrase("nobody but {who:Person} is shown to propose a time"))
def nobody_else_is_shown(who: str, sight: Sight, story: Story) -> None:
    """RSP-15: the property is absent, or null, where no proposal was made."""
    person, attendees = story.person(who), sight.value["attendees"]
    if not is_told(expect.entry_of(attendees, person)["proposedNewTime"]):
        raise Unmet(f"the proposal of {person} is not shown: {sight.exchange}")
    others = [
        entry for entry in attendees.items() if not person.has_address(entry.at("emailAddress.address").json)
    ]
    expect.each(
        others,
        lambda entry: expect.that(
            not is_told(entry["proposedNewTime"]), entry["proposedNewTime"], "no proposedNewTime"
        ),
    )


def _proposal(invitation: Invitation, start: time, end: time, story: Story) -> dict[str, Any]:
    """Write another time on the day of the meeting, in the meeting's zone, as a parameter of the action."""
    meeting = invitation.meeting
    day = meeting.date(story.chapter.now)
    sides = {"start": start, "end": end}
    return {
        "proposedNewTime": {
            name: {"dateTime": datetime.combine(day, clock).isoformat(), "timeZone": meeting.zone}
            for name, clock in sides.items()
        }
    }


def _is_slot(value: Value, wanted: dict[str, dict[str, str]]) -> None:
    """Compare the two moments of a time slot, in whatever zone they are told."""

    def is_at(name: str) -> None:
        side, told = value[name], wanted[name]
        found = zoned(side["dateTime"].json, side["timeZone"].json)
        moment = zoned(told["dateTime"], told["timeZone"])
        expect.that(found == moment, side, f"the moment {told['dateTime']} {told['timeZone']}")

    expect.each(wanted, is_at)


def _require_type(sight: Sight) -> None:
    """Raise Unmet where the service types the message as another than a response."""
    kind = sight.value["@odata.type"].text
    if kind.rpartition("#")[2] != TYPED:
        raise Unmet(
            f"the message is typed as {kind or 'nothing'}, so it need not tell this: {sight.exchange}"
        )
