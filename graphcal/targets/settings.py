"""Read the file that describes a live target, and report everything that is wrong with it at once."""

from __future__ import annotations

import difflib
import ipaddress
import re
import ssl
import string
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args
from urllib.parse import urlsplit

from graphcal.outcomes import UsageError
from graphcal.people import PERSONAS, Person
from graphcal.signin.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Method = Literal["device_code", "username_password", "interactive", "token"]
SetUp = Literal["verify", "api"]

LARGEST_FILE = 1024 * 1024  # bytes
LONGEST_DELIVERY = 3600  # seconds
ENVIRONMENT = "env:"
NEEDED = ("alex", "adele")
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)*")
_TOKEN = re.compile(r"[\x21-\x7e]+")  # what a header can carry, without blanks


@dataclass(frozen=True)
class Auth:
    """How people sign in; `authority` and `client_id` are "" where tokens come ready-made."""

    method: Method
    authority: str = ""
    client_id: str = ""


@dataclass(frozen=True)
class ScopedToken:
    """How a token for some scopes is written: the template's `{scopes}` stands for them, joined."""

    template: Secret
    separator: str = " "

    def token(self, scopes: Iterable[str]) -> Secret:
        """Return the token for exactly these scopes."""
        return Secret(self.template.reveal().format(scopes=self.separator.join(scopes)))


@dataclass(frozen=True)
class Account:
    """A person and what the person signs in with; what the method does not use is None."""

    person: Person
    password: Secret | None = None
    token: Secret | None = None
    scoped_token: ScopedToken | None = None


@dataclass(frozen=True)
class Known:
    """A deviation that the target is known to have: of a requirement or of one scenario, the other is ""."""

    requirement: str
    scenario: str
    reason: str
    expires: date | None = None


@dataclass(frozen=True)
class Settings:
    """What a target's file says. `base_url` has no slash at its end; `delivery_timeout` is in seconds.

    `unsupported` names segments of paths that the target is said not to implement.
    """

    file: Path
    name: str
    base_url: str
    ca_bundle: Path | None
    writes: bool
    setup: SetUp
    delivery_timeout: float
    auth: Auth
    people: Mapping[str, Account]
    known: tuple[Known, ...] = ()
    unsupported: tuple[str, ...] = ()

    @property
    def on_loopback(self) -> bool:
        """Whether the target runs on this machine."""
        return is_loopback(self.base_url)

    @property
    def may_write(self) -> bool:
        """Whether anything may be created or changed: on loopback always, elsewhere where the file says so."""
        return self.writes or self.on_loopback


def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """Read FILE.toml; a secret written as "env:NAME" comes from `environ`.

    Raises UsageError that lists every problem of the file: its key, what is wrong, what mends it.
    Whether requirement ids exist and whether a known deviation has expired is for the caller to judge.
    """
    document = _parse(path)
    reading = _Reading(path, environ)
    settings = reading.settings(document)
    if reading.problems:
        if len(reading.problems) == 1:
            raise UsageError(f"{path}: {reading.problems[0]}")
        listed = "".join(f"\n  {problem}" for problem in reading.problems)
        raise UsageError(f"{path}: {len(reading.problems)} problems{listed}")
    return settings


