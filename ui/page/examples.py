"""Example questions made from the articles that are there."""

import re
from collections import Counter
from collections.abc import Sequence

from rag import Assistant
from rag.records import Article, ArticleHeader

MOST_EXAMPLES = 4
LOOKED_AT = 12
"""Articles that are read for examples; the newest."""

_NAME = re.compile(r"(?<![.!?”\"] )(?<!^)\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+", re.M)
_SAYING = re.compile(r"\b(?:said|told|says|according)\b")


def example_questions(desk: Assistant, headers: Sequence[ArticleHeader]) -> list[str]:
    """Return up to four questions about people and places that the newest articles name."""
    questions: list[str] = []
    for header in headers[:LOOKED_AT]:
        questions += [each for each in _questions_about(desk.article(header.id)) if each not in questions]
    # One of each article first, so that the examples are not all about one thing.
    return questions[:MOST_EXAMPLES]


def _questions_about(article: Article) -> list[str]:
    bodies = [paragraph.text for paragraph in article.paragraphs if paragraph.kind == "body"]
    names = Counter(name for text in bodies for name in _NAME.findall(text) if len(name) < 40)
    speakers = Counter(
        name for text in bodies if _SAYING.search(text) for name in _NAME.findall(text) if len(name) < 40
    )
    asked = [f"What did {name} say?" for name, _ in speakers.most_common(1)]
    return (
        asked + [f"Who is {name}?" for name, _ in names.most_common(3) if name not in dict(speakers.most_common(1))][:1]
    )
