"""What a web page adds to an article: buttons, calls to subscribe, credits of the staff, lines with name or date."""

import re
from collections.abc import Sequence

from rag.read.agencies import AGENCY
from rag.read.comments import is_form
from rag.read.dates import count_top, read_date_line

_MAX_LENGTH = 320
_SITES = r"(?:facebook|twitter|instagram|threads|bluesky|telegram|whatsapp|linkedin|youtube|tiktok|google news)"
_PIECE = r"(?:article|story|report|post|page|reporting)"
_READING_TIME = [
    r"(?:reading time:? )?\d{1,3}[ -]min(?:ute)?s?(?: read)?\.?",
    r"(?:estimated )?read(?:ing)? time\b.{0,30}",
]
_BUTTONS = [
    r"[\[(]?(?:click|tap)\b.{0,30}\b(?:to|for) (?:enlarge|expand|zoom|view|play|listen|watch|subscribe)\b.{0,40}",
    r"continue reading\b.{0,60}|scroll down\b.{0,60}|skip (?:to|advert)\b.{0,40}|loading[.…]*|back to top",
    rf"(?:share|print|save|e-?mail|copy|bookmark|listen to|tweet|gift)(?: (?:this|the)(?: (?:{_PIECE}|link))?)?[.!:]?",
    rf"(?:share|tweet|post|like us|find us|join us|connect)(?: (?:this|it))?(?: {_PIECE})? "
    rf"(?:on|via|with|to) (?:x|{_SITES})\b.{{0,80}}|{_SITES}",
    r"file photo|video|photos?|gallery|image|live|(?:tags?|topics|filed under|categor(?:y|ies)|keywords):.{0,240}",
    r"\d{1,4} comments?|no comments(?: yet)?|comments?(?: \(\d{1,5}\))?|comments are closed.{0,40}",
]
_OFFERS = [
    r"(?:advertise?ment|advertising|sponsored|promoted)(?: content)?",
    r"(?:story|article) continues (?:below|after)\b.{0,40}",
    rf"follow \S.{{0,80}}? on (?:x|{_SITES})\b.{{0,120}}|follow \S.{{0,60}}? for (?:\S+ ){{0,6}}(?:updates|news)[.!]?",
    r"(?:sign|signing) up\b.{0,60}\b(?:newsletters?|e-?mails?|alerts?|briefing|inbox|updates)\b.{0,120}",
    r"subscribe(?: (?:now|today|here|to (?:our|the|my|this)\b.{0,120}))?[.!]?",
    r"get (?:our|the) .{0,60}newsletter\b.{0,80}",
]
_LINKS = [
    r"(?:read|see|watch|listen|more|also|related|don['’]t miss|recommended|trending|most (?:read|popular))"
    r"(?: (?:more|also|next|now|here|on this(?: story)?|stories|articles|news|topics|coverage|content|reading|links))*"
    r"(?: ?[:|>»→].{0,240}|[.…]*)",
    r"(?:more|read more|click here|see more) (?:about|on|from|for|stories)\b[^.]{0,120}[.:]?",
    r"you (?:may|might) also (?:like|be interested in)\b.{0,60}",
]
_NO_FINDING = r"(?![^.]*\s(?:that|ha[ds]|was|were|found|show(?:s|ed)|sa(?:id|ys)|suggest(?:s|ed)|reveal(?:s|ed))\s)"
"""Whose reporting it was, and not what it brought to light: "Reporting by Reuters found that …" is news."""

_STAFF = [
    rf".{{2,200}}\bcontributed (?:to (?:this|the) {_PIECE}\b.{{0,40}}|reporting\b.{{0,80}})|contributing: .{{2,200}}",
    rf"(?-i:\(?(?:Additional )?[Rr]eporting by [A-Z]{_NO_FINDING}[^.]{{2,200}}"
    r"(?:[;.] ?.{0,20}[Ee]diting by .{2,120}|\)|\.)?)",
    r"(?-i:\(?(?:[Ww]riting|[Ee]diting) by [A-Z][^.]{2,200}\.?\)?)",
    rf"this {_PIECE} (?:was|has been|is) (?:originally |first |also |last )*"
    r"(?:published|appeared|generated|auto-generated|updated|corrected)\b.{0,200}",
    rf"this {_PIECE} (?:originally|first) appeared\b.{{0,200}}",
    r"(?:copyright\b(?! (?!by |of |notice)(?-i:[a-z]))|©|\(c\) ?\d{4}).{0,240}|.{0,120}\ball rights reserved\b.{0,160}",
    r"(?:first |originally )?(?:published|posted|updated|last updated|last modified):? "
    r"[^.]{0,30}\d[^.]{0,80}(?:\b[ap]\.m\.[^.]{0,30})?",
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}",
]
_PATTERN = re.compile("|".join([*_READING_TIME, *_BUTTONS, *_OFFERS, *_LINKS, *_STAFF]), re.I)
_WORD = r"[A-Z][\w.’'-]*+"
# Each word gives nothing back and a mark, a space or the end follows it: else "AAAA" could be parted in 2^n ways.
_NAME = rf"(?:(?:{_WORD}|of|the|and|for|in|van|von|de|der|bin|al|&)(?:[,;|]\s*+|\s++|(?=\.?\Z)))"
_BYLINE = re.compile(
    r"(?:(?:BY|By|by|Written by|Story by|Reported by|Posted by|Words by|Author:|Von|Par|Por) )"
    rf"(?P<name>{_WORD}\s{_NAME}{{1,14}})\.?"
)
_DATELINE_ALONE = re.compile(rf"[A-Z][\w .,’'()/-]{{1,60}}[—–]|[(\[]?{AGENCY}[)\]]?\.?")


def is_boilerplate(text: str, in_top: bool, at_start: bool) -> bool:
    """Tell whether a paragraph is what a page adds to every article.

    Args:
        text: The paragraph; a long one never is.
        in_top: Whether it stands at the head of the article, where a line with a date is that of publication.
        at_start: Whether it is among the first three, where `CNN —` is a dateline left alone.
    """
    if len(text) > _MAX_LENGTH:
        return False
    if len(text) <= 160 and in_top and read_date_line(text):
        return True
    if at_start and _DATELINE_ALONE.fullmatch(text):
        return True
    return bool(_PATTERN.fullmatch(text) or (len(text) <= 120 and _BYLINE.fullmatch(text))) or is_form(text)


def find_byline(texts: Sequence[str]) -> str:
    """Return the names of a line such as `By Jane Doe` at the head of an article, or an empty string."""
    for text in texts[: count_top(texts)]:
        line = re.split(r"\s[|•·]\s", text, maxsplit=1)[0] if len(text) <= _MAX_LENGTH else ""
        match = _BYLINE.fullmatch(line) if len(line) <= 120 else None
        if match:
            return " ".join(match["name"].split()).rstrip(",;|")
    return ""
