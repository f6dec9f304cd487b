"""Sentences that paragraphs bear out, and others that they don't, to weigh the gate's signals by.

Three sources: a paragraph's own sentences, shortened, joined and reworded by rules, or damaged; statements made of
questions that people asked about it, with the right answer or with that of another question; and sentences of other
paragraphs, whole, added to one of its own, or as the second half of one.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gate.damage import DAMAGES, read_pool
from evals.gate.reword import REWORDINGS, join
from rag.read import split_sentences

_SUBJECT = re.compile(
    r"^(?:Who|What|Which [\w ]{3,30}?|What \w+) (?=(?:is|was|were|are) the |"
    r"(?!is|was|were|are|did|do|does|had|has)\w+(?:ed|s) |"
    r"(?:won|led|made|wrote|took|began|became|built|gave|held|left|has|had|will|can) )"
)
_COUNT = re.compile(r"^How many (?P<what>[\w ]{3,30}?) (?P<act>(?:were|was|are|live|died|attended|\w+ed) .*)\?$")
_DID = re.compile(
    r"^(?P<ask>Who|What|When|Where|In what \w+|In which \w+|What year|Which \w+) "
    r"(?:did|does|do) (?P<rest>[A-Z].*|the .*)\?$"
)
_CLAUSE = re.compile(r"^[A-Z][^,;\"“”]{30,}(?=(?:, (?:and|but|while|which|who|after|where)|; ) ?)")
_BREAK = re.compile(r" (?:is|was|were|are|has|have|had|will|would|could|can|said|told|\w{3,}ed) ")
SHORTEST, LONGEST = 6, 50
"""Words of a sentence that is used."""

PARAGRAPHS = 10
"""Paragraphs that are looked through for an example of each kind."""

MOST_CHARACTERS = 75
"""Characters of an answer that a statement is made with."""


@dataclass(frozen=True, slots=True)
class GateExample:
    """A sentence and the paragraph that it cites.

    Attributes:
        sentence: The sentence.
        paragraph: The paragraph.
        is_true: Whether the paragraph bears it out.
        kind: How it was made.
        title: Title of the article, or an empty string.
    """

    sentence: str
    paragraph: str
    is_true: bool
    kind: str
    title: str = ""


def read_questions(path: Path, sources: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return questions with their answers by paragraph.

    Args:
        path: Lines of `{source, question, context, answer}`, gzipped.
        sources: Which sources count.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] in sources and row["answer"]:
                found.setdefault(row["context"], []).append((row["question"], row["answer"]))
    return found


def make_examples(paragraphs: dict[str, list[tuple[str, str]]], most: int, rng: random.Random) -> list[GateExample]:
    """Return examples of all kinds, shuffled.

    Args:
        paragraphs: Questions with their answers by paragraph.
        most: How many at most of each kind.
        rng: Chance.
    """
    found: dict[str, list[GateExample]] = {}
    texts = list(paragraphs)
    pairs = list(zip(texts, texts[1:], strict=False))  # neighbours are mostly of one article
    rng.shuffle(pairs)
    for other, paragraph in pairs[: PARAGRAPHS * most]:
        for example in (
            *_of_paragraph(paragraph, paragraphs[paragraph], rng),
            *_from_elsewhere(paragraph, other, paragraphs[other], rng),
        ):
            found.setdefault(f"{example.kind} {example.is_true}", []).append(example)
    examples = [example for each in found.values() for example in each[:most]]
    rng.shuffle(examples)
    return examples


def state(question: str, answer: str) -> str | None:
    """Return a statement made of a question and its answer; None if the question is of no form that can be turned.

    Example:
        >>> state("Who founded the bank?", "Petrova"), state("When did Oslo burn?", "1624")
        ('Petrova founded the bank.', 'Oslo burn in 1624.')
    """
    if match := _SUBJECT.match(question):
        return f"{answer[0].upper()}{answer[1:]} {question[match.end() :].rstrip('? ')}."
    if match := _COUNT.match(question):
        return f"{answer[0].upper()}{answer[1:]} {match['what']} {match['act']}."
    if match := _DID.match(question):
        preposition = (
            "in " if match["ask"] not in ("Who", "What") and not re.match(r"(?i)in|on|at|after|the", answer) else ""
        )
        return f"{match['rest'][0].upper()}{match['rest'][1:]} {preposition}{answer}."
    return None


def _of_paragraph(paragraph: str, questions: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[GateExample]:
    sentences = _sentences(paragraph)
    pool = read_pool([paragraph])
    for sentence in rng.sample(sentences, min(2, len(sentences))):
        told, how = sentence, "verbatim"
        names = list(REWORDINGS)
        rng.shuffle(names)
        for name in names:
            changed = REWORDINGS[name](told, rng)
            if changed and rng.random() < 0.7:
                told, how = changed, name
        yield GateExample(told, paragraph, True, how)
        if cut := _CLAUSE.match(sentence):
            yield GateExample(f"{cut[0]}.", paragraph, True, "cut")
        for kind, damage in DAMAGES.items():
            if damaged := damage(told, pool, rng):
                yield GateExample(damaged, paragraph, False, kind)
    yield from _joined(paragraph, sentences, rng)
    yield from _stated(paragraph, questions, rng)


def _sentences(paragraph: str) -> list[str]:
    texts = [" ".join(paragraph[start:end].split()) for start, end in split_sentences(paragraph)]
    return [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST and text[-1] == "."]


def _from_elsewhere(
    paragraph: str, other: str, questions: Sequence[tuple[str, str]], rng: random.Random
) -> Iterator[GateExample]:
    here, there = _sentences(paragraph), _sentences(other)
    for question, answer in questions[:1]:
        if len(answer) < MOST_CHARACTERS and (told := state(question, answer)):
            yield GateExample(told, paragraph, False, "elsewhere")
    if here and there:
        yield GateExample(rng.choice(there), paragraph, False, "elsewhere")
        if added := join(rng.choice(here), rng.choice(there)):
            yield GateExample(added, paragraph, False, "added")


def _joined(paragraph: str, sentences: Sequence[str], rng: random.Random) -> Iterator[GateExample]:
    for first, second in zip(sentences, sentences[1:], strict=False):
        if joined := join(first, second):
            yield GateExample(joined, paragraph, True, "joined")
            break
    if len(sentences) > 1:
        one, other = rng.sample(list(sentences), 2)
        begins, ends = _BREAK.search(one), _BREAK.search(other)
        if begins and ends and one[: begins.start()] not in other:
            yield GateExample(one[: begins.start()] + other[ends.start() :], paragraph, False, "mixed")
        ends_at, begins_at = one.rfind(" in "), other.rfind(" in ")
        if min(ends_at, begins_at) > 15 and one[ends_at:] != other[begins_at:]:
            yield GateExample(one[:ends_at] + other[begins_at:], paragraph, False, "mixed")


def _stated(paragraph: str, questions: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[GateExample]:
    for question, answer in questions:
        told = state(question, answer) if len(answer) < MOST_CHARACTERS else None
        if not told:
            continue
        yield GateExample(told, paragraph, True, "stated")
        others = [other for _, other in questions if other != answer and _is_alike(other, answer)]
        others += [name for name in read_pool([paragraph]).names if _is_alike(name, answer) and name not in question]
        others = [other for other in others if other not in answer and answer not in other and other not in question]
        if others and (wrong := state(question, rng.choice(others))):
            yield GateExample(wrong, paragraph, False, "stated")


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two answers are of one kind: both with digits, both names, or both neither."""
    return bool(re.search(r"\d", one)) == bool(re.search(r"\d", other)) and one[:1].isupper() == other[:1].isupper()
