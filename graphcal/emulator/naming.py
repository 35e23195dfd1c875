"""Give things their names: the same requests in the same order always get the same identifiers."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections import Counter

_SHAPE = re.compile(r"[A-Za-z0-9_+/-]{12,}={0,2}")
_PREFIXES = ("AAMk", "AQMk", "AAkA", "AAQk")


class Namer:
    """Hand out identifiers from a seed and a counter; derived names depend on their parts alone."""

    def __init__(self, seed: str = "graphcal") -> None:
        """Start counting; another seed gives other identifiers."""
        self._seed = seed
        self._counts: Counter[str] = Counter()

    def digest(self, *parts: object) -> bytes:
        """Return 32 bytes that stand for the parts, and for nothing else."""
        return hashlib.sha256("\0".join([self._seed, *map(str, parts)]).encode()).digest()

    def fresh(self, series: str = "item") -> str:
        """Return a number that its series did not have before; reading makes no items, and moves no item's number."""
        self._counts[series] += 1
        return str(self._counts[series])

    def item_id(self, *parts: object) -> str:
        """Return the id of an event or a message, shaped as Outlook's are (REP-10)."""
        return _identifier(b"\x00\x03\x24\x00", self.digest("item", *parts), 46)

    def immutable_id(self, *parts: object) -> str:
        """Return the id that the same item keeps when it moves (REP-10)."""
        return _identifier(b"\x00\x09\x00\x00", self.digest("immutable", *parts), 46)

    def folder_id(self, *parts: object) -> str:
        """Return the id of a calendar or a mail folder: constant, whatever the header says (REP-10)."""
        return _identifier(b"\x01\x03\x24\x00", self.digest("folder", *parts), 42)

    def change_key(self, mailbox: str, item: str, version: int) -> str:
        """Return the key of one state of one item in one mailbox (LIF-08, RCV-11)."""
        where, what = self.digest("store", mailbox), self.digest("change", item, version)
        return base64.b64encode(where[:16] + b"\x00\x00" + what[:4]).decode()

    def message_key(self, mailbox: str, item: str, version: int) -> str:
        """Return the change key of a message, which is longer than that of an event."""
        where, what = self.digest("store", mailbox), self.digest("change", item, version)
        return base64.b64encode(
            b"\x0c\x00\x00\x00\x16\x00\x00\x00" + where[:16] + b"\x00\x00" + what[:4]
        ).decode()

    def ical_uid(self, *parts: object) -> str:
        """Return the id that all copies of one meeting share (RCV-10)."""
        head = "040000008200E00074C5B7101A82E00800000000"
        return head + self.digest("ical", *parts)[:28].hex().upper()

    def conversation(self, mailbox: str, ical_uid: str) -> str:
        """Return the conversation id, which differs by mailbox."""
        return _identifier(b"\x00\x04\x24\x00", self.digest("talk", mailbox, ical_uid), 28)

    def conversation_root(self, ical_uid: str) -> bytes:
        """Return the 22 bytes that open every index of a conversation (RCV-19)."""
        return b"\x01" + self.digest("root", ical_uid)[:21]

    def guid(self, *parts: object) -> str:
        """Return a GUID."""
        return str(uuid.UUID(bytes=self.digest("guid", *parts)[:16], version=4))


def _identifier(head: bytes, digest: bytes, length: int) -> str:
    body = (digest + hashlib.sha256(digest).digest())[:length]
    return base64.urlsafe_b64encode(head + body).decode()


def is_well_formed(identifier: str) -> bool:
    """Tell whether an id could be one of Outlook's: its alphabet, and its opening or whole quartets (ERR-07)."""
    if not _SHAPE.fullmatch(identifier):
        return False
    return identifier.startswith(_PREFIXES) or len(identifier) % 4 == 0
