"""A recording that is not sound is the suite's trouble, told with its file and the mend, never a failure."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from command_runs import (
    Cassette,
    Ran,
    metadata,
    request,
    response,
    run_changed,
    run_command,
    run_recording,
    walkthrough,
)

from graphcal import places
from graphcal.outcomes import ExitCode, Outcome, Trouble
from graphcal.people import Person
from graphcal.recording import published
from graphcal.recording.cassette import MAXIMUM_BYTES, load
from graphcal.schemas import Schemas
from graphcal.targets.replay import ReplayTarget

ONE = "-mSET-03"  # one scenario will do: all meet the same trouble
MEND = "Record it again, or point --cassettes at a folder with sound recordings."
LEFT = "features/walkthrough.feature::Every recorded answer is asked for"


def removed(table: dict[str, Any], key: str) -> None:
    """Take a key away."""
    del table[key]


def told(ran: Ran) -> str:
    """Return the one message that all scenarios of a run give; check that it is trouble and nothing else."""
    assert ran.code == ExitCode.TROUBLE
    assert set(ran.outcomes.values()) == {Outcome.ERROR}
    assert "Traceback" not in ran.output
    assert "the suite's own trouble" not in ran.output
    assert ran.report["verdict"] == "inconclusive"
    (message,) = set(ran.messages)
    return str(message)


def refusal(recording: Cassette | str | bytes, folder: Path) -> str:
    """Open a recording as a chapter does; return what is said of the file, without the mend."""
    content = json.dumps(recording) if isinstance(recording, dict) else recording
    (folder / "walkthrough.json").write_bytes(content.encode() if isinstance(content, str) else content)
    chapter = ReplayTarget(folder).chapter("walkthrough", Schemas(places.schemas()))
    with pytest.raises(Trouble) as caught, chapter:
        pass
    message = after_the_file(str(caught.value))
    assert message.endswith(f". {MEND}")
    return message.removesuffix(f". {MEND}")


def changed(change: Any) -> Cassette:
    """Return the recording of the walkthrough after a change."""
    recording = walkthrough()
    change(recording)
    return recording


def after_the_file(message: str) -> str:
    """Return what a message says of the file that it names."""
    assert message.startswith("the recording ")
    path, _, rest = message.removeprefix("the recording ").partition("walkthrough.json ")
    assert Path(path).is_absolute()
    return rest


def test_missing_recording_is_trouble(tmp_path: Path) -> None:
    """A folder without the chapter's recording says which file it lacks."""
    message = told(run_command(f"--cassettes={tmp_path}", ONE))
    assert message == f"the recording {tmp_path / 'walkthrough.json'} does not exist. {MEND}"


def test_folder_in_the_place_of_a_recording_is_trouble(tmp_path: Path) -> None:
    """What can't be read is told with the reason of the system."""
    (tmp_path / "walkthrough.json").mkdir()
    message = told(run_command(f"--cassettes={tmp_path}", ONE))
    assert after_the_file(message) == f"can't be read: Is a directory. {MEND}"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_recording_is_trouble(tmp_path: Path) -> None:
    """A file that one may not read is told with the reason of the system."""
    path = tmp_path / "walkthrough.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0)
    message = told(run_command(f"--cassettes={tmp_path}", ONE))
    assert after_the_file(message) == f"can't be read: Permission denied. {MEND}"


def test_every_scenario_meets_the_trouble() -> None:
    """The whole chapter ends with the same error, so nobody takes a part of it for judged."""
    ran = run_recording("nonsense")
    assert after_the_file(told(ran)).startswith("is no JSON: Expecting value: line 1 column 1")
    assert len(ran.outcomes) > 100


