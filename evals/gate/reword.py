"""True sentences that stay true: shortened, joined, or said in other words, by rules."""

import random
import re
from collections.abc import Callable

_SAME = {
    **{"said": "stated", "told": "informed", "began": "started", "started": "began", "bought": "purchased"},
    **{"killed": "slain", "wounded": "injured", "injured": "hurt", "big": "large", "large": "big", "help": "assist"},
    **{"children": "kids", "film": "movie", "town": "city", "ended": "finished", "show": "reveal", "near": "close to"},
    **{"including": "among them", "because": "since", "approximately": "about", "about": "approximately"},
    **{"nearly": "almost", "almost": "nearly", "allowed": "permitted", "announced": "declared", "built": "constructed"},
    **{"made": "produced", "attack": "assault", "agreement": "deal", "talks": "negotiations", "leader": "head"},
    **{"company": "firm", "also": "", "however, ": "", "many": "numerous", "important": "significant"},
}
_DAY = re.compile(r",? (?:on|last|this) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_LEADING = re.compile(
    r"^(?:In|On|After|Before|During|Since|By|At|For|With|As|While|Although|When) [^,]{4,60}, (?=[A-Z])"
)
_RELATIVE = re.compile(r", (?:who|which|where|whose) [^,;.]{5,90},(?= )")
_APPOSITION = re.compile(r"(?<=[a-z]), (?:a|an|the) [^,;.\"”]{4,60},(?= )")
_BRACKETS = re.compile(r" \([^)]{2,80}\)")
_TAIL = re.compile(
    r"(?<=[a-z\d]), (?:which|who|where|although|though|while|after|adding|including|but) [^\"“”]{8,}(?=\.$)"
)
_THOUSANDS = re.compile(r"(?<![\d,])(\d{1,3}),(\d{3})\b(?!,)")
_MILLIONS = re.compile(r"\b(\d{1,3}),(\d)00,000\b|\b(\d{1,3})(?:\.(\d))? million\b")
_PERCENT = re.compile(r"(?<=\d)(?: percent| per cent|%)")
_SAID_LAST = re.compile(r"^(?P<what>[A-Z][^\"“”]{15,}), (?P<who>[A-Z][\w ]{2,40}) (?P<said>said|added)\.$")
_SAID_FIRST = re.compile(
    r"^(?P<who>[A-Z][\w]+(?: [A-Z]\w+)*) said (?:that )?(?P<what>(?:the|his|her|a|it|they)\b[^\"“”]{15,})\.$"
)
_CONTRACTED = [
    (re.compile(r"\b(did|does|is|was|were|has|had|would|could) not\b"), r"\1n’t"),
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"\bcan['’]t\b"), "cannot"),
    (re.compile(r"n['’]t\b"), " not"),
]

Rewording = Callable[[str, random.Random], str | None]
"""Takes a true sentence and returns another that says the same or less; None if it has nothing of the kind."""


def shorten(sentence: str, rng: random.Random) -> str | None:
    """Leave out what a sentence can do without; never from one with a quotation that would be cut."""
    forms = [_LEADING, _RELATIVE, _APPOSITION, _BRACKETS, _TAIL, _DAY]
    rng.shuffle(forms)
    for form in forms:
        match = form.search(sentence)
        if match and not re.search(r"[\"“”]", match[0]):
            return sentence[: match.start()] + sentence[match.end() :]
    return None


def replace_words(sentence: str, rng: random.Random) -> str | None:
    """Say up to three words otherwise, outside of quotations."""
    if re.search(r"[\"“”]", sentence):
        return None
    changed = sentence
    for word, same in rng.sample(sorted(_SAME.items()), len(_SAME)):
        changed = re.sub(rf"\b{word}\b", same, changed, count=1).replace("  ", " ")
        if changed.count(" ") and sum(a != b for a, b in zip(changed.split(), sentence.split(), strict=False)) > 2:
            break
    return changed if changed != sentence else None


def rewrite_figures(sentence: str, rng: random.Random) -> str | None:
    """Write a number in another form."""
    if match := _MILLIONS.search(sentence):
        whole, part = (match[1], match[2]) if match[1] else (match[3], match[4] or "0")
        written = f"{whole}.{part} million" if match[1] else f"{whole},{part}00,000"
        return sentence[: match.start()] + written + sentence[match.end() :]
    if match := _THOUSANDS.search(sentence):
        return sentence[: match.start()] + match[1] + match[2] + sentence[match.end() :]
    if match := _PERCENT.search(sentence):
        return sentence[: match.start()] + ("%" if match[0] != "%" else " percent") + sentence[match.end() :]
    return None


def move_speaker(sentence: str, rng: random.Random) -> str | None:
    """Name who says it in the other place."""
    if match := _SAID_LAST.match(sentence):
        return f"{match['who']} {match['said']} that {match['what'][0].lower()}{match['what'][1:]}."
    if match := _SAID_FIRST.match(sentence):
        return f"According to {match['who']}, {match['what']}."
    return None


def contract(sentence: str, rng: random.Random) -> str | None:
    """Write "did not" as "didn’t" and the other way round."""
    for form, full in _CONTRACTED:
        if form.search(sentence) and not re.search(r"[\"“”]", sentence):
            return form.sub(full, sentence)
    return None


def move_beginning(sentence: str, rng: random.Random) -> str | None:
    """Put what leads a sentence in at its end."""
    match = re.match(r"^(?P<lead>(?:In|On|After|During|Since|At) [^,\"“”]{4,50}), (?P<rest>[^\"“”]{15,})\.$", sentence)
    return (
        f"{match['rest'][0].upper()}{match['rest'][1:]} {match['lead'][0].lower()}{match['lead'][1:]}."
        if match
        else None
    )


REWORDINGS: dict[str, Rewording] = {
    "shortened": shorten,
    "other words": replace_words,
    "other figures": rewrite_figures,
    "speaker moved": move_speaker,
    "contracted": contract,
    "beginning moved": move_beginning,
}


def join(first: str, second: str) -> str | None:
    """Make two sentences one; None if a quotation would be cut or the second could not follow."""
    if re.search(r"[\"“”?!]", first + second) or not first.endswith(".") or len(first + second) > 350:
        return None
    if not re.match(r"(?:He|She|It|They|The|His|Her|Their|Its|This|These|In|On|At|A)\b", second):
        return None
    return f"{first[:-1]}, and {second[0].lower()}{second[1:]}"
