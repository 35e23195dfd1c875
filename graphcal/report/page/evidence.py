"""Write what a run rests on: the requests with their answers, and the recordings they come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphcal.report.page.json_view import Line, Note, cut, printed, size
from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import SAME, answer, command, details, fact
from graphcal.report.page.view import short, without_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphcal.report.model import Exchange, Recording
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import View

WORTH_A_LINK = 150  # characters: a curl or a body up to here is told again where it comes again
NEIGHBOURS = 1  # members on either side of what a finding speaks of, which are shown even in a cut body


def exchanges(view: View, room: int) -> Iterator[Child]:
    """Write every request with its answer once, folded, all in about `room` characters.

    Where that is little, the longest answers are cut and say so; around what a finding speaks of, they are not.
    """
    yield tag("p", view.words("exchanges.intro"))
    bodies = _bodies(view, room)
    for title, group in view.exchanges.items():
        yield tag("h3", title) if title else None
        yield (_exchange(view, exchange, bodies[exchange.id]) for exchange in group)


def _bodies(view: View, room: int) -> dict[str, list[Line]]:
    """Print the body of each answer: what no finding speaks of once, and in a fair share of the room left."""
    shown, paths = view.report.exchanges, view.paths
    bodies = _told_once(shown, paths)
    around = {n: printed(shown[n].response_body, paths[n], around=NEIGHBOURS) for n in shown if n in paths}
    room -= sum(len(_exchange(view, one, ())) for one in shown.values()) + sum(map(size, around.values()))
    most = share([size(bodies[name]) for name in shown if name not in paths], max(room, 0))
    for name, lines in bodies.items():
        if size(lines) > most and len(lines) > 1:
            bodies[name] = around[name] if name in around else cut(lines, most)
    return bodies


def _told_once(shown: Mapping[str, Exchange], paths: Mapping[str, Sequence[str]]) -> dict[str, list[Line]]:
    """Print the body of each answer; a long one that came before only names the exchange where it did."""
    first: dict[str, str] = {}
    bodies: dict[str, list[Line]] = {}
    for name, exchange in shown.items():
        before = first.setdefault(json.dumps(exchange.response_body, default=str), name)
        if before != name and name not in paths and size(bodies[before]) > WORTH_A_LINK:
            bodies[name] = [Line("", note=Note(SAME, before))]
        else:
            bodies[name] = printed(exchange.response_body, paths.get(name, ()))
    return bodies


def share(sizes: Sequence[int], room: int) -> int:
    """Return the size up to which all can be granted what they want so that together they fit the room."""
    for number, wanted in enumerate(sorted(sizes)):
        fair = room // (len(sizes) - number)
        if wanted > fair:
            return fair
        room -= wanted
    return max(sizes, default=0)


def _exchange(view: View, exchange: Exchange, lines: Sequence[Line]) -> Markup:
    request = tag("code", f"{exchange.method} {short(without_host(exchange.url))}")
    summary = [exchange.id, " ", request, f" {exchange.status or '…'}"]
    return details(
        summary,
        tag("p", _facts(view, exchange), id=view.fragment("exchange", exchange.id)),
        _request(view, exchange),
        answer(view, exchange, lines, marked="" in view.paths.get(exchange.id, ())),
    )


def _request(view: View, exchange: Exchange) -> Markup:
    """Write the curl, or name the exchange that asked the same before."""
    before = view.asked[exchange.curl].id
    if before == exchange.id or exchange.id in view.paths or len(exchange.curl) <= WORTH_A_LINK:
        return command(view, exchange.curl)
    return tag("p", view.say("exchanges.again", name=view.link("exchange", before)))


def _facts(view: View, exchange: Exchange) -> Iterator[Child]:
    yield view.words("exchanges.person", person=exchange.person)
    if exchange.scopes:
        yield f" · {view.words('exchanges.scopes', scopes=', '.join(exchange.scopes))}"
    if exchange.attempts > 1:
        yield f" · {view.words('exchanges.attempts', attempts=exchange.attempts)}"


def recordings(view: View) -> Iterator[Child]:
    """Write where each recorded answer comes from."""
    yield tag("p", view.words("recordings.intro"))
    yield (_recording(view, recording) for recording in view.report.recordings)


def _recording(view: View, recording: Recording) -> list[Child]:
    facts = {"provenance": recording.provenance, **recording.details}
    rows = [fact(name.replace("_", " "), prose(value)) for name, value in facts.items() if name != "title"]
    heading = [view.recorded_chapter(recording), ": ", recording.title]
    return [tag("h3", heading, lang=view.lang()), tag("dl", rows, lang=view.lang())]
