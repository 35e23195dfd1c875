"""The life of a meeting between its organizer and its attendees: invitation, update, cancellation, forwarding."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from graphcal.emulator import delivery, places, post, properties
from graphcal.emulator.bodies import Body
from graphcal.emulator.errors import access_denied, invalid_parameter, invalid_request
from graphcal.emulator.model import Address, Answer, Attendee, Event, Person
from graphcal.emulator.times import CLEARED, MINIMUM
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphcal.emulator.calls import Call
    from graphcal.emulator.state import Tenant

_TOLD = ("subject", "importance", "sensitivity", "isAllDay", "responseRequested", "allowNewTimeProposals")


@dataclass(frozen=True)
class Invitation:
    """A meeting as it was when its request was sent, and what changed since the request before."""

    event: Event
    letter: post.Letter
    before: Event | None = None


def invite(call: Call, event: Event, guests: Iterable[Attendee], before: Event | None = None) -> None:
    """Send the meeting to guests: a first request, or with `before` an update of it (INV-08, LIF-02)."""
    to = tuple(one.email for one in event.attendees if one.kind != "optional")
    cc = tuple(one.email for one in event.attendees if one.kind == "optional")
    letter = post.Letter(_sender(call, event), event.organizer, call.tenant.now, event.body, to, cc)
    _send(call.tenant, Invitation(copy.deepcopy(event), letter, before), guests)


def _sender(call: Call, event: Event) -> Address:
    """Return who sends: the delegate who acts, while the organizer stays the author (RCV-02, RCV-03)."""
    return call.actor.email if call.actor.oid != event.mailbox else event.organizer


def _send(tenant: Tenant, invitation: Invitation, guests: Iterable[Attendee]) -> None:
    for guest in guests:
        person = tenant.find(guest.email.address)
        if person and person.oid in tenant.mailboxes and not invitation.event.organizer.same(person.address):
            tenant.outbox.put(tenant, partial(_arrive, tenant, invitation, person))


def _arrive(tenant: Tenant, invitation: Invitation, guest: Person) -> None:
    """Deliver a request: the service puts the event into the guest's calendar by itself (RCV-05)."""
    event = invitation.event
    plan = delivery.stops(tenant, guest, request=True)
    for stop in plan:
        post.outdate(tenant, stop.person, event.ical_uid, event.sequence)  # LIF-03
    _place_copy(tenant, invitation, guest)
    for stop in plan:
        kind = "newMeetingRequest"
        if invitation.before is not None:
            kind = "fullUpdate" if _moved(invitation.before, event) else "informationalUpdate"
        if stop.is_informational:
            kind = "principalWantsCopy"  # RTE-12
        post.file(
            tenant,
            stop,
            event,
            invitation.letter,
            "meetingRequest",
            meetingRequestType=kind,
            before=invitation.before,
        )


def _place_copy(tenant: Tenant, invitation: Invitation, guest: Person) -> None:
    event, mailbox = invitation.event, tenant.mailboxes[guest.oid]
    present = next((one for one in mailbox.events.values() if one.ical_uid == event.ical_uid), None)
    host = Attendee(event.organizer)
    unanswered = [replace(one, answer=Answer(), proposed=None) for one in event.attendees]  # TAL-11, RCV-14
    others = [one for one in unanswered if not event.fields["hideAttendees"] or one.email.same(guest.address)]
    news: dict[str, Any] = {
        "start": event.start,
        "end": event.end,
        "body": event.body,
        "location": event.location,
        "locations": event.locations,
        "recurrence": event.recurrence,
        "attendees": [host, *others],  # RCV-07
        "sequence": event.sequence,
        "is_cancelled": False,
    }
    content = {**event.fields, "categories": [], "transactionId": None, "showAs": "tentative"}
    if present is None:
        number = tenant.namer.fresh()
        made = replace(
            event,
            id=tenant.namer.item_id(guest.oid, "event", number),
            immutable_id=tenant.namer.immutable_id(guest.oid, "event", number),
            mailbox=guest.oid,
            calendar=mailbox.default_calendar.id,
            created=tenant.now,
            modified=tenant.now,
            is_organizer=False,
            answer=Answer("notResponded", MINIMUM),  # RCV-13
            version=1,
            fields=content,
            **news,
        )
        _keep(tenant, made)
        return
    if "LIF-07.overwritten" in tenant.seams.waived:
        content["subject"] = present.fields["subject"]
    asked_again = invitation.before is None or _moved(invitation.before, event)
    if not asked_again:
        content["showAs"] = present.fields["showAs"]
    answer = Answer("notResponded", MINIMUM) if asked_again else present.answer
    changed = replace(
        present, fields=content, answer=answer, version=present.version + 1, modified=tenant.now, **news
    )
    _keep(tenant, changed)


def _keep(tenant: Tenant, event: Event) -> None:
    """Put an attendee's copy into its mailbox, unless a fault swallows it."""
    kept = tenant.seams.copy(event)
    if kept is not None:
        tenant.mailboxes[kept.mailbox].events[kept.id] = kept
    else:
        tenant.mailboxes[event.mailbox].events.pop(event.id, None)


def _moved(before: Event, after: Event) -> bool:
    return (before.start, before.end, before.recurrence) != (after.start, after.end, after.recurrence)


