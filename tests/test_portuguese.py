"""The walkthrough in Portuguese is the English one, step by step, and a run can be had in Portuguese."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from inspect import signature, unwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

import command_runs
import pytest
from gherkin.parser import Parser
from pytest_bdd.steps import step_function_context_registry

from graphcal import listing, places
from graphcal.catalogue import Catalogue, read_catalogue
from graphcal.feature import Example, read_examples
from graphcal.merging import merge
from graphcal.outcomes import Trouble, UsageError
from graphcal.phrases import TYPES as ENGLISH_TYPES
from graphcal.plans import read_plan
from graphcal.portuguese import TYPES, Phrase, in_english
from graphcal.step_index import StepIndex

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_bdd.parser import Step
    from pytest_bdd.steps import StepFunctionContext

ENGLISH = places.features() / "walkthrough.feature"
PORTUGUESE = places.features() / "pt" / "walkthrough.feature"
CHAPTER = "features/pt/walkthrough.feature"
REQUIREMENT = "SET-04"  # which the walkthrough judges, and a chapter that is in English only
IN_ENGLISH = "features/shared_calendar.feature"


@cache
def catalogue() -> Catalogue:
    """Return the suite's catalogue."""
    return read_catalogue(places.features() / "requirements.toml")


@cache
def index() -> StepIndex:
    """Return the definitions of all steps, English and Portuguese."""
    listing.vocabulary("pt")
    found = list(step_function_context_registry.values())
    return StepIndex([context for context in found if context.step_func.__module__.startswith("steps.")])


@cache
def pairs() -> list[tuple[Example, Example]]:
    """Return each English scenario with the Portuguese one in its place."""
    return list(
        zip(*(read_examples(path, catalogue(), index()) for path in (ENGLISH, PORTUGUESE)), strict=True)
    )


def phrases() -> list[str]:
    """Return the Portuguese phrases."""
    return [found.parser.name for found in index().definitions if isinstance(found.parser, Phrase)]


def paired_steps() -> list[tuple[Step, Step]]:
    """Return each English step with the Portuguese one in its place."""
    return [
        steps
        for english, portuguese in pairs()
        for steps in zip(english.scenario.steps, portuguese.scenario.steps, strict=True)
    ]


def definition(step: Step) -> StepFunctionContext:
    """Return the one definition of a step."""
    (found,) = index().find(step)
    return found


def meaning(step: Step) -> tuple[Any, dict[str, Any], Any]:
    """Return the function that a step calls, what its words mean there, and the meeting that its table plans."""
    context = definition(step)
    told = context.parser.parse_arguments(step.name) or {}
    arguments = {
        name: value for name, value in told.items() if name in signature(context.step_func).parameters
    }
    plan = None
    if step.datatable:
        rows = [list(row) for row in step.datatable.raw()]
        subject = arguments["subject"]
        spoken = isinstance(context.parser, Phrase)
        plan = read_plan(subject, in_english(subject, rows) if spoken else rows)
    return unwrap(context.step_func), arguments, plan


def test_scenarios_judge_the_same_in_the_same_order() -> None:
    """Each scenario has the tags, the requirements and the level of the English one in its place."""
    assert [(english.tags, english.requirements, english.level) for english, _ in pairs()] == [
        (portuguese.tags, portuguese.requirements, portuguese.level) for _, portuguese in pairs()
    ]


def test_rules_hold_the_same_scenarios() -> None:
    """Both features have the same rules, one a step of the page, with as many scenarios each."""
    sizes = [
        [len(list(scenarios)) for _, scenarios in groupby(examples, key=lambda example: example.rule)]
        for examples in zip(*pairs(), strict=True)
    ]
    assert sizes[0] == sizes[1]


def test_steps_mean_the_same() -> None:
    """Each step calls the function of the English one with the same values and the same plan."""
    different = [
        (english.name, portuguese.name)
        for english, portuguese in paired_steps()
        if (english.type, meaning(english)) != (portuguese.type, meaning(portuguese))
    ]
    assert different == []


def test_fixtures_are_those_of_the_english_steps() -> None:
    """What a step returns is known to later steps by the same name."""
    targets = [(definition(e).target_fixture, definition(p).target_fixture) for e, p in paired_steps()]
    assert [pair for pair in targets if pair[0] != pair[1]] == []


def test_each_english_phrase_has_one_portuguese() -> None:
    """One thing is said in one way, and two things in two."""
    said = {(definition(e).parser.name, definition(p).parser.name) for e, p in paired_steps()}
    assert [len(said)] * 2 == [len(set(words)) for words in zip(*said, strict=True)]


