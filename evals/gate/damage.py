"""True sentences made false: one fact changed, the rest left as it is."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.figures import find_figures
from rag.search.lexical import STOP_WORDS

_MONTH_NAMES = "January February March April May June July August September October November December"
_DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_NUMBER_NAMES = "two three four five six seven eight nine ten eleven twelve"
_MONTHS, _DAYS, _SMALL_NUMBERS = _MONTH_NAMES.split(), _DAY_NAMES.split(), _NUMBER_NAMES.split()
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z’'-]*[a-z](?: [A-Z][a-z-]+)*(?![\w’'-])")
_AUXILIARY = re.compile(
    r"\b(is|was|were|are|has|have|had|will|would|can|could|should|may|must|did)\b(?! not|n['’]t| no\b)"
)
_NOT = re.compile(r"(?<=\w)(?: not|n['’]t)\b|\bnever (?=\w)")
_PAST = re.compile(r"(?<=[a-z] )(?P<verb>\w{3,}ed)\b(?= (?:the|a|an|his|her|their|its|that|to|in|on|for|[A-Z]))")
_SAID = r"(?:said|says|told|added|announced|warned|explained|insisted|declared|claimed|argued|wrote|noted)"
_SPEAKER = re.compile(
    rf"(?:^|(?<=[a-z,] )|(?<=[“\"] ))(?P<before>[A-Z][a-z’'-]*[a-z](?: [A-Z][a-z-]+)*)(?= {_SAID}\b)"
    rf"|(?<=[,”\"] )(?:{_SAID}) (?P<behind>[A-Z][a-z’'-]*[a-z](?: [A-Z][a-z-]+)*)"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")
_NO_NAMES = frozenset(
    [*_MONTHS, *_DAYS, *(word.capitalize() for word in STOP_WORDS), "First", "Many", "Although", "Since"]
)


@dataclass(frozen=True, slots=True)
class Pool:
    """What a sentence's article has to damage it with: names of people and places, and words from elsewhere in it."""

    names: tuple[str, ...]
    words: tuple[str, ...]


Damage = Callable[[str, Pool, random.Random], str | None]
"""Takes a true sentence and returns a false one, or None if it has nothing of the kind."""


def read_pool(texts: Sequence[str]) -> Pool:
    """Return what some paragraphs have to damage a sentence with."""
    names = dict.fromkeys(name for text in texts for name in find_names(text))
    words = dict.fromkeys(word for text in texts for word in re.findall(r"\b[a-z]{5,}\b", text))
    return Pool(tuple(names), tuple(words))


def find_names(text: str) -> list[str]:
    """Return the names that stand inside a text's sentences."""
    return [match[0] for match in _NAME.finditer(text) if match[0].split()[0] not in _NO_NAMES]


def change_number(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Put another number in place of one that is no year."""
    words = list(re.finditer(rf"\b(?:{'|'.join(_SMALL_NUMBERS)})\b", sentence))
    digits = [
        figure
        for figure in find_figures(sentence)
        if sentence[figure.start : figure.end].isdigit() and not 1500 <= figure.value <= 2100 and figure.value > 1
    ]
    if digits and (not words or rng.random() < 0.7):
        figure = rng.choice(digits)
        other = str(int(figure.value) + rng.choice([1, 2, 7, 10, int(figure.value)]))
        return sentence[: figure.start] + other + sentence[figure.end :]
    if words:
        match = rng.choice(words)
        return _replace(sentence, match, rng.choice([word for word in _SMALL_NUMBERS if word != match[0]]))
    return None


def change_date(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Put another weekday, month or year in place of one."""
    found = list(re.finditer(rf"\b(?:{'|'.join(_DAYS)}|{'|'.join(_MONTHS)}|1[5-9]\d\d|20[0-2]\d)\b", sentence))
    found = [match for match in found if match[0] not in ("May", "March") or sentence[: match.start()].endswith("in ")]
    if not found:
        return None
    match = rng.choice(found)
    if match[0].isdigit():
        return _replace(sentence, match, str(int(match[0]) + rng.choice([-10, -2, -1, 1, 2, 3])))
    others = _DAYS if match[0] in _DAYS else _MONTHS
    return _replace(sentence, match, rng.choice([other for other in others if other not in sentence]))


def change_name(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Put another name of the article in place of one."""
    found = [match for match in _NAME.finditer(sentence) if match[0].split()[0] not in _NO_NAMES]
    if not found:
        return None
    match = rng.choice(found)
    others = [name for name in pool.names if not _share_words(name, sentence)]
    return _replace(sentence, match, rng.choice(others)) if others else None


def change_negation(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Negate a sentence, or take its "not" away."""
    if found := list(_NOT.finditer(sentence)):
        return _replace(sentence, rng.choice(found), "").replace("  ", " ")
    found = list(_AUXILIARY.finditer(sentence))
    if found:
        match = found[0]
        return sentence[: match.end()] + " not" + sentence[match.end() :]
    if past := _PAST.search(sentence):
        return _replace(sentence, past, f"never {past['verb']}")
    return None


def change_speaker(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Have somebody else of the article say it."""
    match = _SPEAKER.search(sentence)
    if not match:
        return None
    group = "before" if match["before"] else "behind"
    others = [name for name in pool.names if not _share_words(name, sentence)]
    if match[group].split()[0] in _NO_NAMES or not others:
        return None
    return sentence[: match.start(group)] + rng.choice(others) + sentence[match.end(group) :]


def change_quotation(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Put another word in place of one inside quotation marks."""
    quoted = _QUOTED.search(sentence)
    words = list(re.finditer(r"\b[a-z]{5,}\b", quoted[1])) if quoted else []
    others = [word for word in pool.words if word not in sentence]
    if not quoted or not words or not others:
        return None
    word = rng.choice(words)
    start = quoted.start(1)
    return sentence[: start + word.start()] + rng.choice(others) + sentence[start + word.end() :]


def exchange_names(sentence: str, pool: Pool, rng: random.Random) -> str | None:
    """Let two names of the sentence change places, if a verb may stand between them."""
    found = [match for match in _NAME.finditer(f", {sentence}") if match[0].split()[0] not in _NO_NAMES]
    for one, other in zip(found, found[1:], strict=False):
        between = f", {sentence}"[one.end() : other.start()]
        if one[0] != other[0] and re.search(r"\b(?:\w+ed|met|beat|won|told|left|led|was|is|has)\b", between):
            text = f", {sentence}"
            swapped = text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
            return swapped[2:]
    return None


DAMAGES: dict[str, Damage] = {
    "number": change_number,
    "date": change_date,
    "name": change_name,
    "negation": change_negation,
    "speaker": change_speaker,
    "quotation": change_quotation,
    "exchanged names": exchange_names,
}


def _replace(sentence: str, match: re.Match[str], text: str) -> str:
    return sentence[: match.start()] + text + sentence[match.end() :]


def _share_words(name: str, sentence: str) -> bool:
    return any(re.search(rf"\b{re.escape(word[:4])}", sentence) for word in name.split())
