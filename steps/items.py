"""Steps about what every Outlook item has: timestamps, body, preview, ids and links."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pytest_bdd import then

from graphcal import expect
from graphcal.facts import Sight
from graphcal.outcomes import Unmet
from graphcal.phrases import phrase
from graphcal.story.changes import is_told
from graphcal.timezones import instant

if TYPE_CHECKING:
    from graphcal.value import Value

TIMESTAMPS = ("createdDateTime", "lastModifiedDateTime", "sentDateTime", "receivedDateTime")
PRECISIONS = {"fractions": re.compile(r".*:\d\d\.\d+Z"), "whole seconds": re.compile(r".*:\d\dZ")}
MARKUP = re.compile(r"</?[A-Za-z][^>]*>")


@then("its timestamps end in Z")
def timestamps_end_in_z(sight: Sight) -> None:
    """REP-05: moments are told in UTC."""

    def ends_in_z(stamp: Value) -> None:
        utc = instant(stamp.json) is not None and stamp.text.endswith("Z")
        expect.that(utc, stamp, "a UTC time that ends in Z")

    expect.each(_timestamps(sight.value), ends_in_z)


@then(phrase("its timestamps have {precision:Precision}"))
def timestamps_have(precision: str, sight: Sight) -> None:
    """REP-05: messages tell whole seconds, events fractions; the digits are soft."""

    def is_precise(stamp: Value) -> None:
        precise = PRECISIONS[precision].fullmatch(stamp.text) is not None
        expect.that(precise, stamp, f"a UTC time with {precision}")

    expect.each(_timestamps(sight.value), is_precise)


@then(phrase('the content type sent as "{sent:Text}" has become "{stored:Text}"'))
def content_type_has_become(stored: str, sight: Sight) -> None:
    """INV-17: enumerations are read in any casing and told in one."""
    expect.equal(sight.value.at("body.contentType"), stored)


@then("its body is HTML")
def body_is_html(sight: Sight) -> None:
    """REP-07: the format of a reading that asks for none."""
    kind = sight.value.at("body.contentType")
    expect.that(kind.text.lower() == "html", kind, 'contentType to be "html", in whatever casing')


@then(phrase('its body is the plain text "{text:Text}"'))
def body_is_plain_text(text: str, sight: Sight) -> None:
    """REP-07: the format of a reading that asks for text; the words may be a part of it."""
    kind, content = sight.value.at("body.contentType"), sight.value.at("body.content")
    expect.all_of(
        [
            lambda: expect.that(kind.text.lower() == "text", kind, 'contentType to be "text"'),
            lambda: expect.that(
                text in " ".join(content.text.split()), content, f'a text that holds "{text}"'
            ),
            lambda: expect.that(MARKUP.search(content.text) is None, content, "no markup"),
        ]
    )


@then(phrase('the body is a document around "{text:Text}"'))
def body_is_a_document(text: str, sight: Sight) -> None:
    """INV-18: what was sent is a fragment of what is stored."""
    content = sight.value.at("body.content")
    expect.that(
        text in content.text and "<html" in content.text.lower(),
        content,
        f'an HTML document that holds "{text}"',
    )


@then(phrase('the body holds "{text:Text}"'))
def body_holds(text: str, sight: Sight) -> None:
    """RCV-15, RSP-05: the text that somebody wrote, in whatever document."""
    content = sight.value.at("body.content")
    expect.that(text in html.unescape(content.text), content, f'a body that holds "{text}"')


@then(phrase('the preview is "{text:Text}"'))
def preview_is(text: str, sight: Sight) -> None:
    """INV-18, RSP-05: the plain text of the body."""
    expect.equal(sight.value["bodyPreview"], text)


@then(phrase("its preview is plain text of at most {length:Number} characters"))
def preview_is_short(length: int, sight: Sight) -> None:
    """REP-08: no markup, bounded."""
    preview = sight.value["bodyPreview"]
    expect.all_of(
        [
            lambda: expect.that(
                isinstance(preview.json, str) and len(preview.text) <= length,
                preview,
                f"a text of at most {length} characters",
                f"{len(preview.text)} characters" if preview.text else "",
            ),
            lambda: expect.that(MARKUP.search(preview.text) is None, preview, "no markup"),
        ]
    )


@then("its etag is the weak form of its change key")
def etag_is_weak(sight: Sight) -> None:
    """REP-09: an observation, promised nowhere."""
    etag, key = sight.value["@odata.etag"], sight.value["changeKey"]
    expect.all_of(
        [
            lambda: expect.that(bool(key.text), key, "a change key"),
            lambda: expect.equal(etag, f'W/"{key.text}"'),
        ]
    )


@then("it has a web link")
def has_a_web_link(sight: Sight) -> None:
    """REP-20: an address for a browser."""
    link = sight.value["webLink"]
    expect.that(link.text.startswith(("https://", "http://")), link, "a link to Outlook on the web")


@then("its web link holds its encoded id")
def web_link_holds_id(sight: Sight) -> None:
    """REP-20: the id as a URL writes it, escapes in either case. Raises Unmet where there is no link."""
    item = sight.value
    identifier = quote(item["id"].text, safe="")
    link = item["webLink"]
    if not link.text:
        raise Unmet(f"there is no web link to look at: {sight.exchange}")
    expect.that(
        bool(identifier) and identifier.casefold() in link.text.casefold(),
        link,
        f"a link that holds {identifier}",
    )


def _timestamps(item: Value) -> list[Value]:
    """Return the timestamps that an item tells. Raises Unmet where it tells none: they may be null."""
    told = [item[name] for name in TIMESTAMPS if is_told(item[name])]
    if not told:
        raise Unmet(f"no timestamp is told: {item.exchange}")
    return told
