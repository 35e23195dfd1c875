"""Read a recording file, trusting nothing in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graphcal.outcomes import Trouble, UsageError
from graphcal.people import Person, people_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAXIMUM_BYTES = 8 * 1024 * 1024
PROVENANCES = {
    "documentation": "published documentation",
    "emulator": "the reference emulator",
    "service": "a service",
}
_NEEDED = ("provenance", "title", "recorded", "api_version", "tool", "clock", "base_url")
RECORD_AGAIN = "Record it again, or point --cassettes at a folder with sound recordings."


@dataclass(frozen=True)
class Cassette:
    """A recording that was found sound.

    `provenance` is a key of PROVENANCES; `details` are the sentences of its metadata for the report;
    `clock` is the frozen time, RFC 3339; `arrangement` says who delegated to whom;
    `places` tells, where the exchanges do not, which id an item has in which mailbox;
    `interactions` are vcrpy's, as JSON.
    """

    path: Path
    provenance: str
    title: str
    base_url: str
    clock: str
    details: Mapping[str, str]
    people: Mapping[str, Person]
    arrangement: Mapping[str, Any]
    places: Mapping[str, str]
    interactions: list[dict[str, Any]]


def load(path: Path) -> Cassette:
    """Read and check a recording.

    Raises Trouble whose sentence names the file, what is wrong where, and the mend.
    """
    table = _parsed(path)
    metadata = table.get("metadata")
    metadata = metadata.get("graphcal") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict):
        raise _bad(
            path, "has no provenance: metadata.graphcal is missing, so nobody knows what it is evidence of"
        )
    for key in _NEEDED:
        if not isinstance(metadata.get(key), str) or not metadata[key]:
            raise _bad(path, f"has no full provenance: metadata.graphcal.{key} is missing or no string")
    if metadata["provenance"] not in PROVENANCES:
        raise _bad(
            path, f"claims the provenance {metadata['provenance']!r}; known are {', '.join(PROVENANCES)}"
        )
    try:
        people = people_from(metadata.get("people"), "metadata.graphcal.people")
    except UsageError as error:
        raise _bad(path, f"is malformed: {error}") from error
    return Cassette(
        path=path,
        provenance=metadata["provenance"],
        title=metadata["title"],
        base_url=metadata["base_url"],
        clock=metadata["clock"],
        details={key: value for key, value in metadata.items() if isinstance(value, str)},
        people=people,
        arrangement=_table(path, metadata, "arrangement"),
        places=_table(path, metadata, "places"),
        interactions=_interactions(path, table.get("interactions")),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError as error:
        raise _bad(path, "does not exist") from error
    except OSError as error:
        raise _bad(path, f"can't be read: {error.strerror}") from error
    if len(content) > MAXIMUM_BYTES:
        raise _bad(path, f"is larger than {MAXIMUM_BYTES // 1024 // 1024} MiB; no recording of a chapter is")
    try:
        table = json.loads(content)
    except RecursionError as error:
        raise _bad(path, "nests too deep") from error
    except ValueError as error:
        raise _bad(path, f"is no JSON: {error}") from error
    if not isinstance(table, dict):
        raise _bad(path, "is malformed: the file holds no JSON object")
    return table


def _table(path: Path, metadata: dict[str, Any], key: str) -> dict[str, Any]:
    table = metadata.get(key, {})
    if not isinstance(table, dict):
        raise _bad(path, f"is malformed: metadata.graphcal.{key} is no object")
    return table


def _interactions(path: Path, found: object) -> list[dict[str, Any]]:
    if not isinstance(found, list):
        raise _bad(path, "is malformed: interactions is no array")
    for number, interaction in enumerate(found):
        place = f"interactions[{number}]"
        request = _member(path, interaction, "request", place)
        if not isinstance(interaction.get("fact", ""), str):
            raise _bad(path, f"is malformed: {place}.fact is no string")
        response = _member(path, interaction, "response", place)
        if not isinstance(request.get("method"), str) or not isinstance(request.get("uri"), str):
            raise _bad(path, f"is malformed: {place}.request needs method and uri, both strings")
        if not _is_url(request["uri"]):
            raise _bad(path, f"is malformed: {place}.request.uri is no URL")
        if not isinstance(request.get("body"), str | None):
            raise _bad(path, f"is malformed: {place}.request.body is neither a string nor null")
        status = _member(path, response, "status", f"{place}.response")
        if type(status.get("code")) is not int or not isinstance(status.get("message", 0), str | None):
            raise _bad(path, f"is malformed: {place}.response.status needs an integer code and a message")
        body = _member(path, response, "body", f"{place}.response")
        if not isinstance(body.get("string"), str):
            raise _bad(path, f"is malformed: {place}.response.body.string is no string")
        for side, name in ((request, "request"), (response, "response")):
            _check_headers(path, side.get("headers"), f"{place}.{name}.headers")
    return found


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.scheme and parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _member(path: Path, parent: object, key: str, place: str) -> dict[str, Any]:
    member = parent.get(key) if isinstance(parent, dict) else None
    if not isinstance(member, dict):
        raise _bad(path, f"is malformed: {place}.{key} is no object")
    return member


def _check_headers(path: Path, headers: object, place: str) -> None:
    if not isinstance(headers, dict):
        raise _bad(path, f"is malformed: {place} is no object")
    for name, values in headers.items():
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise _bad(path, f"is malformed: {place}.{name} is no array of strings")


def _bad(path: Path, what: str) -> Trouble:
    return Trouble(f"the recording {path} {what}. {RECORD_AGAIN}")
