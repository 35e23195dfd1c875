"""Write what a chapter has asked and been answered into a recording that gives nothing away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphcal import __version__
from graphcal.outcomes import Trouble
from graphcal.recording.redaction import BASE_URL, DOCUMENTED, MARK, StandIns, as_text
from graphcal.targets.arrangement import OPTION
from graphcal.targets.base import transaction_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from graphcal.graph.exchange import Exchange
    from graphcal.people import Person
    from graphcal.targets.base import Chapter

HEADERS = ("Content-Type", "Preference-Applied")  # of answers; all others stay out
ASKED = ("Content-Type", "Prefer", "If-Match")  # of requests


def recording(
    chapter: Chapter,
    places: Mapping[str, str],
    arrangement: Mapping[str, Any],
    details: Mapping[str, str],
) -> dict[str, Any]:
    """Return the recording of a chapter, in vcrpy's format, with stand-ins for all that is somebody's.

    `places` are the ids that the chapter's searches found; `details` its title and date.
    Raises Trouble where something is left in it that must not be.
    """
    graph = chapter.graph
    stand_ins = StandIns(chapter.people, graph.base_url, chapter.run_mark)
    for exchange in graph.exchanges:
        _know_transaction(exchange.request.body, stand_ins)
    for exchange in graph.exchanges:
        stand_ins.learn(exchange.request.body)
        stand_ins.learn(kept(exchange.payload.json, chapter))
    stand_ins.learn([{"id": identifier} for identifier in places.values()])  # some stand in paths only
    interactions = [_interaction(exchange, stand_ins, chapter) for exchange in graph.exchanges]
    people = {key: _stand_in_of(person, stand_ins) for key, person in chapter.people.items()}
    metadata = {
        "provenance": chapter.provenance,
        **details,
        "api_version": "v1.0",
        "tool": f"graphcal {__version__}, graphcal record",
        "clock": chapter.now.isoformat(),
        "base_url": BASE_URL,
        "mark": MARK if chapter.run_mark else "",
        "people": people,
        "arrangement": stand_ins.apply(dict(arrangement)),
        "places": {
            stand_ins.text(key): stand_ins.text(identifier) for key, identifier in sorted(places.items())
        },
    }
    table = {"version": 1, "metadata": {"graphcal": metadata}, "interactions": interactions}
    refuse_leaks(json.dumps(table, ensure_ascii=False), stand_ins.secrets())
    return table


def write(table: dict[str, Any], path: Path) -> None:
    """Write a recording, whole or not at all. Raises Trouble where the folder can't be written."""
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise Trouble(
            f"the recording {path} can't be written: {error.strerror}; name another folder"
        ) from None


def kept(payload: Any, chapter: Chapter) -> Any:
    """Return an answer without what is other people's: in a collection, items that the run did not make.

    A calendar stays where a persona owns it, but bears its own name only where that is the persona's, the
    run's or the one that every mailbox has. Of a mailbox's settings the delivery option stays, of a schedule
    what the run made or what bears no name.
    """
    if isinstance(payload, dict) and OPTION in payload:
        return {name: value for name, value in payload.items() if name == OPTION or "@" in name}
    if not isinstance(payload, dict) or not isinstance(payload.get("value"), list):
        return payload
    names = {person.name for person in chapter.people.values()} | {"Calendar"}
    items = []
    for number, item in enumerate(payload["value"], start=1):
        if not isinstance(item, dict):
            continue
        owner = item.get("owner")
        address = owner.get("address") if isinstance(owner, dict) else None
        if any(person.has_address(address) for person in chapter.people.values()):
            known = item.get("name") in names or _is_ours(item, chapter)
            items.append(item if known else {**item, "name": f"Calendar {number}"})
        elif _is_ours(item, chapter):
            items.append(_without_names(item, chapter))
    return {**payload, "value": items}


def _is_ours(item: dict[str, Any], chapter: Chapter) -> bool:
    """Tell an item that the run made, a permission of the people's or of the organisation, a persona's schedule."""
    if chapter.run_mark and chapter.run_mark in f"{item.get('subject')}{item.get('name')}":
        return True
    if "allowedRoles" in item:
        holder = item.get("emailAddress")
        address = holder.get("address") if isinstance(holder, dict) else None
        return not address or any(person.has_address(address) for person in chapter.people.values())
    return any(person.has_address(item.get("scheduleId")) for person in chapter.people.values())


def _without_names(item: dict[str, Any], chapter: Chapter) -> dict[str, Any]:
    """Leave out of a schedule the spans that name what somebody else has planned."""
    spans = item.get("scheduleItems")
    if not isinstance(spans, list) or not chapter.run_mark:
        return item
    unnamed = [span for span in spans if not span.get("subject") or chapter.run_mark in span["subject"]]
    return {**item, "scheduleItems": unnamed}


def refuse_leaks(text: str, secrets: Sequence[str]) -> None:
    """Raise Trouble, without repeating it, where a text holds something that it must not."""
    lowered = text.casefold()
    leaks = sum(secret.casefold() in lowered for secret in secrets)
    if leaks:
        raise Trouble(
            f"the recording would give away {leaks} names, addresses or ids of the target, so it is not written; "
            "this is a fault of graphcal record, worth reporting"
        )


def _stand_in_of(person: Person, stand_ins: StandIns) -> dict[str, str]:
    name, address = DOCUMENTED[person.key]
    return {"name": name, "address": address, **({"id": stand_ins.text(person.id)} if person.id else {})}


def _interaction(exchange: Exchange, stand_ins: StandIns, chapter: Chapter) -> dict[str, Any]:
    request = exchange.request
    asked = {name: value for name, value in request.headers.items() if name in ASKED}
    answered = {name: exchange.headers[name.lower()] for name in HEADERS if name.lower() in exchange.headers}
    body = None if request.body is None else stand_ins.apply(request.body)
    payload = kept(exchange.payload.json, chapter)
    headers = {**request.authorization(f"<{request.person.lower()}>"), **asked}
    return {
        "fact": stand_ins.text(exchange.fact),
        "request": {
            "method": request.method,
            "uri": BASE_URL + stand_ins.text(request.path),
            "body": None if body is None else as_text(body),
            "headers": {name: [value] for name, value in headers.items()},
        },
        "response": {
            "status": {"code": exchange.status, "message": exchange.reason},
            "headers": {name: [value] for name, value in answered.items()},
            "body": {"string": as_text(stand_ins.apply(payload)) if exchange.payload.exists else ""},
        },
    }


def _know_transaction(body: Any, stand_ins: StandIns) -> None:
    """Give a transaction id the stand-in that a replay works out from the mark and the subject."""
    if isinstance(body, dict) and isinstance(body.get("transactionId"), str):
        subject = stand_ins.text(str(body.get("subject")))
        stand_ins.know(body["transactionId"], transaction_of(subject))
