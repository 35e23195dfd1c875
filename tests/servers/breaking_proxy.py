"""Stand before a stranger's emulator and break one requirement at a time.

    with stranger() as server, breaking(BREAKS["INV-02 answers 200"], server) as p:
        ...                       # judge p.base_url: INV-02 has to fail

`Broken.broken` lists the requests whose answer was changed.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import breaking_changes as do
from breaking_changes import ADELE, ALEX, CHRISTIE, DIEGO, MEGAN, Json
from breaking_rules import (
    Ask,
    Break,
    a_message,
    answers,
    attended,
    created,
    creates,
    event,
    item,
    lists_calendars,
    no_collection,
    one_id,
    own,
    owned,
    reads_his_event,
    refusal,
    request,
    response,
    shared,
    status,
    twice,
    without,
)
from fault_actions import Action, Reply, Turn
from fault_proxy import Fault, Proxy, proxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stranger import Stranger


@dataclass
class Broken:
    """A running proxy that breaks something, and the requests where it did."""

    proxy: Proxy
    broken: list[str] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Where to find it."""
        return self.proxy.base_url


def plan_for(chosen: Break, server: Stranger, broken: list[str]) -> list[Fault]:
    """Return the plan of a proxy that applies a break to every answer."""
    readers = {token: key for key, token in server.tokens.items()}
    memory: Json = {}

    def act(turn: Turn) -> None:
        reader = readers.get(turn.headers.get("authorization", "").removeprefix("Bearer "), "")
        reply = turn.forward()
        changed = chosen.applied(Ask(reader, turn.method, turn.path, memory), reply)
        if changed is not reply:
            broken.append(f"{turn.method} {turn.path}")
        turn.answer(changed)

    return [Fault(Action(f"break {chosen.name}", act))]


@contextmanager
def breaking(chosen: Break, server: Stranger) -> Iterator[Broken]:
    """Run a proxy before a stranger that breaks one requirement."""
    broken: list[str] = []
    with proxy(server.base_url, plan_for(chosen, server, broken)) as running:
        yield Broken(running, broken)


def _entity(name: str, where: Callable[[Ask, Json], bool], change: Callable[[Json], None]) -> Break:
    return Break(name[:6], name, where, change)


def _whole(name: str, reply: Callable[[Ask, Reply], Reply]) -> Break:
    return Break(name[:6], name, reply=reply)


