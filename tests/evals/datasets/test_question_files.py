from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evals.datasets.question_files import load_question_files, read_question_files
from evals.datasets.question_form import ANSWERABLE_KINDS, HISTORY_KINDS, HOSTILE, KINDS, UNANSWERABLE_KINDS
from evals.records import ExpectedAnswer, Question
from rag import FootnoteError
from tests.evals.datasets.conftest import OpenDesk

GOOD = "id: a, kind: fact, question: Who"
SAID = "answers: [Ada], cites: [x#1]"
LONG = "They met in Oslo in May, and it rained all day, as it often does in a town by the sea in the north."
TALKS = "\n\n".join(["Talks go on", LONG, LONG, "3 Comments", "Nonsense.", "Please enter your name here"])


def read(folder: Path, text: str) -> list[Question]:
    (folder / "mine.yaml").write_text(text)
    return [filed.question for filed in read_question_files(folder / "mine.yaml")]


def read_one(folder: Path, text: str) -> Question:
    [question] = read(folder, text)
    return question


def fail(folder: Path, text: str) -> FootnoteError:
    with pytest.raises(FootnoteError) as caught:
        read(folder, text)
    return caught.value


def test_a_whole_question_is_read(tmp_path: Path) -> None:
    question = read_one(
        tmp_path,
        """
        - id: when
          kind: follow-up
          question: When?
          answers: [{text: in 2012, date: "2012"}, [Egypt, Qatar]]
          cites: [[a#1, b#2], c#3]
          history: [Who met, "Where?"]
          note: why
        """,
    )
    assert (question.id, question.kind, question.question) == ("when", "follow-up", "When?")
    assert question.answers == (
        (ExpectedAnswer("in 2012", "date", "2012"),),
        (ExpectedAnswer("Egypt"), ExpectedAnswer("Qatar")),
    )
    assert question.cites == (frozenset({"a#1", "b#2"}), frozenset({"c#3"}))
    assert (question.history, question.note) == (("Who met", "Where?"), "why")
    assert question.answerable
    assert question.split is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Ada", ExpectedAnswer("Ada")),
        ("{text: Ada}", ExpectedAnswer("Ada")),
        ("{text: 27 years, number: 27}", ExpectedAnswer("27 years", "number", "27")),
        ("{text: over a million, number: 1_200_000}", ExpectedAnswer("over a million", "number", "1200000")),
        ('{text: "-0.50", number: -0.50}', ExpectedAnswer("-0.50", "number", "-0.5")),
        ("{text: in May, date: 2012-05}", ExpectedAnswer("in May", "date", "2012-05")),
        ("{text: in 2012, date: 2012}", ExpectedAnswer("in 2012", "date", "2012")),
        ("{text: Friday, date: 2017-08-04}", ExpectedAnswer("Friday", "date", "2017-08-04")),
        ('{text: "No", verdict: "no"}', ExpectedAnswer("No", "verdict", "no")),
    ],
)
def test_an_answer_has_its_form(answer: str, expected: ExpectedAnswer, tmp_path: Path) -> None:
    assert read_one(tmp_path, f"- {{{GOOD}, answers: [{answer}], cites: [x#1]}}").answers == ((expected,),)


@pytest.mark.parametrize("kind", [*UNANSWERABLE_KINDS, *HISTORY_KINDS, HOSTILE])
def test_these_kinds_may_be_unanswerable(kind: str, tmp_path: Path) -> None:
    assert not read_one(tmp_path, f"- {{id: a, kind: {kind}, question: Who, history: [Where]}}").answerable


@pytest.mark.parametrize("kind", [*ANSWERABLE_KINDS, *HISTORY_KINDS, HOSTILE])
def test_these_kinds_may_be_answerable(kind: str, tmp_path: Path) -> None:
    said = "answers: [{text: 'No', verdict: 'no'}], cites: [x#1]"
    assert read_one(tmp_path, f"- {{id: a, kind: {kind}, question: Who, history: [Where], {said}}}").answerable


def test_a_yes_or_no_has_a_verdict(tmp_path: Path) -> None:
    error = fail(tmp_path, f"- {{id: a, kind: yes or no, question: Who, {SAID}}}")
    assert "are verdicts" in error.message
    assert "verdict" in error.hint


