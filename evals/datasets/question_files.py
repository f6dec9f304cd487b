"""Hand-written questions in YAML files, checked against the articles that they are about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from evals.datasets.articles import Lookup
from evals.datasets.question_form import HINT, QuestionForm, hint_of, loc_of, nearest, problem_of, refs_of
from evals.datasets.rows import check_there
from evals.datasets.yaml_file import YamlFile, read_yaml
from evals.records import Dataset, Question, split_of, split_ref
from rag import Assistant, FootnoteError
from rag.records import EVIDENCE_KINDS


@dataclass(frozen=True, slots=True)
class FiledQuestion:
    """A question and where it stands.

    Attributes:
        question: The question.
        path: Its file.
        line: Its first line.
        ref_lines: The lines of the paragraphs that it cites.
    """

    question: Question
    path: Path
    line: int
    ref_lines: Mapping[str, int]


def load_question_files(name: str, articles: Path, questions: Path, split: bool = False) -> Dataset:
    """Return the dataset of some question files.

    Args:
        name: What the dataset is called.
        articles: A folder or file that can be indexed.
        questions: A question file, or a folder of them.
        split: Keep a quarter of the questions for testing.

    Raises:
        FootnoteError: A question is not as it has to be; file and line are named.
    """
    filed = read_question_files(questions)
    if split:
        filed = [replace(each, question=replace(each.question, split=split_of(each.question.id))) for each in filed]
    return Dataset(name, articles, lambda assistant: _resolve(filed, assistant))


def read_question_files(path: Path) -> list[FiledQuestion]:
    """Read a question file, or all `.yaml` files of a folder in the order of their names.

    Raises:
        FootnoteError: A question is not as it has to be; file and line are named.
    """
    files = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if check_there(path, HINT).is_dir() else [path]
    if not files:
        raise FootnoteError(f"{path} has no .yaml files.", HINT)
    filed = [question for file in files for question in _read_file(file)]
    _check_ids(filed)
    return filed


def _read_file(path: Path) -> Iterator[FiledQuestion]:
    file = read_yaml(path, HINT)
    if not isinstance(file.value, list):
        raise file.error((), "this is no list of questions.", HINT)
    if not file.value:
        raise file.error((), "the list has no questions.", HINT)
    for place, value in enumerate(file.value):
        yield _read_question(file, place, value)


def _read_question(file: YamlFile, place: int, value: object) -> FiledQuestion:
    try:
        form = QuestionForm.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # A misspelt field is also a missing one; its own name says more.
        first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
        raise file.error((place, *loc_of(first)), problem_of(first), hint_of(first)) from error
    return FiledQuestion(form.to_question(), file.path, file.line((place,)), _ref_lines(file, place, form))


def _ref_lines(file: YamlFile, place: int, form: QuestionForm) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, refs in enumerate(form.cites):
        for inner, ref in enumerate(refs_of(refs)):
            lines.setdefault(ref, file.line((place, "cites", number, inner)))
    return lines


def _check_ids(filed: Sequence[FiledQuestion]) -> None:
    first: dict[str, FiledQuestion] = {}
    for each in filed:
        other = first.setdefault(each.question.id, each)
        if other is not each:
            problem = f"the id {each.question.id!r} is taken by {other.path}, line {other.line}."
            raise FootnoteError(f"{each.path}, line {each.line}: {problem}", "Give it another id.")


def _resolve(filed: Sequence[FiledQuestion], assistant: Assistant) -> list[Question]:
    lookup = Lookup(assistant)
    for each in filed:
        for ref, line in each.ref_lines.items():
            _check_ref(ref, f"{each.path}, line {line}", lookup, assistant)
    return [each.question for each in filed]


def _check_ref(ref: str, place: str, lookup: Lookup, assistant: Assistant) -> None:
    article, number = split_ref(ref)
    paragraphs = lookup.paragraphs(article)
    if not paragraphs:
        hint = nearest(article, [header.id for header in assistant.articles()])
        raise FootnoteError(f"{place}: there is no article {article!r}.", hint)
    if number > len(paragraphs):
        problem = f"{article!r} has no paragraph {number}."
        raise FootnoteError(f"{place}: {problem}", f"Its paragraphs are numbered from 1 to {len(paragraphs)}.")
    kind = paragraphs[number - 1].kind
    if kind not in EVIDENCE_KINDS:
        kinds = ", ".join(sorted(EVIDENCE_KINDS))
        raise FootnoteError(f"{place}: paragraph {ref} is of the kind {kind}.", f"An answer may rest on {kinds}.")