TABLE = (
    _whole("SET-01 answers with a bare array", no_collection),
    _whole("SET-01 answers 203", status(203, lists_calendars)),
    _whole("SET-02 own calendar missing", without(own)),
    _entity("SET-02 own calendar owned by another", own, do.put("owner", DIEGO["emailAddress"])),
    _whole("SET-03 copy missing", without(shared)),
    _whole("SET-03 copy twice", twice(shared)),
    _entity("SET-04 delegate may share", shared, do.put("canShare", True)),
    _entity("SET-05 delegate may not edit", shared, do.put("canEdit", False)),
    _entity(
        "SET-06 owner of the copy is another",
        shared,
        do.put("owner.address", DIEGO["emailAddress"]["address"]),
    ),
    _entity("SET-06 owner of the copy has another name", shared, do.put("owner.name", "Somebody")),
    _entity("SET-07 copy is called Calendar", shared, do.put("name", "Calendar")),
    _entity("SET-08 delegate sees private items", shared, do.put("canViewPrivateItems", True)),
    _whole("SET-13 one id in both mailboxes", one_id),
    _whole("INV-01 creation refused", refusal(403, "ErrorAccessDenied", creates)),
    _whole("INV-02 answers 200", status(200, creates)),
    _whole("INV-03 answers with a message", a_message),
    _entity("INV-04 the delegate's copy is not the organizer's", created, do.put("isOrganizer", False)),
    _entity("INV-05 organizer is the delegate", created, do.put("organizer", ADELE)),
    _entity("INV-06 delegate attends", created, do.add("attendees", ADELE)),
    _entity("INV-06 invitee missing", created, do.remove("attendees", MEGAN)),
    _entity("INV-07 creator named in the new event", created, do.put("createdBy", ADELE)),
    _entity("INV-07 creator named in the owner's event", owned, do.put("createdBy", ADELE)),
    _whole("INV-08 no invitation delivered", without(request)),
    _entity("INV-13 no response requested", event, do.put("responseRequested", False)),
    _entity("INV-13 no proposals allowed", event, do.put("allowNewTimeProposals", False)),
    _entity("INV-15 zone forgotten", event, do.put("originalStartTimeZone", "UTC")),
    _entity("INV-16 Prefer ignored", created, do.to_utc),
    _entity("INV-19 location not among the locations", event, do.put("locations", [])),
    _entity("INV-21 owner's event has another iCalUId", owned, do.put("iCalUId", "040000008200FFFF")),
    _entity("RCV-01 invitation is no request", request, do.put("meetingMessageType", "none")),
    _entity("RCV-02 owner is the sender", request, do.put("sender", ALEX)),
    _entity("RCV-03 from the delegate", request, do.put("from", ADELE)),
    _entity("RCV-04 not addressed to an invitee", request, do.remove("toRecipients", MEGAN)),
    _entity("RCV-05 attendee is busy at once", attended, do.put("showAs", "busy")),
    _entity("RCV-06 event does not come along", request, do.drop("event")),
    _entity("RCV-07 owner is no attendee", attended, do.remove("attendees", ALEX)),
    _entity("RCV-07 owner is optional", attended, do.of("attendees", ALEX, do.put("type", "optional"))),
    _entity("RCV-08 organizer is the delegate", attended, do.put("organizer", ADELE)),
    _entity(
        "RCV-09 delegate in the attendee's event",
        attended,
        do.put("location.displayName", f"c/o {ADELE['emailAddress']['address']}"),
    ),
    _entity("RCV-09 delegate gets the replies", request, do.put("replyTo", [ADELE])),
    _entity("RCV-10 attendee's copy has another iCalUId", attended, do.put("iCalUId", "040000008200AAAA")),
    _entity("RCV-13 attendee has accepted unasked", attended, do.put("responseStatus.response", "accepted")),
    _entity("RCV-14 organizer has accepted", attended, do.of("attendees", ALEX, do.respond("accepted"))),
    _entity("RCV-16 invitation is typed message", request, do.put("@odata.type", "#microsoft.graph.message")),
    _entity(
        "RCV-16 invitation is typed response",
        request,
        do.put("@odata.type", "#microsoft.graph.eventMessageResponse"),
    ),
    _whole("RSP-01 answers 200", status(200, answers)),
    _whole("RSP-01 answers with a body", status(202, answers, b'{"ok": true}')),
    _entity("RSP-05 comment lost", response, do.put("body.content", "<html><body></body></html>")),
    _whole(
        "RTE-01 delegate receives no answer",
        without(lambda ask, entry: response(ask, entry) and ask.reader == "adele"),
    ),
    _entity(
        "RTE-02 spelt as in English", response, do.put("meetingMessageType", "meetingTentativelyAccepted")
    ),
    _entity("RTE-02 tells acceptance", response, do.put("meetingMessageType", "meetingAccepted")),
    _entity("RTE-04 from another", response, do.put("from", ADELE)),
    _entity("RTE-05 addressed to the owner too", response, do.add("toRecipients", ALEX)),
    _entity("RTE-05 addressed to the owner", response, do.put("toRecipients", [ALEX])),
    _entity(
        "RTE-10 answer is typed request",
        response,
        do.put("@odata.type", "#microsoft.graph.eventMessageRequest"),
    ),
    _entity("RTE-10 answer has no response type", response, do.put("responseType", "organizer")),
    _whole("TAL-01 owner can't read the event", refusal(404, "ErrorItemNotFound", reads_his_event)),
    _entity("TAL-02 owner does not organize", owned, do.put("isOrganizer", False)),
    _entity("TAL-02 organizer is the delegate", owned, do.put("organizer", ADELE)),
    _entity("TAL-03 owner attends", owned, do.add("attendees", ALEX)),
    _entity("TAL-03 delegate attends", owned, do.add("attendees", ADELE)),
    _entity("TAL-04 who was silent has accepted", owned, do.of("attendees", MEGAN, do.respond("accepted"))),
    _entity("TAL-05 tallied as accepted", owned, do.of("attendees", CHRISTIE, do.respond("accepted"))),
    _entity("TAL-07 never tallied", owned, do.of("attendees", CHRISTIE, do.respond("none"))),
    _entity(
        "REP-01 times in another zone",
        lambda ask, entry: attended(ask, entry) or owned(ask, entry),
        do.to_tokyo,
    ),
    _entity("REP-04 times without fractions", event, do.of_times(lambda text: text[:19])),
    _entity("REP-04 times with an offset", event, do.of_times(lambda text: text + "Z")),
    _entity("REP-05 timestamps with an offset", item, do.of_stamps(lambda text: text.replace("Z", "+00:00"))),
    _entity("REP-05 timestamps without a zone", item, do.of_stamps(lambda text: text.rstrip("Z"))),
    _entity("REP-07 bodies are text", item, do.put("body.contentType", "text")),
    _entity("REP-08 preview is too long", item, do.put("bodyPreview", "Happy holidays! " * 20)),
    _entity("REP-19 number told as text", event, do.put("reminderMinutesBeforeStart", "15")),
    _entity("REP-19 availability that the metadata lacks", event, do.put("showAs", "maybe")),
    _entity("REP-19 importance that the metadata lacks", item, do.put("importance", "Normal")),
    _entity("REP-20 id not encoded in the link", item, do.plain_link),
)
BREAKS = {found.name: found for found in TABLE}
