"""Put stand-ins in the place of what tells a target, its people and their items apart."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.people import Person

BASE_URL = "https://graph.microsoft.com/v1.0"
MARK = "gc-recorded"
DOCUMENTED = {  # the names that Microsoft's documentation gives its personas; they belong to nobody
    "alex": ("Alex Wilber", "AlexW@contoso.com"),
    "adele": ("Adele Vance", "AdeleV@contoso.com"),
    "megan": ("Megan Bowen", "MeganB@contoso.com"),
    "christie": ("Christie Cline", "ChristieC@contoso.com"),
    "diego": ("Diego Siciliani", "DiegoS@contoso.com"),
}
NOBODYS = ("@contoso.com", "@example.com")  # domains of documentation: who has such an address is nobody
IDENTIFIERS = {
    "id": "ITEM",
    "changeKey": "KEY",
    "iCalUId": "UID",
    "uid": "UID",
    "conversationId": "TALK",
    "parentFolderId": "FOLDER",
    "internetMessageId": "MESSAGE",
    "transactionId": "TRANSACTION",
    "seriesMasterId": "ITEM",
}
ROOT = 22  # bytes of a conversation index that name the conversation
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_GUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_TOKEN = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_LINK = "https://outlook.office365.com/owa/"
_PAGE = re.compile(r"[?&](?:\$|%24)skiptoken=([^&#]+)", re.IGNORECASE)


@dataclass
class StandIns:
    """The same value always has the same stand-in; values are numbered by kind as they come.

    `people` are the target's; `mark` is what the run put into its subjects.
    """

    people: Mapping[str, Person]
    base_url: str
    mark: str
    _known: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, person in self.people.items():
            name, address = DOCUMENTED[key]
            self._known[person.name] = name
            self._known[person.address.casefold()] = address
            if person.id:
                self._known[person.id] = self._numbered("GUID")
        if self.mark:
            self._known[self.mark] = MARK

    def know(self, value: str, stand_in: str) -> None:
        """Take a stand-in that is worked out elsewhere."""
        self._known[value] = stand_in

    def learn(self, value: Any) -> None:
        """Find the identifiers in a JSON value, by the names of their properties."""
        if isinstance(value, dict):
            for key, member in value.items():
                kind = IDENTIFIERS.get(key)
                if kind and isinstance(member, str) and member and member not in self._known:
                    self._known[member] = self._numbered(kind)
                elif key == "conversationIndex" and isinstance(member, str):
                    self._learn_conversation(member)
                elif key == "@odata.nextLink" and isinstance(member, str) and (page := _PAGE.search(member)):
                    self._named(page[1], "PAGE")
                self.learn(member)
        elif isinstance(value, list):
            for member in value:
                self.learn(member)

    def apply(self, value: Any) -> Any:
        """Return a JSON value with stand-ins in all its strings."""
        if isinstance(value, dict):
            replaced = {key: self.apply(member) for key, member in value.items()}
            if isinstance(value.get("webLink"), str):
                replaced["webLink"] = self._link(value, replaced)
            return replaced
        if isinstance(value, list):
            return [self.apply(member) for member in value]
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        """Return a text with stand-ins, identifiers found also where a URL has encoded them.

        One in the other casing, which a scenario asks for in vain, gets its stand-in in the other casing.
        """
        if text in self._known:
            return self._known[text]
        text = text.replace(self.base_url, BASE_URL)
        for value in sorted(self._known, key=len, reverse=True):
            stand_in = self._known[value]
            if len(value) > 5:  # noqa: PLR2004 - shorter ones would be found in other words
                for old, new in _spellings(value, stand_in):
                    text = text.replace(old, new)
        text = _TOKEN.sub("TOKEN", text)
        text = _ADDRESS.sub(lambda found: self._address(found[0]), text)
        return _GUID.sub(lambda found: self._named(found[0], "GUID"), text)

    def secrets(self) -> list[str]:
        """Return the values that must not be found in what is written."""
        values = [
            value
            for value, stand_in in self._known.items()
            if value.casefold() != stand_in.casefold() and len(value) > 5  # noqa: PLR2004 - see text
        ]
        return [*values, self.base_url.partition("://")[2]]

    def _named(self, value: str, kind: str) -> str:
        if value in self._known.values():
            return value
        if value not in self._known:
            self._known[value] = self._numbered(kind)
        return self._known[value]

    def _numbered(self, kind: str) -> str:
        self._counts[kind] = number = self._counts.get(kind, 0) + 1
        if kind in {"GUID", "TRANSACTION"}:
            return f"00000000-0000-4000-8000-{number:012d}"
        if kind == "MESSAGE":
            return f"<message-{number:04d}@contoso.com>"
        return f"{kind}{number:04d}="

    def _address(self, address: str) -> str:
        documented = {known for _, known in DOCUMENTED.values()}
        if address in documented or address.endswith(NOBODYS):
            return address
        if address.casefold() not in self._known:
            self._counts["PERSON"] = number = self._counts.get("PERSON", 0) + 1
            self._known[address.casefold()] = f"person-{number}@contoso.com"
        return self._known[address.casefold()]

    def _learn_conversation(self, index: str) -> None:
        """Give an index a stand-in of its length whose first bytes are those of its conversation's."""
        try:
            found = base64.b64decode(index, validate=True)
        except binascii.Error:
            return
        root = self._named(f"conversation {found[:ROOT].hex()}", "CONVERSATION")
        number = int(re.sub(r"\D", "", root))
        stand_in = bytes([1]) + number.to_bytes(ROOT - 1, "big") + bytes(len(found[ROOT:]))
        self._known[index] = base64.b64encode(stand_in[: len(found)]).decode()

    def _link(self, value: dict[str, Any], replaced: dict[str, Any]) -> str:
        """Return a link that holds the item's id where the original does, and nothing else of it."""
        identifier = quote(str(value.get("id")), safe="")
        if identifier.casefold() not in value["webLink"].casefold():
            return _LINK
        return f"{_LINK}?itemid={quote(str(replaced['id']), safe='')}"


@cache
def _spellings(value: str, stand_in: str) -> tuple[tuple[str, str], ...]:
    """Return what stands for a value where it is written in a URL, or in the other casing."""
    pairs = ((value, stand_in), (value.swapcase(), stand_in.swapcase()))
    encoded = tuple((quote(old, safe=""), quote(new, safe="")) for old, new in pairs)
    return tuple(dict.fromkeys((*pairs, *encoded)))


def as_text(value: object) -> str:
    """Write JSON as a recording holds it."""
    return json.dumps(value, ensure_ascii=False)
