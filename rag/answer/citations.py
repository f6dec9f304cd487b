"""A language model's reply read as it comes: whole sentences, and the paragraphs that each one cites.

Nothing is decided before all that could change it is there. So a reply gives the same sentences and the same citations
wherever it is cut into pieces, and no part of a mark is ever shown as text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.hidden import strip_hidden
from rag.read import split_finished, split_sentences

MOST_MARK = 240
"""Characters that a mark may have, its link included."""

_WORDS = frozenset(
    re.findall(
        r"\w+",
        "paragraph paragraphs passage passages source sources article articles para p ref refs reference references "
        "citation citations footnote footnotes no nr see and to sup l",
    )
)
_NAME = (
    r"(?:paragraphs?|passages?|sources?|articles?|para\.?|p\.?|refs?\.?|references?|citations?"
    r"|footnotes?|no\.?|nr\.?|¶)"
)
_NUMBER = r"(?:\^|\#|†)?\d{1,3}(?:†[Ll]?(?:source|[\d–-])*[Ll]?\d*)?"
_BETWEEN = r"\s*(?:,\s*and\b|,|;|&|and\b|to\b|[-–—])\s*"
_INNER = rf"(?:{_NAME}:?\s*)?{_NUMBER}(?:{_BETWEEN}(?:{_NAME}\s*)?{_NUMBER}){{0,19}}\.?"
_ONE = rf"(?:\\?[\[［【]){{1,2}}\s*{_INNER}\s*(?:\\?[\]］】]){{1,2}}(?:\([^()\s]{{0,200}}\))?"
_AND = r"\s*(?:[,;&]\s*(?:and\b)?|and\b)\s*"
_SEVERAL = rf"{_ONE}(?:{_AND}{_ONE}){{0,9}}"
_MARK = re.compile(
    rf"""
      [`*]{{0,3}}{_SEVERAL}[`*]{{0,3}}                          # [1]  [[1, 2]]  【1】  `[1]`  [1], [2]  [1](#cite)
    | \(\s*(?:see\s+)?{_ONE}(?:(?:{_AND}|\s*){_ONE}){{0,9}}\s*\)  # ([1], [2])
    | \(\s*(?:see\s+)?(?!(?:articles?|no|nr|p)\b){_NAME}\s*{_INNER}\s*\)  # (see paragraph 1), no "(Article 5)"
    | <sup>\s*[\[(]?{_INNER}[\])]?\s*</sup>                    # <sup>1</sup>
    | \^{_ONE}                                                 # ^[1]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPENER = re.compile(r"[\[［【`*\\(<^¹²³⁰⁴-⁹]")
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]+")
_MAY_BE_IN_MARK = re.compile(r"[\w\s\[\]［］【】`*\\()<>/^#†¶,;:&.–—-]*")
_OPEN_LINK = re.compile(r"\([^()\s]{0,200}")
_BEFORE_ANOTHER = re.compile(r"\s*(?:[,;&]\s*)?(?:a|an|and\s*)?|\\")
_ANOTHER = re.compile(rf"{_AND}(?=[\\\[［【])")
_RUN = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"(\d{1,3})(?:\s*(?:[-–—]|to)\s*[^\d\]】］]{0,3}(\d{1,3}))?")
_ASIDE = re.compile(r"†[^\]】］,;]*|\([^()]*$|\]\([^)]*\)")
_STOPS = '.!?…"”’)'

_COMMENT_BEGINS, _COMMENT_ENDS = "<!--", "-->"

_THINKING = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_MAY_THINK = re.compile(r"\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?)?|\s*<think(?:ing)?>.*", re.DOTALL)

_SOURCES = re.compile(r"\W*(?:sources?|references?|citations?|footnotes?|works cited)\W*", re.IGNORECASE)
_LIST_SIGN = re.compile(r"^\W*?(?:[-*•–]|\d{1,2}[.)]|\#{1,6})\s+")
_POINTED = re.compile(r"^(?:according to|as (?:stated|said|reported|noted) in|in)\s*(?:and\s*)?,\s*", re.IGNORECASE)
_EMPTIED = re.compile(r"\(\s*(?:see|and|,|;|\s)*\s*\)")


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """A sentence of a reply.

    Attributes:
        text: Its words on one line, without marks and without signs of layout.
        numbers: The offered paragraphs that it cites, each once, in its order.
        invented: Numbers that it cites and that were not offered.
    """

    text: str
    numbers: tuple[int, ...]
    invented: tuple[int, ...] = ()


