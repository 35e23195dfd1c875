"""Say what the words and codes of a report mean, each with a case in which it is right and one in which it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """What a word means: `right` is a case that it fits, `wrong` one that it does not, and what that is instead."""

    meaning: str
    right: str
    wrong: str


WORDS = {
    "stated": Word(
        "A level: the walkthrough itself says so. These rows are the core; a deviation fails, and no entry "
        "in [[known]] makes a target conform to the core.",
        "RSP-01: step 4 of the page prints 202 for an answer, so 200 fails.",
        "INV-02: the 201 of a creation is in the API reference; the page itself prints 200. It is documented.",
    ),
    "documented": Word(
        "A level: another page of the documentation says so. A deviation fails.",
        "INV-02: the reference of 'Create event' says 201, so 200 fails.",
        "INV-21: that the ids of two copies differ was only seen in examples. That part is observed.",
    ),
    "observed": Word(
        "A level: seen in examples and reports only. A deviation warns; with --strict it fails.",
        "An event that a delegate creates was seen with isReminderOn = false; true warns.",
        "A value that a page promises in a sentence: documented, and another value fails.",
    ),
    "passed": Word(
        "An outcome: the target does what the requirement says.",
        "INV-02: the creation was answered 201.",
        "The creation was never sent, for nobody has delegated a calendar: unmet.",
    ),
    "failed": Word(
        "An outcome: the target does something else, and the requirement is stated or documented. The report "
        "says what was expected and what came, which sentence of which page says so, and the curl to see it again.",
        "expected status 201, got status 200",
        "The same answer where the requirement is only observed: warned. No answer at all: error.",
    ),
    "warned": Word(
        "An outcome: the target does something else, and the requirement is only observed. Nothing promises "
        "it; clients may still rely on it. With --strict it fails.",
        "expected isReminderOn to be false, got true",
        "The same where a page promises it: failed.",
    ),
    "known": Word(
        "An outcome: it fails, and an entry in [[known]] of the target's file says so. The entry fails when it "
        "has expired, and when nothing deviates any more.",
        'requirement = "INV-02" in the file, and the creation is answered 200.',
        "The same, and the creation is answered 201: the entry is stale, and fails until it is removed.",
    ),
    "unsupported": Word(
        "An outcome: the target does not implement a call that the scenario needs. Told from its answer "
        "(405, 501, Graph's 400 for an unknown segment, a 404 that is not Graph's), or from unsupported = [...] in "
        "its file. Each call is asked for once in a run.",
        "POST …/tentativelyAccept is answered 404 with a page of HTML.",
        "It is answered 404 with the code ErrorItemNotFound: the call is there and the event is not; failed.",
    ),
    "unmet": Word(
        "An outcome: a precondition does not hold at this target: a role, a delivery option, a person, a token "
        "that can be limited; or an earlier answer, which another scenario judges, leaves nothing to look at.",
        "The file has no [people.diego], and the scenario is about somebody outside.",
        "Diego is there and his request is answered with somebody's events: failed.",
    ),
    "error": Word(
        "An outcome: the suite's or the network's trouble: no answer, no token, a recording that does not fit, "
        "a clean-up that failed. It says nothing about the target's calendars.",
        "The answer is 503 to the last attempt, or no JSON.",
        "The answer is 403 where a page promises 201: the target has answered; failed.",
    ),
    "untested": Word(
        "A requirement that no scenario of the run judges. For one that no scenario judges at all, graphcal "
        "explain ID says why.",
        "graphcal run -m RCV-02 leaves all others untested.",
        "A scenario began and what it needs did not hold: unmet.",
    ),
    "conformant": Word(
        "A verdict: something was judged, nothing failed, and nothing of the core is missing.",
        "600 scenarios passed, 3 warned, 2 of documented rows are unsupported.",
        "600 passed, and a call of the core is unsupported: nothing failed, but the run is inconclusive and "
        "the core deviates.",
    ),
    "deviates": Word(
        "A verdict: at least one scenario failed. Of the core, what is not implemented or known counts too.",
        "One creation was answered 200.",
        "One request was not answered, and all else passed: inconclusive.",
    ),
    "incomplete": Word(
        "A verdict on a chapter or level: nothing failed, and some rows could not be judged.",
        "In PRV 6 rows passed and one is unmet.",
        "In PRV no row could be judged: inconclusive.",
    ),
    "inconclusive": Word(
        "A verdict: trouble, an early end, or preconditions kept the run from judging enough.",
        "Ctrl-C after 40 of 600 scenarios that passed.",
        "Ctrl-C after one that failed: the deviation is proven; deviates.",
    ),
    "empty": Word(
        "A verdict: no scenario ran, so nothing is known.",
        "graphcal run -k nothing-has-this-title",
        "Scenarios ran and none found what it needs: inconclusive.",
    ),
    "documentation": Word(
        "Where an answer comes from: Microsoft's page prints it. A pass shows that the suite reads the page.",
        "The walkthrough's recording.",
        "A recording that graphcal record has made: emulator or service.",
    ),
    "emulator": Word(
        "Where an answer comes from: the reference emulator. A pass shows that suite and emulator agree.",
        "graphcal run --target emulator, and the recordings of all chapters but the walkthrough.",
        "Your own emulator, named by a file: a service, and a pass is evidence about it.",
    ),
    "service": Word(
        "Where an answer comes from: what a target's file describes. A pass is evidence about that service.",
        "graphcal run --target tenant.toml",
        "graphcal run without a target: documentation and emulator.",
    ),
    "0": Word(
        "An exit code: nothing failed; warnings, known deviations and skipped scenarios may be among the outcomes.",
        "597 passed, 3 warned.",
        "All passed, and the clean-up failed: 3.",
    ),
    "1": Word(
        "An exit code: at least one scenario failed; of graphcal diff: something got worse; of graphcal "
        "selftest: a fault went unseen.",
        "One failed and one ended in an error: what is proven comes first.",
        "None failed, one ended in an error: 3.",
    ),
    "2": Word(
        "An exit code: an option, a target's file or another setting is wrong, and the message names place and "
        "mend; or the command was stopped by Ctrl-C.",
        "graphcal run -m RCV-99",
        "The password in the target's file is refused by the service: 3.",
    ),
    "3": Word(
        "An exit code: trouble of the suite or the network, a clean-up that failed, or no precondition held.",
        "The service is down.",
        "The service answers something wrong: 1.",
    ),
    "5": Word(
        "An exit code: nothing was checked.",
        "All that ran is unsupported.",
        "All that ran is unmet: 3, for the target could have been judged.",
    ),
}
ALSO = {"core": "stated", "strict": "observed", "replay": "documentation"}  # what else a word may be called
