"""Write what a run rests on: the requests with their answers, and the recordings they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcal.report.page.json_view import NOTE, Line, Note, cut, printed
from graphcal.report.page.json_view import size as lines_size
from graphcal.report.page.markup import prose, tag
from graphcal.report.page.parts import SAME, answer, command, fact
from graphcal.report.page.room import share, size
from graphcal.report.page.view import short, without_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphcal.report.model import Exchange, Recording
    from graphcal.report.page.markup import Child, Markup
    from graphcal.report.page.view import View

WORTH_A_LINK = 150  # characters: a curl or a body up to here is told again where it comes again
NOTE_OF_SAME = 120  # bytes that the name of another exchange takes
NEIGHBOURS = 1  # members on either side of what a finding speaks of, which are shown even in a cut body


def exchanges(view: View, room: int) -> Iterator[Child]:
    """Write every request with its answer once, folded, the bodies of the answers in about `room` bytes.

    Where that is little, the longest answers are cut and say so; around what a finding speaks of, they are not.
    """
    yield tag("p", view.words("exchanges.intro"))
    if view.lean:
        yield tag("p", view.words("exchanges.lean"))
    if view.missing:
        yield tag("p", view.words("exchanges.missing", more=view.words.count(view.missing, "request")))
    bodies = _bodies(view, room)
    for title, group in view.exchanges.items():
        yield tag("h3", title) if title else None
        yield (_exchange(view, exchange, bodies[exchange.id]) for exchange in group)


def least(view: View) -> dict[str, int]:
    """Return how many bytes each exchange takes where its answer is cut as far as can be."""
    around = _around(view)
    return {
        name: size(_exchange(view, one, ()))
        + (NOTE_OF_SAME if name in view.repeated else NOTE)
        + lines_size(around.get(name, ()))
        for name, one in view.report.exchanges.items()
    }


def _around(view: View) -> dict[str, list[Line]]:
    """Print of each answer that a finding speaks of what it speaks of."""
    return {
        name: printed(one.response_body, view.paths[name], around=NEIGHBOURS)
        for name, one in view.report.exchanges.items()
        if name in view.paths
    }


def _bodies(view: View, room: int) -> dict[str, list[Line]]:
    """Print the body of each answer, once, and in a fair share of the room."""
    bodies = _told_once(view)
    around = _around(view)
    wanted = {name: lines_size(lines) - lines_size(around.get(name, ())) for name, lines in bodies.items()}
    most = share([*wanted.values()], max(room, 0))
    for name, lines in bodies.items():
        if wanted[name] > most and len(lines) > 1:
            bodies[name] = around[name] if name in around else cut(lines, most)
    return bodies


def _told_once(view: View) -> dict[str, list[Line]]:
    """Print the body of each answer; a long one that came before only names the exchange where it did."""
    bodies: dict[str, list[Line]] = {}
    for name, exchange in view.report.exchanges.items():
        before = view.repeated.get(name)
        if before and lines_size(bodies[before]) > WORTH_A_LINK:
            bodies[name] = [Line("", note=Note(SAME, before))]
        else:
            bodies[name] = printed(exchange.response_body, view.paths.get(name, ()))
    return bodies


def _exchange(view: View, exchange: Exchange, lines: Sequence[Line]) -> Markup:
    fragment = view.fragment("exchange", exchange.id)
    request = tag("code", f"{exchange.method} {short(without_host(exchange.url))}")
    summary = [exchange.id, " ", request, f" {exchange.status or '…'}"]
    is_spoken_of = exchange.id in view.paths
    marked = "" in view.paths.get(exchange.id, ())
    return tag(
        "details",
        tag("summary", summary),
        tag("p", _facts(view, exchange), id=fragment),
        _request(view, exchange),
        answer(view, exchange, lines, marked=marked, headless=view.lean and not is_spoken_of),
        data_whole=None if is_spoken_of else fragment,
    )


def _request(view: View, exchange: Exchange) -> Child:
    """Write the curl, or name the exchange that asked the same before."""
    before = view.asked[exchange.curl].id
    if exchange.id in view.paths:
        return command(view, exchange.curl)
    if before != exchange.id and len(exchange.curl) > WORTH_A_LINK:
        return tag("p", view.say("exchanges.again", name=view.link("exchange", before)))
    return None if view.lean else command(view, exchange.curl)


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
