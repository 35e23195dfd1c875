"""Write a request as the command that sends it again, with a variable in the token's place."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphcal.graph.exchange import Request


def curl(request: Request, url: str) -> str:
    """Return a shell command; the person's token, where one was sent, is read from a variable like $ADELE_TOKEN."""
    parts = ["curl --include"]
    if request.method != "GET":
        parts.append(f"--request {request.method}")
    sent = request.authorization(f"${request.person.upper()}_TOKEN")
    parts += [f'--header "{name}: {value}"' for name, value in sent.items()]
    parts += [f"--header {shlex.quote(f'{name}: {value}')}" for name, value in request.headers.items()]
    if request.body is not None:
        parts.append(f"--data {shlex.quote(json.dumps(request.body, ensure_ascii=False))}")
    parts.append(shlex.quote(url))
    return " ".join(parts)
