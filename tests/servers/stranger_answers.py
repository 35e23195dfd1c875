"""Answer invitations in a stranger's emulator: for oneself, or for the owner of a calendar (RSP-01 to RSP-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stranger_calls import check_writing, series_or_single
from stranger_drafts import parameters, slot
from stranger_model import DELEGATES, OWNER, Invitee, Item, Letter, Party, Stop, denied, invalid
from stranger_post import PREFIXES
from stranger_times import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from stranger_calls import Answer, Call, Handler
    from stranger_world import World

RESPONSES = {"accept": "accepted", "tentativelyAccept": "tentativelyAccepted", "decline": "declined"}


@dataclass(frozen=True)
class Reply:
    """What somebody answers, for himself or through `agent`, at a moment; `send` whether a message goes out."""

    response: str
    comment: str
    send: bool
    proposed: tuple[datetime, datetime] | None
    agent: Party
    moment: datetime


def respond(world: World, item: Item, reply: Reply) -> None:
    """Answer an invitation as the holder of an attendee's copy, or refuse to."""
    lenient, traits = world.options.lenient, item.details.traits
    if item.role == "owner":
        if lenient:
            return
        raise invalid("The organizer can't respond to the meeting.")
    if not reply.send and reply.proposed:
        raise invalid("A new time can't be proposed without a response.", "ErrorInvalidParameter")
    if reply.proposed and not traits["allowNewTimeProposals"]:
        raise invalid("The organizer wants no proposals.", "ErrorInvalidParameter")
    if not reply.send and reply.comment and not lenient:
        raise invalid("Nothing can be said without a response.", "ErrorInvalidParameter")
    asked = traits["responseRequested"]
    if reply.send and not asked and not lenient:
        raise invalid("The organizer asked for no response.")
    world.later(0.5, lambda moment: _note(world, item, reply, moment))
    if reply.send and asked:
        world.later(0.75, lambda moment: _reply(world, item, reply, moment))
    if reply.send or world.options.silent_tally:
        world.later(1.0, lambda moment: _tally(world, item, reply, moment))


def _note(world: World, item: Item, reply: Reply, moment: datetime) -> None:
    item.response, item.answered = reply.response, stamp(reply.moment)
    item.show_as = {"accepted": "busy", "declined": "free"}.get(reply.response, "tentative")
    item.touch(moment)
    if reply.response == "declined" and not world.options.keeps_declined and item in world.items:
        world.items.remove(item)


def _reply(world: World, item: Item, reply: Reply, moment: datetime) -> None:
    meeting, responder = item.meeting, item.calendar.owner
    sender = responder if world.options.discreet else reply.agent
    stops = world.stops(meeting.organizer, request=False, writer=responder, primary=meeting.primary)
    prefix = PREFIXES["proposed" if reply.proposed else reply.response]
    letter = Letter(
        "response",
        prefix + meeting.subject,
        reply.comment,
        sender,
        responder,
        tuple(stop.holder for stop in stops),
        reply.moment,
        meeting,
        item.details,
        meeting.index + world.digest()[:5],
        reply.response,
        reply.proposed,
    )
    world.file(letter, Stop(reply.agent, "sentitems"), moment, read=True)
    for stop in stops:
        world.file(letter, stop, moment)


def _tally(world: World, item: Item, reply: Reply, moment: datetime) -> None:
    """Record the answer in the organizer's event; who was not invited attends as optional (TAL-12)."""
    meeting, responder = item.meeting, item.calendar.owner
    if responder not in [invitee.party for invitee in meeting.invitees]:
        meeting.invitees.append(Invitee(responder, "optional"))
    for invitee in meeting.invitees:
        if invitee.party == responder:
            invitee.response, invitee.time, invitee.proposed = (
                reply.response,
                stamp(reply.moment),
                reply.proposed,
            )
    for copy in world.items:
        if copy.meeting is meeting and copy.role == "owner":
            copy.touch(moment)


def _responder(action: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        place, item = series_or_single(call)
        if place.role not in {OWNER, *DELEGATES}:
            raise denied()
        check_writing(call, place, item)
        respond(call.world, item.source, _read(call, action))
        return 202, None

    return handler


def _read(call: Call, action: str) -> Reply:
    given: dict[str, Any] = parameters(call.body)
    proposed = slot(given.get("proposednewtime")) if action != "accept" else None  # RSP-16
    send, comment = given.get("sendresponse") is not False, str(given.get("comment") or "")
    return Reply(RESPONSES[action], comment, send, proposed, call.reader, datetime.now(UTC))


ROUTES: dict[str, dict[str, tuple[Handler, str]]] = {
    f"calendars/*/events/*/{action}": {"POST": (_responder(action), "write")} for action in RESPONSES
}
