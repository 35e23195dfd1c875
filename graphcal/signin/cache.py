"""Keep tokens between runs: one file a target, encrypted where the platform can, outside of every project."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcal.outcomes import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphcal.targets.settings import Settings

VARIABLE = "GRAPHCAL_CACHE"
PROJECT_MARKS = (".git", ".hg", ".svn", "pyproject.toml")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def file_name(settings: Settings) -> str:
    """Return the name of a target's cache: the same for the same authority, client and service."""
    parts = (settings.auth.authority, settings.auth.client_id, settings.base_url)
    return f"tokens-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:24]}.bin"


def cache_folder(given: Path | None, environ: Mapping[str, str], *, project: Path) -> Path:
    """Return the folder for caches, made private; `project` is where the target's file lies.

    Raises UsageError for one that lies in a project, where it would be shared with the project, or that
    can't be made private.
    """
    from platformdirs import user_state_path  # noqa: PLC0415 - only for those who sign in

    override = given or (Path(environ[VARIABLE]) if environ.get(VARIABLE) else None)
    folder = (override or user_state_path("graphcal", appauthor=False)).absolute() / "tokens"
    mend = f"name another folder with the environment variable {VARIABLE}"
    try:
        inside = _project_around(folder.resolve(), (Path.cwd().resolve(), project.resolve()))
        if inside is not None:
            raise UsageError(f"{folder}: tokens are not kept inside the project {inside}; {mend}")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            _make_private(folder, mend)
    except OSError as error:
        raise UsageError(f"{folder}: can't keep tokens there: {error.strerror}; {mend}") from None
    return folder


def _project_around(folder: Path, places: tuple[Path, ...]) -> Path | None:
    """Return the project that a folder lies in; the home folder and those above it are no projects."""
    home = Path.home().resolve()
    for above in (folder, *folder.parents):
        if home.is_relative_to(above):
            return None
        if above in places or any((above / mark).exists() for mark in PROJECT_MARKS):
            return above
    return None


def _make_private(folder: Path, mend: str) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UsageError(f"{folder}: belongs to somebody else or leads elsewhere; {mend}")
    if found.st_mode & OTHERS:
        folder.chmod(0o700)


def open_cache(settings: Settings, folder: Path, say: Callable[[str], None]) -> Any:
    """Open a target's token cache for MSAL; an unreadable one is started anew, and that is said."""
    import msal_extensions  # type: ignore[import-untyped] # noqa: PLC0415 - slow to import

    file = folder / file_name(settings)
    persistence = _persistence(msal_extensions, file, say)
    if not persistence.is_encrypted and file.exists():
        file.chmod(0o600)
    if not _is_readable(persistence, msal_extensions.persistence.PersistenceNotFound):
        say(f"The tokens kept in {file} can't be read; people sign in again.")
        persistence.save("{}")
    return msal_extensions.PersistedTokenCache(persistence)


def _persistence(msal_extensions: Any, file: Path, say: Callable[[str], None]) -> Any:
    try:
        return msal_extensions.build_encrypted_persistence(str(file))
    except Exception:  # noqa: BLE001 - each platform fails in its own way, all mean: no encryption here
        say(f"This machine offers no encryption: tokens are kept in {file}, readable by you alone.")
        return msal_extensions.FilePersistence(str(file))


def _is_readable(persistence: Any, not_found: type[Exception]) -> bool:
    """Tell whether what is kept, if anything, is a token cache."""
    try:
        found = json.loads(persistence.load())
    except not_found:
        return True
    except Exception:  # noqa: BLE001 - whatever decryption or parsing says, the content is lost
        return False
    return isinstance(found, dict) and all(isinstance(one, dict) for one in found.values())
