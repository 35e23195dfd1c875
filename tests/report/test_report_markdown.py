"""report.md is short, complete, and shows every text as it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample

from graphcal.report import as_markdown


def test_first_line_is_the_verdict() -> None:
    """Whoever reads one line knows how it went."""
    assert as_markdown.text(sample.green()).splitlines()[0] == "✓ **Conformant:** 82 scenarios passed"


def test_table_counts_requirements_by_chapter() -> None:
    """The table has a row for each of the twelve chapters and their sum, and no empty column."""
    table = [line for line in as_markdown.text(sample.green()).splitlines() if line.startswith("|")]

    assert table[0] == "| Requirements | passed | untested |"
    assert table[2] == "| SET Calendars and delegation set-up | 21 | 12 |"
    assert table[-1] == "| **all** | **81** | **139** |"
    assert len(table) == 2 + len(sample.CHAPTERS) + 1


def test_failure_tells_expected_actual_requirement_and_curl() -> None:
    """A maintainer can act on a failure without opening another file."""
    text = as_markdown.text(sample.troubled())
    start = text.index("### ✗ failed: A delegate cannot share")
    failure = text[start : text.index("###", start + 3)]

    assert "- Expected: `false`\n- Actual: `true` at `$.value[1].canShare`\n" in failure
    assert f"- [SET-04](<{sample.PAGE}>) (stated): " in failure
    assert "- Where: `features/walkthrough.feature:24`" in failure
    assert "<details><summary>The request as curl</summary>\n\n```sh\ncurl -sS -X GET" in failure


def test_error_shows_its_message() -> None:
    """A scenario without findings still says what happened."""
    assert "No answer from graph.microsoft.com within 60 s." in as_markdown.text(sample.troubled())


def test_only_ten_failures_are_written_out() -> None:
    """A run in which everything fails is still a comment that can be posted."""
    report = sample.troubled()
    scenario = report.scenarios[2]
    many = tuple(
        replace(scenario, id=str(n), title=f"number {n}", message="x" * 9000, curl="y" * 9000)
        for n in range(200)
    )
    text = as_markdown.text(replace(report, scenarios=many))

    assert text.count("### ✗") == 10
    assert "… and 190 more scenarios in report.html." in text
    assert len(text) < 65_536


def test_remarks_are_short_lists() -> None:
    """Warnings, known deviations and what was not checked are one line each."""
    text = as_markdown.text(sample.troubled())

    assert "### Warnings and known deviations\n\n- ! warned: The subject says how Christie answered (" in text
    assert "- ≈ known: A comment cannot be silent (" in text
    assert "### Not checked\n\n- ∅ unsupported: An attendee forwards the event (" in text


def test_last_line_says_what_a_pass_is_worth() -> None:
    """The provenance closes the report."""
    last = as_markdown.text(sample.green()).splitlines()[-1]

    assert last.startswith("26 scenarios rest on published documentation: Create Outlook events")
    assert last.endswith("A pass here is evidence about the suite, not about Microsoft 365.")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a | b", r"a \| b"),
        ("`x`", r"\`x\`"),
        ("**b** _i_ ~s~", r"\*\*b\*\* \_i\_ \~s\~"),
        ("[x](javascript:alert)", r"\[x\](javascript:alert)"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("two\n\nlines", "two lines"),
        ("@octocat", "@<!-- -->octocat"),
        ("#12", "#<!-- -->12"),
        ("$x$", "<span>$</span>x<span>$</span>"),
        ("http://x.example", "http:<!-- -->//x.example"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("---", r"\---"),
        ("0.1.0", "0.1.0"),
    ],
)
def test_plain_text_has_no_markup(given: str, written: str) -> None:
    """Nothing that a target sends becomes markup, a mention, a reference or a link."""
    assert as_markdown.plain(given) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [("x", "`x`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("", "(empty)"), ("a\n b", "`a b`")],
)
def test_code_span_holds_backticks(given: str, written: str) -> None:
    """A value with backticks stays inside its span."""
    assert as_markdown.code(given) == written


def test_block_outgrows_the_fences_inside_it() -> None:
    """A command with a fence in it stays inside its block."""
    assert as_markdown.block("a\n````\nb", "sh") == "`````sh\na\n````\nb\n`````"


def test_hostile_report_has_no_foreign_html() -> None:
    """Outside of code, the only tags are ours."""
    text = as_markdown.text(sample.hostile())
    text.encode("utf-8")
    outside = re.sub(r"(?ms)^(`{3,})\w*\n.*?^\1$", "", text)
    outside = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", outside.replace(r"\`", ""))

    assert set(re.findall(r"</?[a-z]+", outside)) <= {
        "<details",
        "</details",
        "<summary",
        "</summary",
        "<span",
        "</span",
    }
    assert "javascript:" not in "".join(re.findall(r"\]\(<[^>]*>\)", text))
