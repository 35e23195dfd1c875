"""Name the freedoms that a stranger's emulator has, and what it does with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Options:
    """The choices that a test makes: `delivery` in seconds, `prefix` the path before the resources.

    Without `filters` those $filter are refused that no document promises, without `select` the $select of
    a list of messages is ignored; `etags` adds @odata.etag, which the page prints and no document promises.
    Every other field is a freedom that the documents leave, named in its comment with the row.
    """

    shared_only: bool = False
    delivery: float = 0.0
    page_size: int = 3
    filters: bool = True
    select: bool = True
    etags: bool = False
    seed: str = "stranger"
    prefix: str = "/outlook/v1.0"

    masking: Literal["absent", "refused", "masked"] = "absent"  # PRV-01, PRV-05: what hides a private event
    outsiders: Literal[403, 404] = 403  # ERR-05
    malformed: Literal[400, 404] = 404  # ERR-07
    generic_codes: bool = False  # CON-15: itemNotFound for ErrorItemNotFound
    inner_error: Literal["innererror", "innerError", ""] = "innererror"  # ERR-01
    granting: Literal[200, 201] = 201  # CON-11
    repeating: Literal[200, 201] = 201  # INV-24: the status of a retry with the same transactionId
    needs_acceptance: bool = False  # SET-17: a new permission has no effect before an Outlook accepts it
    shallow_copies: bool = True  # SET-10: whether free/busy and limited readers have a copy in their list
    foreign_permissions: Literal["refused", "empty"] = "refused"  # CON-10
    refuses_extras: bool = False  # SET-18, SET-29: what can't be changed is refused, and not passed over
    derived_types: bool = True  # CON-05: eventMessageRequest, or eventMessage without its properties
    unanswered: Literal["notResponded", "none"] = "notResponded"  # CON-04
    rescheduled: Literal["none", "notResponded"] = "none"  # CON-23
    shows_own: bool = False  # RCV-14: an attendee's own entry tells her own answer
    keeps_declined: bool = False  # RSP-08
    keeps_cancelled: bool = True  # LIF-12
    silent_tally: bool = False  # RSP-10
    lenient: bool = False  # RSP-11, RSP-17, RSP-18, ERR-12, REP-12: refusals that were only observed
    previous: bool = True  # LIF-02: whether an update names what it replaces
    discreet: bool = False  # D.2: what a delegate sends later bears the owner as its sender
    informed: Literal["principalWantsCopy", "informationalUpdate", ""] = "principalWantsCopy"  # RTE-12
    bins_requests: bool = False  # CON-21: the owner's copy of a request that only his delegates get
    empty_event: Literal["null", "missing", "object"] = "null"  # RTE-15, RTE-18, RSP-08
    strict_scopes: bool = False  # CON-09, CON-11, CON-20, CON-29: wherever two sources name two scopes
    private_delegate: bool = False  # SET-09: Adele is found with the role that shows her private events
    second_delegate: bool = (
        False  # RTE-05: Alex is found with another delegate besides, who gets his mail too
    )
    everybody: Literal["freeBusyRead", "limitedRead"] = (
        "freeBusyRead"  # SET-26: what the organisation may see
    )
    anonymous: bool = False  # SET-25: an entry for people outside, which has no address either
    named_ids: bool = False  # REP-10: what is read through a copy has ids that begin with the reader's name
    late_copies: float = 0.0  # RCV-20: seconds from the arrival of a request to that of its event
    type_form: Literal["#", "", "absolute"] = "#"  # how OData may write the value of @odata.type
    fine_stamps: bool = False  # REP-05: timestamps with nine digits of a second
    late_writing: float = 0.0  # D.7: seconds from the time that a role shows to that when it lets one write


# Legal strangers which, with the default, make each choice that there is at least once.
LEGAL: dict[str, dict[str, Any]] = {
    "terse": {
        "page_size": 2,
        "etags": True,
        "masking": "refused",
        "outsiders": 404,
        "malformed": 400,
        "inner_error": "innerError",
        "granting": 200,
        "repeating": 200,
        "shallow_copies": False,
        "derived_types": False,
        "unanswered": "none",
        "previous": False,
        "empty_event": "missing",
        "keeps_cancelled": False,
    },
    "generous": {
        "masking": "masked",
        "foreign_permissions": "empty",
        "lenient": True,
        "keeps_declined": True,
        "shows_own": True,
        "silent_tally": True,
        "generic_codes": True,
        "inner_error": "",
        "informed": "informationalUpdate",
        "empty_event": "object",
    },
    "strict": {
        "filters": False,
        "strict_scopes": True,
        "refuses_extras": True,
        "bins_requests": True,
        "discreet": True,
        "rescheduled": "notResponded",
        "informed": "",
    },
    "guarded": {"needs_acceptance": True},
    "crowded": {
        "private_delegate": True,
        "second_delegate": True,
        "everybody": "limitedRead",
        "anonymous": True,
        "named_ids": True,
        "late_copies": 0.3,
        "type_form": "absolute",
        "fine_stamps": True,
        "late_writing": 0.3,
    },
    "plain": {"type_form": "", "derived_types": False},
}
