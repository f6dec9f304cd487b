"""Make questions that a passage does not answer out of those that it does.

People who write such questions on purpose swap a name or a number, turn a word into its opposite, negate, or ask for
what is not there (Rajpurkar, Jia, Liang 2018, "Know What You Don't Know", table 2). These rules do the same.
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from rag.read import split_sentences
from rag.training.reader_examples import Example

_NAME = re.compile(r"\b[A-Z][\w’'-]*[a-z][\w’'-]*(?:\s(?:(?:of|the|de|van|von|al)\s)?[A-Z][\w’-]+)*")
_NUMBER = re.compile(r"(?<![\w.,$€£-])\d[\d,]*(?:\.\d+)?(?![\w%]|[.,-]\d)")
NO_NAME = """
    The A An In On At He She It They We His Her Its Their This That These Those There When What Who Whom Whose
    Which Where Why How Many Much After Before During Since Although While If As For From By But And Or Not Some
    Most All According Did Does Do Is Was Were Are To Under Over With Without One Two Three First However
"""
_NO_NAMES = frozenset(NO_NAME.split())
OPPOSITES = """
first last|before after|more less|most least|highest lowest|high low|largest smallest|large small|bigger smaller|
increase decrease|increased decreased|rise fall|rose fell|begin end|began ended|start stop|started stopped|
oldest newest|old new|older younger|early late|earlier later|north south|northern southern|east west|
eastern western|win lose|won lost|allow forbid|allowed forbade|support oppose|supported opposed|
always never|best worst|better worse|male female|men women|man woman|boys girls|father mother|son daughter|
husband wife|brother sister|above below|inside outside|major minor|public private|positive negative|strong weak|
stronger weaker|accept reject|accepted rejected|maximum minimum|legal illegal|common rare|same different|
majority minority|buy sell|bought sold|open close|opened closed|join leave|joined left|enter leave|entered left|
easy difficult|easier harder|rich poor|wealthy poor|modern ancient|longest shortest|long short|longer shorter|
success failure|successful unsuccessful|succeed fail|internal external|hot cold|warm cool|upper lower|fewer more|
agree disagree|agreed disagreed|arrive depart|arrived departed|remember forget|attack defend|attacked defended|
victory defeat|friend enemy|friends enemies|created destroyed|create destroy|hired fired|arrested released
"""
OPPOSITE = dict(
    pair for line in OPPOSITES.split("|") for one, other in [line.split()] for pair in ((one, other), (other, one))
)
_HELPERS = re.compile(r"\b(did|does|do|was|were|is|are|can|could|will|would|has|have|had|should)\b")
_MISSING = [
    ("When was {} born?", r"\bborn|birth|native"),
    ("Where was {} born?", r"\bborn|birth|native|from"),
    ("How old is {}?", r"\bage|old\b|born|, \d\d,"),
    ("When did {} die?", r"\bdie|death|dead|kill|murder|assassin|late\b"),
    ("How did {} die?", r"\bdie|death|dead|kill|murder|assassin"),
    ("Who is {} married to?", r"\bmarr|wife|husband|spouse|wed"),
    ("How many children does {} have?", r"\bchild|son|daughter|kid"),
    ("Where did {} go to school?", r"\bschool|universit|college|educat|stud"),
    ("How much money does {} earn?", r"\bsalar|earn|paid|pay|\$|€|£|income"),
    ("When was {} founded?", r"\bfound|establish|creat|start|form|\d{4}"),
    ("Who founded {}?", r"\bfound|establish|creat|start|form"),
    ("What is the population of {}?", r"\bpopulation|people|inhabitant|resident"),
    ("Why did {} resign?", r"\bresign|quit|step|left|leave"),
    ("How tall is {}?", r"\btall|high|height|feet|metre|meter"),
    ("What did {} say about the weather?", r"\bweather|rain|storm|snow|sun"),
    ("Who replaced {}?", r"\breplac|succe|follow|took over"),
    ("How many people work for {}?", r"\bemploy|staff|work|people"),
    ("Where is {} based?", r"\bbase|headquarter|located|in\b"),
    ("Who is the father of {}?", r"\bfather|son|daughter|parent"),
    ("What was the score when {} won?", r"\bscore|won|win|\d"),
    ("When did {} win the election?", r"\belect|won|win|vote"),
    ("What is {} accused of?", r"\baccus|charg|suspect|convict|alleg"),
    ("How long has {} been in prison?", r"\bprison|jail|sentenc|detain|year"),
    ("Who attacked {}?", r"\battack|fire|bomb|kill|shot"),
]
"""What people ask about a name, each with the signs that the passage may tell."""


def swap_name(example: Example, rng: random.Random) -> Example | None:
    """Ask about another name of the passage instead."""
    names = [name for name in find_names(example.passage) if name not in example.question]
    asked = [name for name in find_names(example.question) if name not in example.answers]
    others = [name for name in names if not any(name in answer or answer in name for answer in example.answers)]
    if not asked or not others:
        return None
    return _ask(example, example.question.replace(rng.choice(asked), rng.choice(others), 1))


def swap_number(example: Example, rng: random.Random) -> Example | None:
    """Ask about another number of the passage, or about one that is near."""
    asked = _NUMBER.findall(example.question)
    if not asked:
        return None
    number = rng.choice(asked)
    others = [other for other in _NUMBER.findall(example.passage) if len(other) == len(number) and other != number]
    others = [other for other in others if other not in " ".join(example.answers)]
    near = str(int(number) + rng.choice([-10, -3, -2, -1, 1, 2, 3, 10])) if number.isdecimal() else ""
    return _ask(example, example.question.replace(number, rng.choice(others or [near]), 1)) if others or near else None


def turn_round(example: Example, rng: random.Random) -> Example | None:
    """Turn a word of the question into its opposite."""
    words = [word for word in re.findall(r"[a-z]+", example.question) if word in OPPOSITE]
    if not words:
        return None
    word = rng.choice(words)
    return _ask(example, re.sub(rf"\b{word}\b", OPPOSITE[word], example.question, count=1))


def negate(example: Example, rng: random.Random) -> Example | None:
    """Put a "not" or a "never" into the question."""
    question = example.question
    helper = _HELPERS.search(question)
    if not helper or re.search(r"\b(not|never|no)\b|n't", question):
        return None
    word = rng.choice(["not", "never"])
    behind = question[helper.end() :].split(" ", 2)
    if helper[0] in ("did", "does", "do", "can", "could", "will", "would", "should") and len(behind) == 3:
        subject = re.match(
            r"\s(?:the\s\w+|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*|he|she|it|they)\b", question[helper.end() :]
        )
        if not subject:
            return None
        place = helper.end() + subject.end()
    elif re.match(r"(?i)(who|what|which)\s", question[: helper.start()]):
        place = helper.end()
    else:
        return None
    return _ask(example, f"{question[:place]} {word}{question[place:]}")


def remove_answer(example: Example, rng: random.Random) -> Example | None:
    """Leave the sentence with the answer out of the passage."""
    kept = [
        example.passage[start:end]
        for start, end in split_sentences(example.passage)
        if end <= example.start or start >= example.end
    ]
    rest = " ".join(kept)
    if len(rest.split()) < 12 or any(answer.lower() in rest.lower() for answer in example.answers):
        return None
    return replace(example, source=f"{example.source}-removed", passage=rest, answers=(), start=-1)


def ask_for_missing(example: Example, rng: random.Random) -> Example | None:
    """Ask what people ask about a name where the passage tells nothing of it."""
    names = [name for name in find_names(example.passage) if " " in name or len(name) > 4]
    fitting = [text for text, signs in _MISSING if not re.search(signs, example.passage, re.IGNORECASE)]
    if not names or not fitting:
        return None
    return _ask(example, rng.choice(fitting).format(rng.choice(names)))


MAKERS: tuple[Callable[[Example, random.Random], Example | None], ...] = (
    swap_name,
    swap_number,
    turn_round,
    negate,
    remove_answer,
)
"""The rules that change an example that is answered; each returns None where it does not apply."""


def find_names(text: str) -> list[str]:
    """Return the runs of capitalised words of a text, each once; no single word that begins a sentence.

    Example:
        >>> find_names("When did Marie Curie leave Poland? Later, in 1891.")
        ['Marie Curie', 'Poland']
    """
    names = []
    for match in _NAME.finditer(text):
        words = re.sub(r"[’']s$", "", match[0]).split(" ")
        begins = not re.search(r"[^\s.?!:\"“]\s$", text[: match.start()])
        if begins and (len(words) == 1 or words[0] in _NO_NAMES):
            words = words[1:]
        if words and words[0] not in _NO_NAMES and len(words[0]) > 2:
            names.append(" ".join(words))
    return list(dict.fromkeys(names))


def _ask(example: Example, question: str) -> Example | None:
    if question == example.question:
        return None
    return replace(example, source=f"{example.source}-changed", question=question, answers=(), start=-1)
