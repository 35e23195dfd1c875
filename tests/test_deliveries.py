"""An inbox in which mail arrives is waited for in full; one in which none ever has, a while only."""

from __future__ import annotations

from graphcal.graph.deliveries import IN_FULL, SHARE, Deliveries


def test_every_inbox_is_waited_for_in_full_at_first() -> None:
    """One search in vain may be a slow delivery."""
    deliveries = Deliveries()
    for _ in range(IN_FULL):
        assert deliveries.patience("christie", 10) == 10
        deliveries.note("christie", arrived=False)
    assert deliveries.patience("christie", 10) == 10 / SHARE
    assert deliveries.patience("megan", 10) == 10


def test_inbox_in_which_something_has_arrived_is_never_doubted() -> None:
    """Mail that is missing there may be late."""
    deliveries = Deliveries()
    deliveries.note("christie", arrived=True)
    for _ in range(IN_FULL + 1):
        deliveries.note("christie", arrived=False)
    assert not deliveries.is_doubtful("christie")


def test_mail_that_arrives_after_all_ends_the_doubt() -> None:
    """Whoever is short of patience may still be lucky."""
    deliveries = Deliveries()
    for _ in range(IN_FULL):
        deliveries.note("christie", arrived=False)
    deliveries.note("christie", arrived=True)
    assert deliveries.patience("christie", 10) == 10