def test_a_word_may_have_to_stand_alone(tmp_path: Path) -> None:
    question = read_one(tmp_path, "- {id: a, kind: fact, question: Who, answers: [{alone: Ada}], cites: [x#1]}")
    assert question.answers == ((ExpectedAnswer("Ada", "alone"),),)
    error = fail(tmp_path, "- {id: a, kind: fact, question: Who, answers: [{alone: Ada, number: 1}], cites: [x#1]}")
    assert "has nothing else" in error.message


def test_the_kinds_are_told_apart() -> None:
    assert len(set(KINDS)) == len(KINDS) == 17


LIST = "Expected is a list of questions"
QUOTE = 'Put it in quotes, "yes" or "no"'
TEXT_AND = 'Write {text: "27 years", number: 27}'


@pytest.mark.parametrize(
    ("fields", "problem", "hint"),
    [
        (f"id: a, kind: fact, qestion: Who, {SAID}", "there is no field 'qestion'.", "Did you mean 'question'?"),
        (f"{GOOD}, {SAID}, xyz: 1", "there is no field 'xyz'.", "There are id, kind, question, answers, cites, "),
        (f"kind: fact, question: Who, {SAID}", "field 'id' is missing.", LIST),
        (f"id: a, question: Who, {SAID}", "field 'kind' is missing.", LIST),
        (f"id: a, kind: fact, {SAID}", "field 'question' is missing.", LIST),
        (f"id: a, kind: fcat, question: Who, {SAID}", "there is no kind 'fcat'.", "Did you mean 'fact'?"),
        (f"id: a, kind: xyz, question: Who, {SAID}", "there is no kind 'xyz'.", "There are fact, two paragraphs, "),
        (f"id: 7, kind: fact, question: Who, {SAID}", "field 'id' must be text, not a number.", "Put it in quotes."),
        (f"id: ' ', kind: fact, question: Who, {SAID}", "field 'id' must not be empty.", LIST),
        (f"id: a, kind: fact, question: '', {SAID}", "field 'question' must not be empty.", LIST),
        (f"id: a, kind: fact, question: , {SAID}", "field 'question' must be text, not nothing.", "Put it in quotes."),
        (f"id: a, kind: fact, question: [Who], {SAID}", "field 'question' must be text, not a list.", LIST),
        (f"{GOOD}, answers: Ada, cites: [x#1]", "field 'answers' must be a list, not text.", LIST),
        (f"{GOOD}, answers: ['', Ada], cites: [x#1]", "field 'answers', entry 1 must not be empty.", LIST),
        (f"{GOOD}, answers: [[]], cites: [x#1]", "field 'answers', entry 1 needs 1 or more entries, not 0.", LIST),
        (f"{GOOD}, answers: [[[Ada]]], cites: [x#1]", "field 'answers', entry 1, entry 1 must be text, not a", LIST),
        (f"{GOOD}, answers: [yes], cites: [x#1]", "field 'answers', entry 1 must be text, not true or false.", QUOTE),
        (f"{GOOD}, answers: [Ada, 2012], cites: [x#1]", "field 'answers', entry 2 must be text, not a num", TEXT_AND),
        (f"{GOOD}, answers: [[2.5]], cites: [x#1]", "field 'answers', entry 1, entry 1 must be text, not a", TEXT_AND),
        (f"{GOOD}, answers: [2012-08-04], cites: [x#1]", "field 'answers', entry 1 must be text, not date.", TEXT_AND),
        (f"{GOOD}, answers: [2012-13-45], cites: [x#1]", "'2012-13-45' is not what it looks like.", "Put it in quote"),
        (f"{GOOD}, answers: [{{txt: A}}], cites: [x#1]", "there is no field 'answers', entry 1, 'txt'.", "Did you mea"),
        (f"{GOOD}, answers: [{{number: 1}}], cites: [x#1]", "field 'text' is missing.", "Write {text"),
        (f"{GOOD}, answers: [{{text: A, number: '1'}}], cites: [x#1]", "'1' is no number.", "Write digits without"),
        (f"{GOOD}, answers: [{{text: A, number: .inf}}], cites: [x#1]", "inf is no number.", "Write digits without"),
        (f"{GOOD}, answers: [{{text: A, number: yes}}], cites: [x#1]", "True is no number.", "Write digits without"),
        (f"{GOOD}, answers: [{{text: A, verdict: no}}], cites: [x#1]", "field 'answers', entry 1, 'verdict'", QUOTE),
        (f"{GOOD}, answers: [{{text: A, verdict: maybe}}], cites: [x#1]", "field 'answers', entry 1, 'verdict'", LIST),
        (f"{GOOD}, answers: [{{text: A, date: in May}}], cites: [x#1]", "'in May' does not look like a", "Write YYYY"),
        (f"{GOOD}, answers: [{{text: A, date: '2012-13'}}], cites: [x#1]", "there is no date '2012-13'.", "Write YYY"),
        (f"{GOOD}, answers: [{{text: A, date: '2011-02-29'}}], cites: [x#1]", "there is no date '2011-02-", "Write Y"),
        (
            f"{GOOD}, answers: [{{text: A, date: 2012-08-04 10:00:00}}], cites: [x#1]",
            "field 'answers', entry",
            TEXT_AND,
        ),
        (f"{GOOD}, answers: [{{text: A, date: '2012', number: 2012}}], cites: [x#1]", "an answer has at mo", "Make it"),
        (f"{GOOD}, answers: [Ada], cites: [x]", "'x' names no paragraph.", "Write article-id#number"),
        (f"{GOOD}, answers: [Ada], cites: [x#0]", "'x#0' names no paragraph.", "Write article-id#number"),
        (f"{GOOD}, answers: [Ada], cites: [[x#1, 'a b#1']]", "'a b#1' names no paragraph.", "Write article-id#num"),
        (f"{GOOD}, answers: [Ada]", "a question of the kind 'fact' needs answers and cites.", LIST),
        (f"{GOOD}, cites: [x#1]", "a question of the kind 'fact' needs answers and cites.", LIST),
        (GOOD, "a question of the kind 'fact' needs answers and cites.", LIST),
        ("id: a, kind: near miss, question: Who, answers: [Ada]", "a question of the kind 'near miss' has neit", LIST),
        ("id: a, kind: hostile, question: Who, answers: [Ada]", "a question of the kind 'hostile' has both", LIST),
        (f"id: a, kind: follow-up, question: Who, {SAID}", "a question of the kind 'follow-up' needs a his", "List "),
        (
            "id: a, kind: topic change, question: Who",
            "a question of the kind 'topic change' needs a history.",
            "List ",
        ),
        (f"{GOOD}, {SAID}, history: [1]", "field 'history', entry 1 must be text, not a number.", "Put it in quotes."),
        (f"{GOOD}, {SAID}, note: no", "field 'note' must be text, not true or false.", QUOTE),
        (f"{GOOD}, {SAID}, id: b", "field 'id' is there twice, first in line 3.", "Keep one of them."),
        (f"{GOOD}, {SAID}, [a]: b", "the name of a field must be text.", "Write it as NAME: VALUE."),
        (f"{GOOD}, {SAID}, note: !mine x", "'!mine' is not understood here.", "Leave it out."),
        (f"{GOOD}, {SAID}, note: !!bool x", "'x' is not what it looks like.", "Put it in quotes if it is text."),
    ],
)
def test_a_rule_that_is_broken_is_told_with_its_line(fields: str, problem: str, hint: str, tmp_path: Path) -> None:
    error = fail(tmp_path, f"# questions\n- {{id: first, kind: near miss, question: Who}}\n- {{{fields}}}\n")
    assert error.message.startswith(f"{tmp_path / 'mine.yaml'}, line 3: {problem}")
    assert error.hint.startswith(hint)


