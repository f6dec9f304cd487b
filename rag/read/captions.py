"""Captions of pictures, told by their credits."""

import re
from collections.abc import Sequence

from rag.read.agencies import CREDIT
from rag.records import ParagraphKind

_MAX_CAPTION = 600
_MAX_SHORT = 320
_MAX_CREDIT = 80
_PICTURE = "photo|image|picture|pic|illustration|screenshot|screengrab|video|graphic|credit|courtesy|file|source"
_START = re.compile(
    r"FILE(?: PHOTO| PICTURE| IMAGE)?\s*[-–—:]\s|(?i:file (?:photo|picture|image)\s*[-–—:])|"
    r"(?i:photos?|images?|pictures?|photographs?|illustration|graphic|image source|caption|pictured|foto|bild|"
    r"(?:photo|image|picture) (?:credit|caption|by)|crédit photo)\s*(?:[:©/]|,(?= \S+ Images))|"
    r"[Pp]hoto(?:graph)?s? (?:by|courtesy(?: of)?) [A-Z]"
)
_END = re.compile(
    rf"[\[(](?:(?i:{_PICTURE})\b[^()\[\]]{{0,120}}|{CREDIT}(?:[ /][^()\[\]]{{0,80}})?/[^()\[\]]{{0,80}}|"
    r"[^()\[\]]{0,80}\b(?:AP Photo|[Gg]etty(?: [Ii]mages)?|AFP|REUTERS))[\])][.,]?\Z|"
    rf"\[{CREDIT}(?:[ /][^()\[\]]{{0,60}})?\]\.?\Z|"
    rf"[.!?\"”’)]\s(?:(?i:photo|image|credit|picture):? )?{CREDIT}(?:/[^.!?]{{1,60}})?\Z|"
    r"\b(?:via )?(?:Getty Images|AP Photo|Shutterstock|REUTERS)(?:/[\w .'’-]{1,60})?\Z"
)
_SOFT_END = re.compile(rf"[^.!?]\s?\({CREDIT}\)\Z")
_CREDIT_ALONE = re.compile(rf"[\[(](?:(?i:{_PICTURE})\b[^()\[\]]{{0,120}}|{CREDIT}(?:[ /][^()\[\]]{{0,80}})?)[\])]")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’»)\]]*\Z")


def is_caption(text: str, in_top: bool) -> bool:
    """Tell whether a paragraph is a caption: it begins with a word for a picture or ends with a credit.

    Args:
        text: The paragraph; a long one never is.
        in_top: Whether it stands at the head of the article, where even a plain `(Reuters)` credits a picture.
    """
    if len(text) > _MAX_CAPTION:
        return False
    if _CREDIT_ALONE.fullmatch(text) or _END.search(text, max(0, len(text) - 200)) or _START.match(text):
        return True
    return in_top and len(text) <= 250 and bool(_SOFT_END.search(text, max(0, len(text) - 80)))


def mark_parted_captions(texts: Sequence[str], kinds: list[ParagraphKind]) -> None:
    """Mark the label above a credit that stands alone, and the words of a caption said again without its credit.

    Args:
        texts: The paragraphs of an article in order.
        kinds: As many kinds, changed in place.
    """
    for number, kind in enumerate(kinds):
        if kind != "caption":
            continue
        for near in (number - 1, number + 1):
            if 0 <= near < len(kinds) and kinds[near] == "body" and _belongs(texts[near], texts[number], near < number):
                kinds[near] = "caption"


def _belongs(text: str, caption: str, above: bool) -> bool:
    if len(text) > _MAX_SHORT or len(caption) > _MAX_CAPTION:
        return False
    label = above and len(text) <= 160 and not _SENTENCE_END.search(text) and bool(_CREDIT_ALONE.fullmatch(caption))
    return label or (len(text) >= 12 and caption.startswith(text) and len(caption) - len(text) <= _MAX_CREDIT)
