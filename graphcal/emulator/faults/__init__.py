"""Ways to make the service break one requirement, so that a suite can be seen to notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphcal.emulator.faults import (
    answering,
    delegation,
    form,
    invitations,
    life,
    mail,
    refusals,
    roles,
    routing,
)
from graphcal.emulator.faults.fault import Fault
from graphcal.emulator.seams import Seams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["FAULTS", "Fault", "compose"]

FAULTS: dict[str, Fault] = {
    **delegation.FAULTS, **invitations.FAULTS, **answering.FAULTS, **routing.FAULTS, **mail.FAULTS,
    **roles.FAULTS, **form.FAULTS, **refusals.FAULTS, **life.FAULTS,
}  # fmt: skip


def compose(names: Iterable[str]) -> Seams:
    """Return the seams with the named faults in them; what one has changed the next one changes further.

    KeyError for an unknown name.
    """
    waived: frozenset[str] = frozenset()
    placed: dict[str, Any] = {}
    for name in names:
        waived |= FAULTS[name].waived
        for seam, fault in FAULTS[name].seams.items():
            placed[seam] = _in_turn(placed[seam], fault) if seam in placed else fault
    return Seams(waived=waived, **placed)


def _in_turn(first: Callable[..., Any], second: Callable[..., Any]) -> Callable[..., Any]:
    """Let what passes a seam, its last argument, pass two faults; None, something lost, stays lost."""

    def both(*arguments: Any) -> Any:
        *about, value = arguments
        changed = first(*about, value)
        return None if changed is None else second(*about, changed)

    return both