@pytest.mark.parametrize(
    ("wrong", "line"), [("kind: fcat", 2), ("answers:\n    - Ada\n    - 7", 5), ("cites:\n    - [x#1,\n       x]", 5)]
)
def test_the_line_is_that_of_the_value(wrong: str, line: int, tmp_path: Path) -> None:
    name = wrong.partition(":")[0]
    fields = {"kind": "kind: fact", "question": "question: Who", "answers": "answers: [A]", "cites": "cites: [x#1]"}
    order = ["kind", *([name] if name != "kind" else []), *(field for field in fields if field not in ("kind", name))]
    text = "- id: a\n" + "".join(f"  {wrong if field == name else fields[field]}\n" for field in order)
    assert f"line {line}: " in fail(tmp_path, text).message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ", line 1: this is no list of questions."),
        ("id: a", ", line 1: this is no list of questions."),
        ("[]", ", line 1: the list has no questions."),
        ("- just text", ", line 1: this must be an object with fields, not text."),
        ("- id: a\n  kind: [fact", ", line 2: this is no YAML: "),
        ("- id: a\n\tkind: fact", ", line 2: this is no YAML: "),
        ("- id: *gone", ", line 1: this is no YAML: found undefined alias 'gone'."),
        ("[]\n---\n[]", ", line 2: this is no YAML: expected a single document"),
        ("- id: a\n  kind: \x01", ", line 2: this has a character that YAML does not allow."),
        ('- id: "\\UFFFFFFFF"', " has a value that YAML cannot read: "),
        ("- id: " + "9" * 5000, ", line 1: "),
        ("[" * 5000, " is nested too deep."),
        ("&a [*a]", " is nested too deep."),
        ("- " + "x" * (5 << 20), " is larger than 4 MB."),
    ],
)
def test_what_is_no_list_of_questions_is_an_error(text: str, problem: str, tmp_path: Path) -> None:
    error = fail(tmp_path, text)
    assert error.message.startswith(f"{tmp_path / 'mine.yaml'}{problem}")
    assert error.hint