class ReplyParser:
    """Reads one reply.

    Example:
        >>> parser = ReplyParser(offered=2)
        >>> parser.feed("It rained [1")
        []
        >>> parser.feed("]. Then it")
        [ReplySentence(text='It rained.', numbers=(1,), invented=())]
        >>> parser.draft, parser.finish()
        ('Then it', [ReplySentence(text='Then it', numbers=(), invented=())])
    """

    def __init__(self, offered: int) -> None:
        """Begin a reply.

        Args:
            offered: How many paragraphs the model was offered; they are numbered from 1.
        """
        self._offered = offered
        self._raw = ""  # not decided yet
        self._text = ""  # without marks
        self._marks: list[tuple[int, str]] = []  # offset in the text, the mark
        self._done = 0  # how much of the text has been given out
        self._thought = False
        self._ended = False

    @property
    def draft(self) -> str:
        """The words behind the last whole sentence, as far as they have come."""
        return "" if self._ended else _tidy(self._text[self._done :])

    def feed(self, piece: str) -> list[ReplySentence]:
        """Return the sentences that a further piece of the reply makes whole."""
        return self._read(piece, final=False)

    def finish(self) -> list[ReplySentence]:
        """Return the sentences that are left when the reply is at its end."""
        return self._read("", final=True)

    def _read(self, piece: str, final: bool) -> list[ReplySentence]:
        self._raw += strip_hidden(piece)
        if not self._skip_thinking(final):
            return []
        self._take_marks(final)
        return list(self._release(final))

    def _skip_thinking(self, final: bool) -> bool:
        """Drop what a model thinks aloud in front of its reply; return whether the reply has begun."""
        if not self._thought:
            found = _THINKING.match(self._raw)
            if not found and _MAY_THINK.fullmatch(self._raw):
                self._raw = "" if final and "<" in self._raw else self._raw
                return final
            self._raw = self._raw[found.end() :] if found else self._raw
            self._thought = True
        return True

    def _take_marks(self, final: bool) -> None:
        at = 0
        while opener := _OPENER.search(self._raw, at):
            self._add_text(self._raw[at : opener.start()])
            at = opener.start()
            mark = self._mark_at(at)
            if not final and not _is_settled(self._raw[at:], mark):
                break
            if not mark:
                self._add_text(self._raw[at])
            elif mark == _COMMENT_BEGINS and self._text.rstrip().endswith(tuple(_STOPS)):
                self._add_text("\n\n")
            elif not mark.startswith(_COMMENT_BEGINS):
                self._marks.append((len(self._text), mark))
            at += len(mark) or 1
        else:
            self._add_text(self._raw[at:])
            at = len(self._raw)
        self._raw = self._raw[at:]

    def _mark_at(self, at: int) -> str:
        """Return the mark that begins at an offset, or the comment that no reader would see, or an empty string.

        Of a comment that does not end only the opening is left out: what stands behind it is read, and checked by
        itself.
        """
        if self._raw.startswith(_COMMENT_BEGINS, at):
            end = self._raw.find(_COMMENT_ENDS, at + len(_COMMENT_BEGINS))
            return self._raw[at : end + len(_COMMENT_ENDS)] if end >= 0 else _COMMENT_BEGINS
        if raised := _RAISED.match(self._raw, at):
            return raised[0] if self._text[-1:] in _STOPS and self._text else ""
        found = _MARK.match(self._raw, at, at + MOST_MARK)
        return found[0] if found else ""

    def _add_text(self, text: str) -> None:
        self._text += text.replace("\n", "\n\n")

    def _release(self, final: bool) -> Iterator[ReplySentence]:
        spans = split_sentences(self._text) if final else split_finished(self._text)
        last = len(self._text)
        for number, (start, end) in enumerate(spans):
            if start >= self._done:
                behind = spans[number + 1][0] if number + 1 < len(spans) else last if final else _next(self._text, end)
                yield from self._give(start, end, behind)
                self._done = end
        # Where no space parts two sentences, the splitter goes on looking at the first.
        if self._text[self._done : self._done + 1].isspace():
            self._marks = [(max(0, offset - self._done), mark) for offset, mark in self._marks]
            self._text, self._done = self._text[self._done :], 0

    def _give(self, start: int, end: int, following: int) -> Iterator[ReplySentence]:
        text = _tidy(self._text[start:end])
        marks = self._marks_of(start, end, following)
        if self._ended or _SOURCES.fullmatch(self._text[start:end]):
            self._ended = True
        elif any(character.isalnum() for character in text):
            numbers = list(dict.fromkeys(number for mark in marks for number in _read_numbers(mark, self._offered)))
            offered = tuple(number for number in numbers if 1 <= number <= self._offered)
            yield ReplySentence(text, offered, tuple(number for number in numbers if number not in offered))

    def _marks_of(self, start: int, end: int, following: int) -> list[str]:
        """Return the marks of a sentence, and forget them: those in it, behind it, or at the beginning of its line."""
        mine: list[str] = []
        kept: list[tuple[int, str]] = []
        has_leading = any(offset <= start for offset, _ in self._marks)
        for offset, mark in self._marks:
            if offset > following or (offset >= end and self._begins_next(offset, end, following, has_leading)):
                kept.append((offset, mark))
            else:
                mine.append(mark)
        self._marks = kept
        return mine

    def _begins_next(self, offset: int, end: int, following: int, has_leading: bool) -> bool:
        """Tell whether a mark between two sentences belongs to the next: it begins its line, as others do."""
        if following >= len(self._text) or "\n" in self._text[offset:following]:
            return False
        return has_leading or "\n" in self._text[end:offset]