def test_every_portuguese_phrase_is_said() -> None:
    """The table holds what the feature says, each phrase once, and nothing else."""
    assert sorted({definition(p).parser.name for _, p in paired_steps()}) == sorted(phrases())


def test_nothing_is_left_in_english() -> None:
    """No title, rule or step is the English one."""
    for english, portuguese in pairs():
        assert portuguese.title != english.title
        assert portuguese.rule != english.rule
    assert [e.name for e, p in paired_steps() if e.name == p.name] == []


@pytest.mark.parametrize(
    ("name", "word", "english"),
    [
        ("People", "Alex, Megan e Christie", "Alex, Megan and Christie"),
        ("People", "Megan e Christie", "Megan and Christie"),
        ("People", "Adele", "Adele"),
        ("Ability", "pode", "can"),
        ("Ability", "não pode", "cannot"),
        ("Switch", "ligado", "on"),
        ("Switch", "desligado", "off"),
        ("Manner", "provisoriamente", "tentatively"),
        ("Manner", "positivamente", "positively"),
        ("Manner", "negativamente", "negatively"),
        ("Availability", "livre", "free"),
        ("Availability", "provisório", "tentative"),
        ("Availability", "ocupado", "busy"),
        ("Precision", "frações", "fractions"),
        ("Precision", "segundos inteiros", "whole seconds"),
        ("Object", "ele", "him"),
        ("Object", "ela", "her"),
    ],
)
def test_words_mean_what_the_english_ones_mean(name: str, word: str, english: str) -> None:
    """A Portuguese word has the value of the English one, also behind a capital."""
    parser = Phrase(f"{{it:{name}}}")
    assert parser.parse_arguments(word) == {"it": ENGLISH_TYPES[name](english)}
    assert parser.parse_arguments(word.capitalize()) == parser.parse_arguments(word)


@pytest.mark.parametrize(
    ("name", "word"), [("Ability", "can"), ("People", "Alex and Megan"), ("Switch", "on")]
)
def test_english_words_are_undefined_in_portuguese_phrases(name: str, word: str) -> None:
    """A word outside its type is an undefined step, never a wrong value."""
    assert not Phrase(f"{{it:{name}}}").is_matching(word)


def test_words_that_no_phrase_needs_are_not_there() -> None:
    """Every type of the Portuguese phrases stands in one."""
    assert [name for name in TYPES if not any(f":{name}}}" in phrase for phrase in phrases())] == []


ROWS = [
    ["dia", "25 de dezembro"],
    ["de", "18:00"],
    ["até", "22:00"],
    ["fuso horário", "Pacific Standard Time"],
    ["local", "Alex' home"],
    ["texto", "Happy"],
    ["", "holidays!"],
]
PLAN = [
    ["day", "25 December"],
    ["from", "18:00"],
    ["to", "22:00"],
    ["time zone", "Pacific Standard Time"],
    ["place", "Alex' home"],
    ["text", "Happy"],
    ["", "holidays!"],
]


def test_table_is_read_in_portuguese() -> None:
    """Names of rows and months are translated, values of Graph are not."""
    assert in_english("Jantar", ROWS) == PLAN
    assert in_english("Jantar", [["dia", "1 de Março"], *ROWS[1:]])[0] == ["day", "01 March"]


NEEDS = 'the meeting "Jantar" needs the rows dia, de, até, fuso horário, local, texto; it has '
WRITE = 'the meeting "Jantar": write dia like "25 de dezembro", de and até like "18:00" ('


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS[1:], NEEDS + "de, até, fuso horário, local, texto"),
        ([*ROWS, ["convidados", "2"]], NEEDS),
        ([["day", "25 December"], *ROWS[1:]], NEEDS + "day, de"),
        ([*ROWS, ROWS[0]], NEEDS),
        ([["dia"], *ROWS[1:]], NEEDS),
        ([], NEEDS),
        ([["dia", "25 December"], *ROWS[1:]], WRITE),
        ([["dia", "25 de december"], *ROWS[1:]], WRITE),
        ([["dia", "31 de junho"], *ROWS[1:]], WRITE),
        ([["dia", "29 de fevereiro"], *ROWS[1:]], WRITE),
        ([ROWS[0], ["de", "18h"], *ROWS[2:]], WRITE),
    ],
)
def test_unreadable_table_says_what_to_write(rows: list[list[str]], said: str) -> None:
    """Trouble speaks of the rows by their Portuguese names."""
    with pytest.raises(Trouble) as caught:
        in_english("Jantar", rows)
    assert str(caught.value).startswith(said)


