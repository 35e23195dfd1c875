"""Write the cassette of the walkthrough from the exchanges that its page prints.

    python -m graphcal.recording.published

reads `cassettes/published/*.json`, one file an exchange, and writes `cassettes/walkthrough.json`. The
files hold what the page prints and nothing else: who is signed in, the request, the response. What the
page does not print, how the items are found and which id a person has, is read out of the same exchanges.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from graphcal import __version__, places

if TYPE_CHECKING:
    from pathlib import Path

BASE_URL = "https://graph.microsoft.com/v1.0"
PAGE = "https://learn.microsoft.com/en-us/graph/outlook-create-event-in-shared-delegated-calendar"
EARLIER = "https://github.com/microsoftgraph/microsoft-graph-docs/blob/5ff7de3/concepts/"
PEOPLE = {
    "alex": {
        "name": "Alex Wilber",
        "address": "AlexW@contoso.com",
        "id": "64339082-ed84-4b0b-b4ab-004ae54f3747",
    },
    "adele": {
        "name": "Adele Vance",
        "address": "AdeleV@contoso.com",
        "id": "d3b9214b-dd8b-441d-b7dc-c446c9fa0e69",
    },
    "megan": {"name": "Megan Bowen", "address": "meganb@contoso.com"},
    "christie": {
        "name": "Christie Cline",
        "address": "ChristieC@contoso.com",
        "id": "662b947c-d9a1-4064-926c-eba1316d4462",
    },
}


def found_items(exchanges: list[dict[str, Any]]) -> dict[str, str]:
    """Return the ids of the items that a live run would search for, out of the published answers."""
    bodies = {exchange["step"]: exchange["response"].get("body") for exchange in exchanges}
    return {
        "invitation christie": bodies[3]["id"],
        "answer adele christie": bodies[5]["id"],
        "event alex": bodies[6]["id"],
    }


def cassette(exchanges: list[dict[str, Any]], items: dict[str, str]) -> dict[str, Any]:
    """Return the recording of exchanges, in vcrpy's format, with its provenance and the items found."""
    metadata = {
        "provenance": "documentation",
        "title": "Create Outlook events in a shared or delegated calendar",
        "url": PAGE,
        "earlier_edition": EARLIER + PAGE.rpartition("/")[2] + ".md",
        "api_version": "v1.0",
        "recorded": "2019-12-21",
        "tool": f"graphcal {__version__}, graphcal.recording.published",
        "clock": "2019-12-21T04:59:00Z",
        "base_url": BASE_URL,
        "people": PEOPLE,
        "arrangement": {"delegations": [["alex", "adele"]], "delivery": "sendToDelegateOnly"},
        "places": items,
    }
    return {
        "version": 1,
        "metadata": {"graphcal": metadata},
        "interactions": [_interaction(exchange) for exchange in exchanges],
    }


def _interaction(exchange: dict[str, Any]) -> dict[str, Any]:
    request, response = exchange["request"], exchange["response"]
    headers = {"Authorization": f"Bearer <{exchange['person']}>", **request["headers"]}
    return {
        "request": {
            "method": request["method"],
            "uri": request["url"],
            "body": _text(request.get("body")),
            "headers": {name: [value] for name, value in headers.items()},
        },
        "response": {
            "status": {"code": response["status"], "message": HTTPStatus(response["status"]).phrase},
            "headers": {name: [value] for name, value in response["headers"].items()},
            "body": {"string": _text(response.get("body")) or ""},
        },
    }


def _text(body: object) -> str | None:
    return None if body is None else json.dumps(body, ensure_ascii=False)


def written(published: Path) -> str:
    """Return the text of the cassette made from a folder of published exchanges."""
    exchanges = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(published.glob("*.json"))]
    recording = cassette(exchanges, found_items(exchanges))
    return json.dumps(recording, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the cassette of the walkthrough."""
    text = written(places.cassettes() / "published")
    (places.cassettes() / "walkthrough.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
