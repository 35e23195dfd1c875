"""What is somebody's has a stand-in wherever it stands: in links, in URLs, in the other casing."""

from __future__ import annotations

from urllib.parse import quote

from graphcal.people import Person
from graphcal.recording.redaction import StandIns

PEOPLE = {"alex": Person("alex", "Ann Other", "ann@fabrikam.example")}
BASE = "https://graph.fabrikam.example/v1.0"
EVENT = "AAMkAGI2+Tx/Q=="


def stand_ins(payload: object) -> StandIns:
    """Return the stand-ins for what an answer holds."""
    found = StandIns(PEOPLE, BASE, "gc-12345678")
    found.learn(payload)
    return found


def test_id_is_found_where_a_url_encodes_it() -> None:
    """A path holds the id with its special characters escaped."""
    found = stand_ins({"id": EVENT})
    assert found.text(f"/me/events/{quote(EVENT, safe='')}") == "/me/events/ITEM0001%3D"
    assert found.text(f"/me/events/{EVENT}") == "/me/events/ITEM0001="


def test_id_in_the_other_casing_has_its_stand_in_in_the_other_casing() -> None:
    """A scenario asks for it in vain, and a replay has to ask for the same."""
    found = stand_ins({"id": EVENT})
    path = f"/me/events/{quote(EVENT.swapcase(), safe='')}"
    assert found.text(path) == f"/me/events/{quote('ITEM0001='.swapcase(), safe='')}"


def test_link_to_the_next_page_and_its_request_share_a_stand_in() -> None:
    """A token may tell anything of its mailbox, and the request that follows the link holds it too."""
    link = f"{BASE}/me/messages?$top=1&$skiptoken=c2VjcmV0LXBhZ2U%3d"
    found = stand_ins({"value": [], "@odata.nextLink": link})
    told = found.apply({"@odata.nextLink": link})["@odata.nextLink"]
    assert told == "https://graph.microsoft.com/v1.0/me/messages?$top=1&$skiptoken=PAGE0001="
    assert found.text(link.removeprefix(BASE)) == told.removeprefix("https://graph.microsoft.com/v1.0")


def test_link_with_a_number_stays() -> None:
    """A count of entries is nobody's."""
    link = f"{BASE}/me/messages?$top=1&$skip=1"
    assert stand_ins({"@odata.nextLink": link}).text(link).endswith("/me/messages?$top=1&$skip=1")
