"""A small client for tests: people who act on an emulator in the same process, without a socket."""
# ruff: noqa: D102 - the names of these helpers say what they do

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import requests
from requests.adapters import BaseAdapter

from graphcal.emulator import Emulator
from graphcal.emulator.people import TENANT_ID
from graphcal.emulator.tokens import AUDIENCE, Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE = "https://graph.test/v1.0"
KEYS = Keys.generate()
EVERYTHING = (
    "Calendars.ReadWrite",
    "Calendars.ReadWrite.Shared",
    "Mail.ReadWrite",
    "Mail.Read.Shared",
    "MailboxSettings.ReadWrite",
)
DINNER: dict[str, Any] = {
    "subject": "Christmas dinner",
    "body": {"contentType": "HTML", "content": "Happy holidays!"},
    "start": {"dateTime": "2019-12-25T18:00:00", "timeZone": "Pacific Standard Time"},
    "end": {"dateTime": "2019-12-25T22:00:00", "timeZone": "Pacific Standard Time"},
    "location": {"displayName": "Alex' home"},
    "attendees": [
        {"emailAddress": {"address": "meganb@contoso.com", "name": "Megan Bowen"}, "type": "required"},
        {"emailAddress": {"address": "ChristieC@contoso.com", "name": "Christie Cline"}, "type": "required"},
    ],
}


class SteppingClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2019, 12, 21, 4, 59, 1, 443589, UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class InProcess(BaseAdapter):
    """Hand a prepared request to a WSGI callable, as a server would."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self.emulator = emulator

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:  # type: ignore[override]
        parts = urlsplit(request.url or "")
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else body
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": unquote(str(parts.path)).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "graph.test",
            "SERVER_PORT": "443",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(data),
            "CONTENT_LENGTH": str(len(data)),
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "HTTP_HOST": parts.netloc,
        }
        for name, value in request.headers.items():
            environ.setdefault("HTTP_" + name.upper().replace("-", "_"), value)
        response = requests.Response()

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            response.status_code, response.reason = int(status[:3]), status[4:]
            response.headers.update(headers)

        content = b"".join(self.emulator.wsgi(environ, start))
        response.raw = io.BytesIO(content)
        response._content = content  # noqa: SLF001 - there is no stream to read from
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        pass


@dataclass
class Actor:
    """Somebody with a token; each method is one request below /v1.0."""

    session: requests.Session
    token: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        sent = {"Authorization": f"Bearer {self.token}", **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        url = path if path.startswith("https:") else BASE + path
        return self.session.request(method, url, json=body, headers=sent)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> requests.Response:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> requests.Response:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> requests.Response:
        return self.call("DELETE", path, **headers)

    def value(self, path: str) -> list[dict[str, Any]]:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["value"]
        return found


class World:
    """An emulator with its clock, and people acting on it."""

    def __init__(self, **options: Any) -> None:
        self.clock = options.pop("clock", None) or SteppingClock()
        self.emulator = Emulator(self.clock, keys=options.pop("keys", KEYS), **options)
        self.tokens: dict[tuple[str, ...], str] = {}
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount("https://", InProcess(self.emulator))

    def token(self, who: str, *scopes: str, **claims: Any) -> str:
        person = self.emulator.tenant.find(who)
        assert person is not None
        now = int(self.clock().timestamp())
        known = {"aud": AUDIENCE, "tid": TENANT_ID, "exp": now + 10_000_000, "oid": person.oid}
        return self.emulator.sign_in.keys.sign({**known, "scp": " ".join(scopes or EVERYTHING), **claims})

    def acting(self, who: str, *scopes: str) -> Actor:
        if (who, *scopes) not in self.tokens:
            self.tokens[who, *scopes] = self.token(who, *scopes)
        return Actor(self.session, self.tokens[who, *scopes])

    def local(self, who: str = "adele") -> str:
        """Return the path of somebody's copy of Alex's calendar."""
        copies = [
            one
            for one in self.acting(who).value("/me/calendars")
            if one["owner"]["address"] == "AlexW@contoso.com" and one["isTallyingResponses"]
        ]
        assert len(copies) == 1
        return f"/me/calendars/{quote(copies[0]['id'])}"

    def invite(self, **changes: Any) -> dict[str, Any]:
        """Let Adele invite Megan and Christie in Alex's calendar; return what she gets."""
        answer = self.acting("adele").post(f"{self.local()}/events", {**DINNER, **changes})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def event_of(self, who: str, uid: str) -> dict[str, Any]:
        """Return somebody's own event with this iCalUId."""
        found = self.acting(who).value(f"/me/events?$filter=iCalUId eq '{uid}'")
        assert len(found) == 1
        return found[0]

    def inbox(self, who: str) -> list[dict[str, Any]]:
        return self.acting(who).value("/me/mailFolders/inbox/messages?$top=100")

    def answer(self, who: str, uid: str, action: str, **body: Any) -> requests.Response:
        event = self.event_of(who, uid)
        return self.acting(who).post(f"/me/events/{event['id']}/{action}", body)

    def role(self, who: str, role: str) -> None:
        """Give somebody a role on Alex's primary calendar, or take it away with `none`."""
        alex = self.acting("alex")
        person = self.emulator.tenant.find(who)
        assert person is not None
        for entry in alex.value("/me/calendar/calendarPermissions"):
            if entry["emailAddress"].get("address") == person.address:
                assert alex.delete(f"/me/calendar/calendarPermissions/{entry['id']}").status_code == 204
        if role != "none":
            body = {"emailAddress": {"name": person.name, "address": person.address}, "role": role}
            assert alex.post("/me/calendar/calendarPermissions", body).status_code == 201


def error(answer: requests.Response) -> tuple[int, str]:
    """Return the status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]


def addresses(recipients: list[dict[str, Any]]) -> list[str]:
    """Return the addresses of recipients or attendees."""
    return [one["emailAddress"]["address"] for one in recipients]