CONTENTS = {
    "oversized": (b" " * (MAXIMUM_BYTES + 1), "is larger than 8 MiB; no recording of a chapter is"),
    "empty": ("", "is no JSON: Expecting value: line 1 column 1 (char 0)"),
    "cut short": (json.dumps(walkthrough())[:5000], "is no JSON: "),
    "no text": (b"\x89PNG\r\n\x1a\n\xff\xfe", "is no JSON: "),
    "UTF-8 broken": (b'{"version": "\xff"}', "is no JSON: "),
    "array": ("[]", "is malformed: the file holds no JSON object"),
    "number": ("1", "is malformed: the file holds no JSON object"),
    "null": ("null", "is malformed: the file holds no JSON object"),
    "nested arrays": ("[" * 100_000, "nests too deep"),
    "nested objects": ('{"a":' * 100_000 + "1" + "}" * 100_000, "nests too deep"),
    "empty object": ("{}", "has no provenance: metadata.graphcal is missing"),
    "YAML": ("version: 1\ninteractions: []\n", "is no JSON: "),
}


@pytest.mark.parametrize(("content", "said"), CONTENTS.values(), ids=CONTENTS)
def test_file_that_is_no_recording_is_trouble(content: str | bytes, said: str, tmp_path: Path) -> None:
    """Whatever lies in the place of a recording, the message says what it is not."""
    assert refusal(content, tmp_path).startswith(said)


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system", "!!python/object/new:subprocess.Popen", "!!python/name:os.system"],
)
def test_yaml_constructs_nothing(tag: str, tmp_path: Path) -> None:
    """A recording from elsewhere can run no code: YAML is not read, whatever vcrpy would make of it."""
    victim = tmp_path / "victim"
    assert refusal(f'interactions: {tag} ["touch {victim}"]\n', tmp_path).startswith("is no JSON: ")
    assert not victim.exists()


METADATA = {
    "no metadata": (
        lambda table: removed(table, "metadata"),
        "has no provenance: metadata.graphcal is missing",
    ),
    "metadata of another kind": (
        lambda table: table.update(metadata=[]),
        "has no provenance: metadata.graphcal is missing",
    ),
    "metadata of somebody else": (
        lambda table: table.update(metadata={"other": {}}),
        "has no provenance: metadata.graphcal is missing",
    ),
    **{
        f"no {key}": (
            lambda table, key=key: removed(metadata(table), key),
            f"has no full provenance: metadata.graphcal.{key} is missing or no string",
        )
        for key in ("provenance", "title", "recorded", "api_version", "tool", "clock", "base_url")
    },
    "title of another kind": (
        lambda table: metadata(table).update(title=7),
        "has no full provenance: metadata.graphcal.title is missing or no string",
    ),
    "empty tool": (
        lambda table: metadata(table).update(tool=""),
        "has no full provenance: metadata.graphcal.tool is missing or no string",
    ),
    "unknown provenance": (
        lambda table: metadata(table).update(provenance="hearsay"),
        "claims the provenance 'hearsay'; known are documentation, emulator, service",
    ),
    "no people": (
        lambda table: removed(metadata(table), "people"),
        "is malformed: metadata.graphcal.people: expected a table of people, got None",
    ),
    "unknown person": (
        lambda table: metadata(table)["people"].update(bob={"name": "Bob", "address": "b@contoso.com"}),
        "is malformed: metadata.graphcal.people.bob: unknown person",
    ),
    "person without an address": (
        lambda table: removed(metadata(table)["people"]["megan"], "address"),
        "is malformed: metadata.graphcal.people.megan: needs a name and an address, both strings",
    ),
    "person who is a string": (
        lambda table: metadata(table)["people"].update(megan="Megan"),
        "is malformed: metadata.graphcal.people.megan: needs a name and an address, both strings",
    ),
    "nobody is Alex": (
        lambda table: removed(metadata(table)["people"], "alex"),
        "is malformed: metadata.graphcal.people: alex is missing; no scenario can do without",
    ),
    "bad clock": (
        lambda table: metadata(table).update(clock="noon"),
        "has a clock that is no RFC 3339 time: 'noon'",
    ),
    "clock at the end of time": (
        lambda table: metadata(table).update(clock="9999-12-31T23:59:59Z"),
        "has a clock that is no RFC 3339 time: '9999-12-31T23:59:59Z'",
    ),
    "bad arrangement": (
        lambda table: metadata(table).update(arrangement=[]),
        "is malformed: metadata.graphcal.arrangement is no object",
    ),
    "bad places": (
        lambda table: metadata(table).update(places="here"),
        "is malformed: metadata.graphcal.places is no object",
    ),
}


