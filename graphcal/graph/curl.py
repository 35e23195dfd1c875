"""Write a request as the command that sends it again, with a variable in the token's place."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphcal.graph.exchange import Request


def token_variable(person: str) -> str:
    """Return the name of the variable that holds a person's token."""
    return f"{person.upper()}_TOKEN"


def curl(request: Request, url: str, ca_file: str = "") -> str:
    """Return a shell command; the person's token, where one was sent, is read from a variable like $ADELE_TOKEN.

    `ca_file` names the certificates that the service is trusted by, where these are not everybody's.
    """
    parts = ["curl --include"]
    if ca_file:
        parts.append(f"--cacert {shlex.quote(ca_file)}")
    if request.method != "GET":
        parts.append(f"--request {request.method}")
    sent = request.authorization(f"${token_variable(request.person)}")
    parts += [f'--header "{name}: {value}"' for name, value in sent.items()]
    parts += [f"--header {shlex.quote(f'{name}: {value}')}" for name, value in request.headers.items()]
    if request.body is not None:
        parts.append(f"--data {shlex.quote(json.dumps(request.body, ensure_ascii=False))}")
    parts.append(shlex.quote(url))
    return " ".join(parts)
