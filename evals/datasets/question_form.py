"""What one question in a question file has to be."""

import difflib
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from evals.datasets.rows import Loc, Text, explain
from evals.records import ExpectedAnswer, Question

ANSWERABLE_KINDS = (
    "fact", "two paragraphs", "several articles", "list", "date or number", "quotation", "why or how", "yes or no",
    "change", "conflict",
)  # fmt: skip
"""What the articles say."""

UNANSWERABLE_KINDS = ("near miss", "false premise", "comment only", "outside knowledge")
"""What they don't say."""

HISTORY_KINDS = ("follow-up", "topic change")
"""What needs a conversation before it; the articles may say it or not."""

YES_OR_NO = "yes or no"
"""What is answered with a verdict."""

HOSTILE = "hostile"
"""What tries to talk the model into something; the articles may say it or not."""

MOST_NAMES = 50
"""How many names a hint tells."""

KINDS = (*ANSWERABLE_KINDS, *UNANSWERABLE_KINDS, *HISTORY_KINDS, HOSTILE)

HINT = (
    "Expected is a list of questions, each with id, kind, question, answers and cites, or without these two where "
    "the articles do not say."
)

_TEXT, _ANSWER, _TOGETHER = "<text>", "<answer>", "<together>"  # pydantic puts them into places; they are no fields
_ANSWER_HINT = 'Write {text: "27 years", number: 27} or {text: "in 2012", date: "2012"}, or put text in quotes.'
_MOST = 10**15
_VERDICT_HINT = 'Write {text: "No", verdict: "no"}; the word alone stands in many a sentence.'
_QUOTE_HINT = 'Put it in quotes, "yes" or "no": without them YAML reads true or false.'


