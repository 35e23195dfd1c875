"""Steps about what happens to a meeting after its invitation: changes, cancellation, deletion, forwarding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Invitation, Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.schemas import MISSING
from graphcal.story import Story
from graphcal.story.changes import (
    Change,
    ChangeSight,
    delete_again,
    do,
    done,
    look_again,
    repeat,
)
from graphcal.story.deeds import (
    Deed,
    cancelling,
    deleting,
    forwarding,
    inviting,
    moving,
    relocating,
    renaming,
)
from graphcal.value import Value

if TYPE_CHECKING:
    from datetime import time

OPEN = ("none", "notResponded")


# Doing something to a meeting.


@given(phrase('{who:Person} has renamed the meeting to "{name:Text}"'), target_fixture="change")
def has_renamed(who: str, name: str, invitation: Invitation, story: Story) -> Change:
    """Give one's event another subject, once in a chapter."""
    return done(story, _do(who, invitation, renaming(story.mark(name)), story))


@when(phrase('{who:Person} renames the meeting to "{name:Text}"'), target_fixture="sight")
def renames(who: str, name: str, invitation: Invitation, story: Story) -> ChangeSight:
    """Give one's event another subject, once in a chapter."""
    return _answered(_do(who, invitation, renaming(story.mark(name)), story))


@given(
    phrase('{who:Person} has renamed the meeting to "{name:Text}", with another transaction id'),
    target_fixture="change",
)
def has_tried_another_id(who: str, name: str, invitation: Invitation, story: Story) -> Change:
    """Ask for a new subject and another transaction id at once; to refuse that is as good."""
    subject = story.mark(name)
    return _do(who, invitation, renaming(subject, story.chapter.transaction(subject)), story)


@given(phrase("{who:Person} has moved the meeting to {starts:Clock}"), target_fixture="change")
def has_moved(who: str, starts: time, invitation: Invitation, story: Story) -> Change:
    """Give the event another start, and an end as much later."""
    return done(story, _do(who, invitation, moving(invitation.meeting, starts, story.chapter.now), story))


@when(phrase("{who:Person} moves the meeting to {starts:Clock}"), target_fixture="sight")
def moves(who: str, starts: time, invitation: Invitation, story: Story) -> ChangeSight:
    """Give the event another start, and an end as much later."""
    return _answered(_do(who, invitation, moving(invitation.meeting, starts, story.chapter.now), story))


@given(phrase('{who:Person} has taken the meeting to "{place:Text}"'), target_fixture="change")
def has_taken_to(who: str, place: str, invitation: Invitation, story: Story) -> Change:
    """Give the event another location."""
    return done(story, _do(who, invitation, relocating(place), story))


@when(phrase('{who:Person} takes the meeting to "{place:Text}"'), target_fixture="sight")
def takes_to(who: str, place: str, invitation: Invitation, story: Story) -> ChangeSight:
    """Give the event another location."""
    return _answered(_do(who, invitation, relocating(place), story))


@given(phrase("{who:Person} has also invited {more:People}"), target_fixture="change")
def has_also_invited(who: str, more: tuple[str, ...], invitation: Invitation, story: Story) -> Change:
    """Add attendees to the event and change nothing else."""
    deed = inviting(invitation.invitees, tuple(story.person(key) for key in more))
    return done(story, _do(who, invitation, deed, story))


@given(phrase('{who:Person} has cancelled the meeting: "{comment:Text}"'), target_fixture="change")
def has_cancelled(who: str, comment: str, invitation: Invitation, story: Story) -> Change:
    """Call the meeting off with a comment."""
    return done(story, _do(who, invitation, cancelling(comment), story))


@when(phrase('{who:Person} cancels the meeting: "{comment:Text}"'), target_fixture="sight")
def cancels(who: str, comment: str, invitation: Invitation, story: Story) -> ChangeSight:
    """Call the meeting off with a comment."""
    return _answered(_do(who, invitation, cancelling(comment), story))


@given(phrase("{who:Person} has deleted the event"), target_fixture="change")
def has_deleted(who: str, invitation: Invitation, story: Story) -> Change:
    """Delete the event from one's calendar."""
    return done(story, _do(who, invitation, deleting(), story))


@when(phrase("{who:Person} deletes the event"), target_fixture="sight")
def deletes(who: str, invitation: Invitation, story: Story) -> ChangeSight:
    """Delete the event from one's calendar."""
    return _answered(_do(who, invitation, deleting(), story))


@when(phrase("{who:Person} deletes the event again"), target_fixture="sight")
def deletes_again(change: Change, story: Story) -> Sight:
    """Send the deletion once more."""
    exchange = delete_again(story, change)
    return Sight(exchange, "", lambda: Value(MISSING, exchange))


