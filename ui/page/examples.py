"""Example questions made from the articles that are there: about people whom they name and quote."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rag import Assistant
from rag.records import Article, ArticleHeader

MOST_EXAMPLES = 4
LOOKED_AT = 12
"""Articles that are read for examples; the newest."""

# Two or three words that begin with a capital, not at the beginning of a sentence, where every word has one.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:al-|bin |de |van )?[A-Z][\w’'-]+){1,2}\b(?! [A-Z])")
_NO_PERSON = re.compile(
    r"\b(?:Authority|Bank|Bureau|City|Council|Court|East|House|League|Minist|Movement|Nations|North|Part(?:y|ies)|"
    r"President|Prime|Republic|Resistance|South|State|Strip|TV|Union|United|University|West|Brigades|Muslim|Chief)"
    r"|based "
)
_SAYING = re.compile(r"\b(?:said|told|says|according)\b")


def example_questions(desk: Assistant, headers: Sequence[ArticleHeader]) -> list[str]:
    """Return up to four questions about people whom the newest articles name, of each article one before the second."""
    found = [_questions_about(desk.article(header.id)) for header in headers[:LOOKED_AT]]
    in_turn = [question for questions in zip_longest(*found) for question in questions if question]
    return list(dict.fromkeys(in_turn))[:MOST_EXAMPLES]


def _questions_about(article: Article) -> list[str]:
    # A headline that stands in the text has a capital at every word, and no full stop.
    bodies = [each.text for each in article.paragraphs if each.kind == "body" and each.text[-1:] in '.!?”"']
    speakers = _names(text for text in bodies if _SAYING.search(text))[:1]
    others = [name for name in _names(bodies) if name not in speakers][:1]
    return [f"What did {name} say?" for name in speakers] + [f"Who is {name}?" for name in others]


def _names(texts: Iterable[str]) -> list[str]:
    """Return the names of people in some texts, those that come most often first."""
    found = (re.sub(r"['’]s?$", "", name) for text in texts for name in _NAME.findall(text))
    counts = Counter(name for name in found if not _NO_PERSON.search(name))
    return [name for name, _ in counts.most_common()]
