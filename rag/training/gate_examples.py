"""Sentences that paragraphs bear out, and others that they don't, to weigh the gate's signals by.

Four sources: a paragraph's own sentences, shortened and reworded by rules, or damaged; two of them made one, rightly or
wrongly (`gate_fusions`); statements made of questions that people asked about it, with the right answer or with that of
another question; and sentences of the paragraph most like it, whole or added to one of its own.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from evals.gate.damage import DAMAGES, read_pool
from evals.gate.reword import REWORDINGS, join
from rag.read import split_sentences
from rag.search.lexical import STOP_WORDS
from rag.training.gate_fusions import compress, fuse_false, fuse_true, join_apart, make_up

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
SHORTEST, LONGEST = 6, 50
"""Words of a sentence that is used."""

PARAGRAPHS = 10
"""Paragraphs that are looked through for an example of each kind."""

WHOLE = ("squad", "nq")
"""Sources whose paragraphs are whole, so that neighbouring sentences belong together."""

FROM_ELSEWHERE = ("elsewhere", "stated elsewhere", "added")
"""Kinds that the paragraph most like the cited one bears out."""

COMPARED = 300
"""Paragraphs among which the one most like another is looked for."""

WITH_ANOTHER = 0.4
"""Share of the examples that cite the paragraph most like theirs too, as one cites two of an article."""

REWORDED = 0.7
"""Chance of each rewording that fits a sentence."""

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A paragraph that people asked about.

    Attributes:
        text: The paragraph.
        is_whole: Whether its sentences belong together.
        questions: Questions with their answers.
    """

    text: str
    is_whole: bool
    questions: list[tuple[str, str]]


def read_asked(path: Path, sources: Sequence[str]) -> list[Asked]:
    """Return the paragraphs with the questions that they answer.

    Args:
        path: Lines of `{source, question, context, answer}`, gzipped.
        sources: Which sources count.
    """
    found: dict[str, Asked] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] in sources and row["answer"]:
                asked = found.setdefault(row["context"], Asked(row["context"], row["source"] in WHOLE, []))
                asked.questions.append((row["question"], row["answer"]))
    return list(found.values())


def make_examples(paragraphs: Sequence[Asked], most: int, rng: random.Random) -> list[GateExample]:
    """Return examples of all kinds, shuffled.

    Args:
        paragraphs: The paragraphs.
        most: How many at most of each kind.
        rng: Chance.
    """
    found: dict[str, list[GateExample]] = {}
    order = _alternate(paragraphs, rng)[: PARAGRAPHS * most]
    words = {asked.text: _content(asked.text) for asked in paragraphs}
    for asked in order:
        others = [other for other in rng.sample(order, min(COMPARED, len(order))) if other is not asked]
        if not others:
            continue
        other = max(others, key=lambda each: len(words[each.text] & words[asked.text]) / len(words[each.text] | {""}))
        for example in (*_of_paragraph(asked, rng), *_from_elsewhere(asked.text, other, rng)):
            if example.kind not in FROM_ELSEWHERE and rng.random() < WITH_ANOTHER:
                example = replace(example, paragraph=f"{asked.text}\n{other.text}")
            found.setdefault(f"{example.kind} {example.is_true}", []).append(example)
    examples = [example for each in found.values() for example in each[:most]]
    rng.shuffle(examples)
    return examples


def _alternate(paragraphs: Sequence[Asked], rng: random.Random) -> list[Asked]:
    """Return the paragraphs shuffled, whole ones and others in turn, as long as there are both."""
    whole = [asked for asked in paragraphs if asked.is_whole]
    others = [asked for asked in paragraphs if not asked.is_whole]
    rng.shuffle(whole)
    rng.shuffle(others)
    return [asked for pair in zip_longest(whole, others) for asked in pair if asked]


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w{3,}", text.lower()) if word not in STOP_WORDS)


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


def _of_paragraph(asked: Asked, rng: random.Random) -> Iterator[GateExample]:
    paragraph, sentences = asked.text, _sentences(asked.text)
    pool = read_pool([paragraph])
    for sentence in rng.sample(sentences, min(2, len(sentences))):
        told, how = _reword(sentence, rng)
        yield GateExample(told, paragraph, True, how)
        if cut := _CLAUSE.match(sentence):
            yield GateExample(f"{cut[0]}.", paragraph, True, "cut")
        if short := compress(sentence, rng):
            yield GateExample(short, paragraph, True, "compressed")
        for kind, damage in DAMAGES.items():
            if damaged := damage(told, pool, rng):
                yield GateExample(damaged, paragraph, False, kind)
    if asked.is_whole:
        yield from _joined(paragraph, sentences, rng)
    yield from _stated(asked, rng)


def _reword(sentence: str, rng: random.Random) -> tuple[str, str]:
    """Return a sentence in other words, and how it was changed last."""
    how = "verbatim"
    for name in rng.sample(list(REWORDINGS), len(REWORDINGS)):
        changed = REWORDINGS[name](sentence, rng)
        if changed and rng.random() < REWORDED:
            sentence, how = changed, name
    return sentence, how


def _sentences(paragraph: str) -> list[str]:
    texts = [" ".join(paragraph[start:end].split()) for start, end in split_sentences(paragraph)]
    return [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST and text[-1] == "."]


def _from_elsewhere(paragraph: str, other: Asked, rng: random.Random) -> Iterator[GateExample]:
    here, there = _sentences(paragraph), _sentences(other.text)
    if any(sentence in paragraph for sentence in there):  # some are put together out of the same sentences
        return
    for question, answer in other.questions[:1]:
        if len(answer) < MOST_CHARACTERS and (told := state(question, answer)):
            yield GateExample(told, paragraph, False, "stated elsewhere")
    if here and there:
        for kind, told in make_up(here, there, rng):
            yield GateExample(told, paragraph, False, kind)
        yield GateExample(rng.choice(there), paragraph, False, "elsewhere")
        if added := join(rng.choice(here), rng.choice(there)):
            yield GateExample(added, paragraph, False, "added")


def _joined(paragraph: str, sentences: Sequence[str], rng: random.Random) -> Iterator[GateExample]:
    for first, second in zip(sentences, sentences[1:], strict=False):
        if joined := join(first, second):
            yield GateExample(joined, paragraph, True, "joined")
            break
    for kind, told in join_apart(sentences, rng):
        yield GateExample(told, paragraph, True, kind)
    for kind, told in fuse_true(sentences, rng):
        yield GateExample(told, paragraph, True, kind)
    for kind, told in fuse_false(sentences, rng):
        yield GateExample(told, paragraph, False, kind)


def _stated(asked: Asked, rng: random.Random) -> Iterator[GateExample]:
    paragraph = asked.text
    for question, answer in asked.questions:
        told = state(question, answer) if len(answer) < MOST_CHARACTERS else None
        if not told:
            continue
        yield GateExample(told, paragraph, True, "stated")
        others = [other for _, other in asked.questions if other != answer and _is_alike(other, answer)]
        others += [name for name in read_pool([paragraph]).names if _is_alike(name, answer) and name not in question]
        others = [other for other in others if other not in answer and answer not in other and other not in question]
        if others and (wrong := state(question, rng.choice(others))):
            yield GateExample(wrong, paragraph, False, "stated")


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two answers are of one kind: both with digits, both names, or both neither."""
    return bool(re.search(r"\d", one)) == bool(re.search(r"\d", other)) and one[:1].isupper() == other[:1].isupper()
