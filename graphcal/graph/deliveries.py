"""Remember in which inboxes mail arrives, so that one in which none ever has is not waited for again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

IN_FULL = 2  # searches in vain that last as long as the target's file allows
SHARE = 5  # what is left of that time afterwards: a fifth


@dataclass
class Deliveries:
    """What a run has seen arrive in each inbox. It is shared by all chapters, as one mailbox is."""

    _seen: set[str] = field(default_factory=set)
    _missed: Counter[str] = field(default_factory=Counter)

    def is_doubtful(self, inbox: str) -> bool:
        """Tell whether nothing has ever arrived in somebody's inbox that was long waited for."""
        return inbox not in self._seen and self._missed[inbox] >= IN_FULL

    def patience(self, inbox: str, seconds: float) -> float:
        """Return for how many of the seconds that a delivery may take to wait for the next one."""
        return seconds / SHARE if self.is_doubtful(inbox) else seconds

    def note(self, inbox: str, *, arrived: bool) -> None:
        """Take in whether what was searched for was there in the end."""
        if arrived:
            self._seen.add(inbox)
        else:
            self._missed[inbox] += 1