def parse_reply(reply: str | Sequence[str], offered: int) -> list[ReplySentence]:
    """Return the sentences of a whole reply, or of its pieces.

    Args:
        reply: The reply.
        offered: How many paragraphs the model was offered.

    Example:
        >>> [sentence] = parse_reply("Hamas left in 2012【1†source】[7].", offered=3)
        >>> sentence.text, sentence.numbers, sentence.invented
        ('Hamas left in 2012.', (1,), (7,))
    """
    parser = ReplyParser(offered)
    pieces = [reply] if isinstance(reply, str) else reply
    return [sentence for piece in pieces for sentence in parser.feed(piece)] + parser.finish()


def defuse_marks(text: str) -> str:
    """Return a text in which nothing looks like a mark: brackets around numbers become round ones.

    Example:
        >>> defuse_marks("Cite [1] for everything, [sic].")
        'Cite (1) for everything, [sic].'
    """
    return _MARK.sub(lambda mark: f"({', '.join(re.findall(r'[0-9]+', mark[0]))})", text)


def _is_settled(raw: str, mark: str) -> bool:
    """Tell whether nothing that may follow changes what begins here."""
    if raw.startswith(_COMMENT_BEGINS):
        return mark != _COMMENT_BEGINS
    if _COMMENT_BEGINS.startswith(raw):
        return False
    if len(raw) >= MOST_MARK + 8:
        return True
    rest = raw[len(mark) :]
    if mark:
        if _OPEN_LINK.fullmatch(rest) or _BEFORE_ANOTHER.fullmatch(rest):
            return False
        another = _ANOTHER.match(rest)
        return not (another and _may_become_mark(rest[another.end() :]))
    if raw[0] in "¹²³⁰⁴⁵⁶⁷⁸⁹":
        return True
    return not _may_become_mark(raw)


def _may_become_mark(raw: str) -> bool:
    if re.search(r"[\]］】]\([^()\s]*$", raw):
        return True
    if not _MAY_BE_IN_MARK.fullmatch(raw):
        return False
    for run in _RUN.finditer(raw.lower()):
        if not (run[0] in _WORDS or (run.end() == len(raw) and any(word.startswith(run[0]) for word in _WORDS))):
            return False
    return True


def _next(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip())


def _read_numbers(mark: str, offered: int) -> Iterator[int]:
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    for found in _NUMBERS.finditer(_ASIDE.sub(" ", mark.translate(raised))):
        first, last = int(found[1]), int(found[2] or found[1])
        if first <= last:
            yield from range(first, min(last, offered) + 1)
        if last < first or last > offered:
            yield from dict.fromkeys((first, last))


def _tidy(text: str) -> str:
    text = _EMPTIED.sub("", " ".join(text.split()))
    text = _LIST_SIGN.sub("", text)
    text = re.sub(r"\*\*|__|`", "", text)
    text = re.sub(r"\s+([.,;:!?)])", r"\1", text).lstrip(" :;,")
    if pointed := _POINTED.match(text):
        text = text[pointed.end() : pointed.end() + 1].upper() + text[pointed.end() + 1 :]
    return text.strip()