def _parse(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "no such file"
            raise UsageError(f"{path}: {what}; --target names a TOML file that describes a target")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: can't be read: {reason}; check its name and permissions") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{path}: larger than 1 MiB; this is no target's description")
    trouble = ""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        trouble = f"byte {error.start} is not UTF-8; save the file as UTF-8"
    except tomllib.TOMLDecodeError as error:
        trouble = f"no TOML: {error}; strings stand in quotes, tables in brackets"
    except RecursionError:
        trouble = "nests too deep; tables and strings are all that is needed"
    raise UsageError(f"{path}: {trouble}")  # outside of the handler: the parser's error holds the whole file


@dataclass
class _Table:
    """One table of the file, `place` its key path; every key that is taken is struck off `left`."""

    reading: _Reading
    place: str
    content: dict[str, Any]
    left: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = list(self.content)

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def problem(self, key: str, sentence: str) -> None:
        self.reading.problems.append(f"{self.at(key)}: {sentence}")

    def take(self, key: str) -> Any:
        """Return what stands at a key, None for nothing: TOML has no null."""
        self.known.append(key)
        if key in self.left:
            self.left.remove(key)
        return self.content.get(key)

    def text(self, key: str, *, mend: str = "", secret: bool = False) -> str:
        """Return a string; "" where it is absent (a problem if there is a mend for it) or no good string."""
        found = self.take(key)
        if found is None:
            if mend:
                self.problem(key, f"is missing; {mend}")
        elif not isinstance(found, str):
            self.problem(key, f"expected a string, got {_kind(found)}; put it in quotes")
        elif not found.strip():
            self.problem(key, f"is empty; {mend or 'leave it out or fill it in'}")
        elif not found.isprintable() and not secret:
            self.problem(key, "holds a character that can't be printed; take it out")
        else:
            return found
        return ""

    def choice(self, key: str, choices: tuple[str, ...], default: str = "") -> str:
        """Return one of some words; a problem names the nearest."""
        mend = "" if default else f"it is one of {', '.join(choices)}"
        if key not in self.content and default:
            self.take(key)
            return default
        found = self.text(key, mend=mend)
        if found and found not in choices:
            self.problem(key, f"{found!r} is none of {', '.join(choices)}{_did_you_mean(found, choices)}")
            return ""
        return found

    def table(self, key: str, mend: str) -> _Table | None:
        """Return a table below this one."""
        found = self.take(key)
        if isinstance(found, dict):
            return _Table(self.reading, self.at(key), found)
        self.problem(
            key, f"is missing; {mend}" if found is None else f"expected a table, got {_kind(found)}; {mend}"
        )
        return None

    def end(self) -> None:
        """Report every key that nobody has taken."""
        for key in self.left:
            nearest = _did_you_mean(key, self.known)
            allowed = "" if nearest else f"; the keys here are {', '.join(self.known)}"
            self.problem(key, f"unknown key{nearest}{allowed}")


class _Target(NamedTuple):
    name: str
    base_url: str
    ca_bundle: Path | None
    writes: bool
    setup: SetUp
    delivery_timeout: float
    unsupported: tuple[str, ...]


_NO_TARGET = _Target("", "", None, False, "verify", 60, ())


class _Reading:
    """Reads a document and collects its problems; what it returns is of use only if there are none."""

    def __init__(self, file: Path, environ: Mapping[str, str]) -> None:
        self.file, self.environ = file, environ
        self.problems: list[str] = []
        self.local = False  # whether secrets may stand in the file

    def settings(self, document: dict[str, Any]) -> Settings:
        top = _Table(self, "", document)
        target_table = top.table("target", "[target] says where the service is: base_url and name")
        auth_table = top.table("auth", "[auth] says how people sign in: method, authority and client_id")
        people_table = top.table("people", "[people.alex] and [people.adele] say who they are at the target")
        known_tables = top.take("known")
        top.end()
        target = self._target(target_table) if target_table else _NO_TARGET
        self.local = not target.base_url or is_loopback(target.base_url)
        auth = self._auth(auth_table) if auth_table else Auth("device_code")
        people = self._people(people_table, auth.method) if people_table else {}
        known = self._known(known_tables)
        return Settings(
            file=self.file, auth=auth, people=MappingProxyType(people), known=known, **target._asdict()
        )

    def _target(self, table: _Table) -> _Target:
        base_url = self._base_url(table)
        found = _Target(
            name=table.text("name") or urlsplit(base_url).hostname or "",
            base_url=base_url,
            ca_bundle=self._ca_bundle(table),
            writes=self._flag(table, "writes"),
            setup=cast("SetUp", table.choice("setup", get_args(SetUp), "verify")),
            delivery_timeout=self._seconds(table, "delivery_timeout", 60),
            unsupported=self._segments(table, "unsupported"),
        )
        table.end()
        return found

    def _url(self, table: _Table, key: str, mend: str) -> str:
        url = table.text(key, mend=mend).rstrip("/")
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            good = bool(parts.hostname) and parts.port != 0 and not re.search(r"[\s\\]", url)
        except ValueError:
            good = False
        if not good or parts.scheme not in ("http", "https"):
            table.problem(key, f"{_cut(url)!r} is no address of the web; {mend}")
        elif parts.username is not None or parts.password is not None:
            table.problem(key, "holds a user name or password; take it out, people sign in by [auth]")
        elif parts.query or parts.fragment or url[-1] in "?#":
            table.problem(key, f"{_cut(url)!r} has a query or fragment; end it with the path")
        else:
            return url
        return ""

    def _base_url(self, table: _Table) -> str:
        url = self._url(table, "base_url", 'for Microsoft 365 it is "https://graph.microsoft.com/v1.0"')
        if url.startswith("http:") and not is_loopback(url):
            table.problem("base_url", f"{_cut(url)!r} would send tokens in the clear; use https://")
        return url

    def _ca_bundle(self, table: _Table) -> Path | None:
        given = table.text("ca_bundle")
        if not given:
            return None
        path = self.file.parent / given
        reason = ""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
        except ssl.SSLError:
            reason = "holds no certificate in PEM form"
        except (OSError, ValueError) as error:
            reason = f"can't be read: {getattr(error, 'strerror', None) or error}"
        if reason:
            table.problem("ca_bundle", f"{path} {reason}; name a PEM file, relative to this file")
            return None
        return path

    @staticmethod
    def _segments(table: _Table, key: str) -> tuple[str, ...]:
        found = table.take(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(name, str) and name.isalnum() for name in found):
            table.problem(key, 'expected segments of paths, such as ["calendarPermissions", "getSchedule"]')
            return ()
        return tuple(found)

    @staticmethod
    def _flag(table: _Table, key: str) -> bool:
        found = table.take(key)
        if found is not None and not isinstance(found, bool):
            table.problem(key, f"expected true or false, got {_kind(found)}; write it without quotes")
        return found is True

    @staticmethod
    def _seconds(table: _Table, key: str, default: float) -> float:
        found = table.take(key)
        if found is None:
            return default
        if isinstance(found, bool) or not isinstance(found, int | float):
            table.problem(key, f"expected a number of seconds, got {_kind(found)}; write it without quotes")
        elif not 0 < found <= LONGEST_DELIVERY:
            table.problem(key, f"{found} is no number of seconds between 0 and {LONGEST_DELIVERY}")
        else:
            return float(found)
        return default

    def _auth(self, table: _Table) -> Auth:
        method = cast("Method", table.choice("method", get_args(Method)))
        wanted = method not in ("token", "")
        example = 'for Entra it is "https://login.microsoftonline.com/" and the tenant'
        authority = ""
        if wanted or "authority" in table.content:
            authority = self._url(table, "authority", example)
        if authority and not (authority.startswith("https:") and urlsplit(authority).path.strip("/")):
            table.problem("authority", f"{_cut(authority)!r} is no https:// address with a tenant; {example}")
        mend = "it is the application's (client) id in its registration"
        client_id = table.text("client_id", mend=mend if wanted else "")
        for key in ("authority", "client_id"):
            if key not in table.known:
                table.take(key)
        table.end()
        return Auth(method, authority, client_id)

    def _people(self, table: _Table, method: Method) -> dict[str, Account]:
        accounts = {}
        for key in PERSONAS:
            if key in table.content:
                one = table.table(key, "it holds a name and an address")
                if one is not None:
                    accounts[key] = self._account(one, key, method)
            elif key in NEEDED:
                table.take(key)
                table.problem(
                    key, f"is missing; add [people.{key}] with name and address, nothing runs without"
                )
            else:
                table.take(key)
        table.end()
        for what in ("address", "id"):
            self._distinct(accounts, what)
        return accounts

    def _distinct(self, accounts: dict[str, Account], what: str) -> None:
        seen: dict[str, str] = {}
        for key, account in accounts.items():
            value = str(getattr(account.person, what)).casefold()
            if value and value in seen:
                self.problems.append(
                    f"people.{key}.{what}: is the same as people.{seen[value]}.{what}; each is a person of its own"
                )
            seen.setdefault(value, key)

    def _account(self, table: _Table, key: str, method: Method) -> Account:
        name = table.text("name", mend="it is the display name in the directory")
        address = table.text("address", mend="it is the person's SMTP address")
        if address and not _ADDRESS.fullmatch(address):
            table.problem("address", f"{_cut(address)!r} is no address; it looks like AlexW@contoso.com")
        person = Person(key, name, address, table.text("id"))
        password = self._secret(table, "password", used=method == "username_password")
        token = self._secret(table, "token", used=method == "token")
        scoped = self._scoped(table, used=method == "token")
        table.end()
        if method == "username_password" and "password" not in table.content:
            variable = f"GRAPHCAL_{key.upper()}_PASSWORD"
            table.problem("password", f'is missing for method "{method}"; write "{ENVIRONMENT}{variable}"')
        if method == "token" and not {"token", "scoped_token"} & set(table.content):
            variable = f"GRAPHCAL_{key.upper()}_TOKEN"
            table.problem("token", f'is missing for method "{method}"; write "{ENVIRONMENT}{variable}"')
        return Account(person, password, token, scoped)

    def _secret(self, table: _Table, key: str, *, used: bool) -> Secret | None:
        """Read a secret without ever naming it; one that the method does not use need not be at hand."""
        written = table.text(key, secret=True)
        if not written:
            return None
        variable = written.removeprefix(ENVIRONMENT) if written.startswith(ENVIRONMENT) else ""
        if not variable:
            if written == ENVIRONMENT or not self.local:
                table.problem(
                    key, f'a secret stands in the file only on loopback; write "{ENVIRONMENT}NAME" instead'
                )
                return None
            return self._fit(table, key, written) if used else None
        if not used:
            return None
        if not self.environ.get(variable):
            table.problem(key, f"the environment variable {variable} is not set; export it and run again")
            return None
        return self._fit(table, key, self.environ[variable])

    @staticmethod
    def _fit(table: _Table, key: str, value: str) -> Secret | None:
        if key == "password":
            return Secret(value)
        if key == "token" and not _TOKEN.fullmatch(value.strip()):
            table.problem(key, "holds a blank or a character that no header carries; give the token alone")
            return None
        return Secret(value.strip())

    def _scoped(self, table: _Table, *, used: bool) -> ScopedToken | None:
        found = table.take("scoped_token")
        if found is None:
            return None
        if not isinstance(found, dict):
            table.problem(
                "scoped_token", f"expected a table, got {_kind(found)}; it holds template and separator"
            )
            return None
        one = _Table(self, table.at("scoped_token"), found)
        template = self._secret(one, "template", used=used)
        if "template" not in found:
            one.problem("template", 'is missing; it is the token with "{scopes}" in it')
        separator = one.take("separator")
        one.end()
        if separator is None:
            separator = " "
        elif not isinstance(separator, str) or not separator.isprintable():
            one.problem("separator", "expected a printable string; it stands between two scopes")
            return None
        if template is not None and not _is_template(template):
            one.problem("template", 'holds "{scopes}" and no other braces; double those that are meant')
            return None
        return ScopedToken(template, separator) if template else None

    def _known(self, found: Any) -> tuple[Known, ...]:
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.problems.append("known: expected [[known]] tables, each with requirement or scenario")
            return ()
        return tuple(
            self._deviation(_Table(self, f"known[{number}]", one)) for number, one in enumerate(found)
        )

    def _deviation(self, table: _Table) -> Known:
        requirement, scenario = table.text("requirement"), table.text("scenario")
        if len({"requirement", "scenario"} & set(table.content)) != 1:
            table.problem("requirement", "name either a requirement or a scenario, not both and not none")
        if scenario and "::" not in scenario:
            table.problem("scenario", f'{_cut(scenario)!r} is no scenario; write "features/x.feature::title"')
        reason = table.text("reason", mend="say why the deviation is expected")
        expires = table.take("expires")
        if expires is not None and (not isinstance(expires, date) or isinstance(expires, datetime)):
            table.problem(
                "expires", f"expected a date, got {_kind(expires)}; write 2027-06-30 without quotes"
            )
            expires = None
        table.end()
        return Known(requirement, scenario, reason, expires)


def _is_template(template: Secret) -> bool:
    try:
        fields = [
            (name, specification, conversion)
            for _, name, specification, conversion in string.Formatter().parse(template.reveal())
            if name is not None
        ]
    except ValueError:
        return False
    return bool(fields) and set(fields) == {("scopes", "", None)}


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    near = difflib.get_close_matches(word.lower(), list(choices), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _kind(value: Any) -> str:
    """Name a TOML type; a value that is no string may still be a secret, so it is not shown."""
    kinds = {bool: "a boolean", int: "an integer", float: "a number", str: "a string", list: "an array"}
    return kinds.get(type(value), "a table" if isinstance(value, dict) else "a date or time")


def _cut(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
