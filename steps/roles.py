"""Steps about what a role lets its holder do in an owner's calendar: read, create, change and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from graphcal import expect
from graphcal.facts import Sight
from graphcal.outcomes import Deviation, Unmet
from graphcal.people import Person
from graphcal.phrases import phrase
from graphcal.story import Story, access
from graphcal.story.permissions import give
from graphcal.story.queries import Pages
from graphcal.value import Value

if TYPE_CHECKING:
    from graphcal.graph.exchange import Exchange


# Reading.


@when(phrase('{who:Person} opens "{subject:Text}" in {owner:Person}\'s calendar'), target_fixture="sight")
@when(phrase('{who:Person} opens "{subject:Text}" in {his:Pronoun} calendar'), target_fixture="sight")
def opens(who: str, subject: str, story: Story) -> Sight:
    """Read an event by its id in its owner's mailbox."""
    invitation = story.invitation(subject)
    exchange = access.open_event(story, story.person(who), invitation)
    return Sight(exchange, "", lambda: exchange.resource(f"{invitation.owner}'s event"))


@given(
    phrase('{who:Person} has found "{subject:Text}" in {owner:Person}\'s calendar {way:Route}'),
)
def has_found(who: str, subject: str, owner: str, way: str, story: Story) -> None:
    """Make sure that somebody sees events of that day. Raises Unmet where this one is not shown."""
    _ = _view(who, subject, owner, way, story).value


@when(
    phrase('{who:Person} views the day of "{subject:Text}" in {owner:Person}\'s calendar {way:Route}'),
    target_fixture="sight",
)
def views_the_day(who: str, subject: str, owner: str, way: str, story: Story) -> Pages:
    """View the day on which the owner has an event, in his mailbox or through the copy."""
    return _view(who, subject, owner, way, story)


@when(
    phrase('{who:Person} lists the events with "{subject:Text}" in {owner:Person}\'s calendar {way:Route}'),
    target_fixture="sight",
)
def lists_with(who: str, subject: str, owner: str, way: str, story: Story) -> Pages:
    """List the events of a calendar in which the owner has one, in his mailbox or through the copy."""
    person, invitation = story.person(who), story.invitation(subject)
    return access.list_with(story, person, story.person(owner), invitation, way)


@then(phrase('"{subject:Text}" is shown in full'))
def is_shown_in_full(subject: str, sight: Sight, story: Story) -> None:
    """PRM-05, PRM-07, PRM-09, PRM-10, PRV-02: title, place, text and attendees."""
    invitation = story.invitation(subject)
    meeting, event = invitation.meeting, _shown(sight, invitation.subject)
    content = event.at("body.content")
    expect.all_of(
        [
            lambda: _title_and_place(event, subject, story),
            lambda: expect.that(meeting.text in content.text, content, f'a body that holds "{meeting.text}"'),
            lambda: expect.among(event["attendees"], invitation.invitees),
        ]
    )


@then(phrase('"{subject:Text}" is shown in part'))
def is_shown_in_part(subject: str, sight: Sight, story: Story) -> None:
    """PRM-04: title and place, in whatever form the rest is hidden. Raises Unmet where no event can be read."""
    event, secrets = sight.value, access.Secrets.but_title_and_place(story, story.invitation(subject))
    expect.all_of([lambda: _title_and_place(event, subject, story), lambda: _undisclosed(sight, secrets)])


@then(phrase('the event\'s sensitivity is "{sensitivity:Text}"'))
def sensitivity_is(sensitivity: str, sight: Sight) -> None:
    """PRV-07: what was sent comes back."""
    expect.equal(sight.value["sensitivity"], sensitivity)


@then(phrase('nothing of "{subject:Text}" is disclosed'))
def nothing_is_disclosed(subject: str, sight: Sight, story: Story) -> None:
    """PRM-02, PRM-05, PRM-09, PRV-01, PRV-05: a refusal, no event, or one that tells when it is and no more."""
    _undisclosed(sight, access.Secrets.all(story, story.invitation(subject)))


def _shown(sight: Sight, subject: str) -> Value:
    """Return the event that is read, alone or in a view. Raises Deviation where it is not to be seen."""
    if not isinstance(sight, Pages):
        expect.success(sight.exchange, f"reading {subject!r}")
        return sight.value
    entries = sight.entries(subject)
    expect.that(bool(entries), sight.place, f"{subject!r} among the events", "no such event")
    return entries[0]


def _view(who: str, subject: str, owner: str, way: str, story: Story) -> Pages:
    return access.view_day(story, story.person(who), story.person(owner), story.invitation(subject), way)


def _title_and_place(event: Value, subject: str, story: Story) -> None:
    invitation = story.invitation(subject)
    expect.all_of(
        [
            lambda: expect.equal(event["subject"], invitation.subject),
            lambda: expect.equal(event.at("location.displayName"), invitation.meeting.place),
        ]
    )


