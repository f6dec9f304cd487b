"""Where sentences begin and end, by rules: no model, one pass, time in proportion to the text.

A stop ends a sentence unless the word before it is known to carry one (Dr., Jan. 5, U.S.) or what follows goes on
in lower case. Quotation marks, brackets and footnote marks behind a stop stay with its sentence.
"""

import re

_STOPS = ".!?…؟।॥۔"
_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«„(\\[¿¡—–-"
# Every alternative consumes all it looks at, so that a megabyte of dots or blanks is walked through once. A group
# that can fail half-way is not possessive: before Python 3.11.5 such a group takes in too much (gh-106052).
_CANDIDATE = re.compile(
    rf"""
    (?P<wide> [。！？｡][。！？｡」』”’）]*+ )
  | (?P<stop> [{_STOPS}][{_STOPS}{_CLOSERS}]*+ (?:\ ?\[\d{{1,3}}\])* )
  | (?P<line> \n[^\S\n]*+ (?: \n\s*+ | (?= [-*•]\ +[^\Wa-z] | \d{{1,3}}[.)]\s ) ) )
    """,
    re.VERBOSE,
)
_NEXT = re.compile(rf"(?P<gap>\s*+)(?P<open>[{_OPENERS}]*+)\s?(?P<word>[^\W\d_]*+[’']?[^\W\d_]*+)(?P<dot>\.?)")
_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]—–/]+")
_QUOTES = "\"”’'"
_SAID_REACH, _RUN_REACH = 80, 4
"""So many characters behind a stop can decide whether it ends a sentence, behind a quotation and elsewhere."""
_ADDRESS = re.compile(r"[@:.]|^www$")
_SAID = re.compile(
    r"\s++(?:[A-Z][\w.’'-]*+\s++){0,3}(?:he|she|they|it|I|we)?\s*+"
    r"(?:said|says|asked|asks|added|adds|told|tweeted|wrote|writes|shouted|cried|wondered|replied)\b"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name always follows these titles, so they never end a sentence.
_BEFORE_NAME = _words(
    "adm amb atty brig capt cdr cmdr col cpl det dr fr gen gov hon insp lt lt.-gov maj messrs mlle mme mr mrs ms msgr "
    "mt pfc pres prof pvt rep reps rev sen sens sgt ste supt"
)
# A number follows these, or else the stop is a full one.
_BEFORE_NUMBER = _words(
    "no nos nr fig art sec vol ch jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs "
    "fri sat sun"
)
# These can end a sentence: they do where the next word is one that begins sentences.
_MAYBE = _words(
    "inc corp co cos ltd llc bros plc jr sr esq dept univ assn ave blvd st ft rd hwy ala ariz ark calif colo conn "
    "del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt "
    "wash wis wyo"
)
# Abbreviations written small; other small words before a stop are words.
_SMALL_NEVER = _words("vs v cf e.g i.e eg ie viz")
_SMALL_BEFORE_NUMBER = _words("no nos nr fig vol p pp ca approx")
_STARTERS = _words(
    "a after all although an and another any as at because before both but by despite during each earlier even for "
    "from he her here his how however i if in instead it its it's last later many meanwhile more most my nearly no "
    "nobody none nor not now of officials on once one only or other our over perhaps police she since so some such "
    "still that the their them then there these they this those though through thus to today two under until we "
    "what when where whether which while who why with yet you your"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences.

    A blank line, a list's next line and a stop run into the next word (`capital.The next`) end a sentence too; a
    single line end does not.

    Args:
        text: Any text, of any length.

    Returns:
        Offsets (start, end) of each sentence in order, without white space around them. They do not overlap and
        cover every character that is not white space.

    Example:
        >>> text = 'Mr. Smith met Gov. Rick Scott at 5 p.m. Friday. It cost $3.5 million.'
        >>> [text[start:end] for start, end in split_sentences(text)]
        ['Mr. Smith met Gov. Rick Scott at 5 p.m. Friday.', 'It cost $3.5 million.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match["stop"] is None or _ends_sentence(text, start, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def split_finished(text: str) -> list[tuple[int, int]]:
    """Split off the sentences of a text that is still being written: those that nothing behind it can change.

    Args:
        text: The beginning of a text.

    Returns:
        The first of the spans that `split_sentences` returns for every text that begins so.

    Example:
        >>> split_finished("It rained. Mr"), split_finished("It rained. Mr. Smith left.")
        ([], [(0, 10)])
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        following = _NEXT.match(text, end)
        seen = following.end() if following else end
        reach = _SAID_REACH if match[0][0] in "!?" and match[0][-1] in _QUOTES else _RUN_REACH
        if seen >= len(text) or len(text) < end + reach:
            break
        if match["stop"] is None or _ends_sentence(text, start, match):
            _append(spans, text, start, end)
            start = end
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        spans.append((start, end))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    end = match.end()
    if end == len(text):
        return True
    if not text[end].isspace():
        return _is_run_together(text, match)
    following = _NEXT.match(text, end)
    assert following is not None, "every part of the pattern is optional"
    word = following["word"]
    if word[:1].islower() and not word[1:2].isupper():
        return match[0] == "?"
    if match[0][0] in ".…":
        return _ends_at_dot(text, start, match, following)
    closed_quote = match[0][0] in "!?" and match[0][-1] in _QUOTES
    return not (closed_quote and _SAID.match(text, end, end + _SAID_REACH))


def _is_run_together(text: str, match: re.Match[str]) -> bool:
    """Tell whether only the space is missing: two small letters or digits before the stop, a capitalised word behind.

    Addresses such as `www.example.Com` are left whole.
    """
    before, tail = match.start(), text[match.end() : match.end() + 3].lstrip('“"')
    head = text[max(0, before - 40) : before]
    if not (tail[:1].isupper() and (tail[1:2].islower() or tail[1:2] in " ’'")):
        return False
    if not head[-2:].isalnum() or head[-1:].isupper():
        return False
    return not _ADDRESS.search(_last_word(head))


def _last_word(head: str) -> str:
    words = _WORD.findall(head)
    return words[-1] if words and head.endswith(words[-1]) else ""


def _ends_at_dot(text: str, start: int, match: re.Match[str], following: re.Match[str]) -> bool:
    before = match.start()
    head = text[max(start, before - 24) : before]
    word = _last_word(head)
    if match[0][0] == "…" or match[0].startswith(".."):
        return _begins_sentence(following)
    if word.isdigit() and before - start < 24 and head.strip() == word:
        return False  # The number of a list's line, "1. They want".
    return _ends_after(word, text, following)


def _ends_after(word: str, text: str, following: re.Match[str]) -> bool:
    small, lower = word[:1].islower(), word.lower()
    if lower in (_SMALL_NEVER if small else _BEFORE_NAME):
        return False
    if lower in (_SMALL_BEFORE_NUMBER if small else _BEFORE_NUMBER):
        return not text[following.end() : following.end() + 1].isdigit()
    initial = word[-1:].isalpha() and (word[-2:-1] == "." or (len(word) == 1 and not small))
    if initial or (lower in _MAYBE and not small):
        return _begins_sentence(following)
    return True


def _begins_sentence(following: re.Match[str]) -> bool:
    quoted = any(mark in '"“‘«„' for mark in following["open"])
    return quoted or (following["word"].lower() in _STARTERS and not following["dot"])
