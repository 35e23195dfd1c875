"""report.md is short, complete, and shows every text as it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample

from graphcal.report import as_markdown
from graphcal.report.model import Finding


def test_first_line_is_the_verdict() -> None:
    """Whoever reads one line knows how it went."""
    assert as_markdown.text(sample.green()).splitlines()[0] == "✓ **Conformant:** 82 scenarios passed"


def test_table_counts_requirements_by_chapter() -> None:
    """The table has a row for each of the twelve chapters and their sum, and no empty column."""
    table = [line for line in as_markdown.text(sample.green()).splitlines() if line.startswith("|")]

    assert table[0] == "| Requirements | Verdict | passed | untested |"
    assert table[2] == "| SET Calendars and delegation set-up | Conformant | 21 | 12 |"
    assert table[-1] == "| all | Conformant | **81** | **139** |"
    assert len(table) == 2 + len(sample.CHAPTERS) + 1


def test_levels_are_judged_in_a_line() -> None:
    """Whether the core holds is said before the table."""
    text = as_markdown.text(sample.troubled())

    assert "\nstated: Deviates (3 failed, 1 unmet, 26 passed) · documented: Deviates (" in text


def test_failures_come_first() -> None:
    """Below the verdict stands what somebody has to mend."""
    lines = [line for line in as_markdown.text(sample.troubled()).splitlines() if line]

    assert lines[2] == "### ✗ failed: SET-04"


def test_failure_tells_sentence_source_expected_actual_and_curl() -> None:
    """A maintainer can act on a failure without opening another file."""
    text = as_markdown.text(sample.troubled())
    start = text.index("### ✗ failed: SET-04")
    failure = text[start : text.index("###", start + 3)]

    assert failure.startswith(
        "### ✗ failed: SET-04\n\n"
        "> A delegate cannot share the owner's calendar on: \\`Adele cannot share Alex's calendar\\`."
        f" (stated: [Walkthrough, step 1](<{sample.PAGE}>))\n\n"
        "- A delegate cannot share the owner's calendar on (`features/walkthrough.feature:24`)\n"
        "  - Expected: `false`\n"
        "  - Actual: `true` (`$.value[1].canShare`)\n"
        "  - Note: Compute \\`canShare\\` from the role.\n"
    )
    assert "<details><summary>The request as curl</summary>\n\n```sh\ncurl -sS -X GET" in failure


def test_error_shows_its_message() -> None:
    """A scenario without findings still says what happened."""
    report = sample.troubled()
    report = replace(report, scenarios=tuple(s for s in report.scenarios if s.outcome == "error"))

    assert "  - No answer from graph.microsoft.com within 60 s." in as_markdown.text(report)


def test_scenarios_of_one_requirement_stand_together() -> None:
    """The sentence is quoted once, three of its scenarios are told, the others counted."""
    report = sample.troubled()
    failed = report.scenarios[2]
    same = tuple(replace(failed, id=str(n), title=f"number {n}") for n in range(5))
    text = as_markdown.text(replace(report, scenarios=same))

    assert text.count("### ✗ failed: SET-04\n") == 1
    assert [title for title in (f"number {n}" for n in range(5)) if title in text] == [
        "number 0",
        "number 1",
        "number 2",
    ]
    assert "- … and 2 more in report.html" in text


@pytest.mark.parametrize("curl", ["", "curl " + "y" * 600, "curl " + "y" * 9000], ids=len)
def test_comment_stays_short_however_much_fails(curl: str) -> None:
    """A run in which everything fails is still a comment that is read; what it leaves out, it counts."""
    report = sample.troubled()
    failed = report.scenarios[2]
    many = tuple(
        replace(failed, id=str(n), requirements=(row.id,), title=f"number {n} of many", curl=curl)
        for n, row in enumerate(report.requirements)
    )
    text = as_markdown.text(replace(report, scenarios=many))
    told = text.count("### ✗")

    assert len(text) < 6_000
    assert told >= 2
    assert (
        f"**{len(many) - told} more scenarios are in trouble; report.html tells all. By requirement:**"
        in text
    )
    assert f"… (+{len(many) - told - 12})" in text
    assert ("```" in text) == (0 < len(curl) < 1000)


def test_one_failure_is_told_even_if_it_is_long() -> None:
    """The first failure is never left out."""
    report = sample.troubled()
    finding = Finding("`|" * 500, "`|" * 500, hint="`|" * 500)
    scenario = replace(report.scenarios[2], findings=(finding,) * 9, title="x" * 500)
    text = as_markdown.text(replace(report, scenarios=(scenario,) * 2))

    assert text.count("### ✗") == 1
    assert "  - … and 7 more in report.html" in text


def test_remarks_are_short_lists() -> None:
    """Warnings, known deviations and what was not checked are one line for each reason."""
    text = as_markdown.text(sample.troubled())

    assert "### Warnings and known deviations\n\n- ! warned: RTE-07: Expected the subject" in text
    assert "- ≈ known: RSP-11: Expected 400 ErrorInvalidParameter" in text
    assert "### Not checked\n\n- ∅ unsupported: LIF-16: POST /me/events/{id}/forward is answered 405" in text
    assert "- ○ unmet: SET-09, PRV-02: Nobody has private access to Alex's calendar." in text


def test_many_remarks_are_counted() -> None:
    """Of a hundred reasons not to check, six are told."""
    report = sample.troubled()
    unmet = next(s for s in report.scenarios if s.outcome == "unmet")
    many = tuple(replace(unmet, id=str(n), message=f"reason {n}") for n in range(100))

    assert "reason 5\n- … (+94)\n" in as_markdown.text(replace(report, scenarios=many))


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
    [("x", "`x`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("", "` `"), ("a\n b", "`a b`")],
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