SOUND = """\
# language: pt
Funcionalidade: Calendários

  Contexto:
    Dado que Alex delegou seu calendário a Adele

  @SET-04
  Cenário: A delegada não compartilha
    Quando Adele lista seus calendários
    Então Adele não pode compartilhar o calendário de Alex
"""
BROKEN = {
    "mistyped keyword": (
        SOUND.replace("    Quando", "    Qando").replace("    Então", "    Entam"),
        "8: 'A delegada não compartilha' has no Then",
    ),
    "two actions": (
        SOUND.replace("    Então", "    E Adele lista seus calendários\n    Então"),
        "8: 'A delegada não compartilha' has 2 Whens",
    ),
    "order": (
        f"{SOUND}    Mas Adele pode editar o calendário de Alex\n    Quando Adele lista seus calendários\n",
        "8: 'A delegada não compartilha' has 2 Whens",
    ),
    "empty outline": (
        SOUND.replace("Cenário:", "Esquema do Cenário:"),
        "8: 'A delegada não compartilha' is an outline without a row",
    ),
    "title twice": (SOUND + SOUND[SOUND.index("\n  @SET-04") :], "13: the scenarios at lines 8 and 13"),
    "unknown step": (
        SOUND.replace("não pode", "talvez possa"),
        (
            "10: no step is defined for 'Então Adele talvez possa compartilhar o calendário de Alex'; "
            "graphcal list --steps --lang pt prints the vocabulary"
        ),
    ),
    "English in the folder": (
        "Feature: X\n\n  Scenario: Y\n    When Z\n",
        "1: the language of the feature is 'en'",
    ),
}


def written(folder: Path, text: str) -> Path:
    """Write a feature file into a folder of features in Portuguese."""
    (folder / "pt").mkdir()
    path = folder / "pt" / "x.feature"
    path.write_text(text, encoding="utf-8")
    return path


def test_portuguese_keywords_are_read(tmp_path: Path) -> None:
    """The lint takes a sound feature as it is."""
    (example,) = read_examples(written(tmp_path, SOUND), catalogue(), index())
    assert [step.type for step in example.scenario.steps] == ["given", "when", "then"]


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_lint_holds_for_portuguese_keywords(text: str, said: str, tmp_path: Path) -> None:
    """What would not run, or not as it reads, is refused with its line."""
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        read_examples(path, catalogue(), index())
    assert f"{path}:{said}" in str(caught.value)


def test_portuguese_among_the_english_features_is_refused(tmp_path: Path) -> None:
    """The folder says which phrases a feature may use."""
    path = tmp_path / "x.feature"
    path.write_text(SOUND, encoding="utf-8")
    with pytest.raises(UsageError, match="features in pt lie in features/pt"):
        read_examples(path, catalogue(), index())


