"""Give out the tokens that the target's file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.outcomes import Unmet
from graphcal.signin.refusals import SignInTrouble
from graphcal.signin.scopes import scopes_of, suite_scopes

if TYPE_CHECKING:
    from graphcal.people import Person
    from graphcal.targets.settings import Account, Settings


class FixedTokens:
    """Sign-in with method = "token": one token a person, and one for fewer scopes where a template makes it."""

    def __init__(self, settings: Settings) -> None:
        """Read the tokens from the settings whenever one is asked for."""
        self._settings = settings

    def token(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Return the person's token; for some scopes the one that the template makes of them.

        Without a template it is the same token, whatever the scopes: see `narrows`.
        """
        account = self._account(person)
        if account.scoped_token is not None and (scopes or account.token is None):
            asked = scopes or suite_scopes(writes=self._settings.may_write)
            return account.scoped_token.token(asked).reveal()
        if account.token is None:
            raise Unmet(f"{person} has no token in {self._settings.file}")
        return account.token.reveal()

    def renewed(self, person: Person, scopes: tuple[str, ...] = ()) -> str:
        """Raise Trouble: a token that somebody else has issued can't be renewed here."""
        del scopes
        what = f"{person}'s token was refused; it may have expired, or be meant for another service"
        raise SignInTrouble(
            what, f"Put a new one where people.{person.key}.token in {self._settings.file} says"
        )

    def scopes_granted(self, person: Person, scopes: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """Return what the token says it allows; None for an opaque token."""
        return scopes_of(self.token(person, scopes))

    def narrows(self, person: Person) -> bool:
        """Tell whether the file has a template for the person's tokens."""
        return self._account(person).scoped_token is not None

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def _account(self, person: Person) -> Account:
        if person.key not in self._settings.people:
            raise Unmet(f"{person} is not in {self._settings.file}")
        return self._settings.people[person.key]
