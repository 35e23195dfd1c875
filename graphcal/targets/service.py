"""Open the service that a target's file describes, signing in as the file says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import requests

from graphcal.graph.capabilities import Capabilities
from graphcal.graph.client import Bearer
from graphcal.signin import open_sign_in
from graphcal.targets.live import LiveTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphcal.signin import SignIn
    from graphcal.targets.settings import Settings


def open_service(settings: Settings, kind: str = "service", sign_in: SignIn | None = None) -> LiveTarget:
    """Return the target of a file. Nothing is sent before the first scenario asks for something.

    Raises UsageError where the folder for tokens is unfit.
    """
    sign_in = sign_in or open_sign_in(settings, session_factory=sessions(settings), say=say)
    return LiveTarget(
        name=settings.name,
        kind=kind,
        base_url=settings.base_url,
        people={key: account.person for key, account in settings.people.items()},
        bearer=Bearer(sign_in.token, sign_in.renewed, sign_in.narrows, sign_in.scopes_granted),
        delivery=settings.delivery_timeout,
        writes=settings.may_write,
        changes=settings.setup == "api",
        verify=trust(settings),
        on_close=[sign_in.close],
        known=settings.known,
        capabilities=Capabilities(settings.unsupported),
    )


def sessions(settings: Settings) -> Callable[[], requests.Session]:
    """Return what makes sessions that trust the file's certificates and nothing of the environment."""

    def make() -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.verify = trust(settings)
        return session

    return make


def trust(settings: Settings) -> str | bool:
    """Return what requests takes as `verify`: the file's certificates, else those that everybody trusts."""
    return str(settings.ca_bundle) if settings.ca_bundle else True


def say(sentence: str) -> None:
    """Print what people have to do to sign in, past pytest's capturing."""
    print(sentence, file=sys.__stderr__, flush=True)