def update(call: Call, before: Event, event: Event) -> None:
    """Tell the attendees what the organizer changed; a mere change of attendees only those it concerns (LIF-04)."""
    known = {one.email.address.lower() for one in before.attendees}
    invited = {one.email.address.lower() for one in event.attendees}
    content = any(before.fields[name] != event.fields[name] for name in _TOLD)
    place = (before.body, before.location, before.locations) != (event.body, event.location, event.locations)
    moved = _moved(before, event)
    if moved and "LIF-05" not in call.tenant.seams.waived:
        event.attendees = [
            replace(one, answer=Answer("notResponded", CLEARED), proposed=None) for one in event.attendees
        ]
    if moved or content or place or "LIF-04" in call.tenant.seams.waived:
        event.sequence += 1
        invite(call, event, [one for one in event.attendees if one.email.address.lower() in known], before)
    invite(call, event, [one for one in event.attendees if one.email.address.lower() not in known])
    dropped = [one for one in before.attendees if one.email.address.lower() not in invited]
    _call_off(call, before, dropped, "")


def impose(tenant: Tenant, changed: Event) -> None:
    """Change the organizer's event as an attendee has changed hers, which a sound service never does (LIF-07)."""
    event = post.organized(tenant, changed.organizer, changed.ical_uid)
    if event is not None:
        event.fields["subject"] = changed.fields["subject"]


def cancel(call: Call, event: Event, comment: str) -> None:
    """Tell all attendees that the meeting is off (LIF-10, LIF-14)."""
    _call_off(call, event, event.attendees, comment)


def _call_off(call: Call, event: Event, guests: Iterable[Attendee], comment: str) -> None:
    tenant = call.tenant
    last = copy.deepcopy(event)
    to = tuple(one.email for one in guests)
    letter = post.Letter(_sender(call, event), event.organizer, tenant.now, Body(comment, "text"), to)
    for guest in guests:
        person = tenant.find(guest.email.address)
        if person and person.oid in tenant.mailboxes and not event.organizer.same(person.address):
            tenant.outbox.put(tenant, partial(_depart, tenant, last, letter, person))


def _depart(tenant: Tenant, event: Event, letter: post.Letter, guest: Person) -> None:
    """Deliver a cancellation: the attendee's event stays, marked (LIF-11, LIF-12)."""
    mailbox = tenant.mailboxes[guest.oid]
    for present in [one for one in mailbox.events.values() if one.ical_uid == event.ical_uid]:
        fields = present.fields | {"showAs": "free"}
        changed = replace(
            present, fields=fields, is_cancelled=True, version=present.version + 1, modified=tenant.now
        )
        _keep(tenant, changed)
    for stop in delivery.stops(tenant, guest, request=True):
        post.outdate(tenant, stop.person, event.ical_uid, event.sequence + 1)
        post.file(tenant, stop, event, letter, "meetingCancelled")


def cancel_action(call: Call) -> Response:
    """Answer POST …/cancel; only the organizer's side may call a meeting off (LIF-10, LIF-13)."""
    seat = places.find(call)
    given = properties.fold(call.request.json())
    refusal = invalid_request("Only the organizer may cancel a meeting.")
    call.tenant.seams.require("LIF-13", seat.event.is_organizer, refusal)
    call.tenant.seams.require("PRM-06", seat.rights.edit, access_denied())
    if seat.event.is_private:
        call.tenant.seams.require("PRV-03", seat.rights.edit_private, access_denied())
    cancel(call, seat.event, properties.text("comment", given.get("comment")))
    if "LIF-10" not in call.tenant.seams.waived:
        del call.tenant.mailboxes[seat.event.mailbox].events[seat.event.id]
    return Response(202)


def forward_action(call: Call) -> Response:
    """Answer POST …/forward: new people are invited, and join the organizer's list of attendees (LIF-16)."""
    seat = places.find(call)
    event, tenant = seat.event, call.tenant
    tenant.seams.require("PRM-06", seat.rights.edit, access_denied())
    given = properties.fold(call.request.json())
    wanted = [
        properties.an_object("toRecipients", one)
        for one in properties.a_list("toRecipients", given.get("toRecipients"))
    ]
    if not wanted:
        raise invalid_parameter("'toRecipients' names at least one recipient.")
    emails = [tenant.known(properties.address("toRecipients", one.get("emailAddress"))) for one in wanted]
    comment = properties.text("comment", given.get("comment"))
    guests = [Attendee(email, "optional") for email in emails if not _is_invited(event, email)]
    body = Body(f"<p>{comment}</p>{event.body.content}") if comment else event.body
    letter = post.Letter(call.actor.email, event.organizer, tenant.now, body, tuple(emails))
    if event.is_organizer:
        _join(tenant, event, guests)
        _send(tenant, Invitation(copy.deepcopy(event), letter), guests)
        return Response(202)
    shared = replace(
        copy.deepcopy(event), attendees=[one for one in event.attendees if one.email != event.organizer]
    )
    shared.fields["showAs"] = "busy"
    _send(tenant, Invitation(shared, letter), guests)
    note = replace(letter, sender=call.actor.email, author=call.actor.email, to=(event.organizer,))
    tenant.outbox.put(tenant, partial(_learn, tenant, event.organizer, event.ical_uid, guests, note))
    return Response(202)


def _is_invited(event: Event, email: Address) -> bool:
    return any(one.email.same(email.address) for one in event.attendees)


def _join(tenant: Tenant, event: Event, guests: Iterable[Attendee]) -> None:
    event.attendees += [one for one in guests if not _is_invited(event, one.email)]
    event.version += 1
    event.modified = tenant.now


def _learn(
    tenant: Tenant, organizer: Address, ical_uid: str, guests: list[Attendee], note: post.Letter
) -> None:
    """Tell the organizer of a forwarded meeting."""
    event = post.organized(tenant, organizer, ical_uid)
    if event is None:
        return
    if "LIF-16" not in tenant.seams.waived:
        _join(tenant, event, guests)
    person = tenant.directory[event.mailbox]
    for stop in delivery.response_stops(tenant, person, event):
        post.file(tenant, stop, event, note, "none")