@pytest.mark.parametrize(("change", "said"), METADATA.values(), ids=METADATA)
def test_bad_provenance_is_trouble(change: Any, said: str, tmp_path: Path) -> None:
    """A recording that does not say what it is evidence of is refused, with the key."""
    assert refusal(changed(change), tmp_path).startswith(said)


INTERACTIONS = {
    "no interactions": (lambda table: removed(table, "interactions"), "interactions is no array"),
    "interactions as an object": (lambda table: table.update(interactions={}), "interactions is no array"),
    "interaction that is a string": (
        lambda table: table["interactions"].append("GET /"),
        "interactions[6].request is no object",
    ),
    "no request": (
        lambda table: removed(table["interactions"][2], "request"),
        "interactions[2].request is no object",
    ),
    "no response": (
        lambda table: removed(table["interactions"][2], "response"),
        "interactions[2].response is no object",
    ),
    "no method": (
        lambda table: removed(request(table, 1), "method"),
        "interactions[0].request needs method and uri, both strings",
    ),
    "uri of another kind": (
        lambda table: request(table, 1).update(uri=["/"]),
        "interactions[0].request needs method and uri, both strings",
    ),
    "uri that is no URL": (
        lambda table: request(table, 1).update(uri="http://[::1/me"),
        "interactions[0].request.uri is no URL",
    ),
    "uri without a host": (
        lambda table: request(table, 1).update(uri="/me/calendars"),
        "interactions[0].request.uri is no URL",
    ),
    "uri with a bad port": (
        lambda table: request(table, 1).update(uri="https://graph.microsoft.com:x/"),
        "interactions[0].request.uri is no URL",
    ),
    "request body of another kind": (
        lambda table: request(table, 2).update(body={"subject": ""}),
        "interactions[1].request.body is neither a string nor null",
    ),
    "no status": (
        lambda table: removed(response(table, 1), "status"),
        "interactions[0].response.status is no object",
    ),
    "status code as a string": (
        lambda table: response(table, 1).update(status={"code": "200", "message": "OK"}),
        "interactions[0].response.status needs an integer code and a message",
    ),
    "status code as true": (
        lambda table: response(table, 1).update(status={"code": True, "message": "OK"}),
        "interactions[0].response.status needs an integer code and a message",
    ),
    "no status message": (
        lambda table: removed(response(table, 1)["status"], "message"),
        "interactions[0].response.status needs an integer code and a message",
    ),
    "status message of another kind": (
        lambda table: response(table, 1).update(status={"code": 200, "message": 7}),
        "interactions[0].response.status needs an integer code and a message",
    ),
    "no response body": (
        lambda table: removed(response(table, 1), "body"),
        "interactions[0].response.body is no object",
    ),
    "response body as JSON": (
        lambda table: response(table, 1).update(body={"string": {"value": []}}),
        "interactions[0].response.body.string is no string",
    ),
    "no request headers": (
        lambda table: removed(request(table, 1), "headers"),
        "interactions[0].request.headers is no object",
    ),
    "response headers as an array": (
        lambda table: response(table, 1).update(headers=[]),
        "interactions[0].response.headers is no object",
    ),
    "header that is a string": (
        lambda table: response(table, 1)["headers"].update({"Content-Type": "application/json"}),
        "interactions[0].response.headers.Content-Type is no array of strings",
    ),
    "header without a value": (
        lambda table: response(table, 1)["headers"].update({"Content-Type": []}),
        "interactions[0].response.headers.Content-Type is no array of strings",
    ),
    "header with a number": (
        lambda table: response(table, 1)["headers"].update({"Content-Length": [7]}),
        "interactions[0].response.headers.Content-Length is no array of strings",
    ),
}