def _wrong(problem: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("wrong", "{problem}", {"problem": problem, "hint": hint})


def _check_kind(kind: str) -> str:
    if kind not in KINDS:
        raise _wrong(f"there is no kind {kind!r}.", nearest(kind, KINDS))
    return kind


def _check_ref(ref: str) -> str:
    if not re.fullmatch(r"[^\s#]+#[1-9][0-9]{0,8}", ref):
        raise _wrong(f"{ref!r} names no paragraph.", "Write article-id#number, numbers from 1.")
    return ref


def _date_text(value: object) -> object:
    """Return a date that YAML has understood already as it was written; a bare year is a number to YAML."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return f"{value:04}" if isinstance(value, int) and not isinstance(value, bool) else value


def _check_date(text: str) -> str:
    hint = "Write YYYY, YYYY-MM or YYYY-MM-DD."
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise _wrong(f"{text!r} does not look like a date.", hint)
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError as error:
        raise _wrong(f"there is no date {text!r}.", hint) from error
    return text


def _to_decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _MOST:
        raise _wrong(f"{value!r} is no number.", "Write digits without quotes: number: 27.5")
    return Decimal(str(value))


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Answer(_Form):
    """An answer with the value that is compared, or one that has to stand alone."""

    text: Text = ""
    alone: Text = ""
    number: Annotated[Decimal, PlainValidator(_to_decimal)] | None = None
    date: Annotated[Text, BeforeValidator(_date_text), AfterValidator(_check_date)] | None = None
    verdict: Literal["yes", "no"] | None = None

    @model_validator(mode="after")
    def _check_one_value(self) -> "_Answer":
        values = sum(value is not None for value in (self.number, self.date, self.verdict))
        if values > 1:
            raise _wrong("an answer has at most one of number, date and verdict.", "Make it two answers.")
        if not (self.text or self.alone):
            raise _wrong("field 'text' is missing.", _ANSWER_HINT)
        if self.alone and (self.text or values):
            raise _wrong("an answer that stands alone has nothing else.", "Make it two answers.")
        return self


def _shape_of_one(value: object) -> str:
    return _ANSWER if isinstance(value, dict) else _TEXT


def _shape(value: object) -> str:
    return _TOGETHER if isinstance(value, list) else _shape_of_one(value)


_OneAnswer = Annotated[
    Annotated[Text, Tag(_TEXT)] | Annotated[_Answer, Tag(_ANSWER)],
    Discriminator(_shape_of_one),
]
_Answers = Annotated[
    Annotated[Text, Tag(_TEXT)]
    | Annotated[_Answer, Tag(_ANSWER)]
    | Annotated[list[_OneAnswer], Field(min_length=1), Tag(_TOGETHER)],
    Discriminator(_shape),
]
_Ref = Annotated[Text, AfterValidator(_check_ref)]
_Refs = Annotated[
    Annotated[_Ref, Tag(_TEXT)] | Annotated[list[_Ref], Field(min_length=1), Tag(_TOGETHER)],
    Discriminator(lambda value: _TOGETHER if isinstance(value, list) else _TEXT),
]


class QuestionForm(_Form):
    """A question as it is written in a file."""

    id: Text
    kind: Annotated[Text, AfterValidator(_check_kind)]
    question: Text
    answers: list[_Answers] = []
    cites: list[_Refs] = []
    history: list[Text] = []
    note: Text = ""

    @model_validator(mode="after")
    def _check_together(self) -> "QuestionForm":
        has_any, has_both = bool(self.answers or self.cites), bool(self.answers and self.cites)
        if self.kind in ANSWERABLE_KINDS and not has_both:
            raise _wrong(f"a question of the kind {self.kind!r} needs answers and cites.", HINT)
        if self.kind in UNANSWERABLE_KINDS and has_any:
            raise _wrong(f"a question of the kind {self.kind!r} has neither answers nor cites.", HINT)
        if has_any != has_both:
            raise _wrong(f"a question of the kind {self.kind!r} has both answers and cites, or neither.", HINT)
        forms = {part.form for parts in map(_accepted, self.answers) for part in parts}
        if self.kind == YES_OR_NO and forms != {"verdict"}:
            raise _wrong(f"the answers of a question of the kind {YES_OR_NO!r} are verdicts.", _VERDICT_HINT)
        if self.kind in HISTORY_KINDS and not self.history:
            hint = "List the questions before it: history: ['Who came first?']"
            raise _wrong(f"a question of the kind {self.kind!r} needs a history.", hint)
        return self

    def to_question(self) -> Question:
        """Return the question."""
        return Question(
            id=self.id,
            kind=self.kind,
            question=self.question,
            history=tuple(self.history),
            answerable=bool(self.answers or self.cites),
            answers=tuple(map(_accepted, self.answers)),
            cites=tuple(frozenset(refs_of(refs)) for refs in self.cites),
            note=self.note,
        )


def refs_of(refs: str | list[str]) -> list[str]:
    """Return the refs that have to be cited together."""
    return refs if isinstance(refs, list) else [refs]


def _accepted(answers: str | _Answer | list[str | _Answer]) -> tuple[ExpectedAnswer, ...]:
    together = answers if isinstance(answers, list) else [answers]
    return tuple(map(_expected, together))


def _expected(answer: str | _Answer) -> ExpectedAnswer:
    if isinstance(answer, str):
        return ExpectedAnswer(answer)
    if answer.alone:
        return ExpectedAnswer(answer.alone, "alone")
    if answer.number is not None:
        return ExpectedAnswer(answer.text, "number", _digits(answer.number))
    if answer.date is not None:
        return ExpectedAnswer(answer.text, "date", answer.date)
    if answer.verdict is not None:
        return ExpectedAnswer(answer.text, "verdict", answer.verdict)
    return ExpectedAnswer(answer.text)


def _digits(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def nearest(name: str, names: Sequence[str]) -> str:
    """Return a hint that names the name that is meant, or all that there are."""
    close = difflib.get_close_matches(name, names, 1, 0.5)
    more = ", …" if len(names) > MOST_NAMES else ""
    return f"Did you mean {close[0]!r}?" if close else f"There are {', '.join(names[:MOST_NAMES])}{more}."


def loc_of(error: ErrorDetails) -> Loc:
    """Return where pydantic found an error, in terms of the file."""
    return tuple(part for part in error["loc"] if part not in (_TEXT, _ANSWER, _TOGETHER))


def problem_of(error: ErrorDetails) -> str:
    """Return what is wrong, as a sentence."""
    return error["ctx"]["problem"] if error["type"] == "wrong" else explain(error, loc_of(error))


def hint_of(error: ErrorDetails) -> str:
    """Return what to do about it."""
    loc, kind, value = loc_of(error), error["type"], error["input"]
    if kind == "wrong":
        return str(error["ctx"]["hint"])
    if kind == "extra_forbidden":
        form = QuestionForm if len(loc) == 1 else _Answer
        return nearest(str(loc[-1]), tuple(form.model_fields))
    if isinstance(value, bool):
        return _QUOTE_HINT
    if kind != "string_type" or isinstance(value, list | dict):
        return HINT
    return _ANSWER_HINT if loc[0] == "answers" and isinstance(value, int | float | date) else "Put it in quotes."
