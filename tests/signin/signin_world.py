"""Targets for tests of signing in: a running emulator, a target's file for it, and sessions that count."""

from __future__ import annotations

import html
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import requests

from graphcal.emulator.tokens import Keys
from graphcal.signin import open_sign_in
from graphcal.targets.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from graphcal.emulator import RunningServer
    from graphcal.signin import SignIn
    from graphcal.targets.settings import Settings

KEYS = Keys.generate()


@dataclass
class Wire:
    """Makes sessions that remember what they sent: (method, path, form).

    `answers` are given in the server's place to requests whose path ends so: (status, body, headers).
    """

    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, tuple[int, str, dict[str, str]]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def __call__(self) -> requests.Session:
        """Return a session."""
        wire = self

        class Remembering(requests.Session):
            def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
                body = request.body.decode() if isinstance(request.body, bytes) else str(request.body or "")
                form = {name: values[0] for name, values in parse_qs(body).items()}
                path = str(urlsplit(request.url or "").path)
                wire.sent.append((str(request.method), path, form))
                wire.tokens.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
                for ending, answer in wire.answers.items():
                    if path.endswith(ending):
                        return _made_up(request, *answer)
                return super().send(request, **options)

        return Remembering()

    @property
    def grants(self) -> list[str]:
        """The ways in which tokens were asked for, in order."""
        return [form["grant_type"] for _, path, form in self.sent if path.endswith("/token")]


def _made_up(
    request: requests.PreparedRequest, status: int, body: str, headers: dict[str, str]
) -> requests.Response:
    response = requests.Response()
    response.status_code, response.url, response.request = status, request.url or "", request
    response.headers.update(headers)
    response._content = body.encode()  # noqa: SLF001 - there is no stream to read from
    return response


@dataclass
class Place:
    """A target's file for a running emulator, in a folder of its own."""

    server: RunningServer
    folder: Path
    wire: Wire = field(default_factory=Wire)
    said: list[str] = field(default_factory=list)

    def write(self, method: str = "username_password", **changes: str) -> Path:
        """Write the file; `changes` replace values: base_url, authority, client_id, ca_bundle, target, people."""
        values = {
            "base_url": self.server.base_url,
            "authority": self.server.authority,
            "client_id": self.server.client_id,
            "ca_bundle": f'ca_bundle = "{self.server.ca_file}"',
            "target": "",
            "alex": "AlexW@contoso.com",
            "more": "",
        } | changes
        people = "".join(
            f'[people.{key}]\nname = "{one.name}"\n'
            f'address = "{values["alex"] if key == "alex" else one.address}"\n'
            f'password = "env:{key.upper()}_PASSWORD"\ntoken = "env:{key.upper()}_TOKEN"\n'
            for key, one in self.server.people.items()
            if key in ("alex", "adele", "christie")
        )
        text = (
            f'[target]\nname = "Emulator"\nbase_url = "{values["base_url"]}"\n{values["ca_bundle"]}\n{values["target"]}\n'
            f'[auth]\nmethod = "{method}"\nauthority = "{values["authority"]}"\nclient_id = "{values["client_id"]}"\n'
            f"{people}{values['more']}"
        )
        path = self.folder / "target.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def settings(self, method: str = "username_password", *, environ: Any = None, **changes: str) -> Settings:
        """Write the file and read it; `environ` replaces variables."""
        known = {f"{key.upper()}_PASSWORD": one.password for key, one in self.server.people.items()}
        known |= {f"{key.upper()}_TOKEN": f"token-of-{key}" for key in self.server.people}
        return read_settings(self.write(method, **changes), known | (environ or {}))

    def open(self, settings: Settings | None = None, **options: Any) -> SignIn:
        """Sign in with a cache in this folder."""
        chosen = settings or self.settings()
        options = {"cache_folder": self.folder.parent / f"{self.folder.name}-cache", **options}
        return open_sign_in(chosen, session_factory=self.wire, say=self.said.append, **options)


class Browser:
    """Stands in for `webbrowser.open`: fills in the sign-in form as somebody, and sends what comes back."""

    def __init__(self, place: Place, who: str) -> None:
        """Sign in as `who`."""
        self.place, self.who = place, who

    def __call__(self, address: str, *_more: Any, **_options: Any) -> bool:
        """Work in the background, as a browser does."""
        threading.Thread(target=self._visit, args=(address,), daemon=True).start()
        return True

    def _visit(self, address: str) -> None:
        account = self.place.server.people[self.who]
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(self.place.server.ca_file)
            form = {"username": account.address, "password": account.password}
            page = session.post(address, data=form).text
            action = re.search(r'action="([^"]+)"', page)
            fields = re.findall(r'name="([^"]+)" value="([^"]*)"', page)
            assert action, page
            back = {name: html.unescape(value) for name, value in fields}
            session.post(html.unescape(action[1]), data=back)