@given(phrase("{who:Person} has forwarded the meeting to {people:People}"), target_fixture="change")
def has_forwarded(who: str, people: tuple[str, ...], invitation: Invitation, story: Story) -> Change:
    """Pass the invitation on."""
    return done(story, _do(who, invitation, forwarding(tuple(story.person(key) for key in people)), story))


@when(phrase("{who:Person} forwards the meeting to {people:People}"), target_fixture="sight")
def forwards(who: str, people: tuple[str, ...], invitation: Invitation, story: Story) -> ChangeSight:
    """Pass the invitation on."""
    return _answered(_do(who, invitation, forwarding(tuple(story.person(key) for key in people)), story))


@given(phrase("{who:Person} has sent the same request again"), target_fixture="change")
def has_sent_again(invitation: Invitation, story: Story) -> Change:
    """Repeat the creation, as a client does that got no answer."""
    return repeat(story, invitation)


@when(phrase("{who:Person} sends the same request again"), target_fixture="sight")
def sends_again(invitation: Invitation, story: Story) -> ChangeSight:
    """Repeat the creation, as a client does that got no answer."""
    return _answered(repeat(story, invitation))


def _do(who: str, invitation: Invitation, deed: Deed, story: Story) -> Change:
    return do(story, story.person(who), invitation, deed)


def _answered(change: Change) -> ChangeSight:
    exchange = change.exchange
    return ChangeSight(exchange, "organizerEvent", lambda: exchange.resource("the event"), change=change)


# What is seen of it.


@when(phrase("{who:Person} looks at the event again"), target_fixture="sight")
def looks_again(who: str, change: Change, story: Story) -> ChangeSight:
    """Look at somebody's event since it was changed."""
    exchange = look_again(story, story.person(who), change)
    return ChangeSight(exchange, "", lambda: exchange.resource("the event"), change=change)


@then("the answer is the event that was created first")
def is_the_event_created_first(sight: ChangeSight) -> None:
    """INV-24: a request sent again makes nothing new."""
    expect.success(sight.exchange, "sending the request again")
    expect.same(sight.change.before.resource("the event created first")["id"], sight.value["id"])


@then("the event shows the change")
def shows_the_change(sight: ChangeSight) -> None:
    """LIF-01, LIF-06, LIF-07: what was asked for is in the event."""
    expect.all_of([partial(sight.change.deed.check, sight.exchange)])


@then(phrase("the change shows in {who:Person}'s calendar"))
@then(phrase("the meeting no longer stands in {who:Person}'s calendar"))
def shows_in_the_calendar(who: str, sight: ChangeSight, story: Story) -> None:
    """LIF-01, LIF-06, LIF-07, LIF-10, LIF-14, LIF-15: it is done, also where the owner looks after his delegate."""
    reading = look_again(story, story.person(who), sight.change)
    expect.all_of([partial(sight.change.deed.check, reading)])


@then(phrase('the event is called "{subject:Text}"'))
def is_called(subject: str, sight: Sight, story: Story) -> None:
    """LIF-07: an attendee's wording is in nobody else's copy, nor in hers after the organizer's next change."""
    expect.equal(sight.value["subject"], story.mark(subject))


@then("its change key is another than before")
def has_another_change_key(sight: ChangeSight) -> None:
    """LIF-08: compared with the last reading before the change."""
    before = sight.change.before.resource("the event before")["changeKey"]
    if not before.text:
        raise Unmet(f"the event told no changeKey before: {sight.change.before}")
    after = sight.value["changeKey"]
    expect.that(after.text not in ("", before.text), after, f"another changeKey than {before.text}")


@then("every answer is open again")
def every_answer_is_open(sight: ChangeSight) -> None:
    """LIF-05: sources show two values, with any time."""
    attendees = sight.value["attendees"].items()
    before = sight.change.before.resource("the event before")["attendees"].items()
    if all(entry.at("status.response").json in OPEN for entry in before):
        raise Unmet(f"nobody's answer was tallied before the change: {sight.change.before}")
    expect.each(attendees, lambda entry: expect.one_of(entry.at("status.response"), OPEN))


@then(phrase("{people:People} is among the attendees"))
def is_among_the_attendees(people: tuple[str, ...], sight: Sight, story: Story) -> None:
    """LIF-16: whoever else is there."""
    expect.among(sight.value["attendees"], [story.person(key) for key in people])


@then("the event is marked as cancelled")
def is_marked_as_cancelled(sight: Sight) -> None:
    """LIF-12: isCancelled."""
    expect.equal(sight.value["isCancelled"], expected=True)


@then("the event is still there")
def is_still_there(sight: Sight) -> None:
    """LIF-12: a cancelled event stays until its holder removes it."""
    expect.item(sight.exchange, "reading the cancelled event")
