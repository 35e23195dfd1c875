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
    from collections.abc import Iterable

__all__ = ["FAULTS", "Fault", "compose"]

FAULTS: dict[str, Fault] = {
    **delegation.FAULTS, **invitations.FAULTS, **answering.FAULTS, **routing.FAULTS, **mail.FAULTS,
    **roles.FAULTS, **form.FAULTS, **refusals.FAULTS, **life.FAULTS,
}  # fmt: skip


def compose(names: Iterable[str]) -> Seams:
    """Return the seams with the named faults in them; of two at one seam the later counts.

    KeyError for an unknown name.
    """
    waived: frozenset[str] = frozenset()
    placed: dict[str, Any] = {}
    for name in names:
        waived |= FAULTS[name].waived
        placed |= FAULTS[name].seams
    return Seams(waived=waived, **placed)