@pytest.mark.parametrize(("change", "said"), INTERACTIONS.values(), ids=INTERACTIONS)
def test_malformed_interaction_is_trouble(change: Any, said: str, tmp_path: Path) -> None:
    """An interaction that can't be played is refused, with its number and the part that is wrong."""
    assert refusal(changed(change), tmp_path) == f"is malformed: {said}"


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        'interactions: !!python/object/apply:os.system ["true"]',
        *(
            json.dumps(changed(change))
            for change, _ in (METADATA["no provenance"], METADATA["no people"], METADATA["bad clock"])
        ),
        json.dumps(changed(INTERACTIONS["status code as a string"][0])),
    ],
    ids=["JSON bomb", "YAML", "no provenance", "no people", "bad clock", "malformed interaction"],
)
def test_refused_recording_ends_a_run_in_error(content: str) -> None:
    """Whatever it is that makes a recording unsound, the run says so, exits with 3 and fails nothing."""
    message = told(run_recording(content, ONE))
    assert after_the_file(message).endswith(f". {MEND}")


ODD = {
    "base address that is no URL": lambda table: metadata(table).update(base_url="nowhere"),
    "base address with a port out of range": lambda table: metadata(table).update(
        base_url="https://a:99999999"
    ),
    "status code of no use": lambda table: response(table, 1).update(status={"code": 7, "message": "OK"}),
    "negative status code": lambda table: response(table, 1).update(status={"code": -1, "message": "OK"}),
    "no status message": lambda table: response(table, 1).update(status={"code": 200, "message": None}),
    "lone surrogate": lambda table: response(table, 1)["body"].update(string='{"value": "\ud800"}'),
    "clock without a zone": lambda table: metadata(table).update(clock="2019-12-21T04:59:00"),
    "header name that is empty": lambda table: response(table, 1)["headers"].update({"": ["x"]}),
    "header value with a line break": lambda table: response(table, 1)["headers"].update(
        {"X-Odd": ["a\r\nb"]}
    ),
    "encoding that does not hold": lambda table: response(table, 1)["headers"].update(
        {"Content-Encoding": ["gzip"]}
    ),
    "length that does not hold": lambda table: response(table, 1)["headers"].update(
        {"Content-Length": ["7"]}
    ),
    "delegations of another kind": lambda table: metadata(table)["arrangement"].update(delegations=7),
    "place of another kind": lambda table: metadata(table)["places"].update({"event alex": 7}),
    "method that nobody knows": lambda table: request(table, 1).update(method="PEEP HOLE"),
    "detail of another kind": lambda table: metadata(table).update(url={"a": []}),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_odd_recording_is_met_without_stumbling(change: Any) -> None:
    """What no check refuses is played, and judged or told; the suite itself never stumbles over it."""
    ran = run_changed(change)
    assert ran.code in {ExitCode.CLEAN, ExitCode.DEVIATION, ExitCode.TROUBLE}
    assert "the suite's own trouble" not in "\n".join(ran.messages)
    assert "Traceback" not in ran.output
    assert "INTERNALERROR" not in ran.output
    assert ran.report["verdict"] != "empty"


def moved(cassette: Cassette) -> None:
    """Record the list of calendars under another address."""
    request(cassette, 1)["uri"] = "https://graph.microsoft.com/v1.0/me/calendarz"


def test_unmatched_request_is_told_with_the_nearest() -> None:
    """A request that was not recorded is named, with the recorded one that comes nearest."""
    message = re.sub(r" in /\S+/walkthrough", " in DIR/walkthrough", told(run_changed(moved, ONE)))
    assert message == (
        "GET /v1.0/me/calendars as adele was not recorded; nearest is GET /v1.0/me/calendarz "
        "(on another path) in DIR/walkthrough.json. "
        "Record the chapter again when a scenario has changed."
    )


UNMATCHED = {
    "another host": lambda table: request(table, 1).update(uri="https://example.com/v1.0/me/calendarz"),
    "another method": lambda table: request(table, 1).update(method="POST"),
    "another query": lambda table: request(table, 1).update(uri=request(table, 1)["uri"] + "?$top=1"),
    "another person": lambda table: request(table, 1)["headers"].update(Authorization=["Bearer <alex>"]),
    "nobody": lambda table: request(table, 1)["headers"].clear(),
    "another body": lambda table: request(table, 1).update(body="{}"),
    "no interaction at all": lambda table: table["interactions"].clear(),
}


@pytest.mark.parametrize("change", UNMATCHED.values(), ids=UNMATCHED)
def test_request_recorded_otherwise_is_no_match(change: Any) -> None:
    """Method, path, query, body and person all count; what misses one of them answers nothing."""
    message = told(run_changed(change, ONE))
    assert message.startswith("GET /v1.0/me/calendars as adele was not recorded")
    assert "walkthrough.json" in message
    assert message.endswith("Record the chapter again when a scenario has changed.")


def test_address_in_an_id_may_be_encoded_or_not() -> None:
    """A recording may write '=' in a path as it is or as %3D: both are the same request."""
    ran = run_changed(
        lambda table: request(table, 2).update(uri=request(table, 2)["uri"].replace("=", "%3D"))
    )
    assert ran.code == ExitCode.CLEAN


def test_nothing_is_played_twice(tmp_path: Path) -> None:
    """A request that is sent more often than it was recorded gets no answer, and the message says so."""
    path = tmp_path / "walkthrough.json"
    path.write_text(json.dumps(walkthrough()), encoding="utf-8")
    adele = Person("adele", "Adele Vance", "AdeleV@contoso.com")
    with ReplayTarget(tmp_path).chapter("walkthrough", Schemas(places.schemas())) as chapter:
        first = chapter.graph.get(adele, "/me/calendars", shape="calendarCollection")
        with pytest.raises(Trouble) as caught:
            chapter.graph.get(adele, "/me/calendars", shape="calendarCollection")
    assert first.status == 200
    assert str(caught.value) == (
        f"GET /v1.0/me/calendars as adele was asked more often than it was recorded in {path}. "
        "Record the chapter again when a scenario has changed."
    )


def with_a_spare(cassette: Cassette) -> None:
    """Record an answer that no scenario asks for."""
    spare = json.loads(json.dumps(cassette["interactions"][0]))
    spare["request"]["uri"] = "https://graph.microsoft.com/v1.0/me/events"
    cassette["interactions"].append(spare)


def test_answer_that_nobody_asks_for_is_trouble() -> None:
    """A recorded answer that no scenario looked at is told at the end of the chapter."""
    ran = run_changed(with_a_spare)
    assert ran.code == ExitCode.TROUBLE
    assert ran.by_outcome.keys() == {"error", "passed"}
    assert ran.outcomes[LEFT] == Outcome.ERROR
    assert ran.messages == [
        (
            "the recording holds answers that no scenario asked for, 1 in all: GET /v1.0/me/events. "
            "Record the chapter again, or mend the scenario that should have asked"
        )
    ]


def test_part_of_a_chapter_asks_for_a_part() -> None:
    """Where only some scenarios run, what is left over says nothing."""
    ran = run_changed(with_a_spare, ONE)
    assert ran.code == ExitCode.CLEAN
    assert ran.by_outcome == {"passed": 1}


def test_failing_chapter_leaves_answers_over() -> None:
    """Where a scenario failed, it may have asked for less; what is left over is not told then."""

    def change(cassette: Cassette) -> None:
        with_a_spare(cassette)
        response(cassette, 1)["status"] = {"code": 299, "message": "OK"}

    ran = run_changed(change)
    assert ran.code == ExitCode.DEVIATION
    assert LEFT not in ran.outcomes


def test_shipped_recording_is_sound() -> None:
    """The recording in the suite's folder loads, and names what it is evidence of."""
    cassette = load(places.cassettes() / "walkthrough.json")
    assert cassette.provenance == "documentation"
    assert len(cassette.interactions) == 6
    assert set(cassette.people) == {"alex", "adele", "megan", "christie"}


def test_shipped_recording_is_made_of_the_published_exchanges() -> None:
    """Nobody has edited the recording by hand: it is what its maker writes."""
    written = (places.cassettes() / "walkthrough.json").read_text(encoding="utf-8")
    assert written == published.written(places.cassettes() / "published")
