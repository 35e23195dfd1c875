"""The Entra endpoints that MSAL calls: discovery, user realm, tokens, and pages to sign in on."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from graphcal.emulator import grants, people
from graphcal.emulator.accounts import TENANTS, Accounts, Grant, SignInError
from graphcal.emulator.tokens import Keys
from graphcal.emulator.web import Response

if TYPE_CHECKING:
    from datetime import timedelta

    from graphcal.emulator.model import Person
    from graphcal.emulator.state import Tenant
    from graphcal.emulator.web import Request

_LOOPBACK = frozenset({"localhost", "127.0.0.1"})
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<h1>{title}</h1><p>{note}</p><form method="post">{fields}<button>Continue</button></form></body></html>"""


class SignIn:
    """Answer every path that does not belong to Graph."""

    def __init__(self, tenant: Tenant, *, lifetime: timedelta, keys: Keys | None = None) -> None:
        """Make keys, unless some are given, and an empty memory."""
        self.keys = keys or Keys.generate()
        self.accounts = Accounts(tenant)
        self._grants = grants.Grants(self.accounts, self.keys, lifetime)

    def answer(self, request: Request) -> Response:
        """Answer one request; a refusal is an OAuth error with its AADSTS number."""
        tenant, _, rest = request.path.lstrip("/").partition("/")
        try:
            if rest.startswith("userrealm/"):
                return Response(json=_realm(rest.removeprefix("userrealm/")))
            if rest == "discovery/instance":
                return Response(json=self._instances(request))
            return self._tenant(request, tenant, rest)
        except SignInError as refusal:
            return self._refusal(refusal)

    def _tenant(self, request: Request, tenant: str, rest: str) -> Response:
        if tenant.lower() not in TENANTS:
            raise SignInError("invalid_tenant", 90002, f"Tenant '{tenant}' not found.")
        issuer = f"{request.origin}/{tenant}/v2.0"
        posts = request.method == "POST"
        if rest == "v2.0/.well-known/openid-configuration":
            return Response(json=_configuration(request.origin, tenant))
        if rest == "discovery/v2.0/keys":
            return Response(json=self.keys.published())
        if rest == "oauth2/v2.0/token" and posts:
            return Response(
                json=self._grants.token(request.form(), issuer), headers={"Cache-Control": "no-store"}
            )
        if rest == "oauth2/v2.0/devicecode" and posts:
            return Response(json=self._grants.device(request.form(), request.origin))
        if rest == "oauth2/v2.0/authorize":
            return self._authorize(request)
        if rest == "oauth2/deviceauth":
            return self._approve(request)
        raise SignInError("invalid_request", 900144, f"There is nothing at '{request.path}'.", status=404)

    def _instances(self, request: Request) -> dict[str, Any]:
        """Tell MSAL that this host is an authority, and its only alias."""
        host = urlsplit(request.origin).netloc
        known = {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
        where = f"{request.origin}/{people.TENANT}/v2.0/.well-known/openid-configuration"
        return {"tenant_discovery_endpoint": where, "api-version": "1.1", "metadata": [known]}

    def _refusal(self, refusal: SignInError) -> Response:
        now = self.accounts.tenant.now.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds") + "Z"
        trace = self.accounts.tenant.namer.guid("trace", self.accounts.tenant.namer.fresh("trace"))
        body: dict[str, Any] = {
            "error": refusal.error,
            "error_description": f"AADSTS{refusal.number}: {refusal.message} Trace ID: {trace} Timestamp: {now}",
            "error_codes": [refusal.number],
            "timestamp": now,
            "trace_id": trace,
            "correlation_id": trace,
        }
        if refusal.suberror:
            body["suberror"] = refusal.suberror
        return Response(refusal.status, body)

    def _authorize(self, request: Request) -> Response:
        """Show a form; with the right password, send the browser back with a code for the client."""
        asked = request.parameters()
        client = self.accounts.check_client(asked.get("client_id", ""))
        redirect = asked.get("redirect_uri", "")
        if urlsplit(redirect).hostname not in _LOOPBACK:
            raise SignInError(
                "invalid_request", 50011, f"The redirect URI '{redirect}' is not one of this client's."
            )
        if asked.get("response_type") != "code" or asked.get("code_challenge_method", "S256") != "S256":
            raise SignInError(
                "unsupported_response_type", 700054, "Only codes with S256 challenges are given out."
            )
        try:
            person = self._signed_in(request, asked.get("login_hint", ""))
        except SignInError as refusal:
            return _form("Sign in", str(refusal), ("username", "password"), asked.get("login_hint", ""))
        if person is None:
            return _form("Sign in", "Who are you?", ("username", "password"), asked.get("login_hint", ""))
        try:
            granted = self.accounts.check_scopes(asked.get("scope", ""))
        except SignInError as refusal:
            back = {"error": refusal.error, "error_description": f"AADSTS{refusal.number}: {refusal.message}"}
            return _redirect(asked, back)
        grant = Grant(
            person, client, granted, asked.get("nonce", ""), redirect, asked.get("code_challenge", "")
        )
        expires = self.accounts.tenant.now + grants.CODE_LIFETIME
        code = self.accounts.remember(replace(grant, expires=expires))
        return _redirect(asked, {"code": code})

    def _signed_in(self, request: Request, hint: str) -> Person | None:
        """Return who fills in the form, or who is signed in without being asked."""
        if self.accounts.auto_approve:
            return self.accounts.tenant.find(hint or self.accounts.auto_approve)
        if request.method != "POST":
            return None
        form = request.form()
        return self.accounts.check_password(form.get("username", ""), form.get("password", ""))

    def _approve(self, request: Request) -> Response:
        """Approve a waiting device: a form for people, and what the form sends."""
        fields = ("user_code", "username", "password")
        if request.method != "POST":
            return _form("Approve a device", "Enter the code that the device shows.", fields, "")
        form = request.form()
        wanted = form.get("user_code", "").strip().upper()
        waiting = next((one for one in self.accounts.devices.values() if one.user_code == wanted), None)
        if waiting is None:
            raise SignInError("bad_verification_code", 70019, "No device waits with this code.")
        if form.get("decline"):
            waiting.denied = True
            return Response(text="The device is declined.")
        waiting.person = self.accounts.check_password(form.get("username", ""), form.get("password", ""))
        return Response(text="The device is approved. You can close this page.")


def _realm(user: str) -> dict[str, str]:
    return {
        "ver": "1.0",
        "account_type": "Managed" if people.is_inside(user) else "Unknown",
        "domain_name": user.rpartition("@")[2],
        "cloud_instance_name": "microsoftonline.com",
    }


def _configuration(origin: str, tenant: str) -> dict[str, Any]:
    base = f"{origin}/{tenant}"
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "jwks_uri": f"{base}/discovery/v2.0/keys",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "tenant_region_scope": None,
    }


def _form(title: str, note: str, fields: tuple[str, ...], username: str) -> Response:
    inputs = [
        f'<label>{name} <input name="{name}" type="{"password" if name == "password" else "text"}"'
        f' value="{html.escape(username) if name == "username" else ""}"></label>'
        for name in fields
    ]
    return Response(
        text=_PAGE.format(title=title, note=html.escape(note), fields="".join(inputs)), headers=dict(_HTML)
    )


def _redirect(asked: dict[str, str], result: dict[str, str]) -> Response:
    """Send the browser back to the client, the way it asked for."""
    back = result | ({"state": asked["state"]} if "state" in asked else {})
    target = asked["redirect_uri"]
    if asked.get("response_mode") != "form_post":
        joint = "&" if "?" in target else "?"
        return Response(302, headers={"Location": f"{target}{joint}{urlencode(back)}"})
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in back.items()
    )
    page = f'<form method="post" action="{html.escape(target)}">{hidden}<button>Continue</button></form>'
    return Response(
        text=f"<!doctype html>{page}<script>document.forms[0].submit()</script>", headers=dict(_HTML)
    )
