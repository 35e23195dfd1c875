"""Steps about schedules: when an owner is free or busy, and what a reader is told besides."""

from __future__ import annotations

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story import Story, schedules
from graphcal.story.schedules import ScheduleSight


@given(phrase('{owner:Person} has found {him:Object}self busy at "{subject:Text}"'))
def has_found_busy(owner: str, subject: str, story: Story) -> None:
    """Make sure that schedules tell of the meeting. Raises Unmet where the owner's own does not."""
    sight = schedules.ask(story, story.person(owner), story.invitation(subject))
    if not sight.is_busy:
        raise Unmet(f'{owner.capitalize()}\'s own schedule does not tell of "{subject}": {sight.exchange}')


@when(phrase('{who:Person} asks if {owner:Person} is busy at "{subject:Text}"'), target_fixture="sight")
def asks_whether_busy(who: str, subject: str, story: Story) -> ScheduleSight:
    """Ask for the owner's schedule in the time of a meeting."""
    return schedules.ask(story, story.person(who), story.invitation(subject))


@then(phrase("{owner:Person} is busy, no more"))
def is_busy_and_no_more(sight: ScheduleSight) -> None:
    """PRM-02, PRV-06: neither subject nor place of the span that is the meeting's."""
    _is_busy(sight)
    told = [item[name] for item in sight.of_the_meeting for name in ("subject", "location")]
    expect.each(told, lambda value: expect.that(not value.text, value, "nothing"))


@then(phrase('{owner:Person} is busy with "{subject:Text}"'))
def is_busy_with(subject: str, sight: ScheduleSight, story: Story) -> None:
    """PRM-04, PRV-06: subject and place."""
    _is_busy(sight)
    meeting, marked = story.meeting(subject), story.invitation(subject).subject
    subjects = [item["subject"] for item in sight.at_the_meeting]
    places = [item["location"] for item in sight.at_the_meeting]
    expect.all_of(
        [
            lambda: expect.that(
                marked in [subject.text for subject in subjects], subjects[0], f"the subject {marked!r}"
            ),
            lambda: expect.that(
                meeting.place in [place.text for place in places], places[0], f"the place {meeting.place!r}"
            ),
        ]
    )


@then(phrase("{owner:Person} is not busy"))
def is_not_busy(sight: ScheduleSight) -> None:
    """PRM-01: a refusal, an error in the entry, or nothing that takes any time."""
    if not sight.exchange.succeeded:
        expect.refused(sight.exchange)
        return
    view = sight.entry["availabilityView"]
    told = [item["status"] for item in sight.items if item["status"].json in schedules.OCCUPIED]
    expect.all_of(
        [
            lambda: expect.each(told, lambda status: expect.that(False, status, "no time that is taken")),
            lambda: expect.that(
                not schedules.OCCUPIED_DIGITS & set(view.text), view, "no digit that tells of taken time"
            ),
        ]
    )


def _is_busy(sight: ScheduleSight) -> None:
    expect.success(sight.exchange, "asking for the schedule")
    expect.that(sight.is_busy, sight.entry["scheduleItems"], "a span that covers the meeting and is taken")
