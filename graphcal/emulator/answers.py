"""Answer meeting requests: accept, tentativelyAccept, decline, and what the organizer learns of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from graphcal.emulator import delivery, places, post, properties
from graphcal.emulator.bodies import Body
from graphcal.emulator.errors import access_denied, invalid_parameter, invalid_request
from graphcal.emulator.model import Answer, Attendee
from graphcal.emulator.times import MINIMUM
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from graphcal.emulator.calls import Call
    from graphcal.emulator.model import Address, Event, Person, Slot
    from graphcal.emulator.state import Tenant

_ACTIONS = {
    "accept": ("accepted", "meetingAccepted"),
    "tentativelyaccept": ("tentativelyAccepted", "meetingTenativelyAccepted"),
    "decline": ("declined", "meetingDeclined"),
}


@dataclass(frozen=True)
class Reply:
    """An answer on its way to the organizer; without a letter it is tallied silently (RSP-10)."""

    event: Event
    email: Address
    answer: Answer
    proposed: Slot | None
    actor: Person
    kind: str
    letter: post.Letter | None


def respond(call: Call) -> Response:
    """Answer POST …/accept, …/tentativelyAccept or …/decline with an empty 202 (RSP-01 to RSP-04)."""
    seat = places.find(call)
    event, tenant = seat.event, call.tenant
    action = call.parameters["action"].lower()
    response, kind = _ACTIONS[action]
    given = properties.fold(call.request.json())
    comment = properties.text("comment", given.get("comment"))
    send = properties.truth(
        "sendResponse", given.get("sendResponse", True) if given.get("sendResponse") is not None else True
    )
    proposal = given.get("proposedNewTime") if action != "accept" else None  # RSP-16
    proposed = properties.slot("proposedNewTime", proposal) if proposal else None
    _check(call, event, comment=bool(comment), send=send, proposing=proposed is not None)
    tenant.seams.require("PRM-09", seat.rights.respond, access_denied())
    answer = Answer(response, tenant.now)
    owner = tenant.directory[event.mailbox]
    _record(tenant, event, owner.email, answer)
    letter = post.Letter(call.actor.email, owner.email, tenant.now, Body(comment, "text"), (), (), proposed)
    reply = Reply(
        event,
        owner.email,
        answer,
        proposed,
        call.actor,
        kind,
        letter if send or "RSP-09" in tenant.seams.waived else None,
    )
    tenant.outbox.put(tenant, partial(_arrive, tenant, reply))
    return Response(202)


def leave(call: Call, event: Event) -> None:
    """Decline for an attendee who deletes her copy, which a sound service never does (LIF-15)."""
    owner = call.tenant.directory[event.mailbox].email
    letter = post.Letter(owner, owner, call.tenant.now, Body(), ())
    answer = Answer("declined", call.tenant.now)
    reply = Reply(event, owner, answer, None, call.actor, "meetingDeclined", letter)
    call.tenant.outbox.put(call.tenant, partial(_arrive, call.tenant, reply))


def _check(call: Call, event: Event, *, comment: bool, send: bool, proposing: bool) -> None:
    """Refuse what the service refuses (RSP-11, RSP-12, RSP-13, RSP-17, RSP-18)."""
    require = call.tenant.seams.require
    require(
        "RSP-17", not event.is_organizer, invalid_request("The organizer of a meeting cannot respond to it.")
    )
    silent = "A response that is not sent cannot carry"
    require("RSP-12", send or not proposing, invalid_parameter(f"{silent} a proposed time."))
    require("RSP-11", send or not comment, invalid_parameter(f"{silent} a comment."))
    allowed = event.fields["allowNewTimeProposals"] or not proposing
    require("RSP-13", allowed, invalid_parameter("The organizer does not allow new times to be proposed."))
    wanted = event.fields["responseRequested"] or not send
    require(
        "RSP-18", wanted, invalid_request("Your request can't be completed: the organizer wants no response.")
    )


def _record(tenant: Tenant, event: Event, email: Address, answer: Answer) -> None:
    """Note the answer in the responder's own copy (RSP-06 to RSP-08)."""
    event.answer = answer
    event.attendees = [
        replace(one, answer=Answer(answer.response, MINIMUM)) if one.email == email else one
        for one in event.attendees
    ]
    event.fields["showAs"] = "busy" if answer.response == "accepted" else "tentative"
    event.version += 1
    event.modified = tenant.now
    if answer.response == "declined" and "RSP-08" not in tenant.seams.waived:
        del tenant.mailboxes[event.mailbox].events[event.id]


def _arrive(tenant: Tenant, reply: Reply) -> None:
    """Deliver an answer: the service tallies it for the owner, whoever gets the message (TAL-05, TAL-07)."""
    event = post.organized(tenant, reply.event.organizer, reply.event.ical_uid)
    if event is not None and reply.event.sequence >= event.sequence:  # TAL-13
        _tally(tenant, event, reply)
    person = tenant.find(reply.event.organizer.address)
    if reply.letter is None or person is None or person.oid not in tenant.mailboxes:
        return
    plan = delivery.response_stops(tenant, person, event, besides=reply.actor)
    letter = replace(reply.letter, to=tuple(stop.person.email for stop in plan))  # RTE-05
    for stop in plan:
        post.file(tenant, stop, event or reply.event, letter, reply.kind)


def _tally(tenant: Tenant, event: Event, reply: Reply) -> None:
    """Note an answer in the owner's event: its time is that of the response itself (TAL-08)."""
    mailbox = tenant.mailboxes[event.mailbox]
    if event.calendar != mailbox.default_calendar.id:  # SET-32: only the primary calendar tallies
        return
    invited = next((one for one in event.attendees if one.email == reply.email), None)
    if invited is None:  # TAL-12: somebody who was not invited joins as optional
        invited = Attendee(reply.email, "optional")
        event.attendees.append(invited)
    settled = invited.answer.response not in {"none", "notResponded"}
    if settled and (invited.answer.time > reply.answer.time or "RSP-21" in tenant.seams.waived):
        return  # RSP-21: the later response counts
    counted = tenant.seams.tally(replace(invited, answer=reply.answer, proposed=reply.proposed))
    event.attendees = [counted if one is invited else one for one in event.attendees]
    if "TAL-09" not in tenant.seams.waived:
        event.version += 1
        event.modified = tenant.now