def _undisclosed(sight: Sight, secrets: access.Secrets) -> None:
    pages = sight.pages if isinstance(sight, Pages) else (sight.exchange,)
    expect.each([page for page in pages if not page.succeeded], expect.refused)
    findings = [finding for page in pages for finding in secrets.found_in(page.payload)]
    if findings:
        raise Deviation(findings)
    if isinstance(sight, Pages) and sight.exchange.succeeded:
        _ = sight.value  # else the events of that day are not shown, and no disclosure would be either


# Creating, changing, removing.


@when(phrase('{who:Person} enters "{subject:Text}" in {owner:Person}\'s calendar'), target_fixture="sight")
def enters(who: str, subject: str, owner: str, story: Story) -> Sight:
    """Try to create an event in the owner's mailbox."""
    return _entered(who, subject, owner, "mailbox", story)


@when(
    phrase('{who:Person} enters "{subject:Text}" in {owner:Person}\'s calendar {way:Route}'),
    target_fixture="sight",
)
def enters_by(who: str, subject: str, owner: str, way: str, story: Story) -> Sight:
    """Try to create an event in the owner's mailbox or through the copy."""
    return _entered(who, subject, owner, way, story)


@when(phrase('{who:Person} renames "{subject:Text}" in {owner:Person}\'s calendar'), target_fixture="sight")
def renames(who: str, subject: str, story: Story) -> Sight:
    """Try to give an event of the owner's another subject."""
    return _tried(access.rename(story, story.person(who), story.invitation(subject)))


@when(phrase('{who:Person} removes "{subject:Text}" from {owner:Person}\'s calendar'), target_fixture="sight")
def removes(who: str, subject: str, story: Story) -> Sight:
    """Try to delete an event of the owner's."""
    return _tried(access.remove(story, story.person(who), story.invitation(subject)))


@then(phrase('{owner:Person} finds "{subject:Text}" as {he:Subject} entered it'))
def finds_as_entered(subject: str, story: Story) -> None:
    """PRV-03: what was refused has not happened."""
    invitation = story.invitation(subject)
    exchange = access.look_again(story, invitation, until=invitation.subject)
    expect.item(exchange, f'reading "{subject}" again')
    expect.equal(exchange.payload["subject"], invitation.subject)


@then(phrase('{owner:Person} finds "{subject:Text}" renamed'))
def finds_renamed(subject: str, sight: Sight, story: Story) -> None:
    """PRM-07, PRM-09, PRM-10, PRV-04: what was allowed has happened. Raises Unmet where it was refused."""
    _ = sight.value
    invitation = story.invitation(subject)
    name = access.renamed(story, invitation)
    exchange = access.look_again(story, invitation, until=name)
    expect.item(exchange, f'reading "{subject}" again')
    expect.equal(exchange.payload["subject"], name)


@then(phrase('{owner:Person} no longer finds "{subject:Text}"'))
def no_longer_finds(subject: str, sight: Sight, story: Story) -> None:
    """PRM-07, PRM-09, PRM-10, PRV-04: what was removed is gone. Raises Unmet where that was refused."""
    if not sight.exchange.succeeded:
        raise Unmet(f'"{subject}" was not removed: {sight.exchange}')
    expect.refused(access.look_for_removed(story, story.invitation(subject)))


def _entered(who: str, subject: str, owner: str, way: str, story: Story) -> Sight:
    return _tried(access.enter(story, story.person(who), story.person(owner), subject, way))


def _tried(exchange: Exchange) -> Sight:
    return Sight(exchange, "", lambda: exchange.resource("the event"))


# Getting another role.


@given(phrase('{owner:Person} has since given {other:Person} the role "{role:Role}"'))
def has_since_given(owner: str, other: str, role: str, story: Story) -> None:
    """Change somebody's role once its holder has seen what the old one allows."""
    access.promote(story, story.person(owner), story.person(other), role)


@when(
    phrase('{who:Person} raises {her:Pronoun} role on {owner:Person}\'s calendar to "{role:Role}"'),
    target_fixture="sight",
)
def raises(who: str, owner: str, role: str, story: Story) -> Sight:
    """Try to change what the owner has given; where that succeeds, it is taken back."""
    return _tried(access.raise_role(story, story.person(who), story.person(owner), role))


@when(
    phrase('{owner:Person} gives somebody outside the role "{role:Role}"'),
    target_fixture="sight",
)
def gives_somebody_outside(owner: str, role: str, story: Story) -> Sight:
    """Share the primary calendar with somebody who belongs to no organisation, for each role another."""
    outsider = Person("outsider", "Pat Outside", f"pat.{role.lower()}@example.com")
    exchange = give(story, story.person(owner), outsider, role).exchange
    return Sight(exchange, "calendarPermission", lambda: exchange.resource("the permission"))


@then(phrase('the role "{role:Role}" is not given'))
def is_not_given(role: str, sight: Sight) -> None:
    """PRM-14: refused, or less given than was asked for. Raises Unmet where it is given to an insider."""
    if not sight.exchange.succeeded:
        expect.refused(sight.exchange)
        return
    if sight.value["isInsideOrganization"].json is True:
        raise Unmet(f"the service takes a stranger for one of the organisation: {sight.exchange}")
    expect.that(sight.value["role"].json != role, sight.value["role"], f"another role than {role}")
