"""Sign people in at a live target and keep their tokens fresh, without ever showing anything secret."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import requests

    from graphcal.people import Person
    from graphcal.targets.settings import Settings

__all__ = ["SignIn", "open_sign_in"]


class SignIn(Protocol):
    """Gives bearer tokens. Each method raises Trouble, with the mend in it, where no token comes.

    `scopes` are bare names such as "Mail.Read". Without any, the token is good for the whole suite.
    A service may grant more than was asked for, as Entra does with what was once consented to.
    """

    def token(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Return a token that was asked for with exactly these scopes, from memory where one is still good."""

    def renewed(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Return a new token after the last one was refused; nobody is asked anything."""

    def scopes_granted(self, person: Person, scopes: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """Return what such a token says it allows, sorted and never verified; None for an opaque token."""

    def narrows(self, person: Person) -> bool:
        """Tell whether a token for fewer scopes than the suite's can be asked for at all."""

    def close(self) -> None:
        """Let go of connections; tokens stay where they are kept."""


def open_sign_in(  # noqa: PLR0913 - the last two are for tests and for emulators
    settings: Settings,
    *,
    session_factory: Callable[[], requests.Session],
    say: Callable[[str], None],
    cache_folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    patience: float = 900,
) -> SignIn:
    """Return the way to sign in that the target's file names; nothing is sent before the first token.

    `say` prints what people have to do. `patience` is how many seconds they have for it. Tokens are kept
    in a folder of the user's, or where `cache_folder` or GRAPHCAL_CACHE says.
    Raises UsageError where that folder is unfit.
    """
    if settings.auth.method == "token":
        from graphcal.signin.fixed import FixedTokens  # noqa: PLC0415 - one of the two is needed

        return FixedTokens(settings)
    from graphcal.signin.cache import cache_folder as private  # noqa: PLC0415 - one of the two is needed
    from graphcal.signin.entra import EntraSignIn  # noqa: PLC0415 - one of the two is needed

    known = os.environ if environ is None else environ
    folder = private(cache_folder, known, project=settings.file.absolute().parent)
    return EntraSignIn(settings, session_factory, say, folder, environ=known, patience=patience)
