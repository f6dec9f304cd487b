"""Choosing questions by the articles that they are about, all other articles left to be searched."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.datasets.question_form import nearest
from evals.records import Question, article_of
from rag import ArticleHeader, FootnoteError

MOST_TITLES = 10
"""How many articles a hint names."""

NO_ARTICLE = "The questions of this dataset belong to no article."


@dataclass(frozen=True, slots=True)
class Chosen:
    """Questions about some articles.

    Attributes:
        questions: The questions, in the order of the dataset.
        titles: Titles of the articles, each once, in order.
    """

    questions: tuple[Question, ...]
    titles: tuple[str, ...]


def choose_questions(questions: Sequence[Question], names: Sequence[str], articles: Sequence[ArticleHeader]) -> Chosen:
    """Return the questions about some articles, or all questions if none is named.

    A question is about an article if an accepted set of paragraphs or articles lies wholly within the named ones, or,
    where none is known, all that it is given to read. One that cannot be asked, so that nobody knows what it is
    about, stays, to be told among those that were skipped.

    Args:
        questions: The questions of a dataset.
        names: Titles or ids of articles, small letters and underscores as good as others.
        articles: The articles that are searched.

    Raises:
        FootnoteError: There is no such article, or no question about it.
    """
    if not names:
        return Chosen(tuple(questions), ())
    named = {name: _find_ids(name, articles) for name in names}
    wanted = frozenset().union(*named.values())
    about = {question.id: articles_of(question, wanted) for question in questions}
    for name, ids in named.items():
        if not any(ids & found for found in about.values()):
            raise FootnoteError(f"No question is about the article {name!r}.", _hint(questions, articles))
    titles = sorted({article.title for article in articles if article.id in wanted})
    return Chosen(tuple(each for each in questions if each.skip or about[each.id]), tuple(titles))


def articles_of(question: Question, wanted: frozenset[str]) -> frozenset[str]:
    """Return which of some articles a question is about; none if it also needs others.

    Example:
        >>> either = Question("q", "fact", "Who?", cites=(frozenset({"a#1", "b#2"}), frozenset({"c#1"})))
        >>> sorted(articles_of(either, frozenset("ab"))), sorted(articles_of(either, frozenset("a")))
        (['a', 'b'], [])
    """
    accepted = [*(frozenset(map(article_of, refs)) for refs in question.cites), *question.articles]
    read = frozenset(article_of(ref) if "#" in ref else ref for ref in question.given or ())
    fitting = [ids for ids in accepted or [read] if ids <= wanted]
    return frozenset().union(*fitting)


def _find_ids(name: str, articles: Sequence[ArticleHeader]) -> frozenset[str]:
    found = frozenset(article.id for article in articles if article.id == name or _fold(article.title) == _fold(name))
    if not found:
        names = sorted({article.title for article in articles})
        raise FootnoteError(f"There is no article {name!r} to ask about.", nearest(name.replace("_", " "), names))
    return found


def _hint(questions: Sequence[Question], articles: Sequence[ArticleHeader]) -> str:
    ids = frozenset(article.id for article in articles)
    known = frozenset().union(*(articles_of(question, ids) for question in questions))
    titles = sorted({article.title for article in articles if article.id in known})
    more = "; …" if len(titles) > MOST_TITLES else ""
    return f"There are questions about {'; '.join(titles[:MOST_TITLES])}{more}." if titles else NO_ARTICLE


def _fold(title: str) -> str:
    return " ".join(title.replace("_", " ").split()).casefold()
