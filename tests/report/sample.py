"""Build reports of runs that never happened: all green, with every kind of trouble, or full of hostile texts."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from graphcal import places
from graphcal.report.model import (
    Exchange,
    Feature,
    Finding,
    Recording,
    Report,
    Requirement,
    Scenario,
    Step,
    Target,
)
from graphcal.standings import standings

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = places.cassettes() / "published"
GRAPH = "https://graph.microsoft.com/v1.0"
PAGE = "https://learn.microsoft.com/en-us/graph/outlook-create-event-in-shared-delegated-calendar"
PLANNED = Step(
    "And",
    'the meeting "Christmas dinner" is planned',
    8,
    "passed",
    (("day", "25 December"), ("from", "18:00"), ("to", "22:00"), ("time zone", "Pacific Standard Time")),
)
DELEGATE = ("Given", "Adele is a delegate of Alex")
INVITED = ("Given", 'Adele has invited Megan and Christie to "Christmas dinner" in Alex\'s calendar')
REPLIED = ("And", "Christie has answered tentatively")

# chapter key: (how many requirements it has, its title)
CHAPTERS = {
    "SET": (33, "Calendars and delegation set-up"),
    "INV": (25, "Inviting on the owner's behalf"),
    "RCV": (20, "The attendee receives the invitation"),
    "RSP": (21, "Responding"),
    "RTE": (18, "Routing of meeting messages"),
    "TAL": (14, "The owner's tally"),
    "PRM": (16, "Roles and operations"),
    "PRV": (7, "Private events"),
    "REP": (20, "Representation"),
    "ERR": (18, "Errors and refusals"),
    "LIF": (16, "Update, cancel, delete, forward"),
    "SCP": (12, "Scopes"),
}

# One line for each scenario: requirement, level, rule, title, the steps after the givens.
# A blank rule continues the one above; the file name opens a feature.
SCRIPT = """
# walkthrough | From a delegated calendar to the owner's tally
SET-01 stated | Adele finds the calendar that Alex delegated to her | The delegate lists her calendars | When Adele lists her calendars | Then Adele's own calendar is listed
SET-03 stated | | The list holds a copy of the delegated calendar | When Adele lists her calendars | Then Alex's calendar is listed
SET-04 stated | | A delegate cannot share the owner's calendar on | When Adele lists her calendars | Then Alex's calendar is listed | And Adele cannot share Alex's calendar
SET-05 stated | | A delegate can edit the owner's calendar | When Adele lists her calendars | Then Adele can edit Alex's calendar
SET-06 stated | | The copy names its owner | When Adele lists her calendars | Then Alex owns Alex's calendar
INV-01 stated | Adele invites on Alex's behalf | A delegate creates an event in the owner's calendar | When Adele invites Megan and Christie to "Christmas dinner" in Alex's calendar | Then the event is created
INV-02 documented | | Creating is answered with 201 | When Adele invites Megan and Christie to "Christmas dinner" in Alex's calendar | Then the answer is 201 Created
INV-05 stated | | The owner is the organizer | When Adele reads the event | Then Alex is the organizer
INV-06 documented | | Only the invited people are attendees | When Adele reads the event | Then the attendees are Megan and Christie
INV-09 observed | | Nobody has answered yet | When Adele reads the event | Then each attendee has not answered
INV-16 documented | | Times come back in the zone that was asked for | When Adele reads the event | Then the event starts at 18:00 Pacific Standard Time
RCV-01 stated | Christie receives the request | The invitation is a meeting request | When Christie reads the request | Then the message is a meeting request
RCV-02 stated | | The delegate is the sender | When Christie reads the request | Then Adele is the sender
RCV-03 stated | | The owner is whom it is from | When Christie reads the request | Then the message is from Alex
RCV-05 documented | | The event is tentative before any answer | When Christie reads the request | Then the event shows as tentative
RCV-07 stated | | The attendee's copy lists the organizer too | When Christie reads the request | Then the attendees are Alex, Megan and Christie
RCV-09 stated | | The delegate appears nowhere in the event | When Christie reads the request | Then the event does not mention Adele
RSP-01 stated | Christie answers | A tentative answer is accepted for delivery | When Christie answers tentatively | Then the answer is 202 Accepted
RTE-01 stated | Adele receives the answer | The answer reaches the delegate | When Adele reads the response | Then the message is from Christie
RTE-02 stated | | A tentative answer has its own message type | When Adele reads the response | Then the message is a tentative response
RTE-05 stated | | Only the delegate is addressed | When Adele reads the response | Then Adele is the only recipient
RTE-07 observed | | The subject says how Christie answered | When Adele reads the response | Then the subject is "Tentative: Christmas dinner"
TAL-02 stated | Alex sees who answered | The owner is still the organizer | When Alex reads the event | Then Alex is the organizer
TAL-03 stated | | The owner's copy lists the invited people | When Alex reads the event | Then the attendees are Megan and Christie
TAL-04 stated | | Who has not answered counts as none | When Alex reads the event | Then Megan has not answered
TAL-05 stated | | Who answered tentatively is tallied so | When Alex reads the event | Then Christie has answered tentatively
# calendars | Shared calendars in a sharee's mailbox
SET-08 documented | Private access is a grant of its own | A delegate without private access cannot view private items | When Adele lists her calendars | Then Adele cannot view private items of Alex's calendar
SET-09 documented | | A delegate with private access can view private items | When Adele lists her calendars | Then Adele can view private items of Alex's calendar
SET-10 stated | A sharee may read without editing | A reader gets the calendar in her list | When Adele lists her calendars | Then Adele cannot edit Alex's calendar
SET-12 stated | The owner's mailbox can be addressed instead | A delegate reads the calendar in the owner's mailbox | When Adele opens Alex's calendar in Alex's mailbox | Then the answer is 200 OK
SET-13 stated | | The id there differs from the id of the copy | When Adele opens Alex's calendar in Alex's mailbox | Then the id is not the id of the copy
SET-14 documented | | An id of the owner's mailbox fails in the delegate's | When Adele opens Alex's calendar by Alex's id in her mailbox | Then the answer is 404 ErrorItemNotFound
SET-18 documented | A sharee names her copy as she likes | A delegate renames her copy | When Adele renames Alex's calendar to "Boss" | Then the calendar is called "Boss"
SET-19 documented | | The owner does not see the new name | When Adele renames Alex's calendar to "Boss" | Then Alex's own calendar is called "Calendar"
# delegation | Permissions and the delivery option
SET-21 stated | Meeting messages go to the delegate by default | The default is delegates only | When Alex reads his mailbox settings | Then messages go to delegates only
SET-22 documented | | The option can be read alone | When Alex reads the delivery option | Then messages go to delegates only
SET-23 documented | | The option can be changed | When Alex sends messages to the delegate and himself | Then messages go to both
SET-25 documented | The owner sees who may do what | The owner lists the permissions | When Alex lists the permissions | Then Adele is listed
SET-26 documented | | The organisation's entry cannot be removed | When Alex lists the permissions | Then the organisation's entry stays
SET-28 documented | | The owner changes a role | When Alex makes Adele a writer | Then Adele is a writer
SET-30 documented | | The owner removes a sharee | When Alex removes Adele | Then Adele is not listed
# responding | Answering an invitation
RSP-02 documented | Every answer is taken | Accepting is answered with 202 | When Christie accepts | Then the answer is 202 Accepted
RSP-02 documented | | Declining is answered with 202 | When Christie declines | Then the answer is 202 Accepted
RSP-03 documented | | Every path to the event takes an answer <path /me/calendar/events> | When Christie answers through /me/calendar/events | Then the answer is 202 Accepted
RSP-03 documented | | Every path to the event takes an answer <path /me/calendars/{id}/events> | When Christie answers through /me/calendars/{id}/events | Then the answer is 202 Accepted
RSP-05 stated | The comment travels | The comment is the body of the message | When Christie answers tentatively, saying "I will probably be able to make it." | Then the message says "I will probably be able to make it."
RSP-09 documented | A silent answer sends nothing | Nobody gets a message about a silent answer | When Christie answers silently | Then Adele receives nothing
RSP-11 observed | | A comment cannot be silent | When Christie comments silently | Then the answer is 400 ErrorInvalidParameter
RSP-12 documented | Proposing a time needs a message | A silent proposal is refused | When Christie silently proposes 20:00 | Then the answer is 400 Bad Request
RSP-17 observed | The organizer has nothing to answer | The organizer cannot accept his own meeting | When Alex accepts | Then the answer is 400 ErrorInvalidRequest
RSP-21 observed | The last answer counts | A later answer replaces the earlier one | When Christie accepts | Then Christie has accepted
# routing | Who receives which message
RTE-03 documented | Each answer has its own message type | An acceptance is a message of its own | When Adele reads the response | Then the message is an acceptance
RTE-06 stated | The owner is spared | The owner receives no response | When Alex looks into his inbox | Then no response is there
RTE-11 documented | The owner may ask for copies | Both receive the response | When Christie accepts | Then Adele and Alex receive a response
RTE-13 documented | Requests are routed as responses are | A request to the owner reaches the delegate | When Christie invites Alex | Then Adele receives a request
RTE-16 stated | Sharing alone routes nothing | A writer who is no delegate receives nothing | When Christie accepts | Then Adele receives nothing
TAL-06 documented | Answers are tallied as given | An acceptance is tallied | When Alex reads the event | Then Christie has accepted
TAL-08 observed | | The tally has the moment of the answer | When Alex reads the event | Then the times agree
TAL-14 observed | | The tally comes in time | When Alex reads the event | Then Christie has accepted
# roles | What each role may do
PRM-02 documented | Free and busy is all that a stranger sees | An outsider sees no subject | When Diego asks for Alex's schedule | Then no subject is shown
PRM-03 documented | | An outsider cannot read the events | When Diego lists Alex's events | Then access is denied
PRM-05 documented | A reader reads | A reader sees every detail | When Adele reads the event | Then the body is shown
PRM-06 documented | | A reader cannot create | When Adele invites Christie to "Budget" in Alex's calendar | Then access is denied
PRM-07 documented | A writer writes | A writer creates an event | When Adele invites Christie to "Budget" in Alex's calendar | Then the event is created
PRM-11 documented | Permissions are the owner's business | A delegate cannot grant access | When Adele shares Alex's calendar with Diego | Then access is denied
PRV-01 documented | Private events stay private | A delegate without private access sees no subject | When Adele lists Alex's events | Then "Surgery" is not shown
PRV-02 documented | | A delegate with private access sees the subject | When Adele lists Alex's events | Then "Surgery" is shown
# errors | Errors and refusals
ERR-01 documented | Every error has one shape | An error has a code and a message | When Adele opens an unknown event | Then the error has a code and a message
ERR-03 documented | Nobody gets in without a token | A call without a token is refused | When somebody without a token lists calendars | Then the answer is 401 Unauthorized
ERR-06 documented | Unknown ids are not found | An unknown event is not found | When Adele opens an unknown event | Then the answer is 404 ErrorItemNotFound
ERR-09 observed | Events end after they start | An event that ends before it starts is refused | When Adele creates an event that ends first | Then the answer is 400 ErrorPropertyValidationFailure
ERR-12 observed | Settings are the owner's | A delegate cannot read the owner's settings | When Adele reads Alex's settings | Then access is denied
SCP-02 stated | A scope is enough, or it is not | Reading scopes do not let a delegate create | When Adele invites Christie with a reading token | Then access is denied
SCP-06 stated | | The owner reads with the reading scope | When Alex reads the event with a reading token | Then the answer is 200 OK
# changes | Update, cancel, delete, forward
LIF-01 documented | Who may write may change | A delegate changes the subject | When Adele renames the event to "New Year" | Then Alex sees "New Year"
LIF-08 documented | | A change has a new change key | When Adele renames the event to "New Year" | Then the change key differs
LIF-10 documented | Cancelling tells everybody | The owner cancels | When Alex cancels | Then the answer is 202 Accepted
LIF-13 documented | | An attendee cannot cancel | When Christie cancels | Then the answer is 400 Bad Request
LIF-14 documented | Deleting tells everybody | The owner deletes | When Alex deletes the event | Then the answer is 204 No Content
LIF-16 documented | Invitations travel on | An attendee forwards the event | When Christie forwards the event to Diego | Then the answer is 202 Accepted
REP-03 documented | Times are kept as given | The zone of the event stays | When Alex reads the event | Then the original zone is Pacific Standard Time
REP-11 documented | Pages are followed to the end | A long list comes in pages | When Alex lists 30 events | Then all 30 are listed
"""

UNTESTED = (
    (
        "SET-17",
        "An invitation takes effect once it is accepted in Outlook.",
        "accepting happens in an Outlook client",
    ),
    ("INV-25", "An event admits at most 500 attendees.", "a tenant would send 500 messages"),
    ("TAL-12", "Who answers uninvited is added to the list.", "only a client protocol says so"),
    ("SCP-12", "The shared scopes exist for delegated use only.", "nothing to see over HTTP"),
)


@cache
def exchanges() -> dict[str, Exchange]:
    """Return the six exchanges that the walkthrough page prints."""
    published = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PUBLISHED.glob("*.json")))
    return {f"walkthrough-{row['step']}": _exchange(row) for row in published}


def _exchange(row: dict[str, Any]) -> Exchange:
    request, response = row["request"], row["response"]
    headers = {"Authorization": f"Bearer ${row['person'].upper()}_TOKEN", **request["headers"]}
    sent = "".join(f" \\\n  -H '{name}: {value}'" for name, value in headers.items())
    body = f" \\\n  -d '{json.dumps(request['body'])}'" if "body" in request else ""
    return Exchange(
        id=f"walkthrough-{row['step']}",
        person=row["person"].title(),
        method=request["method"],
        url=request["url"],
        request_headers=headers,
        request_body=request.get("body"),
        status=response["status"],
        response_headers=response["headers"],
        response_body=response.get("body"),
        curl=f"curl -sS -X {request['method']} '{request['url']}'{sent}{body}",
    )


def _script() -> Iterator[tuple[str, str, list[str]]]:
    """Yield file name, title and cells for each scenario of the script."""
    name = title = rule = ""
    for line in SCRIPT.strip().splitlines():
        if line.startswith("# "):
            name, title = (cell.strip() for cell in line[2:].split("|"))
            rule = ""
            continue
        cells = [cell.strip() for cell in line.split("|")]
        rule = cells[1] = cells[1] or rule
        yield name, title, cells


@cache
def green() -> Report:
    """Return a conformant run against recordings: 82 scenarios, 220 requirements, 6 exchanges."""
    features: dict[str, Feature] = {}
    scenarios = []
    for number, (name, title, cells) in enumerate(_script()):
        path = f"features/{name}.feature"
        features.setdefault(path, Feature(path, title, _description(name)))
        scenarios.append(_scenario(path, 12 + number * 6, cells))
    requirements = tuple(_requirements(scenarios))
    chapters = {key: title for key, (_, title) in CHAPTERS.items()}
    return Report(
        version="0.1.0",
        target=Target("recordings", "replay", GRAPH),
        started="2026-11-21T06:33:12+00:00",
        seconds=0.912,
        requests=143,
        verdict="conformant",
        headline=f"Conformant: {len(scenarios)} scenarios passed",
        exit_code=0,
        chapters=chapters,
        features=tuple(features.values()),
        recordings=_recordings(),
        scenarios=tuple(scenarios),
        requirements=requirements,
        standings=standings(requirements, chapters),
        exchanges=exchanges(),
        command="graphcal run --target replay --report report",
    )


def _description(name: str) -> str:
    if name != "walkthrough":
        return ""
    return (
        f"Alex has delegated his calendar to Adele; she invites Megan and Christie for him.\nThe page: {PAGE}"
    )


def _scenario(path: str, line: int, cells: list[str]) -> Scenario:
    marker, rule, title, *actions = cells
    requirement, level = marker.split()
    chapter = requirement[:3]
    givens = [INVITED] if chapter in {"RCV", "RSP", "RTE", "TAL"} else []
    givens += [REPLIED] if chapter in {"RTE", "TAL"} else []
    published = "walkthrough" in path
    texts = [
        *([] if published else [DELEGATE]),
        *givens,
        *(tuple(action.split(" ", 1)) for action in actions),
    ]
    steps = [Step(keyword, words, line + 1 + n, "passed") for n, (keyword, words) in enumerate(texts)]
    background = [Step(*DELEGATE, 7, "passed"), PLANNED] if published else []
    numbers = {"SET": (1,), "INV": (1, 2), "RCV": (2, 3), "RSP": (3, 4), "RTE": (4, 5), "TAL": (2, 6)}
    return Scenario(
        id=f"{path}::{title}",
        feature=path,
        line=line,
        title=title,
        rule=rule,
        requirements=(requirement, *(("SET-07",) if requirement == "SET-03" else ())),
        level=level,
        outcome="passed",
        provenance="documentation" if published else "emulator",
        seconds=0.004 + line % 7 / 1000,
        requests=len(numbers.get(chapter, ())),
        steps=(*background, *steps),
        exchanges=tuple(f"walkthrough-{n}" for n in numbers.get(chapter, ())) if published else (),
    )


def _recordings() -> tuple[Recording, ...]:
    page = {"page": PAGE, "API version": "v1.0", "read on": "2026-11-02", "clock": "2019-12-21T04:59:00Z"}
    ours = {"recorded with": "graphcal 0.1.0", "recorded on": "2026-11-20", "clock": "2026-01-05T08:00:00Z"}
    emulated = [name for name in dict.fromkeys(name for name, _, _ in _script()) if name != "walkthrough"]
    return (
        Recording(
            "walkthrough", "documentation", "Create Outlook events in a shared or delegated calendar", page
        ),
        *(Recording(name, "emulator", "graphcal's reference emulator", ours) for name in emulated),
    )


def _requirements(scenarios: list[Scenario]) -> Iterator[Requirement]:
    untested = {name: (text, reason) for name, text, reason in UNTESTED}
    covering: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        for name in scenario.requirements:
            covering.setdefault(name, []).append(scenario)
    for key, (size, _) in CHAPTERS.items():
        for number in range(1, size + 1):
            name = f"{key}-{number:02}"
            mine = covering.get(name, [])
            text, reason = untested.get(
                name, (f"Row {number} of this chapter holds.", "the sample leaves it out")
            )
            yield Requirement(
                id=name,
                chapter=key,
                level=mine[0].level if mine else "documented",
                text=f"{mine[0].title}: `{mine[0].steps[-1].text}`." if mine else text,
                source="Walkthrough, step 1" if number < 10 else "API reference",
                url=PAGE,
                outcome=mine[0].outcome if mine else "untested",
                scenarios=tuple(scenario.id for scenario in mine),
                reason="" if mine else reason,
            )


@cache
def troubled() -> Report:
    """Return a run against a tenant that deviates: each outcome occurs, each shape of finding occurs."""
    report = green()
    known = exchanges() | {"routing-7": _unanswered()}
    known["walkthrough-1"] = _changed("walkthrough-1", lambda body: body["value"][1].update(canShare=True))
    known["walkthrough-2"] = replace(known["walkthrough-2"], status=200)
    known["walkthrough-3"] = _changed("walkthrough-3", _mention_adele)
    known["walkthrough-5"] = _changed("walkthrough-5", _retitle)
    trouble = _trouble(known)
    scenarios = [
        replace(
            scenario, provenance="service", seconds=scenario.seconds * 90, **trouble.get(scenario.title, {})
        )
        for scenario in report.scenarios
    ]
    scenarios = [replace(scenario, steps=_stopped(scenario)) for scenario in scenarios]
    requirements = tuple(_requirements(scenarios))
    return replace(
        report,
        target=Target("Contoso test tenant", "service", GRAPH),
        seconds=192.4,
        requests=318,
        verdict="deviates",
        headline="Deviates: 4 of 82 scenarios failed, 1 error, 2 warned, 1 known, 1 unsupported, 3 unmet",
        exit_code=1,
        recordings=(),
        scenarios=tuple(scenarios),
        requirements=requirements,
        standings=standings(requirements, report.chapters),
        exchanges=known,
        notes=("One message took 41 s to arrive; delivery_timeout is 60 s.",),
        command="graphcal run --target contoso.toml --report report -m 'not slow'",
    )


def _stopped(scenario: Scenario) -> tuple[Step, ...]:
    """Let the last step carry the trouble; an unmet or unsupported scenario stops earlier."""
    outcome = {"warned": "failed", "known": "failed"}.get(scenario.outcome, scenario.outcome)
    if outcome == "passed":
        return scenario.steps
    stop = {"unmet": 0, "unsupported": len(scenario.steps) - 2}.get(outcome, len(scenario.steps) - 1)
    return tuple(
        replace(step, outcome="passed" if n < stop else outcome if n == stop else "not run")
        for n, step in enumerate(scenario.steps)
    )


def _changed(name: str, change: Any) -> Exchange:
    exchange = exchanges()[name]
    body = copy.deepcopy(exchange.response_body)
    change(body)
    return replace(exchange, response_body=body)


def _mention_adele(body: dict[str, Any]) -> None:
    body["event"]["attendees"][0]["emailAddress"] = {"name": "Adele Vance", "address": "AdeleV@contoso.com"}


def _retitle(body: dict[str, Any]) -> None:
    del body["meetingMessageType"]
    body["subject"] = "Vielleicht: Christmas dinner"


def _unanswered() -> Exchange:
    request = {"method": "GET", "url": f"{GRAPH}/me/calendar/events/AAMkADJXJGu0AABf02qwAAA=", "headers": {}}
    row = {"step": 7, "person": "alex", "request": request, "response": {"status": 0, "headers": {}}}
    return replace(_exchange(row), id="routing-7", status=None)


def _trouble(known: dict[str, Exchange]) -> dict[str, dict[str, Any]]:
    return {
        "A delegate cannot share the owner's calendar on": {
            "outcome": "failed",
            "message": "Expected canShare of Alex's calendar to be false, got true.\n"
            "  in features/walkthrough.feature:24, answer walkthrough-1, $.value[1].canShare\n"
            "  Only the owner may share a calendar; see `graphcal explain SET-04`.",
            "curl": known["walkthrough-1"].curl,
            "findings": (
                Finding(
                    "false",
                    "true",
                    "$.value[1].canShare",
                    "walkthrough-1",
                    "Compute `canShare` from the role.",
                ),
            ),
        },
        "Creating is answered with 201": {
            "outcome": "failed",
            "message": "Expected 201 Created for the new event, got 200 OK.",
            "curl": known["walkthrough-2"].curl,
            "findings": (Finding("201 Created", "200 OK", "", "walkthrough-2"),),
        },
        "The delegate appears nowhere in the event": {
            "outcome": "failed",
            "message": "Expected no trace of Adele in Christie's event, found her in 2 places.",
            "curl": known["walkthrough-3"].curl,
            "findings": (
                Finding(
                    "nothing that names Adele",
                    "AdeleV@contoso.com",
                    "$.event.attendees[0].emailAddress.address",
                    "walkthrough-3",
                ),
                Finding(
                    "nothing that names Adele",
                    "Adele Vance",
                    "$.event.attendees[0].emailAddress.name",
                    "walkthrough-3",
                ),
            ),
        },
        "A tentative answer has its own message type": {
            "outcome": "failed",
            "message": "Expected the message to say meetingTenativelyAccepted, but it has no meetingMessageType.",
            "curl": known["walkthrough-5"].curl,
            "findings": (
                Finding("meetingTenativelyAccepted", "(absent)", "$.meetingMessageType", "walkthrough-5"),
            ),
        },
        "The tally comes in time": {
            "outcome": "error",
            "message": "No answer from graph.microsoft.com within 60 s.\n"
            "  in features/routing.feature:360, request routing-7\n"
            "  Is the network up? `graphcal doctor --target contoso.toml` tells what is missing.",
            "curl": known["routing-7"].curl,
            "exchanges": ("routing-7",),
        },
        "The subject says how Christie answered": {
            "outcome": "warned",
            "message": 'Expected the subject "Tentative: Christmas dinner", got "Vielleicht: Christmas dinner".',
            "findings": (
                Finding(
                    "Tentative: Christmas dinner",
                    "Vielleicht: Christmas dinner",
                    "$.subject",
                    "walkthrough-5",
                ),
            ),
        },
        "An event that ends before it starts is refused": {
            "outcome": "warned",
            "message": "Expected 400 ErrorPropertyValidationFailure, got 400 ErrorInvalidRequest.",
            "findings": (Finding("ErrorPropertyValidationFailure", "ErrorInvalidRequest", "$.error.code"),),
        },
        "A comment cannot be silent": {
            "outcome": "known",
            "message": "Expected 400 ErrorInvalidParameter, got 202 Accepted (answers 202; ticket 4711).",
        },
        "A delegate with private access can view private items": {
            "outcome": "unmet",
            "message": 'Nobody has private access to Alex\'s calendar. With setup = "api" the run grants it.',
        },
        "A delegate with private access sees the subject": {
            "outcome": "unmet",
            "message": 'Nobody has private access to Alex\'s calendar. With setup = "api" the run grants it.',
        },
        "Reading scopes do not let a delegate create": {
            "outcome": "unmet",
            "message": "No second token for Adele: [people.adele.scoped_token] is missing in contoso.toml.",
        },
        "An attendee forwards the event": {
            "outcome": "unsupported",
            "message": "POST /me/events/{id}/forward is answered 405 Method Not Allowed.",
        },
    }


HOSTILE = (
    "]]> <script>alert(1)</script> \x00\x1b[31m\x7f \ud800 | `a` ``b`` **b** _i_ [x](javascript:alert(1)) "
    '" onmouseover="x" \' & &amp; --> {{ 7 * 7 }} {% raw %} @octocat #12 $x$ www.evil.example http://evil.example/\u2028'
)


@cache
def hostile() -> Report:
    """Return a run in which every text that a target or an author controls tries to break the formats."""
    bad = HOSTILE
    exchange = Exchange(
        id=f"x-{bad}", person=bad, method=bad, url=f"javascript:{bad}", request_headers={bad: bad}, request_body=bad,
        status=200, response_headers={bad: bad}, response_body={bad: [bad, {"deep": bad}]}, curl=f"curl {bad}\n```\n# x",
    )  # fmt: skip
    outcomes = ("failed", "error", "warned", "known", "unmet", "unsupported", "passed")
    scenarios = tuple(
        Scenario(
            id=f"{bad}::{number}", feature=f"features/{bad}.feature", line=number + 1, title=f"{number} {bad}",
            rule=bad, requirements=(bad, "NOT-IN-THE-CATALOGUE"), level="stated", outcome=outcome, provenance="service",
            seconds=0.0, requests=1, message=f"{bad}\n{bad}\n</details>", curl=f"curl {bad}\n```\n",
            steps=(Step("Given ", bad, 1, "passed"), Step(bad, bad, 2, "failed")),
            findings=(Finding(bad, f"{bad}\n{bad}", f"$.{bad}", exchange.id, bad), Finding(bad, bad, bad, "no-such")),
            exchanges=(exchange.id, "no-such"),
        )
        for number, outcome in enumerate(outcomes)
    )  # fmt: skip
    return Report(
        version=bad,
        target=Target(bad, "service", f"javascript:{bad}"),
        started=bad,
        seconds=1.0,
        requests=7,
        verdict="deviates",
        headline=bad,
        exit_code=1,
        chapters={bad: bad},
        features=(Feature(f"features/{bad}.feature", bad, f"{bad}\n\n{bad}"),),
        recordings=(Recording(bad, "service", bad, {bad: bad}),),
        scenarios=scenarios,
        requirements=(
            Requirement(
                bad, bad, "stated", bad, bad, f"javascript:{bad}", "failed", (scenarios[0].id, "no-such"), bad
            ),
        ),
        exchanges={exchange.id: exchange},
        notes=(bad,),
        command=bad,
    )


def empty() -> Report:
    """Return a run that ended before anything was checked."""
    return Report(
        version="0.1.0",
        target=Target("recordings", "replay", GRAPH),
        started="2026-11-21T06:33:12+00:00",
        seconds=0.1,
        requests=0,
        verdict="empty",
        headline="Empty: no scenario ran, so nothing is known",
        exit_code=5,
        chapters={},
        features=(),
        recordings=(),
        scenarios=(),
        requirements=(),
    )
