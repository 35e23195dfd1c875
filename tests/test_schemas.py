"""Check the schemas themselves, and how their violations are told."""

from __future__ import annotations

import copy
import csv
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from graphcal.schemas import MISSING, Schemas, UnknownSchemaError, Violation
from graphcal.schemas.formats import CHECKS
from graphcal.schemas.keywords import Validators
from graphcal.schemas.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "schemas"
PAYLOADS = ROOT / "tests" / "payloads"
PUBLISHED = ROOT / "cassettes" / "published"
SCHEMAS = Schemas(FOLDER)
FILES: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
}
METADATA = json.loads((PAYLOADS / "metadata.json").read_text(encoding="utf-8"))
SOURCES = list(
    csv.DictReader((PAYLOADS / "SOURCES.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
)
RESOURCES = {"event", "message", "calendar", "calendarPermission", "scheduleInformation"}
ROLES = {
    "ownCalendar",
    "delegatedCalendar",
    "organizerEvent",
    "createdEvent",
    "attendeeEvent",
    "requestMessage",
    "responseMessage",
}
GONE = object()

ORDER = [
    "$schema", "$id", "title", "description", "$comment", "x-requirement", "x-level", "x-hints", "x-words", "x-missing",
    "$ref", "allOf", "if", "then", "else", "type", "format", "pattern", "enum", "const", "minLength", "minimum",
    "maximum", "minItems", "maxItems", "minProperties", "items", "required", "properties", "patternProperties",
    "additionalProperties", "unevaluatedProperties", "$defs",
]  # fmt: skip

# Published payloads that the service does not send like that, and what is wrong with them.
MISPRINTS = {
    "mailboxSettings/001.json": {
        "$.automaticRepliesSetting.status": "a member in capitals",
        "$.automaticRepliesSetting.externalAudience": "a member in capitals",
        "$.userPurpose": "an object where the metadata has a member",
    },
    "eventMessage/008.json": {"$.meetingMessageType": "a member as it should have been spelt"},
    "list/eventMessage-018.json": {"$.value[0].meetingMessageType": "a member as it should have been spelt"},
}


def published(name: str) -> Any:
    """Return the answer of a published exchange by the beginning of its name."""
    path = next((PUBLISHED).glob(f"{name}*.json"))
    return json.loads(path.read_text(encoding="utf-8"))["response"]["body"]


PLAYS = {
    "ownCalendar": lambda: published("1")["value"][0],
    "delegatedCalendar": lambda: published("1")["value"][1],
    "createdEvent": lambda: published("2"),
    "requestMessage": lambda: published("3"),
    "attendeeEvent": lambda: published("3")["event"],
    "responseMessage": lambda: published("5"),
    "organizerEvent": lambda: published("6"),
}


def changed(payload: Any, place: str, value: object) -> Any:
    """Copy a payload with another value, or none, at a place such as "attendees/0/type"."""
    payload = copy.deepcopy(payload)
    *way, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    parent = payload
    for step in way:
        parent = parent[step]
    if value is GONE:
        del parent[last]
    else:
        parent[last] = value
    return payload


def nodes(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a schema and those within it, each with its place; the names of properties are no schemas."""
    yield place, node
    for keyword in ("properties", "patternProperties", "$defs"):
        for name, child in node.get(keyword, {}).items():
            yield from nodes(child, f"{place}/{keyword}/{name}")
    for keyword in ("if", "then", "else", "items"):
        if keyword in node:
            yield from nodes(node[keyword], f"{place}/{keyword}")
    for index, child in enumerate(node.get("allOf", ())):
        yield from nodes(child, f"{place}/allOf/{index}")


ALL = [(f"{name}.json#{place}", node) for name, file in sorted(FILES.items()) for place, node in nodes(file)]
PARTS = [
    (f"{name}#/$defs/{part}", node) for name in sorted(ROLES) for part, node in FILES[name]["$defs"].items()
]


# A part, a place in the published payload, a wrong value for it, and what is then told.
FAULTS: list[tuple[str, str, object, str]] = [
    ("delegatedCalendar#/$defs/sharing", "canShare", True, "SET-04 at $.canShare expected false, got true"),
    ("delegatedCalendar#/$defs/sharing", "canShare", GONE, "SET-04 at $.canShare expected false, got nothing"),
    ("delegatedCalendar#/$defs/editing", "canEdit", None, "SET-05 at $.canEdit expected true, got null"),
    ("delegatedCalendar#/$defs/owner", "owner/address", "", 'SET-06 at $.owner.address expected a non-empty string, got ""'),
    ("delegatedCalendar#/$defs/owner", "owner/name", GONE, "SET-06 at $.owner.name expected a non-empty string, got nothing"),
    ("delegatedCalendar#/$defs/name", "name", None, "SET-07 at $.name expected a non-empty string, got null"),
    ("delegatedCalendar#/$defs/privacy", "canViewPrivateItems", 0, "SET-08 at $.canViewPrivateItems expected false, got 0"),
    ("delegatedCalendar#/$defs/printed", "color", GONE, "REP-19 at $.color expected a property that the page prints, got nothing"),
    ("ownCalendar#/$defs/owner", "owner", GONE, "SET-02 at $.owner expected an object, got nothing"),
    ("ownCalendar#/$defs/rights", "canShare", False, "SET-02 at $.canShare expected true, got false"),
    ("ownCalendar#/$defs/printed", "changeKey", 5, "REP-19 at $.changeKey expected a non-empty string, got 5"),
    ("organizerEvent#/$defs/organizing", "isOrganizer", 1, "INV-04 at $.isOrganizer expected true, got 1"),
    ("organizerEvent#/$defs/organizer", "organizer/emailAddress/address", GONE, "INV-05 at $.organizer.emailAddress.address expected a non-empty string, got nothing"),
    ("organizerEvent#/$defs/ownStatus", "responseStatus/response", "none", 'INV-11 at $.responseStatus.response expected "organizer", got "none"'),
    ("organizerEvent#/$defs/responses", "responseRequested", GONE, "INV-13 at $.responseRequested expected true, got nothing"),
    ("organizerEvent#/$defs/responses", "allowNewTimeProposals", False, "INV-13 at $.allowNewTimeProposals expected true, got false"),
    ("organizerEvent#/$defs/zones", "originalEndTimeZone", "", 'INV-15 at $.originalEndTimeZone expected a non-empty string, got ""'),
    ("organizerEvent#/$defs/place", "locations", [], "INV-19 at $.locations expected a non-empty array, got []"),
    ("organizerEvent#/$defs/place", "location/locationType", "hotel", 'INV-19 at $.location.locationType expected "default", got "hotel"'),
    ("organizerEvent#/$defs/busy", "showAs", "free", 'TAL-10 at $.showAs expected "busy", got "free"'),
    ("organizerEvent#/$defs/attendees", "attendees/1/emailAddress", {}, "INV-06 at $.attendees[1].emailAddress.address expected a non-empty string, got nothing"),
    ("organizerEvent#/$defs/identity", "iCalUId", None, "INV-21 at $.iCalUId expected a non-empty string, got null"),
    ("organizerEvent#/$defs/times", "start/dateTime", "2019-12-26T02:00:00", 'REP-04 at $.start.dateTime expected a date and time with seven digits of a second and no offset, got "2019-12-26T02:00:00"'),
    ("organizerEvent#/$defs/zoned", "end/timeZone", GONE, "REP-01 at $.end.timeZone expected a non-empty string, got nothing"),
    ("attendeeEvent#/$defs/zoned", "start/timeZone", GONE, "REP-01 at $.start.timeZone expected a non-empty string, got nothing"),
    ("organizerEvent#/$defs/stamps", "createdDateTime", "2019-12-21T05:59:01+01:00", 'REP-05 at $.createdDateTime expected an instant in UTC, ending in Z, got "2019-12-21T05:59:01+01:00"'),
    ("organizerEvent#/$defs/printed", "recurrence", GONE, "REP-19 at $.recurrence expected a property that the page prints, got nothing"),
    ("createdEvent#/$defs/printed", "body/content", GONE, "REP-19 at $.body.content expected a property that the page prints, got nothing"),
    ("createdEvent#/$defs/context", "@odata.context", GONE, "REP-19 at $['@odata.context'] expected a property that the page prints, got nothing"),
    ("createdEvent#/$defs/unanswered", "attendees/0/status/response", "notResponded", 'INV-09 at $.attendees[0].status.response expected "none", got "notResponded"'),
    ("createdEvent#/$defs/unanswered", "attendees/1/status/time", "2019-12-21T05:16:48Z", 'INV-09 at $.attendees[1].status.time expected "0001-01-01T00:00:00Z", got "2019-12-21T05:16:48Z"'),
    ("createdEvent#/$defs/kept", "attendees/0/type", "optional", 'INV-10 at $.attendees[0].type expected "required", got "optional"'),
    ("createdEvent#/$defs/defaults", "seriesMasterId", "AAMk", 'INV-12 at $.seriesMasterId expected null, got "AAMk"'),
    ("createdEvent#/$defs/defaults", "categories", ["Red"], 'INV-12 at $.categories expected an empty array, got ["Red"]'),
    ("createdEvent#/$defs/reminder", "reminderMinutesBeforeStart", 30, "INV-14 at $.reminderMinutesBeforeStart expected 15, got 30"),
    ("attendeeEvent#/$defs/attending", "isOrganizer", True, "RCV-08 at $.isOrganizer expected false, got true"),
    ("attendeeEvent#/$defs/organizer", "organizer", None, "RCV-08 at $.organizer expected an object, got null"),
    ("attendeeEvent#/$defs/tentative", "showAs", "busy", 'RCV-05 at $.showAs expected "tentative", got "busy"'),
    ("attendeeEvent#/$defs/ownStatus", "responseStatus/response", "accepted", 'RCV-13 at $.responseStatus.response expected one of "none", "notResponded", got "accepted"'),
    ("attendeeEvent#/$defs/unanswered", "attendees/2/status/time", "2019-12-21T05:16:48Z", 'RCV-14 at $.attendees[2].status.time expected "0001-01-01T00:00:00Z", got "2019-12-21T05:16:48Z"'),
    ("attendeeEvent#/$defs/attendees", "attendees", [], "RCV-07 at $.attendees expected a non-empty array, got []"),
    ("attendeeEvent#/$defs/identity", "iCalUId", GONE, "RCV-10 at $.iCalUId expected a non-empty string, got nothing"),
    ("attendeeEvent#/$defs/times", "start", GONE, "REP-04 at $.start expected an object, got nothing"),
    ("attendeeEvent#/$defs/stamps", "attendees/0/status/time", "0001-01-01T00:00:00+00:00", 'REP-05 at $.attendees[0].status.time expected an instant in UTC, ending in Z, got "0001-01-01T00:00:00+00:00"'),
    ("attendeeEvent#/$defs/printed", "onlineMeetingUrl", GONE, "REP-19 at $.onlineMeetingUrl expected a property that the page prints, got nothing"),
    ("requestMessage#/$defs/kind", "meetingMessageType", "none", 'RCV-01 at $.meetingMessageType expected "meetingRequest", got "none"'),
    ("requestMessage#/$defs/type", "@odata.type", "#microsoft.graph.message", "RCV-16 at $['@odata.type'] expected one of \"#microsoft.graph.eventMessage\", \"#microsoft.graph.eventMessageRequest\", got \"#microsoft.graph.message\""),
    ("requestMessage#/$defs/sender", "sender/emailAddress/address", None, "RCV-02 at $.sender.emailAddress.address expected a non-empty string, got null"),
    ("requestMessage#/$defs/from", "from", GONE, "RCV-03 at $.from expected an object, got nothing"),
    ("requestMessage#/$defs/recipients", "toRecipients/0", "Megan", 'RCV-04 at $.toRecipients[0] expected an object, got "Megan"'),
    ("requestMessage#/$defs/nobodyElse", "ccRecipients", [{}], "RCV-04 at $.ccRecipients expected an empty array, got [{}]"),
    ("requestMessage#/$defs/state", "flag/flagStatus", "flagged", 'RCV-18 at $.flag.flagStatus expected "notFlagged", got "flagged"'),
    ("requestMessage#/$defs/conversation", "conversationIndex", "AdW3u1x", 'RCV-19 at $.conversationIndex expected bytes in base64 or null, got "AdW3u1x"'),
    ("requestMessage#/$defs/event", "event", {}, "RCV-06 at $.event.id expected a non-empty string, got nothing"),
    ("requestMessage#/$defs/stamps", "sentDateTime", "2019-12-21T05:59:01+01:00", 'REP-05 at $.sentDateTime expected an instant in UTC, ending in Z, got "2019-12-21T05:59:01+01:00"'),
    ("requestMessage#/$defs/printed", "isDeliveryReceiptRequested", GONE, "REP-19 at $.isDeliveryReceiptRequested expected a property that the page prints, got nothing"),
    ("responseMessage#/$defs/kind", "meetingMessageType", "meetingAccepted", 'RTE-02 at $.meetingMessageType expected "meetingTenativelyAccepted", got "meetingAccepted"'),
    ("responseMessage#/$defs/type", "responseType", "organizer", 'RTE-10 at $.responseType expected one of "accepted", "tentativelyAccepted", "declined", got "organizer"'),
    ("responseMessage#/$defs/sender", "sender", GONE, "RTE-04 at $.sender expected an object, got nothing"),
    ("responseMessage#/$defs/from", "from/emailAddress", None, "RTE-04 at $.from.emailAddress expected an object, got null"),
    ("responseMessage#/$defs/recipients", "toRecipients", [], "RTE-05 at $.toRecipients expected a non-empty array, got []"),
    ("responseMessage#/$defs/state", "isRead", True, "RTE-09 at $.isRead expected false, got true"),
    ("responseMessage#/$defs/conversation", "conversationIndex", GONE, "RTE-08 at $.conversationIndex expected bytes in base64, got nothing"),
    ("responseMessage#/$defs/stamps", "receivedDateTime", "2019-12-21T05:59:01-08:00", 'REP-05 at $.receivedDateTime expected an instant in UTC, ending in Z, got "2019-12-21T05:59:01-08:00"'),
    ("responseMessage#/$defs/printed", "inferenceClassification", None, "REP-19 at $.inferenceClassification expected a string, got null"),
]  # fmt: skip


class TestFiles:
    """The schema files as files."""

    @pytest.mark.parametrize("name", FILES)
    def test_schema_is_valid_2020_12(self, name: str) -> None:
        """Every file is a schema of the draft that it names."""
        Draft202012Validator.check_schema(FILES[name])
        assert FILES[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]

    @pytest.mark.parametrize("name", FILES)
    def test_id_is_the_file_name(self, name: str) -> None:
        """A bare file name is all that a reference needs."""
        assert FILES[name]["$id"] == f"{name}.json"

    def test_keywords_come_in_one_order(self) -> None:
        """Readers find each keyword at its place, and none that the validators do not know."""
        astray = [place for place, node in ALL if list(node) != [word for word in ORDER if word in node]]
        assert astray == []

    def test_every_property_has_a_description(self) -> None:
        """No property is left to its name."""
        bare = [
            f"{place}/{name}"
            for place, node in ALL
            if not any(keyword in place for keyword in ("/if", "/then", "/else", "/items/properties/status"))
            for name, child in node.get("properties", {}).items()
            if "description" not in child and not (place.startswith("requests") and set(child) == {"$ref"})
        ]
        assert bare == []

    def test_every_definition_has_a_description(self) -> None:
        """Nor is any shared type."""
        assert [
            place for place, node in ALL if re.search(r"/\$defs/\w+$", place) and "description" not in node
        ] == []

    def test_references_lead_somewhere(self) -> None:
        """No $ref dangles."""
        for place, node in ALL:
            if "$ref" in node:
                target = node["$ref"]
                SCHEMAS._library.node(place.partition("#")[0] + target if target.startswith("#") else target)  # noqa: SLF001

    def test_every_format_has_a_checker(self) -> None:
        """Whatever has a format that jsonschema does not know passes."""
        assert {node["format"] for _, node in ALL if "format" in node} == set(CHECKS)

    def test_every_format_comes_with_a_pattern(self) -> None:
        """A validator without these checkers still finds what looks wrong."""
        assert [place for place, node in ALL if "format" in node and "pattern" not in node] == []

    def test_alternatives_are_not_used(self) -> None:
        """Errors of anyOf and oneOf are hard to tell; types, enumerations and if do without."""
        assert [place for place, node in ALL if {"anyOf", "oneOf", "not"} & node.keys()] == []

    def test_every_resource_has_a_page_of_the_documentation(self) -> None:
        """What a schema says can be looked up."""
        assert [name for name, file in FILES.items() if "https://" not in file["$comment"]] == []

    def test_steps_refer_to_parts_that_exist(self) -> None:
        """A step that names a part finds it."""
        for path in [*ROOT.glob("steps/*.py"), *ROOT.glob("graphcal/**/*.py")]:
            for reference in re.findall(r'"(\w+#/\$defs/\w+)"', path.read_text(encoding="utf-8")):
                SCHEMAS._library.node(reference)  # noqa: SLF001


class TestRoles:
    """The schemas of what a resource is in the published flow."""

    @pytest.mark.parametrize(("reference", "part"), PARTS, ids=[reference for reference, _ in PARTS])
    def test_part_names_its_requirement_and_page(self, reference: str, part: dict[str, Any]) -> None:
        """A violation leads to a row of the catalogue and to a page."""
        if "$ref" in part:
            part = FILES[part["$ref"].partition(".")[0]]["$defs"][reference.rpartition("/")[2]]
        assert re.fullmatch(r"[A-Z]{3}-\d\d", part["x-requirement"])
        assert part.get("x-level", "observed") == "observed"
        assert "https://" in part["$comment"]

    def test_requirements_are_in_the_catalogue(self) -> None:
        """No part refers to a row that is not there."""
        catalogue = ROOT / "features" / "requirements.toml"
        if not catalogue.exists():
            pytest.skip("the catalogue is not written yet")
        rows = tomllib.loads(catalogue.read_text(encoding="utf-8"))["requirement"]
        named = {node["x-requirement"] for _, node in ALL if "x-requirement" in node} | {"REP-19"}
        assert named - {row["id"] for row in rows} == set()

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_role_composes_all_its_parts(self, role: str) -> None:
        """What is checked part by part is checked of the whole too."""
        composed = {each["$ref"] for each in FILES[role]["allOf"]}
        parts = {f"#/$defs/{name}" for name, part in FILES[role]["$defs"].items() if "$ref" not in part}
        assert parts <= composed

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_published_resource_plays_its_role(self, role: str) -> None:
        """The page's own payload fits the whole role, and the metadata knows all of it."""
        assert SCHEMAS.closed_violations(PLAYS[role](), role) == []

    @pytest.mark.parametrize(("reference", "part"), PARTS, ids=[reference for reference, _ in PARTS])
    def test_part_rejects_what_is_no_object(self, reference: str, part: dict[str, Any]) -> None:
        """A list, a text or nothing plays no role."""
        payload: object
        for payload in ([], "text", None, 7):
            (violation,) = SCHEMAS.violations(payload, reference)
            assert (violation.path, violation.allowed) == ("$", "an object"), part["description"]

    @pytest.mark.parametrize(
        ("reference", "place", "value", "told"), FAULTS, ids=[told for *_, told in FAULTS]
    )
    def test_part_tells_its_own_fault(self, reference: str, place: str, value: object, told: str) -> None:
        """Each part finds the fault that it is there for, and says it in one line."""
        payload = changed(PLAYS[reference.partition("#")[0]](), place, value)
        violations = SCHEMAS.violations(payload, reference)
        assert [f"{violation.requirement} {violation}" for violation in violations] == [told]

    def test_every_part_is_tested(self) -> None:
        """The table above leaves no part out."""
        assert {row[0] for row in FAULTS} == {reference for reference, _ in PARTS}


def sample(edm: str) -> Any:
    """Return a value of a type of the metadata, as small as can be."""
    if edm.startswith("Collection("):
        return [sample(edm[11:-1])]
    if edm in METADATA["enumerations"]:
        return METADATA["enumerations"][edm][0]
    simple = {
        "Edm.String": "text",
        "Edm.Boolean": False,
        "Edm.Int32": 0,
        "Edm.Double": -122.5,
        "Edm.DateTimeOffset": "0001-01-01T00:00:00Z",
        "Edm.Date": "2019-12-25",
        "Edm.TimeOfDay": "08:00:00.0000000",
        "Edm.Binary": "AdW3u1xx5S7TYrbluE2pCXNgAzyNAw==",
    }
    if edm in simple:
        return simple[edm]
    if edm in METADATA["types"]:
        own = METADATA["types"][edm]
        needed = {name: sample(own[name]) for name in own if f"{edm}.{name}" in METADATA["notNull"]}
        if edm == "dateTimeTimeZone":
            return {"dateTime": "2019-12-25T18:00:00.0000000", "timeZone": "UTC"}
        return {"id": "AAMk", **needed} if edm in RESOURCES else needed
    return {"id": "AAMk"}  # a type of which the table has no more: attachments, extensions


def wrong_values(edm: str) -> list[Any]:
    """Return values that a type of the metadata does not have."""
    if edm.startswith("Collection("):
        return [None, {}, "text", 7, [None], *([wrong] for wrong in wrong_values(edm[11:-1]))]
    if edm == "userPurpose":
        return [7, {}, "", "User", "two words"]
    if edm in METADATA["enumerations"]:
        members = METADATA["enumerations"][edm]
        return [
            7,
            {},
            "",
            "nonsense",
            *(member.title() for member in members if member.title() not in members),
        ]
    return {
        "Edm.String": [7, True, [], {}],
        "Edm.Boolean": ["true", 1, 0, "", [], {}],
        "Edm.Int32": ["15", 1.5, True, 2**31, -(2**31) - 1, [], {}],
        "Edm.Double": ["47.6", True, [], {}, "nan"],
        "Edm.DateTimeOffset": ["2019-12-25T18:00:00", "2019-12-25", "", 7, {}],
        "Edm.Date": ["2019-12-25T18:00:00Z", "25.12.2019", "2019-02-29", "", 7],
        "Edm.TimeOfDay": ["24:00:00", "8:00:00", "08:00", "", 8],
        "Edm.Binary": ["AdW3u1x", "!!!!", "AdW=3u1x", 7],
    }.get(edm, ["text", 7, True, [], [{}]])


def reference_of(name: str) -> str:
    """Return where a type of the metadata is: in a file of its own or among the shared ones."""
    if name.startswith("eventMessage"):
        return f"{name}#/$defs/own"
    return name if name in FILES else f"common#/$defs/{name}"


PROPERTIES = [(name, prop, edm) for name, own in METADATA["types"].items() for prop, edm in own.items()]


class TestMetadata:
    """The schemas against the table of the metadata's properties."""

    @pytest.mark.parametrize(
        ("name", "prop", "edm"), PROPERTIES, ids=[f"{name}.{prop}" for name, prop, _ in PROPERTIES]
    )
    def test_property_has_the_type_of_the_metadata(self, name: str, prop: str, edm: str) -> None:
        """A property takes the values of its type, null where it may, and no others."""

        def violations(value: object) -> list[Violation]:
            payload = {**(sample(name) if name in METADATA["types"] else {}), prop: value}
            found = SCHEMAS.closed_violations(payload, reference_of(name))
            return [violation for violation in found if violation.path.startswith(f"$.{prop}")]

        special = f"{name}.{prop}" == "dateTimeTimeZone.dateTime"
        right = "2019-12-25T18:00:00" if special else sample(edm)
        assert violations(right) == []
        assert [wrong for wrong in wrong_values(edm) if not violations(wrong)] == []
        nullable = not edm.startswith("Collection(") and f"{name}.{prop}" not in METADATA["notNull"]
        assert bool(violations(None)) is not nullable
        if edm.startswith("Collection("):
            assert violations([]) == []

    @pytest.mark.parametrize("name", METADATA["enumerations"])
    def test_enumeration_has_the_members_of_the_metadata(self, name: str) -> None:
        """Every member is allowed; others only where the metadata may grow."""
        definition = FILES["common"]["$defs"][name]
        if name == "userPurpose":
            assert "enum" not in definition
        else:
            assert set(definition["enum"]) == {*METADATA["enumerations"][name], None}
        for member in METADATA["enumerations"][name]:
            assert SCHEMAS.violations(member, f"common#/$defs/{name}") == []

    def test_schemas_have_no_property_that_the_metadata_lacks(self) -> None:
        """Nothing was made up."""
        invented = [
            f"{name}.{prop}"
            for name, own in METADATA["types"].items()
            for prop in SCHEMAS._library.node(reference_of(name)).get("properties", ())  # noqa: SLF001
            if prop not in own and "@" not in prop
        ]
        assert invented == []


class TestPayloads:
    """The schemas against payloads printed in the documentation."""

    @pytest.mark.parametrize("row", SOURCES, ids=[row["file"] for row in SOURCES])
    def test_published_payload_is_accepted(self, row: dict[str, str]) -> None:
        """What the documentation prints is legal, but for its misprints."""
        payload = json.loads((PAYLOADS / row["file"]).read_text(encoding="utf-8"))
        found = {violation.path for violation in SCHEMAS.violations(payload, row["schema"])}
        assert found == set(MISPRINTS.get(row["file"], ()))

    def test_every_payload_has_a_source(self) -> None:
        """No payload of unknown origin, no source without its payload."""
        files = {path.relative_to(PAYLOADS).as_posix() for path in PAYLOADS.glob("*/*.json")}
        assert files == {row["file"] for row in SOURCES}

    @pytest.mark.parametrize("name", sorted(RESOURCES))
    def test_collections_hold_their_resource(self, name: str) -> None:
        """A fault of an item is found, at its place in the page."""
        key = "scheduleId" if name == "scheduleInformation" else "id"
        page = {"@odata.context": "…", "@odata.nextLink": "https://…", "value": [{key: "AAMk"}, {key: 7}]}
        assert {violation.path for violation in SCHEMAS.violations(page, f"{name}Collection")} == {
            f"$.value[1].{key}"
        }
        wrong: object
        for wrong in ({}, {"value": None}, {"value": {}}, [], {"value": [], "@odata.nextLink": 7}):
            assert SCHEMAS.violations(wrong, f"{name}Collection") != []


LEGAL = {
    "a message of a derived type": ("message", {"id": "A", "@odata.type": "#microsoft.graph.eventMessageRequest", "responseRequested": True}),
    "a sharing message": ("message", {"id": "A", "@odata.type": "#microsoft.graph.calendarSharingMessage", "canAccept": True}),
    "an event message annotated as its base type": ("eventMessageRequest", {"id": "A", "@odata.type": "#microsoft.graph.eventMessage"}),
    "an answer without its event": ("eventMessage", {"id": "A", "event": None}),
    "an answer with an empty event": ("eventMessage", {"id": "A", "event": {}}),
    "an event with its id alone": ("event", {"id": "A"}),
    "an event of a custom extension": ("event", {"id": "A", "extc5bnq6uk_meeting": {"room": [1, 2]}, "isShared": True}),
    "a removed event": ("eventCollection", {"value": [{"id": "A", "@removed": {"reason": "deleted"}}]}),
    "an event removed without its id": ("event", {"@id": "events('A')", "@removed": {"reason": "changed"}}),
    "an instant with an offset": ("event", {"id": "A", "createdDateTime": "2019-12-21T05:59:01.5+01:00"}),
    "a place whose height is no number": ("event", {"id": "A", "location": {"coordinates": {"altitude": "NaN"}}}),
    "an annotated link": ("event", {"id": "A", "calendar@odata.navigationLink": "https://…", "attendees@odata.count": 2}),
    "a new purpose of a mailbox": ("mailboxSettings", {"userPurpose": "robot"}),
    "a property read by its path": ("mailboxSettings#/$defs/deliveryOption", {"@odata.context": "…", "value": "sendToDelegateOnly"}),
    "an error with an inner error": ("error", {"error": {"code": "ErrorItemNotFound", "message": "", "innerError": {"date": "x"}}}),
    "an error in the other spelling": ("error", {"error": {"code": "ErrorAccessDenied", "message": "No.", "innererror": None}}),
    "the organisation without an address": ("calendarPermission", {"id": "A", "emailAddress": {"name": "My Organization", "address": None}}),
    "a custom zone": ("mailboxSettings", {"workingHours": {"timeZone": {"@odata.type": "#microsoft.graph.customTimeZone", "bias": -200}}}),
    "a type as a whole URI": ("message", {"id": "A", "@odata.type": "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.eventMessage"}),
    "a type without its sign": ("message", {"id": "A", "@odata.type": "microsoft.graph.eventMessageRequest"}),
    "an instant of nanoseconds": ("event", {"id": "A", "createdDateTime": "2019-12-21T05:59:01.123456789Z"}),
    "a schedule that cannot be told": ("scheduleInformation", {"scheduleId": "a@b", "error": {"responseCode": "x", "message": "y"}}),
}  # fmt: skip
ILLEGAL = {
    "a request whose own property is wrong": ("message", {"id": "A", "@odata.type": "#microsoft.graph.eventMessageRequest", "responseRequested": "yes"}, "$.responseRequested"),
    "an answer whose own property is wrong": ("messageCollection", {"value": [{"id": "A", "@odata.type": "#microsoft.graph.eventMessageResponse", "responseType": "yes"}]}, "$.value[0].responseType"),
    "an event message that is told by its kind": ("messageCollection", {"value": [{"id": "A", "meetingMessageType": "meetingRequest", "isOutOfDate": "no"}]}, "$.value[0].isOutOfDate"),
    "an event message without annotations": ("eventMessage", {"id": "A", "isDelegated": 0}, "$.isDelegated"),
    "a request of the wrong type": ("eventMessageRequest", {"id": "A", "@odata.type": "#microsoft.graph.eventMessageResponse"}, "$['@odata.type']"),
    "an expanded event that is wrong": ("eventMessage", {"id": "A", "event": {"id": "B", "subject": 7}}, "$.event.subject"),
    "an expanded event without an id": ("eventMessage", {"id": "A", "event": {"subject": "x"}}, "$.event.id"),
    "an event that calls itself a message": ("event", {"id": "A", "@odata.type": "#microsoft.graph.message"}, "$['@odata.type']"),
    "a type that no message has": ("message", {"id": "A", "@odata.type": "#microsoft.graph.post"}, "$['@odata.type']"),
    "a request of the wrong type without its sign": ("message", {"id": "A", "@odata.type": "microsoft.graph.eventMessageRequest", "responseRequested": 1}, "$.responseRequested"),
    "an event in a calendar in an event": ("event", {"id": "A", "calendar": {"id": "B", "events": [{"id": ""}]}}, "$.calendar.events[0].id"),
    "a removal without a reason": ("event", {"id": "A", "@removed": {}}, "$['@removed'].reason"),
    "a count in words": ("event", {"id": "A", "attendees@odata.count": "2"}, "$['attendees@odata.count']"),
    "a proposal without an end": ("event", {"id": "A", "attendees": [{"proposedNewTime": {"start": {"dateTime": "2019-12-25T18:00:00"}}}]}, "$.attendees[0].proposedNewTime.end"),
    "a custom zone that is wrong": ("mailboxSettings", {"workingHours": {"timeZone": {"@odata.type": "#microsoft.graph.customTimeZone", "bias": "1"}}}, "$.workingHours.timeZone.bias"),
    "an error without a code": ("error", {"error": {"message": "No."}}, "$.error.code"),
    "an error with an empty code": ("error", {"error": {"code": "", "message": "No."}}, "$.error.code"),
    "an error that is a text": ("error", {"error": "invalid_grant"}, "$.error"),
    "no error at all": ("error", {}, "$.error"),
    "a null attendee": ("event", {"id": "A", "attendees": [None]}, "$.attendees[0]"),
    "two event items in one": ("outlookItem", {"id": "A", "categories": [None]}, "$.categories[0]"),
}  # fmt: skip


class TestServers:
    """What servers may send, and what they may not."""

    @pytest.mark.parametrize(("reference", "payload"), LEGAL.values(), ids=LEGAL)
    def test_legal_payload_is_accepted(self, reference: str, payload: object) -> None:
        """No service is blamed for what it may do."""
        assert SCHEMAS.violations(payload, reference) == []

    @pytest.mark.parametrize(("reference", "payload", "path"), ILLEGAL.values(), ids=ILLEGAL)
    def test_illegal_payload_is_rejected(self, reference: str, payload: object, path: str) -> None:
        """One fault, one violation, at its place."""
        assert [violation.path for violation in SCHEMAS.violations(payload, reference)] == [path]

    @pytest.mark.parametrize("name", FILES)
    def test_every_schema_has_seen_fits_and_misfits(self, name: str) -> None:
        """Each schema accepts something and rejects something in these tests."""
        fitting = {reference.partition("#")[0] for reference, _ in LEGAL.values()} | {
            row["schema"] for row in SOURCES
        }
        others = (
            ROLES
            | {f"{each}Collection" for each in RESOURCES}
            | {"common", "requests", "outlookItem", *METADATA["types"]}
        )
        assert name in fitting | others

    @pytest.mark.parametrize("role", ["organizerEvent", "createdEvent", "attendeeEvent"])
    def test_role_does_not_mind_order_or_more_properties(self, role: str) -> None:
        """Attendees may come in any order, and today's service sends more than the page of 2019 prints."""
        event = PLAYS[role]()
        event["attendees"].reverse()
        event |= {
            "transactionId": None,
            "allowNewTimeProposals": True,
            "hideAttendees": False,
            "isDraft": False,
            "occurrenceId": None,
            "isOnlineMeeting": False,
            "onlineMeetingProvider": "unknown",
            "onlineMeeting": None,
        }
        event["location"] |= {"address": {}, "coordinates": {}}
        assert SCHEMAS.violations(event, role) == []

    def test_attendee_may_be_told_as_not_having_responded(self) -> None:
        """The two words for no answer are one to an attendee, whatever time comes with the second."""
        event = PLAYS["attendeeEvent"]()
        event["responseStatus"] = {"response": "notResponded", "time": "0001-01-01T00:00:00Z"}
        event["attendees"][2]["status"] = {"response": "notResponded", "time": "4501-01-01T00:00:00Z"}
        assert SCHEMAS.violations(event, "attendeeEvent") == []

    def test_invitation_of_the_derived_type_plays_its_role(self) -> None:
        """Today's service annotates the derived type and sends its properties."""
        message = PLAYS["requestMessage"]() | {
            "@odata.type": "#microsoft.graph.eventMessageRequest",
            "type": "singleInstance",
            "isOutOfDate": False,
            "isAllDay": False,
            "isDelegated": False,
            "responseRequested": True,
            "allowNewTimeProposals": None,
            "meetingRequestType": "newMeetingRequest",
            "previousLocation": None,
            "recurrence": None,
            "startDateTime": {"dateTime": "2019-12-26T02:00:00.0000000", "timeZone": "UTC"},
            "location": {"displayName": "Alex' home", "locationType": "default", "uniqueIdType": "unknown"},
        }
        assert SCHEMAS.closed_violations(message, "requestMessage") == []

    def test_answer_of_the_derived_type_plays_its_role(self) -> None:
        """So does its answer."""
        message = PLAYS["responseMessage"]()
        message |= {
            "@odata.type": "#microsoft.graph.eventMessageResponse",
            "responseType": "tentativelyAccepted",
            "event": {},
        }
        assert SCHEMAS.closed_violations(message, "responseMessage") == []


FORMATS: dict[str, tuple[list[str], list[str]]] = {
    "date-time": (
        ["2019-12-21T04:59:01.9766929Z", "2019-12-21T04:59:01Z", "0001-01-01T00:00:00Z", "4501-01-01T00:00:00Z",
         "2020-02-29T23:59:59.1+14:00", "2019-12-21T04:59:01-00:00"],
        ["2019-12-21T04:59:01", "2019-12-21T04:59:01.9766929123456Z", "2019-13-21T04:59:01Z", "2019-02-29T04:59:01Z",
         "2019-12-21T24:00:00Z", "2019-12-21T04:60:00Z", "2019-12-21T04:59:60Z", "2019-12-21 04:59:01Z", "2019-12-21T04:59:01z",
         "2019-12-21T04:59:01.Z", "2019-12-21T04:59:01+0100", "2019-12-21T04:59:01+24:00", "2019-12-21T04:59Z", "0000-01-01T00:00:00Z",
         "2019-12-21T04:59:01Z\n", " 2019-12-21T04:59:01Z", "٢٠١٩-12-21T04:59:01Z", "2019-12-21", "", "19-12-21T04:59:01Z"],
    ),
    "graph-date-time": (
        ["2019-12-25T18:00:00", "2019-12-25T18:00:00.0000000", "2019-12-25T18:00:00.5", "0001-01-01T00:00:00.0000000"],
        ["2019-12-25T18:00:00Z", "2019-12-25T18:00:00.0000000000000", "2019-12-25T18:00:00+01:00", "2019-12-25 18:00:00", "2019-12-25",
         "2019-04-31T18:00:00", "2019-12-25T18:00", "20191225T180000", "2019-12-25T18:00:00.0000000\n", "", "2019-1-25T18:00:00"],
    ),
    "date": (["2019-12-25", "0001-01-01", "2020-02-29"], ["2019-02-29", "2019-12-25Z", "2019-13-01", "2019-12-5", "", "0000-01-01", "2019-12-25\n"]),
    "time-of-day": (["08:00:00.0000000", "23:59:59"], ["24:00:00", "08:00", "8:00:00", "08:00:00.0000000000000", "08:60:00", "08:00:00Z", "", "08:00:00\n"]),
    "base64": (
        ["AdW3u1xx5S7TYrbluE2pCXNgAzyNAw==", "AdVINBlgySHz1E7dCkGJQIRNO1VsigAA4n6R", "", "_-8=", "+/8="],
        ["AdW3u1xx5S7TYrbluE2pCXNgAzyNAw", "AdW3u1xx5S7TYrbluE2pCXNgAzyNAw=", "not base64!", "AA==AA==", "AdW3 u1x", "====", "AAAA\n"],
    ),
}  # fmt: skip
DEFINED = {
    "date-time": "dateTimeOffset",
    "graph-date-time": "localDateTime",
    "date": "date",
    "time-of-day": "timeOfDay",
    "base64": "binary",
}


class TestFormats:
    """The formats of times and bytes."""

    @pytest.mark.parametrize("name", FORMATS)
    def test_format_takes_what_it_should(self, name: str) -> None:
        """Every spelling that Graph may use is accepted, by checker and schema."""
        for text in FORMATS[name][0]:
            assert CHECKS[name](text), text
            assert SCHEMAS.violations(text, f"common#/$defs/{DEFINED[name]}") == []

    @pytest.mark.parametrize("name", FORMATS)
    def test_format_takes_nothing_else(self, name: str) -> None:
        """Every broken one is rejected once, although both the format and the pattern may see it."""
        for text in FORMATS[name][1]:
            assert not CHECKS[name](text), text
            assert len(SCHEMAS.violations(text, f"common#/$defs/{DEFINED[name]}")) == 1, text

    @pytest.mark.parametrize("name", FORMATS)
    def test_pattern_alone_finds_most(self, name: str) -> None:
        """A validator that knows no formats misses only days that no calendar has, and line ends."""
        definition = FILES["common"]["$defs"][DEFINED[name]]
        plain = Draft202012Validator(definition)
        assert [text for text in FORMATS[name][0] if not plain.is_valid(text)] == []
        missed = [text for text in FORMATS[name][1] if plain.is_valid(text)]
        assert [text for text in missed if not re.search(r"\n|02-29|04-31|^0000", text)] == []


class TestViolations:
    """How violations are told."""

    def test_hint_explains_the_spelling_of_the_metadata(self) -> None:
        """A service that corrects the spelling is told that it must not."""
        message = changed(PLAYS["responseMessage"](), "meetingMessageType", "meetingTentativelyAccepted")
        violations = SCHEMAS.violations(message, "responseMessage")
        assert {violation.requirement for violation in violations} == {"RTE-02", "REP-19"}
        for violation in violations:
            assert "misspells" in violation.hint
            assert "meetingTenativelyAccepted" in violation.hint

    def test_hint_points_at_the_case(self) -> None:
        """A member in capitals is nearly right."""
        (violation,) = SCHEMAS.violations({"id": "A", "importance": "Normal"}, "event")
        assert violation.hint == 'only the case differs from "normal"'

    def test_deepest_comes_first(self) -> None:
        """The cause is read before what contains it."""
        event = {"attendees": [{"status": {"response": "maybe"}, "type": 5}], "subject": 7}
        paths = [violation.path for violation in SCHEMAS.violations(event, "event")]
        assert paths == ["$.attendees[0].status.response", "$.attendees[0].type", "$.id", "$.subject"]

    def test_whole_role_tells_a_fault_once_for_each_requirement(self) -> None:
        """A wrong type breaks the metadata's promise and the role's, and nothing else is said."""
        event = changed(PLAYS["createdEvent"](), "isOrganizer", "true")
        told = [
            (violation.path, violation.requirement, violation.allowed)
            for violation in SCHEMAS.violations(event, "createdEvent")
        ]
        assert told == [("$.isOrganizer", "REP-19", "a boolean or null"), ("$.isOrganizer", "INV-04", "true")]

    def test_soft_violation_is_not_told_beside_a_hard_one(self) -> None:
        """Where a value is wrong, it is of no interest that the page prints another."""
        event = changed(PLAYS["organizerEvent"](), "subject", 7)
        (violation,) = SCHEMAS.violations(event, "organizerEvent")
        assert (violation.path, violation.level, violation.allowed) == ("$.subject", "", "a string or null")

    def test_violation_names_page_and_level(self) -> None:
        """Where it is said, and how sure that is."""
        (violation,) = SCHEMAS.violations({}, "createdEvent#/$defs/context")
        assert violation.source.startswith("creating an event, https://learn.microsoft.com/")
        assert (violation.level, violation.actual) == ("observed", MISSING)
        (violation,) = SCHEMAS.violations({"error": {"code": "x"}}, "error")
        assert (violation.requirement, violation.level) == ("ERR-01", "")

    @pytest.mark.parametrize(
        ("reference", "payload", "allowed"),
        [
            ("common#/$defs/int32", "7", "a 32-bit integer or null"),
            ("common#/$defs/int32", 2**31, "a 32-bit integer or null"),
            ("recurrencePattern", None, ""),
            ("common#/$defs/double", "7", 'a number, one of "NaN", "INF", "-INF", or null'),
            ("common#/$defs/attendeeType", 5, 'one of "required", "optional", "resource" or null'),
            ("common#/$defs/location", [], "an object or null"),
            ("common#/$defs/userPurpose", "", "a word in lower camel case or null"),
            ("common#/$defs/timeOfDay", "8", 'a time of day such as "08:00:00.0000000" or null'),
        ],
    )
    def test_words_are_plain(self, reference: str, payload: object, allowed: str) -> None:
        """What is allowed reads as a sentence does."""
        if not allowed:
            reference, payload, allowed = (
                "common#/$defs/recurrencePattern",
                {"interval": None},
                "a 32-bit integer",
            )
        (violation,) = SCHEMAS.violations(payload, reference)
        assert violation.allowed == allowed

    def test_alternatives_are_told_by_the_one_that_came_furthest(self, tmp_path: Path) -> None:
        """Of an anyOf that fails, the useful leaf is told."""
        far = {"required": ["a"], "properties": {"a": {"properties": {"b": {"type": "string"}}}}}
        schema = {"$schema": "…", "$id": "x.json", "anyOf": [{"type": "string"}, far]}
        (tmp_path / "x.json").write_text(json.dumps(schema), encoding="utf-8")
        assert [str(each) for each in Schemas(tmp_path).violations({"a": {"b": 7}}, "x")] == [
            "at $.a.b expected a string, got 7"
        ]

    def test_failing_reference_makes_nothing_unknown(self, tmp_path: Path) -> None:
        """A property that a $ref knows is not called unknown because its value is wrong."""
        schema = {
            "$schema": "…", "$id": "x.json", "$ref": "#/$defs/person", "properties": {"b": {}}, "unevaluatedProperties": False,
            "$defs": {"person": {"required": ["name"], "properties": {"name": {}, "age": {"type": "integer"}}}},
        }  # fmt: skip
        (tmp_path / "x.json").write_text(json.dumps(schema), encoding="utf-8")
        told = [
            str(each)
            for each in Schemas(tmp_path).violations({"age": "7", "b": 1, "c": 2, "@odata.etag": "x"}, "x")
        ]
        assert told == [
            "at $.name expected a value, got nothing",
            'at $.age expected an integer, got "7"',
            "at $.c expected nothing, for the metadata has no such property, got 2",
        ]

    @pytest.mark.parametrize(
        "reference", ["evnt", "event#/$defs/nothing", "organizerEvent#/$defs/organising", "../event", ""]
    )
    def test_unknown_reference_is_told(self, reference: str) -> None:
        """A mistyped reference is an error of the suite, and says what was meant."""
        with pytest.raises(UnknownSchemaError) as raised:
            SCHEMAS.violations({}, reference)
        assert isinstance(raised.value, KeyError)
        assert str(raised.value).startswith(f'"{reference}"')
        meant = {"evnt": "event", "organizerEvent#/$defs/organising": "organizing"}
        if reference in meant:
            assert f'did you mean "{meant[reference]}"?' in str(raised.value)

    def test_names_lists_the_folder(self) -> None:
        """Every file is a schema."""
        assert SCHEMAS.names() == sorted(FILES)


def nest(depth: int) -> Any:
    """Return a list within a list, so many times."""
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


class TestHostility:
    """Payloads that are out to break the suite."""

    def test_depth_in_unknown_properties_is_ignored(self) -> None:
        """What nobody knows, nobody walks through."""
        event = {"id": "A", "hostile": nest(100_000)}
        assert SCHEMAS.violations(event, "event") == []
        assert [violation.path for violation in SCHEMAS.closed_violations(event, "event")] == ["$.hostile"]

    @pytest.mark.parametrize(
        "prop",
        [
            "subject",
            "attendees",
            "importance",
            "isOrganizer",
            "start",
            "reminderMinutesBeforeStart",
            "@odata.etag",
        ],
    )
    def test_depth_in_known_properties_is_a_violation(self, prop: str) -> None:
        """A wrong type is told, however deep it goes."""
        for violation in SCHEMAS.violations({"id": "A", prop: nest(100_000)}, "event"):
            assert prop in violation.path
            assert len(str(violation)) < 300

    def test_depth_of_known_properties_is_a_violation(self) -> None:
        """Events within calendars within events come to an end."""
        event: Any = {"id": "A"}
        for _ in range(5_000):
            event = {"id": "A", "calendar": {"id": "B", "events": [event]}}
        violations = SCHEMAS.closed_violations(event, "event")
        assert [violation.allowed for violation in violations] == ["values that are not nested so deeply"]
        assert len(str(violations[0])) < 300

    def test_long_values_are_shortened(self) -> None:
        """A line stays a line."""
        (violation,) = SCHEMAS.violations({"id": "A", "importance": "x" * 10_000_000}, "event")
        assert len(str(violation)) < 250
        assert str(violation).endswith("x…")

    def test_values_are_written_printably(self) -> None:
        """No control character, half of a pair or line end reaches a terminal."""
        (violation,) = SCHEMAS.violations({"id": "A", "importance": "\x1b[31m\u202e\ud800\n\x9b"}, "event")
        assert str(violation).isprintable()
        (violation,) = SCHEMAS.closed_violations({"id": "A", "a'\n\x1b" * 100: 1}, "event")
        assert str(violation).isprintable()
        assert len(violation.path) < 500

    def test_number_of_violations_is_limited(self) -> None:
        """A million faults are not a million lines."""
        assert len(SCHEMAS.violations({"id": "A", "attendees": [7] * 100_000}, "event")) <= 200
        assert (
            len(SCHEMAS.closed_violations({"id": "A"} | {f"x{index}": 1 for index in range(10_000)}, "event"))
            <= 400
        )

    @pytest.mark.parametrize("payload", [None, True, 7, 1e400, "", "event", [], [{}], {}])
    @pytest.mark.parametrize("name", FILES)
    def test_anything_can_be_judged(self, name: str, payload: object) -> None:
        """No JSON value makes a schema crash."""
        SCHEMAS.closed_violations(payload, name)


class TestClosed:
    """What the suite and its emulator send."""

    def test_published_answers_are_known_to_the_metadata(self) -> None:
        """The walkthrough prints nothing that the metadata lacks."""
        assert SCHEMAS.closed_violations(published("1"), "calendarCollection") == []
        assert SCHEMAS.closed_violations(published("3"), "eventMessage") == []

    def test_unknown_properties_come_last(self) -> None:
        """Wrong values matter more."""
        event = changed(PLAYS["createdEvent"](), "subjekt", "x")
        event["attendees"][0]["status"]["when"] = 1
        event["body"] = "x"
        told = [
            (violation.path, violation.actual)
            for violation in SCHEMAS.closed_violations(event, "createdEvent")
        ]
        assert told == [("$.body", "x"), ("$.attendees[0].status.when", 1), ("$.subjekt", "x")]

    def test_part_knows_what_its_file_knows(self) -> None:
        """A part of a role is no reason to call the rest unknown."""
        assert SCHEMAS.closed_violations(PLAYS["organizerEvent"](), "organizerEvent#/$defs/organizing") == []

    def test_property_of_a_sibling_type_is_unknown(self) -> None:
        """A request has no responseType."""
        message = {
            "id": "A",
            "@odata.type": "#microsoft.graph.eventMessageRequest",
            "responseType": "accepted",
        }
        assert [violation.path for violation in SCHEMAS.closed_violations(message, "message")] == [
            "$.responseType"
        ]

    @pytest.mark.parametrize("name", FILES["requests"]["$defs"])
    def test_request_takes_only_what_may_be_set(self, name: str) -> None:
        """What the service sets by itself is not sent."""
        violations = SCHEMAS.violations({"id": "A", "webLink": "https://…"}, f"requests#/$defs/{name}")
        assert [violation.path for violation in violations][-2:] == ["$.id", "$.webLink"]

    def test_published_requests_fit(self) -> None:
        """The requests of the walkthrough are requests, HTML in capitals included."""
        for name, reference in (("2-create-event", "newEvent"), ("4-tentatively-accept", "answer")):
            exchange = json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))
            assert (
                SCHEMAS.closed_violations(exchange["request"]["body"], f"requests#/$defs/{reference}") == []
            )


class TestStart:
    """What a short run does not pay for."""

    def test_import_does_not_load_jsonschema(self) -> None:
        """It is loaded with the first payload."""
        code = "import sys, graphcal.schemas; sys.exit('jsonschema' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

    def test_files_that_are_not_reached_are_not_read(self, tmp_path: Path) -> None:
        """Calendars are checked without the schemas of messages."""
        shutil.copytree(FOLDER, tmp_path / "schemas")
        for name in ("message", "eventMessage", "requestMessage", "error"):
            (tmp_path / "schemas" / f"{name}.json").write_text("no JSON", encoding="utf-8")
        assert Schemas(tmp_path / "schemas").violations(published("1"), "calendarCollection") == []

    def test_part_of_a_schema_has_one_validator(self) -> None:
        """However often, and from wherever, a validation comes to it."""
        library = Library(FOLDER)
        validators = Validators(library.node)
        event, part = validators.of(library.node("event")), library.node("common#/$defs/itemBody")
        assert event.evolve(schema=part) is validators.of(part)
