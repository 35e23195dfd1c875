"""Open pages in a real browser, let axe-core judge them as they are used, and try what they promise.

Reads {"browser": path, "shots": folder or "", "pages": {name: path}, "glances": {name: path}} and writes what it
found, by name, as JSON; at a page of "glances" it only lets axe-core look. Runs in an environment of its own,
with playwright and axe-playwright-python.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
JUDGE = """async levels => (await axe.run(document, {runOnly: levels, resultTypes: ["violations"]})).violations
  .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
LOOKS = tuple((width, scheme) for width in (360, 1280) for scheme in ("light", "dark"))  # CSS pixels, colours
WHOLE = """async name => {
  const fold = document.querySelector(`[data-whole="${name}"]`);
  const before = fold.textContent.length;
  fold.open = true;
  await new Promise(done => setTimeout(done, 600));
  const body = fold.querySelector("pre:last-child").textContent.split("\\n\\n").slice(1).join("\\n\\n");
  return [before, fold.textContent.length, typeof JSON.parse(body) === "object"];
}"""
SETTLED = 600  # milliseconds: longer than the script waits before it announces something


def main() -> None:
    """Judge the pages that the input names."""
    given = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given["browser"], args=["--no-sandbox"])
        found = {name: _visited(browser, name, path, given["shots"]) for name, path in given["pages"].items()}
        found |= {name: _glance(browser, path) for name, path in given["glances"].items()}
        browser.close()
    json.dump(found, sys.stdout)


def _glance(browser: Browser, path: str) -> list[str]:
    page = browser.new_page()
    page.goto(Path(path).as_uri())
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    violations: list[str] = page.evaluate(JUDGE, LEVELS)
    return violations


def _visited(browser: Browser, name: str, path: str, shots: str) -> dict[str, Any]:
    address = Path(path).as_uri()
    looks = {}
    for width, scheme in LOOKS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message, heard=complaints: heard.append(message.text))
        page.on("pageerror", lambda error, heard=complaints: heard.append(str(error)))
        page.goto(address)
        shot = f"{shots}/{name}-{width}-{scheme}" if shots else ""
        looks[f"{width} {scheme}"] = _states(page, shot) | {"complaints": complaints}
        context.close()
    return {
        "looks": looks,
        "used": _used(browser, address),
        "unscripted": _unscripted(browser, address),
        "printed": _printed(browser, address, f"{shots}/{name}.pdf" if shots else ""),
    }


def _states(page: Page, shot: str) -> dict[str, Any]:
    """Judge a page as it opens, filtered, and with all unfolded; measure what sticks out to the right."""
    page.evaluate(AXE)
    states = {}
    for state, act in {"opened": None, "filtered": _filter, "unfolded": _unfold}.items():
        if act:
            act(page)
        states[state] = {"violations": page.evaluate(JUDGE, LEVELS), "overflow": page.evaluate(OVERFLOW)}
        if shot:
            page.screenshot(path=f"{shot}-{state}.png")
    return states


def _filter(page: Page) -> None:
    page.locator("#filter").scroll_into_view_if_needed()
    page.get_by_role("searchbox").fill("calendar")
    page.locator("#filter input[name=outcome]").first.check()
    page.wait_for_timeout(SETTLED)


def _unfold(page: Page) -> None:
    page.locator("#filter button").click()
    page.evaluate(UNFOLD)
    page.wait_for_timeout(SETTLED)


def _used(browser: Browser, address: str) -> dict[str, Any]:
    """Use the page as a person with a keyboard and a mouse does; tell what happened."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    told: dict[str, Any] = {}
    page.keyboard.press("Tab")
    told["first stop"] = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    told["skipped to"] = page.evaluate("document.activeElement.id")

    page.locator("#filter input[value=failed]").check()
    page.locator("#filter input[value=stated]").check()
    page.wait_for_timeout(SETTLED)
    shown = page.locator("[data-found]:not([hidden])")
    told["failed and stated"] = shown.evaluate_all("rows => rows.map(row => row.id)")
    told["chapters shown"] = page.locator("section:has(> [data-found]):not([hidden])").count()
    told["announced"] = page.get_by_role("status").first.inner_text()
    again = context.new_page()
    again.goto(page.url)
    again.wait_for_timeout(SETTLED)
    told["kept in the address"] = again.get_by_role("status").first.inner_text() == told["announced"]
    again.close()
    page.get_by_role("searchbox").fill("no such words")
    page.wait_for_timeout(SETTLED)
    told["announced of nothing"] = page.get_by_role("status").first.inner_text()

    page.locator("article blockquote footer a[href^='#']").first.click()
    page.wait_for_timeout(SETTLED)
    target = page.evaluate("location.hash")
    told["hidden target of a link"] = page.locator(target).is_visible()
    told["announced of all"] = page.get_by_role("status").first.inner_text()

    page.locator("article a[href^='#x']").first.click()
    told["folded target of a link"] = page.locator(page.evaluate("location.hash")).is_visible()

    page.evaluate("location.hash = 'set-04'")
    page.wait_for_timeout(SETTLED)
    told["typed in small letters"] = page.locator("#SET-04").is_visible() and page.evaluate("scrollY > 0")
    fold = page.locator("details[data-whole]", has_text="calendars").first
    whole = page.evaluate(WHOLE, fold.get_attribute("data-whole"))
    told["unfolded whole"] = whole[0] < whole[1] and whole[2]

    command = page.locator("article pre.curl").first
    button = page.locator("article button").first
    told["button"] = button.inner_text()
    button.click()
    page.wait_for_timeout(SETTLED)
    told["copied"] = page.evaluate("navigator.clipboard.readText()") == command.evaluate(
        "node => node.textContent"
    )
    told["button after"] = button.inner_text()
    told["said after"] = page.locator("#copied").inner_text()
    context.close()
    return told


def _unscripted(browser: Browser, address: str) -> dict[str, Any]:
    """Read the page with scripts switched off."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    told = {
        "controls": page.locator("form:visible, input:visible, button:visible").count(),
        "requirements": page.locator("[data-found]:visible").count(),
        "curls": page.locator("article pre.curl").count(),
    }
    page.locator("article a[href^='#x']").first.click()
    told["folded target of a link"] = page.locator(":target").is_visible()
    fold = page.locator("[data-found] details").first
    fold.locator("summary").click()
    told["steps"] = fold.locator("ol").is_visible()
    context.close()
    return told


def _printed(browser: Browser, address: str, path: str) -> dict[str, Any]:
    """Print the page, and look at it as paper shows it."""
    context = browser.new_context(viewport={"width": 794, "height": 1123}, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    pages = page.pdf(format="A4", **({"path": path} if path else {})).count(b"/Type /Page\n")
    page.emulate_media(media="print")
    told = {
        "sheets": pages,
        "controls": page.locator("form:visible, input:visible, button:visible").count(),
        "paper": page.evaluate("getComputedStyle(document.body).backgroundColor"),
        "words": page.locator("header dl dd").last.is_visible(),
        "requirements": page.locator("[data-found]:visible").count(),
        "overflow": page.evaluate(OVERFLOW),
    }
    context.close()
    return told


if __name__ == "__main__":
    main()