def test_aliases_stand_for_what_they_name(tmp_path: Path) -> None:
    first, second = read(
        tmp_path,
        f"- {{{GOOD}, answers: &said [Ada], cites: [x#1]}}\n- {{id: b, kind: fact, question: Who, answers: *said, "
        "cites: [x#2]}",
    )
    assert first.answers == second.answers


def test_aliases_of_aliases_do_not_grow_without_end(tmp_path: Path) -> None:
    levels = [f"- &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    error = fail(tmp_path, "\n".join(["- &a0 [x, x]", *levels]))
    assert "has more than 200,000 values" in error.message
    assert error.hint == "Use fewer aliases (*name)."


@given(some.text(alphabet="-:[]{}*&!|>'\"?%#,\n\t 0.1aeé~<=\\", max_size=60))
def test_no_text_gets_through_to_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert fail(folder, text).hint


def test_an_id_belongs_to_one_question_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"# first\n- {{{GOOD}, {SAID}}}")
    (tmp_path / "b.yaml").write_text(f"- {{id: b, kind: near miss, question: Who}}\n\n- {{{GOOD}, {SAID}}}")
    with pytest.raises(FootnoteError) as caught:
        read_question_files(tmp_path)
    places = f"{tmp_path / 'b.yaml'}, line 3: the id 'a' is taken by {tmp_path / 'a.yaml'}, line 2."
    assert caught.value.message == places
    assert caught.value.hint == "Give it another id."


def test_a_folder_has_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(f"- {{id: {name}, kind: near miss, question: Who}}")
    (tmp_path / "notes.txt").write_text("no questions")
    assert [filed.question.id for filed in read_question_files(tmp_path)] == ["a", "b"]


def test_a_missing_file_and_a_folder_without_questions_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match="cannot be read: No such file"):
        read_question_files(tmp_path / "gone.yaml")
    with pytest.raises(FootnoteError, match=r"has no \.yaml files"):
        read_question_files(tmp_path)


@pytest.mark.parametrize(
    ("ref", "problem", "hint"),
    [
        ("talk#1", "there is no article 'talk'.", "Did you mean 'talks'?"),
        ("xyz#1", "there is no article 'xyz'.", "There are talks."),
        ("talks#9", "'talks' has no paragraph 9.", "Its paragraphs are numbered from 1 to 5."),
        ("talks#4", "paragraph talks#4 is of the kind comment.", "An answer may rest on body, caption, heading."),
    ],
)
def test_a_paragraph_that_cannot_be_evidence_is_told_with_its_line(
    ref: str, problem: str, hint: str, tmp_path: Path, open_desk: OpenDesk
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS)
    (tmp_path / "mine.yaml").write_text(f"- {{{GOOD}, answers: [A],\n   cites: [talks#1,\n   [talks#2, {ref}]]}}")
    dataset = load_question_files("own", tmp_path / "articles", tmp_path / "mine.yaml")
    desk = open_desk(dataset.articles)
    with pytest.raises(FootnoteError) as caught:
        dataset.load_questions(desk)
    assert caught.value.message == f"{tmp_path / 'mine.yaml'}, line 3: {problem}"
    assert caught.value.hint == hint


def test_questions_that_fit_their_articles_are_returned(tmp_path: Path, open_desk: OpenDesk) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS)
    (tmp_path / "mine.yaml").write_text(f"- {{{GOOD}, answers: [A], cites: [talks#1, [talks#1, talks#2]]}}")
    dataset = load_question_files("own", tmp_path / "articles", tmp_path / "mine.yaml")
    assert [question.id for question in dataset.load_questions(open_desk(dataset.articles))] == ["a"]