def outcomes(ran: command_runs.Ran) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Return outcome and message of each English scenario and of the Portuguese one in its place."""
    found = {row["id"]: (row["outcome"], row["message"]) for row in ran.report["scenarios"]}
    return [
        (found[f"{command_runs.CHAPTER}::{english.title}"], found[f"{CHAPTER}::{portuguese.title}"])
        for english, portuguese in pairs()
    ]


def test_both_pass_on_the_recording() -> None:
    """One recording serves both features."""
    ran = command_runs.run_recording(command_runs.walkthrough(), CHAPTER)
    assert ran.code == 0
    assert {outcome for pair in outcomes(ran) for outcome, _ in pair} == {"passed"}


def test_both_turn_red_at_the_same_places() -> None:
    """A broken recording is told of in the same words by both features."""
    recording = json.dumps(command_runs.walkthrough())
    for right, wrong in (
        ("Tenatively", "Tentatively"),  # the kind of the answer
        ('\\"isOrganizer\\": true', '\\"isOrganizer\\": false'),
        ('\\"bodyPreview\\": \\"Happy', '\\"bodyPreview\\": \\"Merry'),
    ):
        assert right in recording
        recording = recording.replace(right, wrong)
    ran = command_runs.run_recording(recording, CHAPTER)
    assert [pair for pair in outcomes(ran) if pair[0] != pair[1]] == []
    assert ran.outcomes[f"{CHAPTER}::A resposta diz que é provisória, na grafia dos metadados"] == "failed"
    assert ran.outcomes[f"{CHAPTER}::O proprietário organiza o evento em seu calendário"] == "failed"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[command_runs.Ran, Path]:
    """A run in Portuguese of what judges a requirement, and its report."""
    folder = tmp_path_factory.mktemp("report")
    return command_runs.run_command("--lang=pt", "-m", REQUIREMENT, f"--report={folder}"), folder


def chapters(report: dict[str, Any]) -> set[str]:
    """Return the feature files that a report speaks of."""
    return {scenario["feature"] for scenario in report["scenarios"]}


def test_run_in_portuguese_reads_what_there_is(spoken: tuple[command_runs.Ran, Path]) -> None:
    """The walkthrough is read in Portuguese, once, and the other chapters in English."""
    ran, folder = spoken
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert ran.code == 0
    assert chapters(report) >= {CHAPTER, IN_ENGLISH}
    assert command_runs.CHAPTER not in chapters(report)


def test_report_of_a_run_in_portuguese_is_in_portuguese(spoken: tuple[command_runs.Ran, Path]) -> None:
    """Page and messages quote the feature as it is written."""
    page = (spoken[1] / "report.html").read_text(encoding="utf-8")
    assert '<html lang="pt">' in page
    assert "Etapa 1 - Adele obtém o calendário que Alex delegou a ela" in page
    messages = [json.loads(line) for line in (spoken[1] / "messages.ndjson").read_text("utf-8").splitlines()]
    documents = [message["gherkinDocument"] for message in messages if "gherkinDocument" in message]
    assert {d["uri"]: d["feature"]["language"] for d in documents}[CHAPTER] == "pt"


def test_merging_takes_the_portuguese_chapter_for_the_english(spoken: tuple[command_runs.Ran, Path]) -> None:
    """A chapter that ran in either language is not missing."""
    notes = merge([spoken[1]]).notes
    assert [note for note in notes if "walkthrough" in note] == []


def test_run_is_in_english_unless_told() -> None:
    """Without --lang nothing of the folder is read."""
    read = chapters(command_runs.run_command("-m", REQUIREMENT).report)
    assert CHAPTER not in read
    assert command_runs.CHAPTER in read


@pytest.mark.parametrize(
    ("named", "language"), [(CHAPTER, "en"), (command_runs.CHAPTER, "pt"), (command_runs.CHAPTER, "en")]
)
def test_named_file_is_read_in_any_case(named: str, language: str) -> None:
    """What the command line names is what runs."""
    ran = command_runs.run_command(f"--lang={language}", "-m", REQUIREMENT, named)
    assert chapters(ran.report) == {named}


def test_scenario_is_run_again_by_its_id() -> None:
    """The id that a report prints, accents and all, names a scenario."""
    name = f"{CHAPTER}::A resposta chega à delegada"
    assert command_runs.run_command(name).outcomes == {name: "passed"}


def test_english_run_loads_no_portuguese() -> None:
    """A normal run does not pay for the phrases it does not need."""
    code = (
        "import sys\nfrom graphcal.running import run\n"
        f"run(['-pno:randomly', '-pno:xdist', '-m', '{REQUIREMENT}'])\n"
        "sys.exit('steps.service' not in sys.modules or 'steps.pt' in sys.modules)"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], check=False, timeout=120, stdout=subprocess.DEVNULL
        ).returncode
        == 0
    )


def test_vocabularies_are_listed_apart() -> None:
    """`list --steps` prints the phrases of one language."""
    english, portuguese = listing.vocabulary(), listing.vocabulary("pt")
    assert [phrase for phrase in phrases() if f"  {phrase}  (" not in portuguese] == []
    assert [phrase for phrase in phrases() if f"  {phrase}  (" in english] == []
    assert [line for line in portuguese.splitlines() if line[0] != " "] == ["Dado", "Quando", "Então"]


@pytest.mark.parametrize("language", ["en", "pt"])
def test_scenarios_are_listed_once(language: str) -> None:
    """A requirement's scenarios are listed in one language."""
    found = {
        template.feature.filename
        for items in listing.scenarios_by_requirement(language).values()
        for template in items
    }
    assert found == {str(path) for path in places.chapters(language)}
    assert sum("walkthrough" in name for name in found) == 1


def test_title_and_page_say_whose_need_it_is() -> None:
    """The feature links the page in Portuguese."""
    feature = Parser().parse(PORTUGUESE.read_text(encoding="utf-8"))["feature"]
    assert feature["language"] == "pt"
    assert "/pt-br/graph/outlook-create-event-in-shared-delegated-calendar" in feature["description"]
