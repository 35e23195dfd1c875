"""Write what a run rests on: the requests with their answers, and the recordings they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import curl, details, fact, label
from graphcal.report.page.view import short, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphcal.report.model import Exchange, Recording
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import View


def exchanges(view: View) -> Iterator[Child]:
    """Write every request with its answer once, folded."""
    for title, group in view.exchanges.items():
        yield tag("h3", title) if title else None
        yield (_exchange(view, exchange) for exchange in group)


def _exchange(view: View, exchange: Exchange) -> Markup:
    who = tag("small", f"as {exchange.person}")
    asked = tag("span", tag("code", tag("b", exchange.method), f" {short(exchange.url)}"), " ", who)
    title = [tag("small", exchange.id), " ", asked, " ", tag("small", status(exchange))]
    needs = tag("p", "Least privileged scopes: ", tag("code", ", ".join(exchange.scopes)))
    tries = tag("p", f"Asked {exchange.attempts} times until the answer was good or time was up.")
    parts = [
        needs if exchange.scopes else None,
        tries if exchange.attempts > 1 else None,
        label("Request"),
        view.request(exchange),
        label("Answer"),
        view.answer(exchange),
        curl(exchange.curl),
    ]
    return details(title, parts, class_="row", fragment=view.fragment("exchange", exchange.id))


def recordings(view: View) -> Iterator[Child]:
    """Write where each recorded answer comes from."""
    yield tag("p", "Where the answers of each chapter come from.")
    yield (_recording(view, recording) for recording in view.report.recordings)


def _recording(view: View, recording: Recording) -> list[Child]:
    facts = {"provenance": recording.provenance, **recording.details}
    rows = [fact(name.replace("_", " "), prose(value)) for name, value in facts.items() if name != "title"]
    return [tag("h3", view.recorded_chapter(recording), f": {recording.title}"), tag("dl", rows)]
