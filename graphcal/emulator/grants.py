"""The token endpoint: turn passwords, codes, secrets and refresh tokens into access tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphcal.emulator import people, scopes
from graphcal.emulator.accounts import Accounts, Device, Grant, SignInError
from graphcal.emulator.tokens import AUDIENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphcal.emulator.tokens import Keys

Form = dict[str, str]
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CODE_LIFETIME = timedelta(minutes=10)
DEVICE_LIFETIME = timedelta(minutes=15)
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


class Grants:
    """Grant tokens, one method for each way to ask."""

    def __init__(self, accounts: Accounts, keys: Keys, lifetime: timedelta) -> None:
        """Sign with these keys; tokens live as long as told, by the tenant's clock."""
        self.accounts, self.keys, self.lifetime = accounts, keys, lifetime

    def token(self, form: Form, issuer: str) -> dict[str, Any]:
        """Answer the token endpoint; SignInError for a refusal."""
        client = self.accounts.check_client(form.get("client_id", ""))
        ways = {
            "password": self._password,
            "authorization_code": self._code,
            "refresh_token": self._refresh,
            DEVICE_GRANT: self._device,
        }
        kind = form.get("grant_type", "")
        if kind == "client_credentials":
            return self._application(client, form, issuer)
        if kind not in ways:
            raise SignInError(
                "unsupported_grant_type", 70003, f"The app requested an unsupported grant type '{kind}'."
            )
        return self._answer(ways[kind](client, form), issuer)

    def _password(self, client: str, form: Form) -> Grant:
        person = self.accounts.check_password(form.get("username", ""), form.get("password", ""))
        return Grant(person, client, self.accounts.check_scopes(form.get("scope", "")))

    def _code(self, client: str, form: Form) -> Grant:
        grant = self.accounts.grants.pop(form.get("code", ""), None)
        if grant is None or grant.client != client or grant.expires is None:
            raise SignInError("invalid_grant", 70000, "The provided authorization code is not valid.")
        if grant.expires <= self.accounts.tenant.now:
            raise SignInError("invalid_grant", 70008, "The provided authorization code has expired.")
        if grant.redirect != form.get("redirect_uri", ""):
            raise SignInError("invalid_grant", 50011, "The redirect URI does not match the one of the code.")
        if grant.challenge and grant.challenge != challenge(form.get("code_verifier", "")):
            raise SignInError("invalid_grant", 501481, "The code verifier does not match the code challenge.")
        return replace(grant, expires=None)

    def _refresh(self, client: str, form: Form) -> Grant:
        """Take a refresh token out of circulation; the answer carries the next one."""
        grant = self.accounts.grants.pop(form.get("refresh_token", ""), None)
        if grant is None or grant.client != client or grant.expires is not None:
            raise SignInError("invalid_grant", 70000, "The provided refresh token is not valid.")
        asked = form.get("scope", "")
        return replace(grant, nonce="", scopes=self.accounts.check_scopes(asked) if asked else grant.scopes)

    def _device(self, client: str, form: Form) -> Grant:
        device = self.accounts.devices.get(form.get("device_code", ""))
        if device is None or device.client != client:
            raise SignInError("bad_verification_code", 70019, "Verification code is not valid.")
        if device.expires <= self.accounts.tenant.now:
            raise SignInError("expired_token", 70020, "The provided device code has expired.")
        if device.denied:
            raise SignInError("authorization_declined", 70018, "The user declined the authorization.")
        if device.person is None:
            raise SignInError(
                "authorization_pending", 70016, "OAuth 2.0 device flow error: authorization is pending."
            )
        del self.accounts.devices[form["device_code"]]
        return Grant(device.person, client, device.scopes)

    def _application(self, client: str, form: Form, issuer: str) -> dict[str, Any]:
        if not secrets.compare_digest(
            form.get("client_secret", "").encode(), self.accounts.client_secret.encode()
        ):
            raise SignInError("invalid_client", 7000215, "Invalid client secret provided.", status=401)
        if form.get("scope", "").rpartition("/")[2] != ".default":
            message = "Client credential flows take a resource with '/.default' as scope."
            raise SignInError("invalid_scope", 1002012, message)
        claims = self._claims(client, issuer) | {
            "roles": sorted(scopes.APPLICATION),
            "idtyp": "app",
            "oid": client,
        }
        return {"token_type": "Bearer", "expires_in": self._seconds(), "access_token": self.keys.sign(claims)}

    def device(self, form: Form, origin: str) -> dict[str, Any]:
        """Answer the device code endpoint; with `auto_approve` the device is approved at once."""
        accounts, now = self.accounts, self.accounts.tenant.now
        client = accounts.check_client(form.get("client_id", ""))
        user_code = "".join(secrets.choice(_LETTERS) for _ in range(9))
        device = Device(
            user_code, client, accounts.check_scopes(form.get("scope", "")), now + DEVICE_LIFETIME
        )
        device.person = accounts.tenant.find(accounts.auto_approve) if accounts.auto_approve else None
        code = secrets.token_urlsafe(32)
        accounts.devices[code] = device
        page = f"{origin}/{people.TENANT}/oauth2/deviceauth"
        return {
            "user_code": user_code,
            "device_code": code,
            "verification_uri": page,
            "expires_in": int(DEVICE_LIFETIME.total_seconds()),
            "interval": 1,
            "message": f"To sign in, open the page {page} and enter the code {user_code} to authenticate.",
        }

    def _seconds(self) -> int:
        return int(self.lifetime.total_seconds())

    def _claims(self, client: str, issuer: str) -> dict[str, Any]:
        issued = int(self.accounts.tenant.now.timestamp())
        return {
            "aud": AUDIENCE,
            "iss": issuer,
            "iat": issued,
            "nbf": issued,
            "exp": issued + self._seconds(),
            "appid": client,
            "tid": people.TENANT_ID,
            "ver": "1.0",
            "uti": secrets.token_urlsafe(12),
        }

    def _answer(self, grant: Grant, issuer: str) -> dict[str, Any]:
        person = grant.person
        who = {"oid": person.oid, "name": person.name, "sub": person.oid}
        claims = self._claims(grant.client, issuer)
        granted = " ".join(sorted(grant.scopes - scopes.SIGN_IN))
        access = claims | who | {"scp": granted, "upn": person.address}
        identity = claims | who | {"aud": grant.client, "ver": "2.0", "preferred_username": person.address}
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": " ".join(sorted(grant.scopes)),
            "expires_in": self._seconds(),
            "ext_expires_in": self._seconds(),
            "access_token": self.keys.sign(access),
            "client_info": _encoded({"uid": person.oid, "utid": people.TENANT_ID}),
        }
        if "offline_access" in grant.scopes:
            answer["refresh_token"] = self.accounts.remember(replace(grant, nonce="", expires=None))
        if "openid" in grant.scopes:
            answer["id_token"] = self.keys.sign(identity | ({"nonce": grant.nonce} if grant.nonce else {}))
        return answer


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a code verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _encoded(value: Mapping[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
