"""News agencies: their names, the one that an article credits, and credits of photographs."""

import re
from collections.abc import Sequence

_NAMES = {
    "Reuters": "Reuters|Thomson Reuters",
    "AP": "AP|Associated Press",
    "AFP": "AFP|Agence France[- ]Presse",
    "EPA": "EPA(?:-EFE)?",
    "EFE": "EFE",
    "dpa": "dpa|DPA",
    "Xinhua": "Xinhua",
    "TASS": "TASS|ITAR-TASS",
    "RIA Novosti": "RIA Novosti",
    "Interfax": "Interfax",
    "Anadolu": "Anadolu(?: Agency)?",
    "ANSA": "ANSA",
    "Kyodo": "Kyodo(?: News)?",
    "Yonhap": "Yonhap(?: News Agency)?",
    "PTI": "PTI|Press Trust of India",
    "ANI": "ANI",
    "IANS": "IANS",
    "UPI": "UPI|United Press International",
    "PA": "PA|PA Media|Press Association",
    "AAP": "AAP|Australian Associated Press",
    "Canadian Press": "(?:The )?Canadian Press",
    "Bloomberg": "Bloomberg(?: News)?",
    "SANA": "SANA",
    "IRNA": "IRNA",
    "WAFA": "WAFA",
    "JTA": "JTA",
}
_PICTURE_SELLERS = "Getty Images|AFP/Getty Images|Getty|Alamy|Shutterstock|iStock|Flash90|NurPhoto|Zuma Press|AP Photo"
_NAME = "|".join(f"{names}|{names.upper()}" if "(?" not in names else names for names in _NAMES.values())
AGENCY = rf"(?:(?:The |the )?(?:{_NAME}))"
"""Pattern of an agency's name; a word boundary must stand around it."""

CREDIT = (
    rf"(?:(?:{_PICTURE_SELLERS}|{_PICTURE_SELLERS.upper()}|{AGENCY})(?:(?: via |/)(?:{_PICTURE_SELLERS}|{AGENCY}))?)"
)
"""Pattern of who a photograph may be credited to."""

_LINE = re.compile(rf"\(?(?P<name>{AGENCY})\)?\.?")
_DATELINE = re.compile(rf"[^\n]{{0,80}}\((?P<name>{AGENCY})\)\s?[–—-]")
_BYLINE = re.compile(rf"(?i:by) [^\n]{{0,80}}?\b(?P<name>{AGENCY})")
_CONTRIBUTED = re.compile(
    rf"(?P<name>{AGENCY})(?: and [^.]{{1,60}})? contributed to this|"
    rf"(?i:source|agency|contributing|with (?:inputs?|reporting|files?|material) (?:from|by)):? (?P<source>{AGENCY})\b"
)


def find_agency(paragraphs: Sequence[str]) -> str:
    """Find the agency that an article names as its source at its head or its end, not that of a photograph.

    Args:
        paragraphs: The paragraphs in order, without readers' comments.

    Returns:
        The agency's usual short name, or an empty string.

    Example:
        >>> find_agency(["BEIRUT (Reuters) - Hamas said.", "It goes on."])
        'Reuters'
    """
    for paragraph in paragraphs[:4]:
        found = (
            _LINE.fullmatch(paragraph)
            or _DATELINE.match(paragraph)
            or (len(paragraph) < 120 and _BYLINE.match(paragraph))
        )
        if found:
            return _short_name(found["name"])
    for paragraph in paragraphs[-4:]:
        ending = _CONTRIBUTED.search(paragraph) if len(paragraph) < 300 else None
        if ending:
            return _short_name(ending["name"] or ending["source"])
    return ""


def _short_name(name: str) -> str:
    name = re.sub("^the ", "", name, flags=re.I)
    return next((short for short, names in _NAMES.items() if re.fullmatch(names, name, re.I)), name)
