"""Pack the answers whole into the page, for its script to show one when a reader unfolds it."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from graphcal.report.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.report.model import Exchange
    from graphcal.report.page.view import View

MOST_PACKED = 200_000  # bytes of the page
LONGEST = (100_000, 30_000, 10_000, 3_000)  # characters of an answer, tried until all together fit
LEVEL = 9  # of compression


def packed(view: View, most: int = MOST_PACKED) -> str:
    """Return what the exchanges hold that no finding speaks of, by their fragments: zlib of JSON, in base64.

    The longest are left out where they would take more than so many bytes; "" where nothing is left.
    """
    written = dict(_written(view))
    for longest in LONGEST:
        kept = (f"{json.dumps(name)}:{text}" for name, text in written.items() if len(text) <= longest)
        text = base64.b64encode(zlib.compress(f"{{{','.join(kept)}}}".encode(), LEVEL)).decode()
        if len(text) <= most:
            return text
    return ""


def _written(view: View) -> Iterator[tuple[str, str]]:
    for name, exchange in view.report.exchanges.items():
        if name not in view.paths:
            whole = json.dumps(_whole(view, exchange), ensure_ascii=False, default=str)
            yield view.fragment("exchange", name), printable(whole)


def _whole(view: View, exchange: Exchange) -> dict[str, object]:
    """Return the body of an answer, and what a lean page does not show: the curl and the answer's headers."""
    answered = {"body": exchange.response_body}
    if not view.lean:
        return answered
    return answered | {"curl": view.command(exchange.curl), "headers": dict(exchange.response_headers)}
