"""Hold a password or a token so that it shows nowhere by accident."""

from __future__ import annotations

import hmac
from typing import Any, NoReturn

MASK = "***"


class Secret:
    """A text that only `reveal` gives away: not `repr`, `str`, `format`, `vars`, `pickle` or a comparison's report."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Keep the text."""
        self._value = value

    def reveal(self) -> str:
        """Return the text; pass it on at once, without giving it a name."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, specification: str) -> str:
        return format(MASK, specification)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _memory: dict[int, Any]) -> Secret:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a secret is not written anywhere: read the settings again instead")
